//! Tests of `json_place`.

use super::*;

/// The path to the place that `^` marks.
fn path_at(marked: &str) -> String {
    let end = marked.find('^').expect("a mark");
    path(&marked.as_bytes()[..end])
}

#[test]
fn the_path_leads_to_the_mark() {
    assert_eq!(path_at(r#"{"a": 1^, "b": 2}"#), "a");
    assert_eq!(path_at(r#"{"calls": [{"id": "1", "x": [1, {}]}, {"id": true^}]}"#), "calls[1].id");
    assert_eq!(path_at(r#"{"calls": [^]}"#), "calls");
    assert_eq!(path_at(r#"{"calls": [1,^ 2]}"#), "calls[1]");
    assert_eq!(path_at(r#"{"a, \" {b": [[], ["}", 3^]]}"#), r#"a, \" {b[1][1]"#);
    assert_eq!(path_at("<^html>"), "");
    assert_eq!(path_at(r#"{"unfinished": "te^xt"#), "unfinished");
}

#[test]
fn lines_and_columns_are_found() {
    let json = b"{\n  \"calls\": [\n    {\"duration\": {}}\n  ]\n}";
    let error = serde_json::from_slice::<
        std::collections::BTreeMap<String, Vec<std::collections::BTreeMap<String, i64>>>,
    >(json)
    .unwrap_err();
    let (path, around) = place(json, error.line(), error.column());
    assert_eq!(path, "calls[0].duration");
    assert!(around.contains("duration"), "{around}");
}

#[test]
fn no_input_breaks_it() {
    for json in ["", "\"", "\"\\", "]]}", ",:", "[[[[", "\u{fffd}"] {
        place(json.as_bytes(), 1, 99);
        place(json.as_bytes(), 9, 0);
    }
}
