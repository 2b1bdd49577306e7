//! What stands in `types/*.yaml` beside plain words: type expressions and limits, which parameters share, and what an
//! enum's value means.

use super::decl::{EnumValueDecl, LimitKeys, LimitsDecl, TypeExpr};
use super::entries::{Entries, text};
use super::kind::{Cx, Keys, Kind};
use super::kinds::{Plain, Sentence};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::shape::{Holds, Part};
use crate::model::Limits;
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// A type around more types than this is not meant.
const DEEPEST: usize = 8;

impl Plain for EnumValueDecl {
    type Kind = Sentence;
    const DOES: &'static str = "means";

    fn plain(name: At<String>, about: Option<At<String>>) -> Self {
        EnumValueDecl { name, sends: None, about: about.map(|about| about.value) }
    }
}

impl Keys for LimitsDecl {
    const PARTS: &'static [Part] = LimitKeys::PARTS;

    fn take(map: &mut Entries<'_>, sink: &Sink) -> Option<Self> {
        let LimitKeys { min, max, min_length, max_length, min_items, max_items, unique, max_bytes, formats } =
            LimitKeys::take(map, sink)?;
        let limits = Limits { min, max, min_length, max_length, min_items, max_items, unique, max_bytes, formats };
        let place = |part: &'static Part| match part {
            Part::Key(key) => Some(At::new(key.name, map.key_span(key.name)?)),
            Part::Keys(_) => None,
        };
        let written = Self::PARTS.iter().filter_map(place).collect();
        Some(LimitsDecl { limits, written })
    }
}

/// How a file's name ends, without the dot.
pub(crate) enum Format {}

impl Kind for Format {
    type Value = String;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<String> {
        let written = text(node, cx.what, cx.sink)?;
        let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if plain(&written.value) {
            return Some(written.value);
        }
        let message = format!("`{}` is no end of a file's name", written.value);
        let bare = written.value.trim_start_matches(['*', '.']).to_ascii_lowercase();
        let help = if plain(&bare) { bare } else { "mp3".to_owned() };
        cx.sink.refuse(Fault::new(FaultKind::Syntax, node.span, message).help(format!("write it as `{help}`")))
    }
}

/// A type: one word, or one word around another.
pub(crate) enum Type {}

impl Kind for Type {
    type Value = TypeExpr;
    const HOLDS: Holds = Holds::Type;

    fn read(node: &Node, cx: Cx<'_>) -> Option<TypeExpr> {
        let written = text(node, cx.what, cx.sink)?;
        type_expr(node, &written).or_else(|| unreadable(&written, cx.sink))
    }
}

fn type_expr(node: &Node, written: &At<String>) -> Option<TypeExpr> {
    // A place inside the text is known only if the text stands there letter by letter.
    let letters = matches!(node.kind, NodeKind::Scalar { plain: true, .. })
        && written.span.end.saturating_sub(written.span.start) == written.value.len();
    let span = |from: usize, to: usize| {
        if letters {
            Span { start: written.span.start + from, end: written.span.start + to, ..written.span }
        } else {
            written.span
        }
    };
    let mut words = Vec::new();
    let mut at = 0;
    let mut rest = written.value.as_str();
    while let Some((word, inside)) = rest.split_once('<') {
        words.push(At::new(word.to_owned(), span(at, at + word.len())));
        at += word.len() + 1;
        rest = inside.strip_suffix('>')?;
    }
    let mut expr = TypeExpr::Word(At::new(rest.to_owned(), span(at, at + rest.len())));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    if words.len() > DEEPEST || !is_word(rest) || !words.iter().all(|word| is_word(&word.value)) {
        return None;
    }
    for word in words.into_iter().rev() {
        expr = TypeExpr::Around(word, Box::new(expr));
    }
    Some(expr)
}

fn unreadable(written: &At<String>, sink: &Sink) -> Option<TypeExpr> {
    let message = format!("`{}` is no type", written.value);
    let text = written.value.trim();
    let help = if let Some(of) = text.strip_suffix("[]") {
        format!("a list is written `list<{of}>`")
    } else if let Some(of) = text.strip_suffix('?') {
        format!("write `{of}`: what is not `required` or `always` may be left out")
    } else if text.contains('|') {
        "a value has one type; an enum names its values, and `json` is whatever it is".to_owned()
    } else {
        "a type is one word, or one word around another: `string`, `list<id<call>>`".to_owned()
    };
    sink.refuse(Fault::new(FaultKind::Syntax, written.span, message).help(help))
}
