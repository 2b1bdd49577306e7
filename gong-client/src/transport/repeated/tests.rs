//! Tests of `repeated`.

use super::*;

fn told(form: &'static str, message: &str) -> Option<String> {
    let fields = Repeated { status: 400, message: form }.fields(message)?;
    Some(Value::Object(fields).to_string())
}

#[test]
fn the_word_in_the_place_of_a_field_is_its_value() {
    let form = "posted for the call {callId}";
    let seven = Some(r#"{"callId":"7"}"#.to_owned());
    assert_eq!(told(form, "The key has already been posted for the call 7"), seven);
    assert_eq!(told(form, "The key 'posted for the call 8' has been posted for the call 7."), seven);
    assert_eq!(told(form, "It was posted for the call "), None);
    assert_eq!(told(form, "parties: must not be null"), None);
    assert_eq!(told("event {id} is known", "The event a-b_1 is known."), Some(r#"{"id":"a-b_1"}"#.to_owned()));
    assert_eq!(told("event {id} is known", "The event 7 is late."), None);
    assert_eq!(told("already reported", "It was already reported."), Some("{}".to_owned()));
}
