//! The damage that can be done to the JSON of an answer while it stays one of HTTP.

use serde_json::{Map, Value, json};

use crate::reply::{Content, Reply, add_unknown_fields};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alteration {
    InvalidJson,
    UnknownEnumValue,
    NewField,
    UnexpectedNull,
    NumberForText,
}

/// Fields of Gong's answers that take one of a few words.
const ENUMS: &[&str] = &[
    "affiliation",
    "category",
    "direction",
    "flowInstanceStatus",
    "media",
    "method",
    "priority",
    "questionType",
    "reviewMethod",
    "scope",
    "status",
    "type",
    "visibility",
];

impl Alteration {
    /// Alters an answer that went well and leaves any other as it is.
    pub(super) fn alter(self, mut reply: Reply) -> Reply {
        if reply.status >= 300 {
            return reply;
        }
        let Content::Bytes(bytes) = &mut reply.body else {
            return reply;
        };
        if self == Self::InvalidJson {
            spoil(bytes);
            return reply;
        }
        let Ok(mut body) = serde_json::from_slice::<Value>(bytes) else {
            return reply;
        };
        let is_word = |name: &str, value: &Value| value.is_string() && ENUMS.contains(&name);
        match self {
            Self::InvalidJson => {}
            Self::NewField => add_unknown_fields(&mut body),
            Self::UnknownEnumValue => {
                change_first(&mut body, &|name, value| is_word(name, value).then(|| json!("VALUE_OF_TOMORROW")));
            }
            Self::NumberForText => change_first_record(&mut body, &|name, value| {
                (value.is_string() && !is_key(name) && !is_word(name, value)).then(|| json!(4900))
            }),
            Self::UnexpectedNull => change_first_record(&mut body, &|name, value| {
                let is_plain = value.is_string() || value.is_boolean() || value.is_number();
                (is_plain && !is_key(name)).then_some(Value::Null)
            }),
        }
        reply.body = body.to_string().into();
        reply
    }
}

fn is_key(name: &str) -> bool {
    name == "id" || name.ends_with("Id")
}

/// Puts an equals sign in the place of the colon that is nearest to the middle.
fn spoil(body: &mut Vec<u8>) {
    let middle = body.len() / 2;
    let colons = body.iter_mut().enumerate().filter(|(_, byte)| **byte == b':');
    match colons.min_by_key(|(at, _)| at.abs_diff(middle)) {
        Some((_, colon)) => *colon = b'=',
        None => body.push(b'='),
    }
}

/// The first object of the first list, or else the first object below the top. The block about the page is no record.
fn first_record(body: &mut Value) -> Option<&mut Value> {
    let members = body.as_object_mut()?;
    let (mut object, mut in_list) = (None, None);
    for name in names(members) {
        match members.get(&name) {
            Some(Value::Array(items)) if in_list.is_none() && items.iter().any(Value::is_object) => {
                in_list = Some(name)
            }
            Some(Value::Object(_)) if object.is_none() && name != "records" => object = Some(name),
            _ => {}
        }
    }
    match members.get_mut(&in_list.or(object)?)? {
        Value::Array(items) => items.iter_mut().find(|item| item.is_object()),
        record => Some(record),
    }
}

fn change_first_record(body: &mut Value, change: &dyn Fn(&str, &Value) -> Option<Value>) {
    if let Some(record) = first_record(body) {
        change_first(record, change);
    }
}

/// Changes the first member for which `change` has another value; says whether there was one.
fn change_first(value: &mut Value, change: &dyn Fn(&str, &Value) -> Option<Value>) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change_first(item, change)),
        Value::Object(members) => names(members).iter().any(|name| {
            let Some(member) = members.get_mut(name) else {
                return false;
            };
            match change(name, member) {
                Some(changed) => {
                    *member = changed;
                    true
                }
                None => change_first(member, change),
            }
        }),
        _ => false,
    }
}

/// The names of an object in an order that no feature of serde_json changes.
fn names(members: &Map<String, Value>) -> Vec<String> {
    let mut names: Vec<String> = members.keys().cloned().collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
