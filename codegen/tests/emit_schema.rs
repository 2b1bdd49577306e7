//! The JSON Schemas that come from the fixtures.

mod emit_docs_fixture;

use codegen::schema;
use emit_docs_fixture::{ALL, joined, spec};
use tool_spec::model::Json;

/// Holds the schemas whose paths have `part` in them against what they were.
fn check(fixture: &str, part: &str) {
    insta::assert_snapshot!(fixture, joined(&schema::emit(&spec(fixture)), part));
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

/// A tool with one of these is refused by the makers of language models, and with it every tool beside it.
#[test]
fn no_schema_has_a_choice_at_its_top() {
    for fixture in ALL {
        for file in schema::emit(&spec(fixture)) {
            let schema: Json = file.contents.parse().unwrap();
            assert_eq!(schema.get("type"), Some(&Json::from("object")), "{}", file.path);
            for keyword in ["anyOf", "oneOf", "allOf", "enum", "not"] {
                assert_eq!(schema.get(keyword), None, "{}", file.path);
            }
        }
    }
}
