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
    let text = || ".{0,40}|[a-z\"\\\\\u{0}-\u{20}é]{12,50}|[\"\\\\a\u{0}-\u{20}]{0,5}";
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

fn of(wanted: &Wanted, items: Option<&str>) -> (String, usize) {
    let item = |number| Note {
        number: Some(number),
        text: Some("a".to_owned()),
        any: Some(json!([{"k": 1, "l": 2}, 3])),
        counts: BTreeMap::from([("x".to_owned(), 1), ("y".to_owned(), 2)]),
        ..Note::default()
    };
    let note = Note { done: Some(true), notes: (0..5).map(item).collect(), ..Note::default() };
    let excerpt = of_part(&note, items, wanted, &[("notices", json!(["n"]))], usize::MAX).unwrap();
    (excerpt.text, excerpt.left_out)
}

fn wanted(paths: &[&str], skip: usize, bytes: usize) -> Wanted {
    let mut fields = Fields::default();
    paths.iter().for_each(|path| fields.add(path));
    Wanted { fields, skip, bytes }
}

#[test]
fn an_excerpt_has_the_wanted_fields_of_the_items_and_all_that_stands_beside_them() {
    let (text, left_out) = of(&wanted(&["a-number", "any.k", "counts.y", "notes"], 3, 1_000), Some("notes"));
    let item = |number| format!(r#"{{"a-number":{number},"notes":[],"counts":{{"y":2}},"any":[{{"k":1}},3]}}"#);
    let items = format!("{},{}", item(3), item(4));
    assert_eq!(text, format!(r#"{{"done":true,"notes":[{items}],"counts":{{}},"notices":["n"]}}"#));
    assert_eq!(left_out, 0);
}

#[test]
fn an_excerpt_has_as_many_items_as_fit_and_at_least_one_and_counts_the_others() {
    for (bytes, kept) in [(0, 1), (15, 1), (29, 1), (30, 2), (59, 3), (60, 4), (1_000, 4)] {
        let (text, left_out) = of(&wanted(&["a-number"], 1, bytes), Some("notes"));
        let items: Vec<String> = (1..=kept).map(|number| format!(r#"{{"a-number":{number}}}"#)).collect();
        let items = items.join(",");
        assert_eq!(text, format!(r#"{{"done":true,"notes":[{items}],"counts":{{}},"notices":["n"]}}"#), "{bytes}");
        assert_eq!(left_out, 4 - kept, "{bytes}");
    }
}

#[test]
fn an_excerpt_of_an_answer_without_items_has_the_wanted_fields_of_itself() {
    let (text, left_out) = of(&wanted(&["done", "notes.text"], 9, 0), None);
    assert_eq!(
        text,
        r#"{"done":true,"notes":[{"text":"a"},{"text":"a"},{"text":"a"},{"text":"a"},{"text":"a"}],"notices":["n"]}"#
    );
    assert_eq!(left_out, 0);
    assert_eq!(of(&wanted(&[], 0, 0), None).0, of(&wanted(&[], 0, usize::MAX), Some("notes")).0);
}

#[test]
fn a_path_without_end_leads_nowhere_and_does_no_harm() {
    let path = vec!["any"; 200_000].join(".");
    assert_eq!(of(&wanted(&[&path], 4, 0), Some("notes")).0, of(&wanted(&["any.any"], 4, 0), Some("notes")).0);
}
