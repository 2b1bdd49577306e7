//! The JSON Schemas that come from the fixtures.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

#[allow(dead_code, reason = "this test wants the specs alone")]
mod fixture;

use codegen::schema;
use fixture::{ALL, spec};
use tool_spec::model::Json;

/// Holds the schemas whose paths have `part` in them against what they were.
fn check(fixture: &str, part: &str) {
    let schemas = schema::emit(&spec(fixture));
    let shown = schemas.iter().filter(|schema| schema.path.contains(part)).map(|schema| {
        let name = schema.path.rsplit('/').next().unwrap_or_default();
        format!("{name}\n{}", lines(&schema.contents.parse().unwrap(), ""))
    });
    insta::assert_snapshot!(fixture, shown.collect::<Vec<_>>().join("\n"));
}

/// A schema with a property a line, which is how a person reads it.
fn lines(schema: &Json, indent: &str) -> String {
    let mut out = String::new();
    for (key, value) in schema.as_object().unwrap() {
        match key.as_str() {
            // The same of every schema, or of every object.
            "$schema" | "$id" | "$comment" | "title" | "type" => {}
            "properties" => {
                for (name, property) in value.as_object().unwrap() {
                    out += &format!("{indent}  {name}: {property}\n");
                }
            }
            "$defs" => {
                for (name, schema) in value.as_object().unwrap() {
                    out += &format!("{indent}{name}:\n{}", lines(schema, &format!("{indent}  ")));
                }
            }
            _ => out += &format!("{indent}{key}: {value}\n"),
        }
    }
    out
}

#[test]
fn plain() {
    check("plain", "");
}

#[test]
fn behaviours() {
    check("behaviours", ".input.");
}

#[test]
fn models() {
    check("models", "");
}

/// The makers of language models refuse a tool with one of these, and with it every other tool of the request.
#[test]
fn no_schema_has_a_choice_at_its_top() {
    for fixture in ALL {
        for file in schema::emit(&spec(fixture)) {
            let schema: Json = file.contents.parse().unwrap();
            assert_eq!(schema.get("type"), Some(&Json::from("object")), "{}", file.path);
            let id = schema.get("$id").and_then(Json::as_str).unwrap().replace([':', '.'], "/");
            let path = file.path.replace('.', "/");
            assert!(path.ends_with(&format!("{}/json", id.rsplit_once("tool/").unwrap().1)), "{id}: {path}");
            for keyword in ["anyOf", "oneOf", "allOf", "enum", "not"] {
                assert_eq!(schema.get(keyword), None, "{}", file.path);
            }
        }
    }
}
