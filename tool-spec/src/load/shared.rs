//! Parameters and fields that entries share by name. The keys of a shared one stand in the entry as if they were
//! written there, but for those that the entry says itself.

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultKind, Sink, nearest};
use crate::source::{At, SourceFile, Span};
use crate::syntax::{self, Node, NodeKind};

/// The word, and the key, by which an entry uses what is shared.
pub(crate) const SHARED: &str = "shared";

/// What the service's file shares, and what of it was used.
#[derive(Default)]
pub(super) struct Shared {
    file: String,
    params: Vec<(Node, Node)>,
    fields: Vec<(Node, Node)>,
    used: BTreeSet<(&'static str, String)>,
}

impl Shared {
    /// What is shared. What is wrong with the file is told by its reader.
    pub(super) fn of(service: Option<(usize, &SourceFile)>) -> Self {
        let Some((index, file)) = service else { return Shared::default() };
        let Some(mut root) = syntax::parse(file, index, &Sink::default()) else { return Shared::default() };
        let mut section = |key| pairs(get(&mut root, key)).map(std::mem::take).unwrap_or_default();
        let (params, fields) = (section("params"), section("fields"));
        Shared { file: file.path.clone(), params, fields, used: BTreeSet::new() }
    }

    /// Fills in what a group's parameters share; tells whether one is lost.
    pub(super) fn fill_group(&mut self, group: &mut Node, sink: &Sink) -> bool {
        let tools = pairs(get(group, "tools")).into_iter().flatten();
        tools.fold(false, |lost, (_, tool)| self.fill("parameter", get(tool, "params"), sink) || lost)
    }

    /// The same of the fields of a file of types.
    pub(super) fn fill_types(&mut self, types: &mut Node, sink: &Sink) -> bool {
        let types = pairs(Some(types)).into_iter().flatten();
        types.fold(false, |lost, (_, declared)| self.fill("field", get(declared, "fields"), sink) || lost)
    }

    fn fill(&mut self, what: &'static str, map: Option<&mut Node>, sink: &Sink) -> bool {
        let known = if what == "field" { &self.fields } else { &self.params };
        let Some(pairs) = pairs(map) else { return false };
        let before = pairs.len();
        pairs.retain_mut(|(name, node)| {
            if let NodeKind::Scalar { text, .. } = &mut node.kind
                && text != SHARED
                && nearest(text, &[SHARED]).is_some()
            {
                let message = format!("a {what} is a map (`key: value`) or the word `{SHARED}`, and this is `{text}`");
                sink.report(Fault::new(FaultKind::Type, node.span, message).perhaps(text, &[SHARED]));
                SHARED.clone_into(text);
            }
            let Some(wanted) = wanted(name, node) else { return true };
            let names: Vec<&str> = known.iter().filter_map(|(name, _)| name.word()).collect();
            let find = |wanted: &str| known.iter().find(|(name, _)| name.word() == Some(wanted));
            let found = find(&wanted.value);
            if found.is_none() {
                let message = format!("`{}` shares no {what} `{}`", self.file, wanted.value);
                let fault = Fault::new(FaultKind::UnknownName, wanted.span, message);
                sink.report(fault.did_you_mean(&wanted.value, names.iter().copied()));
            }
            // With what was most likely meant in its place, nothing follows from the slip.
            let meant = || nearest(&wanted.value, &names).and_then(find);
            let Some((shared_name, shared)) = found.or_else(meant) else { return false };
            self.used.insert((what, wanted.value.clone()));
            sink.used(stretch(shared_name.span, shared), wanted.span);
            merge(node, shared);
            true
        });
        pairs.len() < before
    }

    /// What no entry uses, each with what it is.
    pub(super) fn unused(self) -> Vec<(&'static str, At<String>)> {
        let all = [("parameter", &self.params), ("field", &self.fields)];
        let named = all.into_iter().flat_map(|(what, shared)| {
            shared.iter().filter_map(move |(name, _)| Some((what, At::new(name.word()?.to_owned(), name.span))))
        });
        named.filter(|(what, name)| !self.used.contains(&(*what, name.value.clone()))).collect()
    }
}

/// The name of the shared one that an entry uses: its own, or another.
fn wanted(name: &Node, node: &Node) -> Option<At<String>> {
    match &node.kind {
        NodeKind::Scalar { text, .. } if text == SHARED => Some(At::new(name.word()?.to_owned(), node.span)),
        _ => {
            let other = node.get(SHARED)?;
            Some(At::new(other.word()?.to_owned(), other.span))
        }
    }
}

/// Puts what is shared under what the entry says itself.
fn merge(node: &mut Node, shared: &Node) {
    let NodeKind::Map(shared) = &shared.kind else { return node.clone_from(shared) };
    let mut own = pairs(Some(node)).map(std::mem::take).unwrap_or_default();
    own.retain(|(key, _)| key.word() != Some(SHARED));
    let said = |name: &Node| own.iter().any(|(key, _)| key.word() == name.word());
    let mut merged: Vec<(Node, Node)> = shared.iter().filter(|(key, _)| !said(key)).cloned().collect();
    merged.append(&mut own);
    node.kind = NodeKind::Map(merged);
}

fn pairs(node: Option<&mut Node>) -> Option<&mut Vec<(Node, Node)>> {
    match &mut node?.kind {
        NodeKind::Map(pairs) => Some(pairs),
        _ => None,
    }
}

fn get<'n>(map: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut map.kind {
        NodeKind::Map(pairs) => pairs.iter_mut().find(|(written, _)| written.word() == Some(key)).map(|(_, node)| node),
        _ => None,
    }
}

/// The stretch of a file that a pair takes, as far as its places tell.
fn stretch(name: Span, value: &Node) -> Span {
    fn end(node: &Node) -> usize {
        let inner = node.pairs().iter().map(|(_, value)| value).chain(node.items()).map(end).max();
        inner.unwrap_or(node.span.end).max(node.span.end)
    }
    Span { end: end(value), ..name }
}
