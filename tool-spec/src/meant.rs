//! Files that lie beside a spec and list what was looked at and is meant: a change that breaks, a difference from what
//! the service publishes. They are no part of the spec, and read with the same care: each fault at its place.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::entries::{Entries, What, list};
use crate::source::{At, SourceFile};
use crate::syntax::parse;

/// The entries of such a file. `whole` and `each` are what reports call it and one of its entries; `entry` takes the
/// keys out that it knows. A file that says nothing has none.
pub fn read<T>(
    file: &SourceFile,
    (whole, each): (&'static str, &'static str),
    sink: &Sink,
    entry: impl Fn(&mut Entries<'_>, &Sink) -> Option<T>,
) -> Vec<T> {
    let says_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if file.text.lines().all(says_nothing) {
        return Vec::new();
    }
    let Some(root) = parse(file, 0, sink) else { return Vec::new() };
    let entries = list(&root, What::Is(whole), sink).unwrap_or_default();
    let read = entries.iter().filter_map(|node| {
        let mut map = Entries::of(node, What::Is(each), node.head(), sink)?;
        let read = entry(&mut map, sink);
        map.finish(sink);
        read
    });
    read.collect()
}

/// The entries without those that repeat an earlier one, which is reported. `key` is what an entry is known by, and
/// `twice` what is said of it where it is there twice.
pub fn once<T>(entries: Vec<T>, key: impl Fn(&T) -> &At<String>, twice: impl Fn(&T) -> String, sink: &Sink) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for entry in entries {
        let at = key(&entry);
        match kept.iter().map(&key).find(|other| other.value == at.value) {
            Some(other) => {
                let fault = Fault::new(FaultKind::Clash, at.span, twice(&entry));
                sink.report(fault.related(other.span, "here for the first time"));
            }
            None => kept.push(entry),
        }
    }
    kept
}
