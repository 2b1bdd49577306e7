//! The request bodies that Gong documents, field by field, and the audit that finds what Gong would ignore in silence.
//!
//! `bodies.json` has one entry for each operation: a kind (`text`, `number`, `flag`, or `any` where Gong's document
//! says no more), the name of another entry, a list of one of these, or an object of them.

use std::sync::LazyLock;

use serde_json::Value;

use crate::refusal::Refusal;

/// Committed beside this file, and read by a test: it parses.
static BODIES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("bodies.json")).unwrap_or_default());

/// What the body of an operation may hold, by its method and path.
pub(crate) fn of(method: &str, path: &str) -> Option<&'static Value> {
    BODIES.get(format!("{method} {path}"))
}

/// The shape that has this name.
pub(crate) fn named(name: &str) -> Option<&'static Value> {
    BODIES.get(name)
}

/// What a body says in the types of its shape; what Gong would ignore, and what is null, is left out.
pub(crate) fn read(shape: &Value, value: &Value) -> Result<Value, Refusal> {
    match (shape, value) {
        (Value::Array(items), Value::Array(values)) => {
            let item = items.first().unwrap_or(&Value::Null);
            values.iter().map(|value| read(item, value)).collect()
        }
        (Value::Object(fields), Value::Object(members)) => {
            let known = fields.iter().filter_map(|(name, shape)| Some((name, shape, members.get(name)?)));
            let known = known.filter(|(_, _, value)| !value.is_null());
            known.map(|(name, shape, value)| Ok((name.clone(), read(shape, value)?))).collect()
        }
        (Value::String(kind), value) => match (kind.as_str(), value) {
            // A number is taken for a text, as Gong's reader does.
            ("text", Value::Number(number)) => Ok(number.to_string().into()),
            ("text", Value::String(_)) | ("number", Value::Number(_)) | ("flag", Value::Bool(_)) | ("any", _) => {
                Ok(value.clone())
            }
            (name, value) => named(name).map_or_else(|| Err(Refusal::unreadable()), |shape| read(shape, value)),
        },
        _ => Err(Refusal::unreadable()),
    }
}

/// Lists what does not belong into a body, each with the path to it.
pub(crate) fn audit(shape: &Value, body: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    walk(shape, body, "", &mut findings);
    findings
}

fn walk(shape: &Value, value: &Value, path: &str, findings: &mut Vec<String>) {
    let fits = match (shape, value) {
        (_, Value::Null) => true,
        (Value::Array(items), Value::Array(values)) => {
            let item = items.first().unwrap_or(&Value::Null);
            for (at, value) in values.iter().enumerate() {
                walk(item, value, &format!("{path}[{at}]"), findings);
            }
            true
        }
        (Value::Object(fields), Value::Object(members)) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match fields.get(name) {
                    Some(shape) => walk(shape, value, &path, findings),
                    None => findings.push(format!("unknown field {path}")),
                }
            }
            true
        }
        (Value::String(kind), value) => match kind.as_str() {
            "text" => value.is_string(),
            "number" => value.is_number(),
            "flag" => value.is_boolean(),
            "any" => true,
            name => return walk(BODIES.get(name).unwrap_or(&Value::Null), value, path, findings),
        },
        _ => false,
    };
    if !fits {
        findings.push(format!("{path} should be {}", noun(shape)));
    }
}

fn noun(shape: &Value) -> &'static str {
    match shape {
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
        kind if kind == "number" => "a number",
        kind if kind == "flag" => "true or false",
        _ => "a string",
    }
}

#[cfg(test)]
mod tests;
