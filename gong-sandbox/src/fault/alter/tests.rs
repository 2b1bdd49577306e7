use super::*;

fn altered(alteration: Alteration, body: &str) -> String {
    let reply = Reply::new(200, body);
    let body = alteration.alter(reply).body;
    String::from_utf8(body.bytes(0, body.size())).unwrap()
}

#[test]
fn one_text_of_the_first_record_becomes_a_number() {
    let body = r#"{"users":[{"id":"1","active":true,"extension":"12"},{"id":"2","extension":"13"}]}"#;
    let altered: Value = serde_json::from_str(&altered(Alteration::NumberForText, body)).unwrap();
    let second = json!({"id": "2", "extension": "13"});
    assert_eq!(altered, json!({"users": [{"id": "1", "active": true, "extension": 4900}, second]}));
}

#[test]
fn one_field_of_the_first_record_becomes_null() {
    let body = r#"{"calls":[{"id":"1","title":"A"},{"id":"2","title":"B"}],"records":{"totalRecords":2}}"#;
    let expected = r#"{"calls":[{"id":"1","title":null},{"id":"2","title":"B"}],"records":{"totalRecords":2}}"#;
    assert_eq!(altered(Alteration::UnexpectedNull, body), expected);
    let single = r#"{"requestId":"r","user":{"active":true}}"#;
    assert_eq!(altered(Alteration::UnexpectedNull, single), r#"{"requestId":"r","user":{"active":null}}"#);
}

#[test]
fn one_word_of_a_few_becomes_another() {
    let body = r#"{"tasks":[{"status":"OPEN"},{"status":"OPEN"}]}"#;
    let expected = r#"{"tasks":[{"status":"VALUE_OF_TOMORROW"},{"status":"OPEN"}]}"#;
    assert_eq!(altered(Alteration::UnknownEnumValue, body), expected);
}

#[test]
fn a_spoilt_body_is_no_json_and_as_long_as_before() {
    let spoilt = altered(Alteration::InvalidJson, r#"{"a":1,"b":2}"#);
    assert_eq!(spoilt, r#"{"a"=1,"b":2}"#);
}
