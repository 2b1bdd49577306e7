//! The small readers that everything in a spec file is read with. Each reports what is wrong and gives `None`, so that its
//! caller goes on with the rest.

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultKind, Known, Sink, listed};
use crate::model::Json;
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// The pairs of a map, taken out key by key. What is left at the end is unknown, and what was not there is missing: that is
/// told at the end too, as an unknown key may be a missing one misspelt.
pub struct Entries<'n> {
    /// What a report calls the map, such as "a parameter".
    what: String,
    /// Where a report that a key is missing points.
    pub at: Span,
    pairs: &'n [(Node, Node)],
    known: Vec<&'static str>,
    /// Keys that must be there and are not.
    missing: Vec<&'static str>,
    /// Keys of which one must be there and none is, and what is to be said of that.
    lacks: Vec<(Vec<&'static str>, Fault)>,
}

impl<'n> Entries<'n> {
    /// The map itself; `at` is the name it stands under.
    pub fn of(node: &'n Node, what: &str, at: Span, sink: &Sink) -> Option<Self> {
        let pairs = pairs(node, what, sink)?;
        let what = what.to_owned();
        Some(Entries { what, at, pairs, known: Vec::new(), missing: Vec::new(), lacks: Vec::new() })
    }

    /// The value of a key, if the key is there. A key without a value is reported.
    pub fn take(&mut self, key: &'static str, sink: &Sink) -> Option<&'n Node> {
        self.known.push(key);
        let (written, value) = self.pairs.iter().find(|(written, _)| word(written) == Some(key))?;
        if value.is_null() {
            sink.report(Fault::new(FaultKind::Missing, written.span, format!("`{key}` has no value")));
            return None;
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

    /// Says that none of these keys is there, of which one must be.
    pub fn lacks(&mut self, keys: &[&'static str], fault: Fault) {
        self.lacks.push((keys.to_vec(), fault));
    }

    /// Reports a key that stands only beside another, which is not there.
    pub fn only_beside(&mut self, key: &'static str, other: &str, sink: &Sink) {
        self.known.push(key);
        if let Some(span) = self.key_span(key) {
            let message = format!("`{key}` stands beside `{other}`, which is not here");
            sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.key_span(key).is_some()
    }

    /// Where the key is written.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.pairs.iter().find(|(written, _)| word(written) == Some(key)).map(|(written, _)| written.span)
    }

    /// Reports every key that was not taken, and what is missing without them.
    pub fn finish(mut self, sink: &Sink) {
        #[cfg(test)]
        seen::add(&self.what, &self.known);
        let known: BTreeSet<&str> = self.known.iter().copied().collect();
        let unknown: Vec<&(Node, Node)> =
            self.pairs.iter().filter(|(key, _)| word(key).is_some_and(|key| !known.contains(key))).collect();
        let free = Known::new(self.known.iter().copied().filter(|key| !self.has(key)));
        for (key, value) in &unknown {
            let written = word(key).unwrap_or_default();
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
pub fn pairs<'n>(node: &'n Node, what: &str, sink: &Sink) -> Option<&'n [(Node, Node)]> {
    match &node.kind {
        NodeKind::Map(pairs) => Some(pairs),
        _ => wrong(node, &format!("{what} is a map (`key: value`)"), sink),
    }
}

/// The elements of a list.
pub fn list<'n>(node: &'n Node, what: &str, sink: &Sink) -> Option<&'n [Node]> {
    match &node.kind {
        NodeKind::List(items) => Some(items),
        _ => wrong(node, &format!("{what} is a list (`[a, b]`)"), sink),
    }
}

/// The elements of a list that has some.
pub fn filled<'n>(node: &'n Node, what: &str, sink: &Sink) -> Option<&'n [Node]> {
    let items = list(node, what, sink)?;
    if items.is_empty() {
        sink.report(Fault::new(FaultKind::Missing, node.span, format!("{what} is empty")));
    }
    Some(items)
}

/// What a scalar says, as a map's key for one. Nothing for a map or a list.
pub fn word(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// Text, which is not empty.
pub fn text(node: &Node, what: &str, sink: &Sink) -> Option<At<String>> {
    match word(node) {
        Some(text) if !node.is_null() && !text.trim().is_empty() => {
            Some(At::new(text.trim_end().to_owned(), node.span))
        }
        _ => wrong(node, &format!("{what} is text"), sink),
    }
}

/// A sentence or more: text that ends as a sentence does.
pub fn sentence(node: &Node, what: &str, sink: &Sink) -> Option<At<String>> {
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

/// Text, or a list of texts.
pub fn texts(node: &Node, what: &str, sink: &Sink) -> Vec<At<String>> {
    match &node.kind {
        NodeKind::List(items) => items.iter().filter_map(|item| text(item, what, sink)).collect(),
        _ => text(node, what, sink).into_iter().collect(),
    }
}

/// A list of sentences, each of which a report calls `one`.
pub fn sentences(node: &Node, what: &str, one: &str, sink: &Sink) -> Vec<At<String>> {
    let items = list(node, what, sink).unwrap_or_default();
    items.iter().filter_map(|item| sentence(item, one, sink)).collect()
}

/// `true` or `false`.
pub fn boolean(node: &Node, what: &str, sink: &Sink) -> Option<At<bool>> {
    match json(node) {
        Json::Bool(value) => Some(At::new(value, node.span)),
        _ => wrong_in_quotes(node, &format!("{what} is `true` or `false`"), Json::is_boolean, sink),
    }
}

/// A whole number.
pub fn integer(node: &Node, what: &str, sink: &Sink) -> Option<At<i64>> {
    match json(node).as_i64() {
        Some(value) => Some(At::new(value, node.span)),
        None => wrong_in_quotes(node, &format!("{what} is a whole number"), Json::is_i64, sink),
    }
}

/// A whole number from zero up, or from one.
pub fn count<N: TryFrom<i64>>(node: &Node, least: i64, what: &str, sink: &Sink) -> Option<At<N>> {
    let number = integer(node, what, sink)?;
    match N::try_from(number.value) {
        Ok(value) if number.value >= least => Some(At::new(value, number.span)),
        _ => {
            let message = format!("{what} is {least} or more, and this is {}", number.value);
            sink.report(Fault::new(FaultKind::Type, node.span, message));
            None
        }
    }
}

/// One word of a few.
pub fn one_of<T: Copy>(node: &Node, what: &str, words: &[(&str, T)], sink: &Sink) -> Option<T> {
    let written = text(node, what, sink)?;
    let found = words.iter().find(|(word, _)| *word == written.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let one_of = if names.len() == 1 { "" } else { "one of " };
        let message = format!("{what} is {one_of}{}, not `{}`", listed(&names), written.value);
        sink.report(Fault::new(FaultKind::Syntax, node.span, message).perhaps(&written.value, &names));
    }
    found
}

/// A name: a hole such as `$name` without its `$`.
pub fn hole_name(node: &Node, what: &str, sink: &Sink) -> Option<At<String>> {
    let written = text(node, what, sink)?;
    match written.value.strip_prefix('$') {
        Some(name) if is_name(name) => Some(At::new(name.to_owned(), node.span)),
        _ => {
            let fault = Fault::new(FaultKind::Syntax, node.span, format!("{what} is written `$name`"));
            let bare = is_name(&written.value);
            sink.report(if bare { fault.help(format!("write `${}`", written.value)) } else { fault });
            None
        }
    }
}

/// A bare name, where a `$` is not wanted.
pub fn bare_name(node: &Node, what: &str, sink: &Sink) -> Option<At<String>> {
    let written = text(node, what, sink)?;
    if let Some(name) = written.value.strip_prefix('$') {
        let message = format!("{what} is named without the `$` here");
        sink.report(Fault::new(FaultKind::Syntax, node.span, message).help(format!("write `{name}`")));
        return None;
    }
    Some(written)
}

/// Whether this may be the name of a parameter or a value.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The JSON that YAML's core schema makes of a node.
pub fn json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Scalar { text, plain: true } => plain_json(text),
        NodeKind::Scalar { text, plain: false } => Json::String(text.clone()),
        NodeKind::List(items) => Json::Array(items.iter().map(json).collect()),
        NodeKind::Map(pairs) => Json::Object(
            pairs.iter().map(|(key, value)| (word(key).unwrap_or_default().to_owned(), json(value))).collect(),
        ),
    }
}

/// The JSON of a scalar where no type says what it should be. What other readers of YAML take for something else than text is
/// reported, and so is a value that was left out.
pub fn scalar(node: &Node, sink: &Sink) -> Option<Json> {
    let NodeKind::Scalar { text, plain: true } = &node.kind else { return Some(json(node)) };
    let fault = match meant(text) {
        Some(meant) => {
            let fault = Fault::new(FaultKind::Syntax, node.span, format!("`{text}` would be sent as text"));
            fault.help(format!("write `{meant}`, or \"{text}\" in quotes if it is text"))
        }
        None if text.is_empty() => {
            Fault::new(FaultKind::Missing, node.span, "there is no value here").help("write `null` if that is meant")
        }
        None => return Some(json(node)),
    };
    sink.report(fault);
    None
}

/// What a word without quotes probably means: a truth value, nothing, or a number in a form that JSON does not have.
fn meant(text: &str) -> Option<String> {
    match text {
        "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some("true".to_owned()),
        "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some("false".to_owned()),
        "Null" | "NULL" => return Some("null".to_owned()),
        _ => {}
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let radix = [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)].into_iter().find_map(|(prefix, radix)| {
        let digits =
            unsigned.strip_prefix(prefix).filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()))?;
        i64::from_str_radix(&digits.replace('_', ""), radix).ok()
    });
    if let Some(number) = radix {
        return Some(number.to_string());
    }
    let number = |c: char| c.is_ascii_digit() || "_.eE+-".contains(c);
    let digits = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && unsigned.chars().all(number);
    if !digits || serde_json::from_str::<serde_json::Number>(text).is_ok() {
        return None;
    }
    let float: f64 = text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(float.to_string())
}

