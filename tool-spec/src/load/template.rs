//! Templates, and what else is written with holes.

use std::collections::BTreeMap;

use super::constant::Constant;
use super::decl::{EntryDecl, HoleDecl, RootDecl, TemplateDecl};
use super::entries::{What, is_name, pairs, text};
use super::kind::{Cx, Kind};
use super::request::Condition;
use crate::fault::{Fault, FaultKind, Sink, nearest};
use crate::load::shape::Holds;
use crate::model::{Filter, Json};
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// JSON with holes.
pub(crate) enum Template {}

impl Kind for Template {
    type Value = At<TemplateDecl>;
    const HOLDS: Holds = Holds::Template;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<TemplateDecl>> {
        Some(At::new(template(node, cx.sink), node.head()))
    }
}

fn template(node: &Node, sink: &Sink) -> TemplateDecl {
    match &node.kind {
        NodeKind::Scalar { text, .. } => scalar(node, text, sink),
        NodeKind::List(items) => TemplateDecl::List(items.iter().map(|item| template(item, sink)).collect()),
        NodeKind::Map(pairs) => for_each(node, pairs, sink)
            .or_else(|| when(node, pairs, sink))
            .unwrap_or_else(|| TemplateDecl::Object(entries(node, sink))),
    }
}

/// The members of an object.
pub(crate) fn entries(node: &Node, sink: &Sink) -> Vec<EntryDecl> {
    let pairs = pairs(node, What::Is("this template"), sink).unwrap_or_default();
    let mut entries: Vec<EntryDecl> = Vec::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for (key, value) in pairs {
        let Some(written) = key.word() else { continue };
        let (name, always) = match written.strip_suffix('!') {
            Some(name) => (name, true),
            None => (written, false),
        };
        let Some(name) = literal(&At::new(name, key.span), sink) else { continue };
        if let Some(first) = places.insert(name.clone(), key.span) {
            let fault = Fault::new(FaultKind::Clash, key.span, format!("`{name}` is here twice"));
            sink.report(fault.related(first, "first here").help("keep one of the two"));
            continue;
        }
        entries.push(EntryDecl { key: At::new(name, key.span), always, value: template(value, sink) });
    }
    entries
}

fn scalar(node: &Node, text: &str, sink: &Sink) -> TemplateDecl {
    let at = At::new(text, node.span);
    if is_answer_path(text) {
        return hole(&at, sink).map_or(TemplateDecl::Broken, TemplateDecl::Hole);
    }
    let dotted = text.strip_prefix('.').filter(|rest| rest.starts_with('.'));
    if dotted.is_none() && !text.contains('$') {
        return TemplateDecl::Constant(Constant::of(node));
    }
    if !text.starts_with('$') || text.starts_with("$$") {
        return match literal(&At::new(dotted.unwrap_or(text), node.span), sink) {
            Some(text) => TemplateDecl::Constant(Constant::scalar(text, false, node.span)),
            None => TemplateDecl::Broken,
        };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [name, "has", value] => has(&at, name, value, None, sink),
        [name, "has", value, "then", constant @ ..] if !constant.is_empty() => {
            let constant = constant.join(" ");
            let quoted = constant.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let then = Constant::scalar(quoted.unwrap_or(&constant), quoted.is_none(), node.span).untyped(sink);
            then.map_or(TemplateDecl::Broken, |then| has(&at, name, value, Some(then), sink))
        }
        _ => hole(&at, sink).map_or(TemplateDecl::Broken, TemplateDecl::Hole),
    }
}

/// Text in which every `$` is written `$$`. One that stands alone was to be a hole, and a hole is the whole of a value.
fn literal(at: &At<&str>, sink: &Sink) -> Option<String> {
    if at.value.replace("$$", "").contains('$') {
        let message = format!("`{}` has a `$` in it, and a hole is the whole of a value", at.value);
        let help = "send `$name` alone; a `$` that is meant is written `$$`";
        return sink.refuse(Fault::new(FaultKind::Syntax, at.span, message).help(help));
    }
    Some(at.value.replace("$$", "$"))
}

fn has(at: &At<&str>, name: &str, value: &str, then: Option<Json>, sink: &Sink) -> TemplateDecl {
    match name.strip_prefix('$').filter(|name| is_name(name)) {
        Some(name) => TemplateDecl::Has {
            param: At::new(name.to_owned(), at.span),
            value: At::new(value.to_owned(), at.span),
            then,
        },
        None => {
            unreadable(at, sink);
            TemplateDecl::Broken
        }
    }
}

/// Whether a text is a path into an answer: it begins with one `.` and is no number.
pub(crate) fn is_answer_path(text: &str) -> bool {
    text.starts_with('.') && !text.starts_with("..") && text.parse::<f64>().is_err()
}

