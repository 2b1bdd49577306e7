//! `spec/errata.yaml`: where the document is known to be wrong, or the spec differs from it on purpose.

use tool_spec::entries::{Entries, What, list, sentence, text};
use tool_spec::fault::{Fault, FaultKind, Faults, Sink, nearest};
use tool_spec::meant;
use tool_spec::source::{At, SourceFile};
use tool_spec::syntax::{Node, NodeKind};

use super::finding::{Finding, Kind};
use clap::ValueEnum as _;

/// Where errata are written down. The file lies beside the spec and is no part of it.
pub(crate) const ERRATA: &str = "spec/errata.yaml";

struct Erratum {
    /// Its place and its sort, by which it is known again.
    key: At<String>,
    at: String,
    kind: Kind,
    reason: String,
}

/// Reads the file, marks what it excuses among the findings, and tells everything that is wrong with it. What excuses
/// nothing is told too, unless a part of the document could not be understood: it may be about that part.
pub(super) fn excuse(findings: &mut [Finding], file: &SourceFile, whole: bool) -> Result<(), Faults> {
    let sink = Sink::default();
    let errata = read(file, &sink);
    for finding in &mut *findings {
        let erratum = errata.iter().find(|erratum| erratum.at == finding.at && erratum.kind == finding.kind);
        finding.excused = erratum.map(|erratum| erratum.reason.clone());
    }
    if whole {
        errata.iter().for_each(|erratum| stale(erratum, findings, &sink));
    }
    sink.into_faults().map_or(Ok(()), Err)
}

/// Reports an erratum that excuses nothing.
fn stale(erratum: &Erratum, findings: &[Finding], sink: &Sink) {
    if findings.iter().any(|finding| finding.at == erratum.at && finding.kind == erratum.kind) {
        return;
    }
    let message = format!("nothing at `{}` is of the kind `{}`", erratum.at, erratum.kind.as_str());
    let there: Vec<&str> =
        findings.iter().filter(|finding| finding.at == erratum.at).map(|finding| finding.kind.as_str()).collect();
    let open: Vec<&str> =
        findings.iter().filter(|finding| finding.excused.is_none()).map(|finding| finding.at.as_str()).collect();
    let help = match (there.first(), nearest(&erratum.at, &open)) {
        (Some(kind), _) => format!("what differs there is of the kind `{kind}`"),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "the document and the spec agree there now: take the entry out".to_owned(),
    };
    sink.report(Fault::new(FaultKind::UnknownName, erratum.key.span, message).help(help));
}

fn read(file: &SourceFile, sink: &Sink) -> Vec<Erratum> {
    let errata = meant::read(file, ("the file of errata", "an erratum"), sink, entry);
    let twice = |erratum: &Erratum| format!("`{}` is excused twice as `{}`", erratum.at, erratum.kind.as_str());
    meant::once(errata.into_iter().flatten().collect(), |erratum| &erratum.key, twice, sink)
}

/// One entry: a place or several, what sort of difference is there, and why it is none.
fn entry(map: &mut Entries<'_>, sink: &Sink) -> Option<Vec<Erratum>> {
    let places = map.need("at", sink).and_then(|node| places(node, sink));
    let kind = map.need("kind", sink).and_then(|node| kind(node, sink));
    let reason = map.need("reason", sink).and_then(|node| sentence(node, What::At("reason"), sink));
    let (kind, reason) = (kind?, reason?.value);
    let erratum = |place: At<String>| {
        let key = At::new(format!("{} {}", place.value, kind.as_str()), place.span);
        Erratum { key, at: place.value, kind, reason: reason.clone() }
    };
    Some(places?.into_iter().map(erratum).collect())
}

fn places(node: &Node, sink: &Sink) -> Option<Vec<At<String>>> {
    match node.kind {
        NodeKind::List(_) => {
            let places = list(node, What::At("at"), sink)?.iter();
            Some(places.filter_map(|place| text(place, What::Is("a place"), sink)).collect())
        }
        _ => Some(vec![text(node, What::At("at"), sink)?]),
    }
}

fn kind(node: &Node, sink: &Sink) -> Option<Kind> {
    let written = text(node, What::At("kind"), sink)?;
    let kind = Kind::from_str(&written.value, false).ok();
    if kind.is_none() {
        let words: Vec<&str> = Kind::value_variants().iter().map(|kind| kind.as_str()).collect();
        let message = format!("`{}` is no kind of difference", written.value);
        let help = match nearest(&written.value, &words) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", tool_spec::fault::listed(&words)),
        };
        sink.report(Fault::new(FaultKind::UnknownName, written.span, message).help(help));
    }
    kind
}
