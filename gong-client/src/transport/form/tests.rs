use serde_json::json;

use super::*;

fn form() -> Form {
    let mut form = Form::default();
    form.text("kind", "a \"call\"");
    form.file("mediaFile", Upload::from_bytes("my\r\n\"x\".mp3", "the content"));
    form
}

#[test]
fn a_dry_run_shows_the_parts_and_nothing_of_a_file() {
    let part = json!({"name": "mediaFile", "file": "my\r\n\"x\".mp3", "bytes": 11, "type": "audio/mpeg"});
    assert_eq!(form().planned(), json!([{"name": "kind", "text": "a \"call\""}, part]));
    let debug = format!("{:?}", form());
    assert!(!debug.contains("the content") && !debug.contains("call"), "{debug}");
}

#[test]
fn a_name_cannot_end_the_line_that_it_stands_in() {
    let heads: Vec<String> = form().parts.iter().map(Part::head).collect();
    assert_eq!(heads[0], "Content-Disposition: form-data; name=\"kind\"");
    let file = "Content-Disposition: form-data; name=\"mediaFile\"; filename=\"my%0D%0A%22x%22.mp3\"";
    assert_eq!(heads[1], format!("{file}\r\nContent-Type: audio/mpeg"));
}

#[test]
fn a_media_type_that_is_no_header_is_told() {
    assert_eq!(form().fault(), None);
    let mut form = form();
    form.file("x", Upload::from_bytes("x", "x").as_media_type("text/plain\r\nx: y"));
    assert_eq!(form.fault().unwrap(), "the media type of \"x\" has characters that a header cannot carry.");
}
