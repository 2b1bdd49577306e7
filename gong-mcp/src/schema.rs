//! The schemas and the example that the catalog has of a tool, and what is done with a schema wherever one is shown.

use gong_client::catalog::Tool;
use serde_json::{Map, Value};

/// The schema of a tool's input.
pub(crate) fn input(tool: &Tool) -> Value {
    parsed(tool.input_schema)
}

/// The schema of a tool's answer.
pub(crate) fn output(tool: &Tool) -> Value {
    parsed(tool.output_schema)
}

/// An example of a tool's input.
pub(crate) fn example(tool: &Tool) -> Value {
    parsed(tool.example)
}

/// The generator wrote it, so it is JSON.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The schema that a `$ref` in `schema` leads to, which is a place of the `whole`; none if it has no `$ref`.
pub(crate) fn referred<'s>(whole: &'s Value, schema: &Value) -> Option<&'s Value> {
    whole.pointer(schema.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// The names of the members that must be given.
pub(crate) fn required(schema: &Value) -> Vec<&str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Takes out what is said of the whole, such as the rules of an input that only words can tell.
pub(crate) fn take_description(schema: &mut Value) -> String {
    match schema.as_object_mut().and_then(|schema| schema.shift_remove("description")) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// Takes these keywords out of a schema and all schemas in it.
pub(crate) fn without(schema: &mut Value, keywords: &[&str]) {
    if let Value::Object(own) = schema {
        keywords.iter().for_each(|keyword| drop(own.shift_remove(*keyword)));
        below(own, &mut |schema| without(schema, keywords));
    }
}

/// The schemas within one: of members, elements, alternatives and definitions.
pub(crate) fn parts(schema: &Map<String, Value>) -> Vec<&Value> {
    let mut parts = Vec::new();
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(schemas)) => parts.extend(schemas.values()),
            ("anyOf" | "allOf" | "oneOf", Value::Array(schemas)) => parts.extend(schemas),
            ("items" | "additionalProperties" | "if" | "then", Value::Object(_)) => parts.push(value),
            _ => {}
        }
    }
    parts
}

/// Goes to every schema within one: of members, elements, alternatives and definitions.
pub(crate) fn below(schema: &mut Map<String, Value>, visit: &mut dyn FnMut(&mut Value)) {
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(schemas)) => schemas.values_mut().for_each(&mut *visit),
            ("anyOf" | "allOf" | "oneOf", Value::Array(schemas)) => schemas.iter_mut().for_each(&mut *visit),
            ("items" | "additionalProperties" | "if" | "then", schema @ Value::Object(_)) => visit(schema),
            _ => {}
        }
    }
}
