//! Google's function declarations: a subset of OpenAPI's schemas, without references and without what is said of an
//! object's other members.

use serde_json::{Map, Value, json};

use super::Input;
use crate::schema;

/// What the subset knows, beside what is written anew.
const KNOWN: &[&str] =
    &["type", "description", "enum", "items", "properties", "required", "minimum", "maximum", "minItems", "maxItems"];
/// How deep models are written in one another; a model cannot hold itself, so none is deeper.
const DEPTH: usize = 12;

pub(super) fn declaration(tool: Input) -> Value {
    let Input { name, mut schema, .. } = tool;
    let description = schema::take_description(&mut schema);
    let mut declaration = json!({"name": name, "description": description});
    // A declaration of a function without parameters has none, rather than an object without members.
    if schema.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty())
        && let Value::Object(declaration) = &mut declaration
    {
        declaration.insert("parameters".to_owned(), plain(&schema, &schema, DEPTH));
    }
    declaration
}

/// A schema that stands in the `whole`, in the words of the subset.
fn plain(schema: &Value, whole: &Value, depth: usize) -> Value {
    let Some(own) = schema.as_object() else { return json!({"type": "string"}) };
    let mut out = Map::new();
    if let (Some(target), Some(left)) = (target(schema, whole), depth.checked_sub(1))
        && let Value::Object(target) = plain(target, whole, left)
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
            ("type", Value::Array(types)) => types.iter().find(|one| *one != "null").cloned().unwrap_or_default(),
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    // It has no word for what may be anything, which is written as text then.
    if out.get("type").is_none_or(|one| one == "null" || one.is_null()) {
        out.insert("type".to_owned(), "string".into());
    }
    settle(&mut out, own.get("format"));
    Value::Object(out)
}

/// What a schema says by another: where its reference leads, or the first of several that it may be.
fn target<'s>(schema: &'s Value, whole: &'s Value) -> Option<&'s Value> {
    let several = schema.get("anyOf").and_then(Value::as_array);
    let first = || several?.iter().find(|one| one.get("type").is_none_or(|one| one != "null"));
    schema::referred(whole, schema).or_else(first)
}

/// What the subset has rules for: choices and formats of texts, elements of lists, and names that are required.
fn settle(own: &mut Map<String, Value>, format: Option<&Value>) {
    let is = |kind: &str| own.get("type").is_some_and(|own| own == kind);
    let (is_text, is_list) = (is("string"), is("array"));
    if !is_text {
        // Other choices are made from what the description says.
        own.shift_remove("enum");
        own.shift_remove("format");
    } else if own.contains_key("enum") {
        own.insert("format".to_owned(), "enum".into());
    } else if let Some(format) = format.filter(|format| *format == "date-time") {
        own.insert("format".to_owned(), format.clone());
    }
    if is_list {
        own.entry("items").or_insert_with(|| json!({"type": "string"}));
    }
    if own.get("required").is_some_and(|names| names.as_array().is_some_and(Vec::is_empty)) {
        own.shift_remove("required");
    }
}
