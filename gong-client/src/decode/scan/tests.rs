//! Tests of `scan`.

use super::*;

#[test]
fn one_field_is_found_in_passing() {
    assert_eq!(find_text(br#"{"a": [{"id": "no"}], "id": "yes"}"#, "id").as_deref(), Some("yes"));
    for json in ["", "[]", "{}", r#"{"id": 1}"#, r#"{"id": null}"#] {
        assert_eq!(find_text(json.as_bytes(), "id"), None, "{json}");
    }
}
