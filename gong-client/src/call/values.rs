//! Small functions on values that generated code calls by name.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::base::time::{Date, DateTime, Offset, read_date};
use crate::base::violation::Faults;
use crate::decode::open_enum::OpenEnum;
use crate::input::body::constant;
use crate::input::json::{FromJson, ToJson};
use crate::input::text::{is_blank, shown};

/// Whether both are there and the same, as sent.
pub(crate) fn same_text(left: &dyn ToJson, right: &dyn ToJson) -> bool {
    shown(left).is_some_and(|left| shown(right).is_some_and(|right| left == right))
}

/// As [`same_text`], whatever the case and the spaces around.
pub(crate) fn same_email(left: &dyn ToJson, right: &dyn ToJson) -> bool {
    let folded = |value| shown(value).map(|text| text.trim().to_lowercase());
    folded(left).is_some_and(|left| folded(right) == Some(left))
}

/// Whether the day of a date or an instant lies between two days, both included. Either may be open; a value without a
/// day lies between none.
pub(crate) fn day_between(value: &dyn ToJson, from: &Option<Date>, to: &Option<Date>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let day = shown(value).and_then(|text| read_date(text.get(..10)?));
    day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
}

/// The text, if there is anything in it.
pub(crate) fn unless_blank(text: &Option<String>) -> Option<&String> {
    text.as_ref().filter(|text| !is_blank(text))
}

/// The day of an instant, as written.
pub(crate) fn date(time: &Option<DateTime>) -> Option<Date> {
    time.as_ref().map(DateTime::date)
}

/// The day on which a range that ends at this instant ends, where the end day is left out.
pub(crate) fn end_date(time: &Option<DateTime>) -> Option<Date> {
    time.as_ref().map(DateTime::end_date)
}

/// The offset an instant was written with; UTC if there is none.
pub(crate) fn offset_of(time: &Option<DateTime>) -> Offset {
    time.as_ref().map_or(Offset::UTC, DateTime::offset)
}

/// A value as another type that the spec takes it for, by way of what would be sent.
pub(crate) fn converted<T: FromJson>(value: &dyn ToJson) -> Option<T> {
    T::from_json(&value.to_json()?, &mut Faults::default())
}

/// A value that was sent as one of an answer.
pub(crate) fn sent_as<T: DeserializeOwned>(value: &dyn ToJson) -> Option<T> {
    serde_json::from_value(value.to_json()?).ok()
}

/// A value of an answer as another type that the spec takes it for.
pub(crate) fn recast<T: DeserializeOwned>(value: impl Serialize) -> Option<T> {
    serde_json::from_value(serde_json::to_value(value).ok()?).ok()
}

/// A constant of the spec in an answer. The generator has checked that it is one of this type.
pub(crate) fn of_json<T: DeserializeOwned + Default>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

/// Whether there is nothing in it.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A list in pieces of at most this size; one empty piece for an empty or absent list.
pub(crate) fn chunks<T: Clone>(list: &Option<Vec<T>>, size: usize) -> Vec<Vec<T>> {
    match elements(list) {
        [] => vec![Vec::new()],
        all => all.chunks(size.max(1)).map(<[T]>::to_vec).collect(),
    }
}

/// The elements of a list; none of an absent one.
pub(crate) fn elements<T>(list: &Option<Vec<T>>) -> &[T] {
    list.as_deref().unwrap_or_default()
}

/// A value while this holds.
pub(crate) fn only(holds: bool, value: &dyn ToJson) -> Option<&dyn ToJson> {
    holds.then_some(value)
}

/// A constant while this holds.
pub(crate) fn constant_if(holds: bool, json: &str) -> Option<Value> {
    if holds { constant(json) } else { None }
}

/// `true` while the list holds the value of this name.
pub(crate) fn has<E: OpenEnum>(list: &[E], name: &str) -> Option<bool> {
    list.iter().any(|value| value.name() == name).then_some(true)
}

/// A constant while the list holds the value of this name.
pub(crate) fn has_then<E: OpenEnum>(list: &[E], name: &str, json: &str) -> Option<Value> {
    constant_if(has(list, name).is_some(), json)
}

/// What a setter makes of its list.
pub(crate) fn list_of<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Option<Vec<T>> {
    Some(values.into_iter().map(Into::into).collect())
}

/// What a setter makes of its map.
pub(crate) fn map_of<T>(
    values: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> Option<BTreeMap<String, T>> {
    Some(values.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
}

#[cfg(test)]
mod tests;
