//! What a comparison comes to.

use super::finding::{Finding, Kind};

/// The differences, and how much of the document the spec covers.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) title: String,
    /// All of them, by their places.
    pub(crate) findings: Vec<Finding>,
    /// The operations and fields of the document.
    pub(super) counted: Vec<Counted>,
    /// What of the document cannot be understood, each with its place.
    pub(crate) wrong: Vec<String>,
}

/// Of what a share is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Operations,
    RequestFields,
    AnswerFields,
}

impl Part {
    pub(crate) const ALL: [Part; 3] = [Part::Operations, Part::RequestFields, Part::AnswerFields];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Part::Operations => "operations",
            Part::RequestFields => "request fields",
            Part::AnswerFields => "answer fields",
        }
    }
}

/// Something that the document has.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) part: Part,
    pub(super) at: String,
    /// Something differs there, or around it, so that it does not count as covered.
    pub(super) lost: bool,
}

/// How much of the document the spec covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) covered: usize,
    /// All but those that errata excuse.
    pub(crate) all: usize,
    pub(crate) excused: usize,
}

impl Share {
    /// In percent, rounded down, so that 100 means all.
    pub(crate) fn percent(self) -> String {
        match self.covered.saturating_mul(1000).checked_div(self.all).unwrap_or(1000) {
            1000 => "100 %".to_owned(),
            tenths => format!("{}.{} %", tenths / 10, tenths % 10),
        }
    }
}

impl Report {
    /// The findings that nothing excuses.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.excused.is_none())
    }

    /// How much the spec covers: what it has with the type that the document says.
    pub(crate) fn share(&self, part: Part) -> Share {
        let mut share = Share::default();
        for counted in self.counted.iter().filter(|counted| counted.part == part) {
            if counted.lost && self.is_excused(&counted.at) {
                share.excused += 1;
            } else {
                share.all += 1;
                share.covered += usize::from(!counted.lost);
            }
        }
        share
    }

    /// Whether all that keeps what is at this place from being covered is excused: what differs there, or else in the
    /// nearest that holds it.
    fn is_excused(&self, place: &str) -> bool {
        let holds = |at: &str| {
            place.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', '[', '{']))
        };
        let keeps = |finding: &&Finding| matches!(finding.kind, Kind::Missing | Kind::Type) && holds(&finding.at);
        let nearest = self.findings.iter().filter(keeps).map(|finding| finding.at.len()).max();
        let mut all = self.findings.iter().filter(keeps).filter(|finding| Some(finding.at.len()) == nearest);
        all.all(|finding| finding.excused.is_some())
    }
}
