//! Constants of the spec (defaults, examples, `keep`) held against the type that they are to have.

use super::types::{Types, written};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::entries::{json, word};
use crate::model::{Json, Limits, Ty};
use crate::source::Span;
use crate::syntax::{Node, NodeKind};

/// Reports every part of a constant that is no value of the type or breaks a limit. Tells whether all is well.
pub(crate) fn check(node: &Node, ty: &Ty, limits: &Limits, types: &Types<'_>, sink: &Sink) -> bool {
    let before = sink.count();
    match (ty, &node.kind) {
        (Ty::List(of), NodeKind::List(items)) => {
            for item in items {
                check(item, of, &Limits::default(), types, sink);
            }
        }
        (Ty::Map(of), NodeKind::Map(pairs)) => {
            for (_, value) in pairs {
                check(value, of, &Limits::default(), types, sink);
            }
        }
        (Ty::Model(name), NodeKind::Map(pairs)) => model(name, node, pairs, types, sink),
        (Ty::Enum(name), NodeKind::Scalar { text, .. }) => {
            let _ = types.need_value(name, text, node.span, sink);
        }
        (ty, _) => {
            if !is_a(&json(node), ty) {
                wrong(node, ty, sink);
            }
        }
    }
    if sink.count() == before {
        check_limits(&json(node), limits, ty, node.head(), sink);
    }
    sink.count() == before
}

fn wrong(node: &Node, ty: &Ty, sink: &Sink) {
    let fault = Fault::new(FaultKind::Type, node.head(), format!("this is no `{}`", written(ty)));
    let number = matches!(json(node), Json::Number(_) | Json::Bool(_));
    sink.report(match ty {
        Ty::String if number => fault.help("put it in quotes"),
        Ty::DateTime => fault.help("a date-time has an offset: \"2026-11-16T00:00:00Z\""),
        Ty::Date => fault.help("a date is written \"2026-11-23\""),
        Ty::Csv(_) => fault.help("it is text in which commas stand between the values"),
        _ => fault,
    });
}

fn model(name: &str, node: &Node, pairs: &[(Node, Node)], types: &Types<'_>, sink: &Sink) {
    let Some(fields) = types.fields(name) else { return };
    for (key, value) in pairs {
        let written = word(key).unwrap_or_default();
        let field = types.need_field(name, written, key.span, sink);
        if let Some((field, ty)) = field.and_then(|field| Some((field, field.ty.as_ref()?))) {
            check(value, ty, field.limits, types, sink);
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if !pairs.iter().any(|(key, _)| word(key) == Some(field.name)) {
            let message = format!("`{name}` requires the field `{}`", field.name);
            sink.report(Fault::new(FaultKind::Missing, node.head(), message));
        }
    }
}

/// Whether JSON is of this type, roughly: the client that reads it for good is stricter.
fn is_a(json: &Json, ty: &Ty) -> bool {
    let text = json.as_str();
    match ty {
        Ty::Json => true,
        Ty::String | Ty::Csv(_) => text.is_some(),
        Ty::Id(_) => text.is_some() || json.is_u64(),
        Ty::Integer => json.is_i64(),
        Ty::Number => json.is_number(),
        Ty::Boolean => json.is_boolean(),
        Ty::DateTime => text.is_some_and(is_date_time),
        Ty::Date => text.is_some_and(is_date),
        Ty::Email => text.and_then(|text| text.split_once('@')).is_some_and(|(a, b)| !a.is_empty() && b.contains('.')),
        Ty::Url => text.is_some_and(|text| text.starts_with("https://") || text.starts_with("http://")),
        Ty::Enum(_) | Ty::List(_) | Ty::Map(_) | Ty::Model(_) => false,
    }
}

/// Whether every character is the one of the pattern, in which `0` stands for any digit.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, p)| if p == b'0' { c.is_ascii_digit() } else { c == p })
}

pub(crate) fn is_date(text: &str) -> bool {
    like(text, "0000-00-00")
}

pub(crate) fn is_date_time(text: &str) -> bool {
    let (Some(start), Some(rest)) = (text.get(..19), text.get(19..)) else { return false };
    let offset = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    like(start, "0000-00-00T00:00:00") && (offset == "Z" || like(offset, "+00:00") || like(offset, "-00:00"))
}

fn check_limits(json: &Json, limits: &Limits, ty: &Ty, span: Span, sink: &Sink) {
    let length = json.as_str().map(|text| text.chars().count());
    let items = match (json, ty) {
        (Json::Array(items), _) => Some(items.len()),
        (Json::Object(members), Ty::Map(_)) => Some(members.len()),
        (Json::String(text), Ty::Csv(_)) => Some(text.split(',').count()),
        _ => None,
    };
    let number = json.as_f64();
    let out = |value: Option<usize>, least: Option<usize>, most: Option<usize>| {
        value.is_some_and(|value| least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most))
    };
    #[allow(clippy::cast_precision_loss, reason = "a limit is a small number")]
    let number_out = number.is_some_and(|number| {
        limits.min.is_some_and(|min| number < min as f64) || limits.max.is_some_and(|max| number > max as f64)
    });
    let twice = limits.unique
        && json.as_array().is_some_and(|items| {
            items.iter().enumerate().any(|(index, item)| items.iter().take(index).any(|other| other == item))
        });
    let broken = [
        (number_out, "`min` or `max`"),
        (out(length, limits.min_length, limits.max_length), "`min_length` or `max_length`"),
        (out(items, limits.min_items, limits.max_items), "`min_items` or `max_items`"),
        (twice, "`unique`"),
    ];
    for (_, limit) in broken.iter().filter(|(broken, _)| *broken) {
        sink.report(Fault::new(FaultKind::Type, span, format!("this breaks its own limit {limit}")));
    }
}
