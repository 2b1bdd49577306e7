//! Anthropic's tools. They take JSON Schema as it is; the strict form knows less of it, and a request has room for so
//! much of that form. Tools that change something come first there, then those that take the least of the room. What
//! is left out is checked by the client anyway.

use serde_json::{Map, Value, json};

use super::Input;
use super::strict::{DEPTH, Size, is_closed, tidy, write_out};
use crate::schema;

/// What the strict tools of one request may have together.
const TOOLS: usize = 20;
const OPTIONAL: usize = 24;
const UNIONS: usize = 16;

struct Definition {
    definition: Map<String, Value>,
    changes: bool,
    /// Its input in the strict form, if it can be said in that, and how large that is.
    strict: Option<(Value, Size)>,
}

/// The definitions of tools that are given to a model together.
pub(super) fn tools(inputs: Vec<Input>) -> Value {
    let mut tools: Vec<Definition> = inputs.into_iter().map(Definition::of).collect();
    let mut worth: Vec<(&mut Definition, Value, Size)> =
        tools.iter_mut().filter_map(|tool| tool.strict.take().map(|(input, size)| (tool, input, size))).collect();
    worth.sort_by_key(|(tool, _, size)| (!tool.changes, size.optional + size.unions));
    let mut used = (0, 0, 0);
    for (tool, input, size) in worth {
        let (count, optional, unions) = (used.0 + 1, used.1 + size.optional, used.2 + size.unions);
        if count <= TOOLS && optional <= OPTIONAL && unions <= UNIONS {
            used = (count, optional, unions);
            tool.definition.insert("input_schema".to_owned(), input);
            tool.definition.insert("strict".to_owned(), true.into());
        }
    }
    tools.into_iter().map(|tool| Value::Object(tool.definition)).collect()
}

impl Definition {
    fn of(tool: Input) -> Self {
        let Input { name, mut schema, example, changes } = tool;
        let description = schema::take_description(&mut schema);
        schema::without(&mut schema, &["$schema", "$id", "$comment", "title", "examples", "if", "then"]);
        let strict = strict(schema.clone());
        let definition = [
            ("name", name.into()),
            ("description", description.into()),
            ("input_schema", schema),
            ("input_examples", json!([example])),
        ];
        let definition = definition.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        Definition { definition, changes, strict }
    }
}

/// An input in the strict form. None if it has an object whose members are not known, or holds itself.
fn strict(mut input: Value) -> Option<(Value, Size)> {
    let size = Size::of(&input);
    if !is_closed(&input) || size.depth == DEPTH {
        return None;
    }
    write_out(&mut input);
    tidy(&mut input, &["default"], &["uri"]);
    close(&mut input);
    let size = Size::of(&input);
    Some((input, size))
}

/// Says of every object that it has no other members.
fn close(schema: &mut Value) {
    let Value::Object(own) = schema else { return };
    if own.contains_key("properties") {
        own.insert("additionalProperties".to_owned(), false.into());
    }
    schema::below(own, &mut close);
}
