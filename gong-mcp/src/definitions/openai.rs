//! OpenAI's functions. In the strict form every member is required and one that may be left out can be `null`, which
//! the client takes as left out; an object whose members are not known beforehand cannot be said in it.

use serde_json::{Value, json};

use super::Input;
use super::strict::{Size, is_closed, tidy, write_out};
use crate::schema;

/// The longest description of a function.
const LONGEST: usize = 1024;
/// What the strict form knows beside what all do.
const KNOWN: &[&str] = &["pattern", "minimum", "maximum", "minItems", "maxItems"];

pub(super) fn function(tool: Input) -> Value {
    let Input { name, mut schema, .. } = tool;
    let description = shortened(schema::take_description(&mut schema));
    write_out(&mut schema);
    tidy(&mut schema, KNOWN, &[]);
    let is_strict = is_closed(&schema) && fits(&Size::of(&schema));
    if is_strict {
        require_all(&mut schema);
    }
    json!({
        "type": "function",
        "name": name,
        "description": description,
        "strict": is_strict,
        "parameters": schema,
    })
}

/// Whether the strict form takes a schema of this size. What may be `null` becomes a choice more, for which there is
/// room left.
fn fits(size: &Size) -> bool {
    let (values, characters) = size.largest_choice;
    size.members <= 5_000
        && size.depth <= 10
        && size.choices + size.optional <= 1_000
        && size.characters <= 120_000
        && (values < 250 || characters <= 15_000)
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
        Some(Value::Array(types)) if types.contains(&"null".into()) => {}
        Some(Value::Array(types)) => types.push("null".into()),
        Some(one) => *one = json!([one.take(), "null"]),
        None => {
            let description = own.shift_remove("description");
            let itself = Value::Object(std::mem::take(own));
            own.insert("anyOf".to_owned(), json!([itself, {"type": "null"}]));
            own.extend(description.map(|text| ("description".to_owned(), text)));
        }
    }
    if let Some(Value::Array(values)) = own.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}
