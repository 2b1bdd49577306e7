//! `types/*.yaml`: models and enums, and what parameters share with their fields: type expressions and limits.

use super::decl::{EnumValueDecl, FieldDecl, LimitsDecl, TypeDecl, TypeExpr, TypeKindDecl};
use super::entries::{Entries, boolean, count, integer, pairs, sentence, text};
use crate::fault::{Fault, FaultKind, Sink};
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// A type around more types than this is not meant.
const DEEPEST: usize = 8;

pub(crate) fn types(root: &Node, source: &str, sink: &Sink) -> Option<Vec<TypeDecl>> {
    let pairs = pairs(root, "a file of types", sink)?;
    Some(pairs.iter().filter_map(|(key, node)| one(key, node, source, sink)).collect())
}

fn one(key: &Node, node: &Node, source: &str, sink: &Sink) -> Option<TypeDecl> {
    let name = text(key, "a type's name", sink)?;
    let mut declared = TypeDecl { name, about: None, source: source.to_owned(), kind: None };
    let Some(mut map) = Entries::of(node, "a type", key.span, sink) else { return Some(declared) };
    declared.about = map.need("about", sink).and_then(|node| about(node, sink));
    let fields = map.take("fields", sink);
    let values = map.take("enum", sink);
    declared.kind = match (fields, values) {
        (Some(fields), None) => fields_of(fields, sink).map(TypeKindDecl::Model),
        (None, Some(values)) => values_of(values, sink).map(TypeKindDecl::Enum),
        (Some(_), Some(values)) => {
            let message = "a type has either `fields` or `enum`, and this has both";
            sink.report(Fault::new(FaultKind::Contradiction, values.head(), message));
            None
        }
        (None, None) if map.has("fields") || map.has("enum") => None,
        (None, None) => {
            let message = format!("`{}` has neither `fields` nor `enum`", declared.name.value);
            map.lacks(&["fields", "enum"], Fault::new(FaultKind::Missing, key.span, message));
            None
        }
    };
    map.finish(sink);
    Some(declared)
}

fn fields_of(node: &Node, sink: &Sink) -> Option<Vec<FieldDecl>> {
    let pairs = pairs(node, "`fields`", sink)?;
    Some(pairs.iter().filter_map(|(key, node)| field(key, node, sink)).collect())
}

fn field(key: &Node, node: &Node, sink: &Sink) -> Option<FieldDecl> {
    let name = text(key, "a field's name", sink)?;
    let limits = LimitsDecl::default();
    let mut field = FieldDecl { name, ty: None, about: None, always: None, required: None, limits, notice: None };
    let Some(mut map) = Entries::of(node, "a field", key.span, sink) else { return Some(field) };
    field.ty = map.need("type", sink).and_then(|node| type_expr(node, sink));
    field.about = map.need("about", sink).and_then(|node| about(node, sink));
    field.always = map.take("always", sink).and_then(|node| boolean(node, "`always`", sink));
    field.required = map.take("required", sink).and_then(|node| boolean(node, "`required`", sink));
    field.limits = limits_of(&mut map, sink);
    field.notice = map.take("notice", sink).and_then(|node| sentence(node, "`notice`", sink));
    map.finish(sink);
    Some(field)
}

fn values_of(node: &Node, sink: &Sink) -> Option<Vec<EnumValueDecl>> {
    let pairs = pairs(node, "`enum`", sink)?;
    Some(pairs.iter().filter_map(|(key, node)| value(key, node, sink)).collect())
}

fn value(key: &Node, node: &Node, sink: &Sink) -> Option<EnumValueDecl> {
    let name = text(key, "an enum's value", sink)?;
    let NodeKind::Map(_) = &node.kind else {
        let about = sentence(node, &format!("what `{}` means", name.value), sink);
        return Some(EnumValueDecl { name, sends: None, about: about.map(|about| about.value) });
    };
    let mut map = Entries::of(node, "an enum's value", key.span, sink)?;
    let sends = map.take("sends", sink).and_then(|node| text(node, "`sends`", sink));
    let about = map.need("about", sink).and_then(|node| about(node, sink));
    map.finish(sink);
    Some(EnumValueDecl { name, sends, about })
}

/// The `about` of anything.
pub(crate) fn about(node: &Node, sink: &Sink) -> Option<String> {
    sentence(node, "`about`", sink).map(|about| about.value)
}

/// The limits of a parameter or a field.
pub(crate) fn limits_of(map: &mut Entries<'_>, sink: &Sink) -> LimitsDecl {
    let mut declared = LimitsDecl::default();
    let limits = &mut declared.limits;
    limits.min = map.take("min", sink).and_then(|node| integer(node, "`min`", sink)).map(|at| at.value);
    limits.max = map.take("max", sink).and_then(|node| integer(node, "`max`", sink)).map(|at| at.value);
    let mut size = |key: &'static str| {
        map.take(key, sink).and_then(|node| count(node, 0, &format!("`{key}`"), sink)).map(|at| at.value)
    };
    limits.min_length = size("min_length");
    limits.max_length = size("max_length");
    limits.min_items = size("min_items");
    limits.max_items = size("max_items");
    let unique = map.take("unique", sink).and_then(|node| boolean(node, "`unique`", sink));
    limits.unique = unique.is_some_and(|unique| unique.value);
    for key in ["min", "max", "min_length", "max_length", "min_items", "max_items", "unique"] {
        declared.written.extend(map.key_span(key).map(|span| At::new(key, span)));
    }
    declared
}

/// A type: one word, or one word around another.
pub(crate) fn type_expr(node: &Node, sink: &Sink) -> Option<TypeExpr> {
    let written = text(node, "`type`", sink)?;
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
        match inside.strip_suffix('>') {
            Some(inside) => rest = inside,
            None => return unreadable(&written, sink),
        }
    }
    let mut expr = TypeExpr::Word(At::new(rest.to_owned(), span(at, at + rest.len())));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    if words.len() > DEEPEST || !is_word(rest) || !words.iter().all(|word| is_word(&word.value)) {
        return unreadable(&written, sink);
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
    sink.report(Fault::new(FaultKind::Syntax, written.span, message).help(help));
    None
}
