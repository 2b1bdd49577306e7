//! `spec/accepted-breaks.yaml`: findings that were looked at and are meant.

use crate::fault::{Fault, FaultKind, Faults, Sink};
use crate::source::SourceFile;
use crate::syntax::{Node, NodeKind, parse};

/// One finding that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// By which it is known again.
    pub fingerprint: String,
    /// Why it is meant.
    pub reason: String,
    /// The version that brings it.
    pub version: String,
}

const HELP: &str =
    "`fingerprint` is what the diff prints, `reason` why the change is meant, `version` the one that brings it";
const KEYS: [&str; 5] = ["fingerprint", "reason", "version", "rule", "path"];

/// Reads the file: a list of entries with `fingerprint`, `reason` and `version`, and for those who read it `rule` and
/// `path`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn accepted(file: &SourceFile) -> Result<Vec<Acceptance>, Faults> {
    let sink = Sink::default();
    let list = parse(file, 0, &sink).map(|root| entries(&root, &sink)).unwrap_or_default();
    match sink.into_faults() {
        Some(faults) => Err(faults),
        None => Ok(list),
    }
}

fn entries(root: &Node, sink: &Sink) -> Vec<Acceptance> {
    match &root.kind {
        NodeKind::List(items) => items.iter().filter_map(|item| entry(item, sink)).collect(),
        _ => {
            let message = format!("this is a list of accepted findings, and here is {}", root.what());
            sink.report(Fault::new(FaultKind::Type, root.head(), message).help("with none yet, write `[]`"));
            Vec::new()
        }
    }
}

fn entry(node: &Node, sink: &Sink) -> Option<Acceptance> {
    let NodeKind::Map(pairs) = &node.kind else {
        let message = format!("an accepted finding is a map, and this is {}", node.what());
        sink.report(Fault::new(FaultKind::Type, node.head(), message));
        return None;
    };
    for (key, _) in pairs {
        if let Some(word) = word(key).filter(|word| !KEYS.contains(word)) {
            let fault = Fault::new(FaultKind::UnknownKey, key.span, format!("an accepted finding has no `{word}`"));
            sink.report(fault.did_you_mean(word, KEYS));
        }
    }
    let value = |wanted: &str| {
        let found = pairs.iter().find(|(key, _)| word(key) == Some(wanted)).and_then(|(_, value)| word(value));
        let found = found.map(str::trim).filter(|text| !text.is_empty());
        if found.is_none() {
            let fault = Fault::new(FaultKind::Missing, node.head(), format!("an accepted finding needs `{wanted}`"));
            sink.report(fault.help(HELP));
        }
        found.map(str::to_owned)
    };
    let (fingerprint, reason, version) = (value("fingerprint"), value("reason"), value("version"));
    Some(Acceptance { fingerprint: fingerprint?, reason: reason?, version: version? })
}

fn word(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}
