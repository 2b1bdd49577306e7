//! Picking: of every item of an answer only the fields that are asked for.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use gong_client::Fields;
use gong_client::catalog::Tool;
use serde_json::Value;

use crate::raw::{Parts, begin_member, separate};
use crate::schema;

/// Reads paths such as `title` and `parties.name`. They begin at an item of the tool's answer, or at the answer of a
/// tool without items.
///
/// # Errors
///
/// A sentence for each path that leads nowhere, with what there is.
pub(crate) fn read(tool: &Tool, paths: &[String]) -> Result<Fields, Vec<String>> {
    let schema = output(tool);
    let places = Places { schema: &schema };
    let items = tool.items.and_then(|name| places.member(&schema, name));
    let root = items.unwrap_or(&schema);
    let (mut fields, mut wrong) = (Fields::default(), Vec::new());
    for path in paths {
        let from_item = tool.items.and_then(|name| path.strip_prefix(name)?.strip_prefix('.')).unwrap_or(path);
        match places.walk(root, from_item) {
            Ok(()) => fields.add(from_item),
            Err(there_is) => wrong.push(format!("`{path}` is no field of the answer; there is {there_is}.")),
        }
    }
    if wrong.is_empty() { Ok(fields) } else { Err(wrong) }
}

/// The schema of a tool's answer. To read one takes as long as a small call, and agents pick fields again and again.
fn output(tool: &Tool) -> Arc<Value> {
    static KNOWN: LazyLock<Mutex<HashMap<&'static str, Arc<Value>>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(known.entry(tool.name).or_insert_with(|| Arc::new(schema::output(tool))))
}

/// Writes what is wanted of a value. Of a list, it is what is wanted of its elements.
pub(crate) fn pick(fields: &Fields, text: &str, out: &mut String) {
    match if fields.is_all() { Parts::Plain } else { Parts::of(text) } {
        Parts::Object(members) => {
            out.push('{');
            for (name, value) in members {
                if let Some(below) = fields.of(&name) {
                    begin_member(out, &name);
                    pick(below, value, out);
                }
            }
            out.push('}');
        }
        Parts::List(elements) => {
            out.push('[');
            for element in elements {
                separate(out);
                pick(fields, element, out);
            }
            out.push(']');
        }
        Parts::Plain => out.push_str(text),
    }
}

/// The places of an output schema.
struct Places<'s> {
    schema: &'s Value,
}

impl<'s> Places<'s> {
    /// Whether a path leads somewhere; else what there is where it ends.
    fn walk(&self, from: &'s Value, path: &str) -> Result<(), String> {
        let mut place = from;
        for name in path.split('.') {
            // Anything may lie where the schema says nothing more, as in values that Gong itself does not describe.
            let Some(members) = self.target(place).get("properties").and_then(Value::as_object) else { return Ok(()) };
            place = self.member(place, name).ok_or_else(|| members.keys().cloned().collect::<Vec<_>>().join(", "))?;
        }
        Ok(())
    }

    /// A member of an object, or of the elements of a list.
    fn member(&self, place: &'s Value, name: &str) -> Option<&'s Value> {
        self.target(place).get("properties")?.get(name)
    }

    /// What lies behind references, lists and alternatives with `null`.
    fn target(&self, mut place: &'s Value) -> &'s Value {
        // A schema's references could lead round in a circle; no answer is nested as deep as this.
        for _ in 0..16 {
            let next = match (schema::referred(self.schema, place), place.get("items"), place.get("anyOf")) {
                (Some(target), ..) => Some(target),
                (_, Some(items), _) => Some(items),
                (.., Some(Value::Array(any))) => any.iter().find(|one| one.get("type") != Some(&"null".into())),
                _ => None,
            };
            match next {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }
}

#[cfg(test)]
mod tests;
