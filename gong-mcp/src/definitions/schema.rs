//! What all forms do with a schema.

use gong_client::catalog::Tool;
use serde_json::{Map, Value};

/// The input of a tool, as the generator wrote it.
pub(super) fn input(tool: &Tool) -> Value {
    // The generator wrote it, so it is JSON.
    serde_json::from_str(tool.input_schema).unwrap_or_default()
}

/// What is said of the input as a whole, with the rules that only words can tell.
pub(super) fn take_description(schema: &mut Value) -> String {
    match schema.as_object_mut().and_then(|schema| schema.shift_remove("description")) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// Takes these keywords out of a schema and all schemas in it.
pub(super) fn without(schema: &mut Value, keywords: &[&str]) {
    if let Value::Object(own) = schema {
        keywords.iter().for_each(|keyword| drop(own.shift_remove(*keyword)));
        below(own, &mut |schema| without(schema, keywords));
    }
}

/// Goes to every schema within one: of members, elements, alternatives and definitions.
pub(super) fn below(schema: &mut Map<String, Value>, visit: &mut dyn FnMut(&mut Value)) {
    for (keyword, value) in schema {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(schemas)) => schemas.values_mut().for_each(&mut *visit),
            ("anyOf" | "allOf" | "oneOf", Value::Array(schemas)) => schemas.iter_mut().for_each(&mut *visit),
            ("items" | "additionalProperties" | "if" | "then", schema @ Value::Object(_)) => visit(schema),
            _ => {}
        }
    }
}