/// The JSON of a scalar without quotes.
pub fn plain_json(text: &str) -> Json {
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => match serde_json::from_str(text) {
            Ok(Json::Number(number)) => Json::Number(number),
            _ => Json::String(text.to_owned()),
        },
    }
}

fn wrong<T>(node: &Node, wanted: &str, sink: &Sink) -> Option<T> {
    sink.report(Fault::new(FaultKind::Type, node.head(), format!("{wanted}, and this is {}", node.what())));
    None
}

/// The same of what is no text: in quotes it would be, whatever it says.
fn wrong_in_quotes<T>(node: &Node, wanted: &str, is_it: impl Fn(&Json) -> bool, sink: &Sink) -> Option<T> {
    match &node.kind {
        NodeKind::Scalar { text, plain: false } if is_it(&plain_json(text)) => {
            let message = format!("{wanted}, and this is text, as it stands in quotes");
            sink.report(Fault::new(FaultKind::Type, node.span, message).help(format!("write `{text}` without them")));
            None
        }
        _ => wrong(node, wanted, sink),
    }
}

/// Which keys were looked for, so that a test can hold [`crate::language`] against them.
#[cfg(test)]
pub mod seen {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static SEEN: RefCell<BTreeSet<(String, &'static str)>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(super) fn add(what: &str, known: &[&'static str]) {
        SEEN.with_borrow_mut(|seen| seen.extend(known.iter().map(|key| (what.to_owned(), *key))));
    }

    /// Every map and key that this thread looked for.
    pub fn keys() -> BTreeSet<(String, &'static str)> {
        SEEN.take()
    }
}
