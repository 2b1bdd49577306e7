//! Tests of `envelope`.

use super::*;

fn raw(status: u16, headers: &[(&str, &str)], body: &str) -> RawAnswer {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    RawAnswer::new(status, headers, body.as_bytes().to_vec(), usize::MAX)
}

#[test]
fn what_was_said_is_found_in_every_form() {
    let said = |body| messages(&raw(400, &[], body));
    assert_eq!(said(r#"{"errors": ["a", null, {"b": 1}]}"#), ["a", r#"{"b":1}"#]);
    assert_eq!(said(r#"{"errors": "a"}"#), ["a"]);
    assert_eq!(said(r#"{"error": "invalid_grant", "error_description": "used"}"#), ["invalid_grant", "used"]);
    for none in ["", "oops", "[]", "{}", r#"{"errors": []}"#] {
        assert!(said(none).is_empty(), "{none}");
    }
}

#[test]
fn what_an_error_says_besides_is_kept_by_field() {
    let said = |body| details(&raw(409, &[], body));
    let body = r#"{"errors": ["a"], "helpUrl": 7, "fixUrl": "https://x", "userFacingError": null, "other": "b"}"#;
    assert_eq!(said(body), [("fixUrl", "https://x".to_owned()), ("helpUrl", "7".to_owned())]);
    for none in ["", "oops", "[]", "{}", r#"{"fixUrl": " "}"#] {
        assert!(said(none).is_empty(), "{none}");
    }
}

#[test]
fn titles_are_found_whatever_is_around_them() {
    let title = |body| html_title(&raw(502, &[], body));
    assert_eq!(title("<html><title lang=en>A\n B</title>").as_deref(), Some("A B"));
    for odd in ["<", "<title", "<title>", "<title>x", "<TITLE></TITLE>", "<p>\u{130}"] {
        assert_eq!(title(odd).as_deref(), Some("a page without a title"), "{odd}");
    }
    assert_eq!(title("{}"), None);
}