/// A `.path` into the answer that a request got.
pub(super) fn answer_path(node: &Node, sink: &Sink) -> Option<At<Vec<String>>> {
    let written = text(node, What::Is("a path into the answer"), sink)?;
    if !is_answer_path(&written.value) {
        let fault = Fault::new(FaultKind::Syntax, node.span, "a path into the answer is written `.field.field`");
        let bare = written.value.trim_start_matches('$');
        let fits = bare.split('.').all(is_plain);
        return sink.refuse(if fits { fault.help(format!("write `.{bare}`")) } else { fault });
    }
    let hole = hole(&At::new(written.as_str(), written.span), sink)?;
    if !hole.filters.is_empty() {
        let message = "what is taken from an answer has no filters";
        sink.report(Fault::new(FaultKind::Contradiction, node.span, message));
    }
    Some(At::new(hole.path, node.span))
}

/// Whether a hole's path may have this name in it.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `$root.path | filter | filter`, or `.path`.
fn hole(at: &At<&str>, sink: &Sink) -> Option<HoleDecl> {
    let mut parts = at.value.split('|').map(str::trim);
    let mut path = parts.next().unwrap_or_default().split('.').map(str::to_owned);
    let root = match path.next().unwrap_or_default() {
        answer if answer.is_empty() => RootDecl::Answer,
        name => RootDecl::Name(name.strip_prefix('$').unwrap_or_default().to_owned()),
    };
    let path: Vec<String> = path.collect();
    let is_root = !matches!(&root, RootDecl::Name(name) if !is_plain(name));
    if !is_root || !path.iter().all(|name| is_plain(name)) {
        unreadable(at, sink);
        return None;
    }
    let mut filters = Vec::new();
    for name in parts {
        match Filter::ALL.into_iter().find(|filter| filter.as_str() == name) {
            Some(filter) => filters.push(filter),
            None => {
                let fault = Fault::new(FaultKind::UnknownName, at.span, format!("there is no filter `{name}`"));
                return sink.refuse(fault.did_you_mean(name, Filter::ALL.map(Filter::as_str)));
            }
        }
    }
    Some(HoleDecl { root: At::new(root, at.span), path, filters })
}

fn unreadable(at: &At<&str>, sink: &Sink) {
    let help = if at.value.starts_with('.') {
        "a field of an answer is `.name` or `.name.name`; text that begins with a `.` is written with two"
    } else {
        "a hole is `$name`, `$name | filter`, `$name has value` or `$name has value then constant`; in text a `$` is \
         written `$$`"
    };
    sink.report(Fault::new(FaultKind::Syntax, at.span, format!("`{}` is no hole", at.value)).help(help));
}

/// The values of two keys that make something of a map. Another map that has the first of them is itself.
fn two<'n>(
    node: &'n Node,
    pairs: &'n [(Node, Node)],
    keys: [&str; 2],
    lacks_second: bool,
    sink: &Sink,
) -> Option<Option<[&'n Node; 2]>> {
    let [first, second] = keys;
    let find = |key: &str| pairs.iter().find(|(written, _)| written.word() == Some(key)).map(|(_, value)| value);
    let one = find(first).filter(|_| lacks_second || find(second).is_some())?;
    match (find(second), pairs.len()) {
        (Some(other), 2) => Some(Some([one, other])),
        _ => {
            let (what, help) = match first {
                "for" => ("a list made by `for`", "write `{for: $list, as: …}`, in which `$item` is the element"),
                _ => ("what depends on a parameter", "write `{when: $param, then: …}`"),
            };
            let message = format!("{what} has `{first}` and `{second}`, and nothing else");
            sink.report(Fault::new(FaultKind::Syntax, node.head(), message).help(help));
            Some(None)
        }
    }
}

/// `{when: $param, then: template}`.
fn when(node: &Node, pairs: &[(Node, Node)], sink: &Sink) -> Option<TemplateDecl> {
    let near =
        |(key, _): &(Node, Node)| key.word().is_some_and(|key| key != "when" && nearest(key, &["then"]).is_some());
    let Some([when, then]) = two(node, pairs, ["when", "then"], pairs.iter().any(near), sink)? else {
        return Some(TemplateDecl::Broken);
    };
    let then = Box::new(template(then, sink));
    let when = Condition::read(when, Cx { what: What::At("when"), each: None, name: None, sink });
    Some(when.map_or(TemplateDecl::Broken, |when| TemplateDecl::When { when, then }))
}

/// `{for: $list, as: element}`. Another map that has a key `for` is itself.
fn for_each(node: &Node, pairs: &[(Node, Node)], sink: &Sink) -> Option<TemplateDecl> {
    let Some([over, element]) = two(node, pairs, ["for", "as"], pairs.len() == 1, sink)? else {
        return Some(TemplateDecl::Broken);
    };
    let element = Box::new(template(element, sink));
    let over = match over.word() {
        Some(text) if text.starts_with('$') || is_answer_path(text) => hole(&At::new(text, over.span), sink),
        _ => {
            let message = "`for` runs over a hole, such as `$ids`";
            sink.refuse(Fault::new(FaultKind::Syntax, over.head(), message))
        }
    };
    Some(over.map_or(TemplateDecl::Broken, |over| TemplateDecl::For { over, element }))
}
