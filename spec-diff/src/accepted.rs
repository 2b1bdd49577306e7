//! `spec/accepted-breaks.yaml`: findings that were looked at and are meant.

use super::finding::Finding;
use super::version::Version;
use tool_spec::entries::{Entries, What, sentence, text};
use tool_spec::fault::{Fault, FaultKind, Faults, Sink};
use tool_spec::meant;
use tool_spec::source::{At, SourceFile};
use tool_spec::syntax::Node;

/// One finding that is meant.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// By which it is known again, and where that is written.
    fingerprint: At<String>,
    /// Why it is meant.
    pub reason: String,
    /// The version that brings it.
    pub version: String,
}

/// Reads the file, marks what it accepts among the findings, and tells everything that is wrong with it.
pub(super) fn accept(findings: &mut [Finding], file: &SourceFile, earlier: Option<&SourceFile>) -> Result<(), Faults> {
    let sink = Sink::default();
    let accepted = accepted(file, earlier, &sink);
    for finding in &mut *findings {
        finding.accepted = accepted.iter().find(|entry| entry.fingerprint.value == finding.fingerprint).cloned();
    }
    unmatched(&accepted, findings, &sink);
    sink.into_faults().map_or(Ok(()), Err)
}

/// Reads the file: a list of entries with `fingerprint`, `reason` and `version`, and for those who read it `rule` and
/// `path`. An entry that says the same in an `earlier` state of the file is about an earlier change, and left out.
fn accepted(file: &SourceFile, earlier: Option<&SourceFile>, sink: &Sink) -> Vec<Acceptance> {
    let mut accepted = read(file, sink);
    // What is wrong with an earlier state is nobody's to mend any more.
    let earlier = earlier.map(|file| read(file, &Sink::default())).unwrap_or_default();
    accepted.retain(|entry| !earlier.iter().any(|other| entry.says_what(other)));
    accepted
}

/// Reports what none of the findings has.
fn unmatched(accepted: &[Acceptance], findings: &[Finding], sink: &Sink) {
    for entry in accepted {
        if !findings.iter().any(|finding| finding.fingerprint == entry.fingerprint.value) {
            let message = format!("nothing that changed has the fingerprint `{}`", entry.fingerprint.value);
            let fault = Fault::new(FaultKind::UnknownName, entry.fingerprint.span, message);
            sink.report(fault.help(
                "a finding has another fingerprint once it changes: put in the one that the diff prints now, or take \
                 the entry out",
            ));
        }
    }
}

fn read(file: &SourceFile, sink: &Sink) -> Vec<Acceptance> {
    let accepted = meant::read(file, ("the file of accepted findings", "an accepted finding"), sink, entry);
    let twice = |entry: &Acceptance| format!("the finding `{}` is accepted twice", entry.fingerprint.value);
    meant::once(accepted, |entry| &entry.fingerprint, twice, sink)
}

fn entry(map: &mut Entries<'_>, sink: &Sink) -> Option<Acceptance> {
    let fingerprint = map.need("fingerprint", sink).and_then(|node| fingerprint(node, sink));
    let reason = map.need("reason", sink).and_then(|node| sentence(node, What::At("reason"), sink));
    let version = map.need("version", sink).and_then(|node| version(node, sink));
    // For those who read the file.
    map.take("rule", sink);
    map.take("path", sink);
    Some(Acceptance { fingerprint: fingerprint?, reason: reason?.value, version: version?.value })
}

fn fingerprint(node: &Node, sink: &Sink) -> Option<At<String>> {
    let written = text(node, What::At("fingerprint"), sink)?;
    if written.value.len() == 16 && written.value.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f')) {
        return Some(written);
    }
    let message = format!("`{}` is no fingerprint", written.value);
    let help = "it is the sixteen digits that the diff prints, such as `0123456789abcdef`";
    sink.report(Fault::new(FaultKind::Syntax, written.span, message).help(help));
    None
}

fn version(node: &Node, sink: &Sink) -> Option<At<String>> {
    let written = text(node, What::At("version"), sink)?;
    if Version::parse(&written.value).is_none() {
        let message = format!("`{}` is no version", written.value);
        sink.report(
            Fault::new(FaultKind::Syntax, written.span, message).help("it is written as in Cargo.toml: `0.2.0`"),
        );
    }
    Some(written)
}

impl Acceptance {
    /// Whether both are the same entry, wherever they stand.
    fn says_what(&self, other: &Acceptance) -> bool {
        (&self.fingerprint.value, &self.reason, &self.version)
            == (&other.fingerprint.value, &other.reason, &other.version)
    }
}
