//! The small readers that everything in a spec file is read with. Each reports what is wrong and gives `None`, so that
//! its caller goes on with the rest.

use std::collections::BTreeSet;
use std::fmt;

use super::constant::Constant;
use super::kind::{Cx, Kind, Read};
use crate::fault::{Fault, FaultKind, Known, Sink, listed};
use crate::load::shape::Role;
use crate::model::Json;
pub(crate) use crate::names::is_name;
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// What a report calls a thing.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// By these words, such as "a parameter".
    Is(&'a str),
    /// By its key or its name.
    At(&'a str),
    /// As that for which a name stands: what the name, say, "means".
    Of(&'a str, &'static str),
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Is(words) => f.write_str(words),
            What::At(name) => write!(f, "`{name}`"),
            What::Of(name, does) => write!(f, "what `{name}` {does}"),
        }
    }
}

/// The pairs of a map, taken out key by key. What is left at the end is unknown, and what was not there is missing:
/// that is told at the end too, as an unknown key may be a missing one misspelt.
pub struct Entries<'n> {
    what: What<'n>,
    /// The name of the author's that the map stands under.
    pub(crate) name: Option<&'n At<String>>,
    /// Where the map begins.
    pub(crate) place: Span,
    /// Where a report that a key is missing points.
    at: Span,
    /// None if it is no map, which was told.
    pairs: Option<&'n [(Node, Node)]>,
    known: Vec<&'static str>,
    /// Keys that must be there and are not.
    missing: Vec<&'static str>,
    /// Keys of which one must be there and none is, and what is to be said of that.
    lacks: Vec<(Vec<&'static str>, Fault)>,
}

impl<'n> Entries<'n> {
    /// The map itself; `at` is the name it stands under.
    pub fn of(node: &'n Node, what: What<'n>, at: Span, sink: &Sink) -> Option<Self> {
        let map = Self::whatever(node, what, None, sink);
        map.pairs.is_some().then_some(Entries { at, ..map })
    }

    /// The map, or one without a key if it is none: that is told, and nothing more that would follow from it.
    pub(crate) fn whatever(node: &'n Node, what: What<'n>, name: Option<&'n At<String>>, sink: &Sink) -> Self {
        let (place, pairs) = (node.head(), pairs(node, what, sink));
        let at = name.map_or(place, |name| name.span);
        Entries { what, name, place, at, pairs, known: Vec::new(), missing: Vec::new(), lacks: Vec::new() }
    }

