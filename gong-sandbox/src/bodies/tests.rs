use serde_json::json;

use super::*;
use crate::routes::{Body, OPERATIONS};

#[test]
fn an_audit_names_the_path_of_what_does_not_belong() {
    let shape = json!({"filter": {"callIds": ["text"]}});
    // In the order of the alphabet, which JSON has with serde_json's `preserve_order` and without.
    let body = json!({"cursor": null, "filter": {"callId": "7", "callIds": [7]}});
    assert_eq!(
        audit(&shape, &body),
        ["unknown field cursor", "unknown field filter.callId", "filter.callIds[0] should be a string"]
    );
}

#[test]
fn every_json_body_has_its_entry_and_every_name_is_known() {
    fn check(shape: &Value) {
        match shape {
            Value::String(kind) if ["text", "number", "flag", "any"].contains(&kind.as_str()) => {}
            Value::String(name) => assert!(BODIES.get(name).is_some(), "{name}"),
            Value::Array(items) => {
                assert_eq!(items.len(), 1, "a list is of one kind");
                items.iter().for_each(check);
            }
            Value::Object(fields) => fields.values().for_each(check),
            other => panic!("{other}"),
        }
    }
    check(&BODIES);
    for operation in OPERATIONS {
        let has_entry = of(operation.method, operation.path).is_some();
        assert_eq!(has_entry, matches!(operation.body, Body::Json), "{} {}", operation.method, operation.path);
    }
}
