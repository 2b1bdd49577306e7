//! An OpenAPI 3.1 document of the tools as calls over HTTP: `POST /tools/NAME` with the input, and the answer back.

use gong_client::catalog::Tool;
use serde_json::{Map, Value, json};

use crate::schema;

pub(super) fn document(tools: &[&'static Tool]) -> Value {
    let mut schemas = Map::from_iter([("Error".to_owned(), error())]);
    let paths: Map<String, Value> = tools
        .iter()
        .map(|tool| (format!("/tools/{}", tool.name), json!({"post": operation(tool, &mut schemas)})))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Gong's tools",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every tool of Gong as one call. An input is checked before anything is sent to Gong.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
        },
    })
}

fn operation(tool: &Tool, schemas: &mut Map<String, Value>) -> Value {
    let mut input = schema::input(tool);
    let description = schema::take_description(&mut input);
    let mut output = schema::output(tool);
    // A model may go in in another form than it comes out.
    share(&mut input, "Input", schemas);
    share(&mut output, "", schemas);
    let error = || json!({"$ref": "#/components/schemas/Error"});
    json!({
        "operationId": tool.name,
        "summary": tool.title,
        "description": description,
        "tags": [tool.group],
        "deprecated": tool.deprecated.is_some(),
        "x-effect": tool.effect.as_str(),
        "requestBody": {
            "required": tool.params.iter().any(|param| param.required),
            "content": {"application/json": {"schema": input, "example": schema::example(tool)}},
        },
        "responses": {
            "200": answer("The answer.", output),
            "400": answer("The input is wrong; nothing was sent.", error()),
            "default": answer("What went wrong.", error()),
        },
    })
}

fn answer(description: &str, schema: Value) -> Value {
    json!({"description": description, "content": {"application/json": {"schema": schema}}})
}

/// Moves the definitions of a schema to those that the whole document shares, under their names with this ending.
fn share(schema: &mut Value, ending: &str, schemas: &mut Map<String, Value>) {
    schema::without(schema, &["$schema", "$id", "$comment", "examples"]);
    let definitions = schema.as_object_mut().and_then(|own| own.shift_remove("$defs"));
    point(schema, ending);
    if let Some(Value::Object(definitions)) = definitions {
        for (name, mut definition) in definitions {
            point(&mut definition, ending);
            schemas.insert(format!("{name}{ending}"), definition);
        }
    }
}

/// Lets references lead to the shared definitions.
fn point(schema: &mut Value, ending: &str) {
    let Value::Object(own) = schema else { return };
    if let Some(Value::String(path)) = own.get_mut("$ref")
        && let Some(name) = path.strip_prefix("#/$defs/")
    {
        *path = format!("#/components/schemas/{name}{ending}");
    }
    schema::below(own, &mut |schema| point(schema, ending));
}

fn error() -> Value {
    json!({
        "type": "object",
        "properties": {
            "error": {"type": "string", "description": "What went wrong, in a word."},
            "message": {"type": "string"},
            "faults": {"type": "array", "items": {"type": "object", "properties": {
                "at": {"type": "string"}, "message": {"type": "string"}}}},
            "retry_after_seconds": {"type": "integer"},
            "missing_scope": {"type": "string"},
            "authorization_link": {"type": "string"},
            "what_to_do": {"type": "string"},
        },
        "required": ["error", "message", "what_to_do"],
    })
}
