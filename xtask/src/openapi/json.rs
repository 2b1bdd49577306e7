//! Small readers of JSON. Documents are wrong in details, and one wrong detail is no reason to refuse the rest: what is
//! of another kind than it should be counts as not there. That is why the document is not read into structs.

use serde_json::Value;

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

/// Whether the key says `true`.
pub(crate) fn is(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(crate) fn members<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = (&'v str, &'v Value)> + use<'v> {
    let object = value.get(key).and_then(Value::as_object);
    object.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// The names of an object's members.
pub(crate) fn names<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    members(value, key).map(|(name, _)| name).collect()
}
