//! Input schemas in few tokens. A host puts the schemas of all tools before a model's first question, so what only
//! repeats is left out: limits and patterns, which the client checks anyway and tells with their place, and all but
//! the first clause of a sentence.

use gong_client::catalog::Tool;
use serde_json::{Map, Value};

use crate::schema;

/// How many members of a parameter's model are listed with their types. Of larger models, and of those within others,
/// the names have to do.
const TYPED: usize = 5;
/// How many parameters a tool may have for all of them to be described; of more, the optional ones' names have to do.
const DESCRIBED: usize = 8;
/// How long a clause may be before it ends at its first comma.
const SHORT: usize = 50;

/// The schema of a tool's input, as short as it can be and still say what to give.
pub(crate) fn input_schema(tool: &Tool) -> Map<String, Value> {
    let input = schema::input(tool);
    let mut schema = Brief { whole: &input }.object(&input, 0);
    if tool.params.len() > DESCRIBED
        && let Some(Value::Object(members)) = schema.get_mut("properties")
    {
        for param in tool.params.iter().filter(|param| !param.required) {
            if let Some(Value::Object(member)) = members.get_mut(param.name) {
                member.shift_remove("description");
            }
        }
    }
    for param in tool.params.iter().filter(|param| param.commas && param.kind == "string") {
        let about = schema.get_mut("properties").and_then(|all| all.get_mut(param.name)?.get_mut("description"));
        if let Some(Value::String(about)) = about {
            about.push_str(", with commas between several");
        }
    }
    // The protocol wants an object with properties, even if there are none.
    schema.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    schema
}

/// The schema of an answer, in fewer tokens: types and names. Nothing in it is required, as an agent may pick fields.
pub(crate) fn output_schema(tool: &Tool) -> Map<String, Value> {
    let mut output = schema::output(tool);
    schema::without(&mut output, &["$schema", "$id", "$comment", "title", "description", "examples", "required"]);
    match output {
        Value::Object(output) => output,
        _ => Map::new(),
    }
}

/// The first sentence, or of a long one what stands before its semicolon.
pub(crate) fn first_clause(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    let clause = sentence.split_once("; ").map_or(sentence, |(first, _)| first);
    let short = if clause.len() > SHORT { clause.split_once(", ").map_or(clause, |(first, _)| first) } else { clause };
    short.trim_end_matches('.')
}

struct Brief<'s> {
    whole: &'s Value,
}

impl Brief<'_> {
    fn value(&self, schema: &Value, depth: usize) -> Value {
        let target = schema::referred(self.whole, schema).unwrap_or(schema);
        let mut short = match target.get("properties").and_then(Value::as_object) {
            Some(members) if depth > 1 || members.len() > TYPED => named(target, members),
            Some(_) => self.object(target, depth),
            None => self.plain(target, depth),
        };
        // Below the parameters themselves, names have to do.
        if depth == 1
            && let Some(text) = schema.get("description").and_then(Value::as_str)
        {
            let members = short.get("description").and_then(Value::as_str).map(|members| format!("; {members}"));
            let text = format!("{}{}", first_clause(text), members.unwrap_or_default());
            short.insert("description".to_owned(), text.into());
        }
        Value::Object(short)
    }

    fn object(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let mut short = Map::from_iter([("type".to_owned(), "object".into())]);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let members = properties.iter().map(|(name, member)| (name.clone(), self.value(member, depth + 1)));
            short.insert("properties".to_owned(), Value::Object(members.collect()));
        }
        let required = schema::required(schema);
        if !required.is_empty() {
            short.insert("required".to_owned(), required.into());
        }
        short
    }

    /// What is no object with members that are known: its type, its choice of values and its elements.
    fn plain(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let mut short = Map::new();
        if let Some(kind) = schema.get("type") {
            // Not every host takes several types. An id that may be a number may be a text too, which stands last.
            let kind = kind.as_array().and_then(|kinds| kinds.last()).unwrap_or(kind);
            short.insert("type".to_owned(), kind.clone());
        }
        for key in ["enum", "format"] {
            if let Some(value) = schema.get(key) {
                short.insert(key.to_owned(), value.clone());
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(elements) = schema.get(key).filter(|elements| elements.is_object()) {
                short.insert(key.to_owned(), self.value(elements, depth.max(1) + 1));
            }
        }
        short
    }
}

/// An object of which the members' names are said; those that are needed have a star.
fn named(schema: &Value, members: &Map<String, Value>) -> Map<String, Value> {
    let needed = schema::required(schema);
    let names = members.keys().map(|name| format!("{name}{}", if needed.contains(&name.as_str()) { "*" } else { "" }));
    let names = format!("members: {}", names.collect::<Vec<_>>().join(", "));
    Map::from_iter([("type".to_owned(), "object".into()), ("description".to_owned(), names.into())])
}

#[cfg(test)]
mod tests;
