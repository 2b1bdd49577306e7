//! Tests of `text`.

use super::*;
use crate::decode::record::record;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
struct Note {
    text: Option<String>,
    number: Option<i64>,
    share: Option<f64>,
    done: Option<bool>,
    notes: Vec<Note>,
    counts: BTreeMap<String, i64>,
    any: Option<Value>,
}
record! { Note {
    text: "text", number: "a-number", share: "share", done: "done", notes: "notes", counts: "counts", any: "any"
} }

fn text(note: &Note, others: &Others) -> Option<String> {
    of_record(note, others, usize::MAX)
}

fn any_note() -> impl Strategy<Value = Note> {
    let text = || ".{0,20}|[\"\\\\a\u{0}-\u{20}]{0,5}";
    let leaf = (
        (proptest::option::of(text()), proptest::option::of(any::<i64>()), proptest::option::of(-1e300..1e300)),
        (proptest::option::of(any::<bool>()), proptest::collection::btree_map(text(), any::<i64>(), 0..3)),
        proptest::option::of(text().prop_map(|text| json!([text, null, {"k": 0.5}]))),
    )
        .prop_map(|((text, number, share), (done, counts), any)| Note {
            text,
            number,
            share,
            done,
            notes: Vec::new(),
            counts,
            any,
        });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), proptest::collection::vec(inner, 0..3)).prop_map(|(note, notes)| Note { notes, ..note })
    })
}

proptest! {
    #[test]
    fn the_text_is_that_of_serde_json_to_the_letter(note in any_note()) {
        prop_assert_eq!(text(&note, &[]).unwrap(), serde_json::to_string(&note).unwrap());
    }
}

#[test]
fn others_come_last_and_in_place_of_fields_of_their_names() {
    let note = Note { number: Some(1), done: Some(true), ..Note::default() };
    let others = [("done", json!(["a"])), ("more", json!(null))];
    let whole = text(&note, &others).unwrap();
    assert_eq!(whole, r#"{"a-number":1,"notes":[],"counts":{},"done":["a"],"more":null}"#);
}

#[test]
fn a_text_has_at_most_so_many_bytes() {
    let note = Note { text: Some("x".repeat(100)), ..Note::default() };
    let length = text(&note, &[]).unwrap().len();
    assert!(of_record(&note, &[], length).is_some());
    assert_eq!(of_record(&note, &[], length - 1), None);
}
