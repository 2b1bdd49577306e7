//! Tests of `record`.

use super::*;
use crate::base::time::Timestamp;
use crate::decode::open_enum::open_enum;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
struct Inner {
    id: String,
    level: Option<i64>,
}
record! { Inner { id: "id", level: "level" } }

#[derive(Clone, Debug, Default, PartialEq)]
struct Outer {
    whole: Option<i64>,
    number: Option<f64>,
    truth: Option<bool>,
    list: Vec<Inner>,
    map: BTreeMap<String, i64>,
    anything: Option<Value>,
    at: Option<Timestamp>,
}
record! {
    Outer {
        whole: "whole", number: "number", truth: "truth", list: "list", map: "map", anything: "any-thing", at: "at"
    }
}

fn read(json: &str) -> serde_json::Result<Outer> {
    serde_json::from_str(json)
}

#[test]
fn null_is_absent_and_the_unknown_is_passed_over() {
    let json = r#"{"whole": null, "list": null, "map": null, "new": {"deep": [1, {"x": null}]}, "at": null}"#;
    assert_eq!(read(json).unwrap(), Outer::default());
    assert_eq!(read("{}").unwrap(), Outer::default());
}

#[test]
fn numbers_may_be_text() {
    let outer = read(r#"{"whole": "-1", "number": "0.25", "truth": "true", "map": {"a": "5", "b": null}}"#).unwrap();
    assert_eq!((outer.whole, outer.number, outer.truth), (Some(-1), Some(0.25), Some(true)));
    assert_eq!(outer.map, BTreeMap::from([("a".to_owned(), 5)]));
}

#[test]
fn whole_numbers_are_exact_or_refused() {
    assert_eq!(read(r#"{"whole": 9223372036854775807}"#).unwrap().whole, Some(i64::MAX));
    assert_eq!(read(r#"{"whole": 60.0}"#).unwrap().whole, Some(60));
    for json in [r#"{"whole": 9223372036854775808}"#, r#"{"whole": 1.5}"#, r#"{"whole": ""}"#, r#"{"whole": []}"#] {
        assert!(read(json).is_err(), "{json}");
    }
}

open_enum! {
    enum Colour {
        Red = "RED",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Texts {
    text: Option<String>,
    at: Option<Timestamp>,
    colour: Option<Colour>,
    list: Vec<String>,
    map: BTreeMap<String, String>,
    any: Option<Value>,
}
record! { Texts { text: "text", at: "at", colour: "colour", list: "list", map: "map", any: "any" } }

/// As an answer is read, part by part if need be.
fn read_answer<T: AnyAnswer + Default>(json: &str) -> Option<T> {
    let mut answer = T::default();
    let any: &mut dyn AnyAnswer = &mut answer;
    let read = any.read(json.as_bytes()).is_ok();
    let read = read || matches!(any.read_in_parts(json.as_bytes()), Ok(unreadable) if unreadable.is_empty());
    read.then_some(answer)
}

#[test]
fn a_number_or_a_truth_value_is_text_as_it_is_written_where_text_should_be() {
    for written in [
        "5000",
        "-7",
        "0.10",
        "1e3",
        "-0",
        "18446744073709551616",
        "99999999999999999999.90",
        "1E-400",
        "true",
        "false",
    ] {
        let json = format!(
            r#"{{"text": {written}, "at": {written}, "colour": {written}, "list": [ {written} , "x", null], "map": {{"a": {written}}}}}"#
        );
        let texts: Texts = read_answer(&json).unwrap_or_else(|| panic!("{json}"));
        assert_eq!(texts.text.as_deref(), Some(written));
        assert_eq!(texts.at.map(|at| at.to_string()).as_deref(), Some(written));
        assert_eq!(texts.colour.as_ref().map(Colour::as_str), Some(written));
        assert_eq!(texts.list, [written, "x"]);
        assert_eq!(texts.map["a"], written);
    }
    for other in ["{}", "[]", "[1]"] {
        assert_eq!(read_answer::<Texts>(&format!(r#"{{"text": {other}}}"#)), None, "{other}");
    }
}

#[test]
fn what_may_be_anything_stays_a_number_beside_text_that_was_one() {
    let texts: Texts = read_answer(r#"{"text": 1.50, "any": [1.50, {"a": 2}]}"#).unwrap();
    assert_eq!((texts.text.as_deref(), texts.any), (Some("1.50"), Some(serde_json::json!([1.5, {"a": 2}]))));
}

#[test]
fn a_text_that_is_no_number_is_refused_where_a_number_should_be() {
    for odd in ["NaN", "nan", "Infinity", "-inf", "1e999", "", "x"] {
        assert!(read(&format!(r#"{{"number": "{odd}"}}"#)).is_err(), "{odd}");
    }
    assert_eq!(read(r#"{"number": "1e300"}"#).unwrap().number, Some(1e300));
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Full {
    id: crate::testing::ThingId,
    count: i64,
    colour: Colour,
    inner: Inner,
    note: Option<String>,
}
record! {
    Full {
        id: "id" always 0, count: "count" always 1, colour: "colour" always 2, inner: "inner" always 3, note: "note"
    }
}

#[test]
fn what_is_always_there_must_be_there() {
    let full = serde_json::json!({"id": "1", "count": 0, "colour": "", "inner": {}});
    assert!(serde_json::from_value::<Full>(full.clone()).is_ok());
    for name in ["id", "count", "colour", "inner"] {
        let mut lacks = full.clone();
        lacks.as_object_mut().unwrap().remove(name);
        let told = serde_json::from_value::<Full>(lacks).unwrap_err().to_string();
        assert_eq!(told, format!("missing field `{name}`"));
        let mut null = full.clone();
        null[name] = Value::Null;
        assert!(serde_json::from_value::<Full>(null).is_err(), "{name}");
    }
    assert!(serde_json::from_str::<Full>(r#"{"id": "", "count": 0, "colour": "", "inner": {}}"#).is_err());
    assert!(serde_json::from_str::<Full>(r#"{"id": "1", "count": 0, "colour": "", "inner": {}, "id": null}"#).is_err());
}

#[test]
fn the_last_of_two_wins() {
    assert_eq!(read(r#"{"whole": 1, "whole": 2}"#).unwrap().whole, Some(2));
}

#[test]
fn an_escaped_key_is_still_the_key() {
    assert_eq!(read(r#"{"\u0077hole": 1}"#).unwrap().whole, Some(1));
}

#[test]
fn what_is_written_reads_back() {
    let outer = Outer {
        whole: Some(1),
        list: vec![Inner { id: "7".to_owned(), level: None }],
        anything: Some(serde_json::json!([null])),
        ..Outer::default()
    };
    let json = serde_json::to_string(&outer).unwrap();
    assert_eq!(json, r#"{"whole":1,"list":[{"id":"7"}],"map":{},"any-thing":[null]}"#);
    assert_eq!(read(&json).unwrap(), outer);
    assert_eq!(serde_json::from_value::<Outer>(serde_json::to_value(&outer).unwrap()).unwrap(), outer);
}