    /// The value of a key, if the key is there. A key without a value is reported.
    pub fn take(&mut self, key: &'static str, sink: &Sink) -> Option<&'n Node> {
        self.known.push(key);
        let (written, value) = self.pair(key)?;
        if value.is_null() {
            return sink.refuse(Fault::new(FaultKind::Missing, written.span, format!("`{key}` has no value")));
        }
        Some(value)
    }

    /// The value of a key that must be there.
    pub fn need(&mut self, key: &'static str, sink: &Sink) -> Option<&'n Node> {
        if !self.has(key) {
            self.missing.push(key);
        }
        self.take(key, sink)
    }

    /// What stands at a key, as a thing of this kind. A report calls it as the key, and its elements as itself, unless
    /// it is told otherwise.
    pub(crate) fn read<K: Kind>(
        &mut self,
        key: &'static str,
        role: Role,
        what: Option<&'static str>,
        each: Option<&'static str>,
        sink: &Sink,
    ) -> Read<K::Value> {
        let node = if role == Role::Need { self.need(key, sink) } else { self.take(key, sink) };
        let what = what.map_or(What::At(key), What::Is);
        let value = node.and_then(|node| K::read(node, Cx { what, each, name: None, sink }));
        Read { there: node.is_some(), value }
    }

    /// Which of these alternatives the map is: each has a first key, by which it is known, and keys that may stand
    /// beside it.
    pub(crate) fn alternative(
        &mut self,
        alternatives: &[(&'static str, &'static [&'static str])],
        help: Option<&str>,
        sink: &Sink,
    ) -> Option<&'static str> {
        let firsts: Vec<&str> = alternatives.iter().map(|(first, _)| *first).collect();
        let written: Vec<&str> = firsts.iter().copied().filter(|first| self.has(first)).collect();
        self.known.extend(&firsts);
        let own = alternatives.iter().find(|(first, _)| written.as_slice() == [*first]);
        let others = alternatives.iter().flat_map(|(first, keys)| keys.iter().map(move |key| (*first, *key)));
        let Some((only, beside)) = own else {
            self.known.extend(others.map(|(_, key)| key));
            self.none_or_several(&firsts, &written, help, sink);
            return None;
        };
        for (first, key) in others.filter(|(_, key)| !beside.contains(key)) {
            if !self.known.contains(&key) {
                self.only_beside(key, first, sink);
            }
        }
        Some(only)
    }

    /// Tells that of these keys none is there or more than one.
    fn none_or_several(&mut self, keys: &[&'static str], written: &[&str], help: Option<&str>, sink: &Sink) {
        if let Some(span) = written.get(1).and_then(|second| self.key_span(second)) {
            let message = format!("{} takes only one of {}", self.what, listed(written));
            return sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
        let message = format!("{} needs one of {}", self.what, listed(keys));
        self.lacks(keys, message);
        if let Some((_, fault)) = self.lacks.last_mut() {
            fault.help = help.map(str::to_owned);
        }
    }

    /// Says that none of these keys is there, of which one must be.
    pub(crate) fn lacks(&mut self, keys: &[&'static str], message: impl Into<String>) {
        self.lacks.push((keys.to_vec(), Fault::new(FaultKind::Missing, self.at, message)));
    }

    /// Reports a key that stands only beside another, which is not there.
    fn only_beside(&mut self, key: &'static str, other: &str, sink: &Sink) {
        self.known.push(key);
        if let Some(span) = self.key_span(key) {
            let message = format!("`{key}` stands beside `{other}`, which is not here");
            sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.pair(key).is_some()
    }

    /// Whether a map stands at the key.
    pub(crate) fn is_map(&self, key: &str) -> bool {
        self.pair(key).is_some_and(|(_, value)| matches!(value.kind, NodeKind::Map(_)))
    }

    /// Where the key is written.
    pub(crate) fn key_span(&self, key: &str) -> Option<Span> {
        self.pair(key).map(|(written, _)| written.span)
    }

    fn pair(&self, key: &str) -> Option<&'n (Node, Node)> {
        self.pairs?.iter().find(|(written, _)| written.word() == Some(key))
    }

    /// Reports every key that was not taken, and what is missing without them.
    pub fn finish(mut self, sink: &Sink) {
        let Some(pairs) = self.pairs else { return };
        let known: BTreeSet<&str> = self.known.iter().copied().collect();
        let unknown: Vec<&(Node, Node)> =
            pairs.iter().filter(|(key, _)| key.word().is_some_and(|key| !known.contains(key))).collect();
        let free = Known::new(self.known.iter().copied().filter(|key| !self.has(key)));
        for (key, value) in &unknown {
            let written = key.word().unwrap_or_default();
            let fault = Fault::new(FaultKind::UnknownKey, key.span, format!("{} has no `{written}`", self.what));
            let meant = free.nearest(written);
            sink.report(if value.is_null() && written.contains(' ') {
                fault.help("inside `{…}` a comma ends a value: put a sentence with a comma in quotes")
            } else if meant.is_none() && self.missing.len() == 1 && unknown.len() == 1 {
                fault.help(format!(
                    "it needs {}, which is not here: is it this?",
                    listed(&std::mem::take(&mut self.missing))
                ))
            } else if meant.is_some() {
                fault.did_you_mean_of(written, &free)
            } else {
                fault.did_you_mean(written, self.known.iter().copied())
            });
            self.missing.retain(|key| Some(*key) != meant);
            self.lacks.retain(|(keys, _)| !keys.iter().any(|key| Some(*key) == meant));
        }
        if !self.missing.is_empty() {
            let message = format!("{} needs {}", self.what, listed(&self.missing));
            sink.report(Fault::new(FaultKind::Missing, self.at, message));
        }
        self.lacks.into_iter().for_each(|(_, fault)| sink.report(fault));
    }
}

/// The pairs of a map.
pub fn pairs<'n>(node: &'n Node, what: What<'_>, sink: &Sink) -> Option<&'n [(Node, Node)]> {
    match &node.kind {
        NodeKind::Map(pairs) => Some(pairs),
        _ => wrong(node, &format!("{what} is a map (`key: value`)"), sink),
    }
}

/// The elements of a list.
pub fn list<'n>(node: &'n Node, what: What<'_>, sink: &Sink) -> Option<&'n [Node]> {
    match &node.kind {
        NodeKind::List(items) => Some(items),
        _ => wrong(node, &format!("{what} is a list (`[a, b]`)"), sink),
    }
}

/// Text, which is not empty.
pub fn text(node: &Node, what: What<'_>, sink: &Sink) -> Option<At<String>> {
    match node.word() {
        Some(text) if !node.is_null() && !text.trim().is_empty() => {
            Some(At::new(text.trim_end().to_owned(), node.span))
        }
        _ => wrong(node, &format!("{what} is text"), sink),
    }
}

/// A sentence or more: text that ends as a sentence does.
pub fn sentence(node: &Node, what: What<'_>, sink: &Sink) -> Option<At<String>> {
    let text = text(node, what, sink)?;
    if !text.value.ends_with(['.', '?', '!']) {
        let end = Span { start: text.span.end, ..text.span };
        sink.report(if node.cut {
            let end = Span { end: end.end + 2, ..end };
            let fault = Fault::new(FaultKind::Syntax, end, format!("{what} ends here, as ` #` begins a comment"));
            fault.help("put the text in quotes")
        } else {
            let message = format!("{what} is a sentence and ends with a full stop");
            Fault::new(FaultKind::Syntax, end, message).help("add a `.`")
        });
    }
    Some(text)
}

/// The JSON that YAML's core schema makes of a node.
pub fn json(node: &Node) -> Json {
    Constant::of(node).json()
}

pub(crate) fn wrong<T>(node: &Node, wanted: &str, sink: &Sink) -> Option<T> {
    sink.refuse(Fault::new(FaultKind::Type, node.head(), format!("{wanted}, and this is {}", node.what())))
}
