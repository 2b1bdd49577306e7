//! The text of a value as it is sent.

use std::borrow::Cow;

use serde_json::Value;

use crate::input::json::ToJson;

/// The text of a value as it is sent; a list's with commas.
pub(crate) fn shown(value: &dyn ToJson) -> Option<Cow<'_, str>> {
    value.as_text().map(Cow::Borrowed).or_else(|| value.to_json().map(text).map(Cow::Owned))
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Each value once, with its text, in the order of the texts.
pub(crate) fn in_order<V: ToJson>(values: Vec<V>) -> Vec<(String, V)> {
    let mut named: Vec<(String, V)> =
        values.into_iter().filter_map(|value| Some((shown(&value)?.into_owned(), value))).collect();
    named.sort_by(|left, right| left.0.cmp(&right.0));
    named.dedup_by(|left, right| left.0 == right.0);
    named
}

/// Whether there is nothing but space in it.
pub(crate) fn is_blank(text: &str) -> bool {
    let begins_with_ink = text.bytes().next().is_some_and(|byte| byte.is_ascii_graphic());
    !begins_with_ink && text.trim_start().is_empty()
}
