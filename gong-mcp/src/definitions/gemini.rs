//! Google's function declarations: a subset of OpenAPI's schemas, without references and without what is said of an
//! object's other members.

use gong_client::catalog::Tool;
use serde_json::{Map, Value, json};

use crate::schema;

/// What the subset knows, beside what is written anew.
const KNOWN: &[&str] =
    &["type", "description", "enum", "items", "properties", "required", "minimum", "maximum", "minItems", "maxItems"];
/// How deep models are written in one another; a model cannot hold itself, so none is deeper.
const DEPTH: usize = 12;

pub(super) fn declaration(tool: &Tool) -> Value {
    let mut input = schema::input(tool);
    let description = schema::take_description(&mut input);
    let mut declaration = json!({"name": tool.name, "description": description});
    // A declaration of a function without parameters has none, rather than an object without members.
    if !tool.params.is_empty()
        && let Value::Object(declaration) = &mut declaration
    {
        declaration.insert("parameters".to_owned(), plain(&input, &input, DEPTH));
    }
    declaration
}

/// A schema that stands in the `whole`, in the words of the subset.
fn plain(schema: &Value, whole: &Value, depth: usize) -> Value {
    let Value::Object(own) = schema else { return schema.clone() };
    let mut out = Map::new();
    if let Some(target) = schema::referred(whole, schema).filter(|_| depth > 0)
        && let Value::Object(target) = plain(target, whole, depth - 1)
    {
        out = target;
    }
    for (keyword, value) in own.iter().filter(|(keyword, _)| KNOWN.contains(&keyword.as_str())) {
        let value = match (keyword.as_str(), value) {
            ("properties", Value::Object(members)) => {
                members.iter().map(|(name, member)| (name.clone(), plain(member, whole, depth))).collect()
            }
            ("items", elements) => plain(elements, whole, depth),
            // Of several types the first is the usual one.
            ("type", Value::Array(types)) => types.first().cloned().unwrap_or_default(),
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    // It has no word for what may be anything, which is written as text then.
    out.entry("type").or_insert_with(|| "string".into());
    // Of texts it knows instants and choices, and choices of texts alone.
    if own.get("format").is_some_and(|format| format == "date-time") {
        out.insert("format".to_owned(), "date-time".into());
    }
    if out.contains_key("enum") {
        out.insert("format".to_owned(), "enum".into());
    }
    if out.get("required").is_some_and(|names| names.as_array().is_some_and(Vec::is_empty)) {
        out.shift_remove("required");
    }
    Value::Object(out)
}
