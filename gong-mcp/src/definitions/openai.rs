//! OpenAI's functions. In the strict form every member is required and one that may be left out can be `null`, which
//! the client takes as left out; an object whose members are not known beforehand cannot be said in it.

use gong_client::catalog::Tool;
use serde_json::{Value, json};

use crate::schema;

/// The longest description of a function.
const LONGEST: usize = 1024;
/// What the strict form knows beside types and members.
const KNOWN: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "$ref",
    "$defs",
    "description",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
];
const FORMATS: &[&str] = &["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

pub(super) fn function(tool: &Tool) -> Value {
    let mut parameters = schema::input(tool);
    let description = shortened(schema::take_description(&mut parameters));
    tidy(&mut parameters);
    let is_strict = is_closed(&mut parameters);
    if is_strict {
        require_all(&mut parameters);
    }
    json!({
        "type": "function",
        "name": tool.name,
        "description": description,
        "strict": is_strict,
        "parameters": parameters,
    })
}

/// Whole sentences and rules, as many as a description may hold. The check tells the others.
fn shortened(mut text: String) -> String {
    while text.chars().count() > LONGEST {
        match text.rfind('\n') {
            Some(line) => text.truncate(line),
            None => text = text.chars().take(LONGEST).collect(),
        }
    }
    text
}

/// Whether all members of all objects are known beforehand.
fn is_closed(schema: &mut Value) -> bool {
    let Value::Object(own) = schema else { return true };
    let has_type = ["type", "$ref", "anyOf", "enum", "const"].iter().any(|keyword| own.contains_key(*keyword));
    let is_map = own.get("additionalProperties").is_some_and(|more| more != &Value::Bool(false));
    let is_free = own.get("type") == Some(&"object".into()) && !own.contains_key("properties");
    let mut closed = has_type && !is_map && !is_free;
    schema::below(own, &mut |schema| closed &= is_closed(schema));
    closed
}

/// Leaves what OpenAI knows.
fn tidy(schema: &mut Value) {
    let Value::Object(own) = schema else { return };
    own.retain(|keyword, _| KNOWN.contains(&keyword.as_str()));
    if own.get("format").is_some_and(|format| !FORMATS.iter().any(|known| format == known)) {
        own.shift_remove("format");
    }
    schema::below(own, &mut tidy);
}

/// Requires every member of every object, and lets those be `null` that may be left out.
fn require_all(schema: &mut Value) {
    let required: Vec<String> = schema::required(schema).into_iter().map(str::to_owned).collect();
    let Value::Object(own) = schema else { return };
    schema::below(own, &mut require_all);
    let Some(Value::Object(members)) = own.get_mut("properties") else { return };
    members.iter_mut().filter(|(name, _)| !required.contains(name)).for_each(|(_, member)| or_null(member));
    let names: Value = members.keys().cloned().collect();
    own.shift_remove("required");
    own.insert("required".to_owned(), names);
    own.insert("additionalProperties".to_owned(), false.into());
}

fn or_null(schema: &mut Value) {
    let Value::Object(own) = schema else { return };
    match own.get_mut("type") {
        Some(Value::Array(types)) => types.push("null".into()),
        Some(one) => *one = json!([one.take(), "null"]),
        None => {
            let description = own.shift_remove("description");
            let itself = Value::Object(std::mem::take(own));
            own.insert("anyOf".to_owned(), json!([itself, {"type": "null"}]));
            own.extend(description.map(|text| ("description".to_owned(), text)));
        }
    }
    if let Some(Value::Array(values)) = own.get_mut("enum") {
        values.push(Value::Null);
    }
}
