//! What a comparison comes to: the findings, the step that the version needs and the requests before and after.

use super::rule::{Audience, Level, Step};
use super::version::Version;
use super::words::distinct;
use super::{Finding, Side, accepted, compare, tools, wire};
use tool_spec::fault::Faults;
use tool_spec::source::SourceFile;

/// The version of the client on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// What it was.
    pub base: Version,
    /// What it is.
    pub head: Version,
}

/// What a tool sent, and what it sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestChange {
    /// The tool.
    pub tool: String,
    /// What it sent.
    pub before: String,
    /// What it sends.
    pub after: String,
}

/// What a comparison comes to.
#[derive(Debug)]
pub struct Report {
    /// All findings, the worst first.
    pub findings: Vec<Finding>,
    /// The tools that send something else than before.
    pub requests: Vec<RequestChange>,
    /// The versions, where they are known.
    pub versions: Option<Versions>,
}

impl Report {
    /// Compares two states of the spec.
    #[must_use]
    pub fn of(base: &Side, head: &Side, versions: Option<Versions>) -> Self {
        Report { findings: compare(base, head), requests: requests(base, head), versions }
    }

    /// Marks the findings that `spec/accepted-breaks.yaml` accepts. What it said in the base already is about an
    /// earlier change and counts no more.
    ///
    /// # Errors
    /// Everything that is wrong with the file, such as an entry that fits nothing. What the others accept is marked.
    pub fn accept(&mut self, head: &SourceFile, base: Option<&SourceFile>) -> Result<(), Faults> {
        accepted::accept(&mut self.findings, head, base)
    }

    /// The step that the version needs; nothing if nothing changed. An accepted finding counts too: it is meant, but it
    /// still breaks.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.findings.iter().map(|finding| finding.rule.step).max()
    }

    /// The least version that may carry the change; nothing if the versions are not known or nothing changed.
    #[must_use]
    pub fn needed(&self) -> Option<Version> {
        Some(self.versions?.base.raised(self.step()?))
    }

    /// Whether the version is high enough.
    #[must_use]
    pub fn version_is_enough(&self) -> bool {
        match (self.needed(), self.versions) {
            (Some(needed), Some(versions)) => versions.head >= needed,
            _ => true,
        }
    }

    /// Whether a finding that was not accepted is at this level or above.
    #[must_use]
    pub fn reaches(&self, threshold: Level) -> bool {
        self.findings.iter().any(|finding| finding.accepted.is_none() && finding.rule.level() >= threshold)
    }

    /// How many findings there are of this level, for the worst that each does to anybody; accepted ones count apart.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        let open = self.findings.iter().filter(|finding| finding.accepted.is_none());
        open.filter(|finding| finding.rule.level() == level).count()
    }

    /// How many findings were accepted.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.findings.iter().filter(|finding| finding.accepted.is_some()).count()
    }

    /// The verdict in one sentence, with its reason.
    #[must_use]
    pub fn verdict(&self) -> String {
        let Some(step) = self.step() else { return "No change: the two say the same.".to_owned() };
        let rules = self.findings.iter().map(|finding| finding.rule).filter(|rule| rule.step == step);
        let ids = distinct(rules.map(|rule| rule.id));
        let mut verdict = format!("{step}: {}", ids.join(", "));
        if let (Some(needed), Some(Versions { base, head })) = (self.needed(), self.versions) {
            verdict += &match self.version_is_enough() {
                true => format!("; Cargo.toml went from {base} to {head}, which is enough"),
                false if base == head => {
                    format!("; Cargo.toml still says {head}, and {needed} is the least that may carry it")
                }
                false => {
                    format!("; Cargo.toml went from {base} to {head}, and {needed} is the least that may carry it")
                }
            };
            if base.major == 0 {
                verdict += " (before 1.0.0 Cargo takes the second number for what breaks, and the third for all else)";
            }
        }
        verdict + "."
    }

    /// The findings that concern an audience.
    pub fn for_audience(&self, audience: Audience) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.rule.level_for(audience) > Level::None)
    }
}

/// The tools on both sides whose requests read differently.
fn requests(base: &Side, head: &Side) -> Vec<RequestChange> {
    let both = tools::paired(&base.spec, &head.spec).both;
    let both = both.into_iter().map(|((_, old), (_, new))| RequestChange {
        tool: new.name.clone(),
        before: wire::tool_text(old),
        after: wire::tool_text(new),
    });
    both.filter(|change| change.before != change.after).collect()
}
