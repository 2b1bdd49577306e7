//! What is saved, and what is not.

use proptest::prelude::*;

use super::*;
use crate::testing::{Thing, Things};

fn things(json: &str) -> Option<(Things, Vec<Unreadable>)> {
    saved(json.as_bytes())
}

fn saved(json: &[u8]) -> Option<(Things, Vec<Unreadable>)> {
    let mut answer = None;
    let unreadable = read(&mut answer, json).ok()?;
    Some((answer?, unreadable))
}

fn ids(things: &Things) -> Vec<&str> {
    things.things.iter().map(|thing| thing.id.as_str()).collect()
}

#[test]
fn a_broken_item_is_told_and_the_others_are_there() {
    let json = r#"{"requestId": "r", "things": [{"id": "1"}, {"id": "2", "size": {}}, {"id": "3"}], "cursor": "c"}"#;
    let (answer, unreadable) = things(json).unwrap();
    assert_eq!(ids(&answer), ["1", "3"]);
    assert_eq!(answer.cursor.as_deref(), Some("c"));
    let [item] = unreadable.as_slice() else { panic!("{unreadable:?}") };
    assert_eq!(item.path(), "things[1].size");
    assert_eq!(item.json(), r#"{"id": "2", "size": {}}"#);
    assert_eq!(item.to_string(), "`things[1].size` cannot be read: invalid type: map, expected a whole number");
    assert!(!format!("{item:?}").contains("\"id\""), "{item:?}");
}

#[test]
fn all_may_be_broken() {
    let (answer, unreadable) = things(r#"{"things": [7, [], "x", {"size": 0.5}, {"id": {}}, true]}"#).unwrap();
    assert_eq!(answer.things, []);
    let paths: Vec<&str> = unreadable.iter().map(Unreadable::path).collect();
    assert_eq!(paths, ["things[0]", "things[1]", "things[2]", "things[3].size", "things[4].id", "things[5]"]);
}

#[test]
fn an_item_that_is_no_json_is_saved_from_as_well() {
    for broken in [r#"{"id"= "2"}"#, r#"{"id": tru}"#, r#"{"id": "\ud800"}"#, "{\"id\": \"\n\"}", "{id: 2}"] {
        let (answer, unreadable) = things(&format!(r#"{{"things":[{{"id":"1"}},{broken},{{"id":"3"}}]}}"#)).unwrap();
        assert_eq!(ids(&answer), ["1", "3"], "{broken}");
        assert_eq!(unreadable.len(), 1, "{broken}");
        assert_eq!(unreadable[0].json(), broken);
    }
    let (answer, _) = saved(b"{\"things\":[{\"id\":\"\xff\"},{\"id\":\"3\"}]}").unwrap();
    assert_eq!(ids(&answer), ["3"]);
}

#[test]
fn an_item_without_its_id_is_told() {
    let (answer, unreadable) = things(r#"{"things": [{"id": "1"}, {"name": "x"}, {"id": null}, {"id": ""}]}"#).unwrap();
    assert_eq!(ids(&answer), ["1"]);
    let told: Vec<String> = unreadable.iter().map(ToString::to_string).collect();
    assert_eq!(told, [1, 2, 3].map(|index| format!("`things[{index}]` cannot be read: missing field `id`")));
}

#[test]
fn numbers_where_text_should_be_break_nothing() {
    let (answer, unreadable) =
        things(r#"{"requestId": 7.0, "things": [{"id": 12345678901234567890123, "name": 5.10}]}"#).unwrap();
    assert_eq!(unreadable, []);
    assert_eq!(answer.request_id.as_deref(), Some("7.0"));
    assert_eq!((ids(&answer), answer.things[0].name.as_deref()), (vec!["12345678901234567890123"], Some("5.10")));
    assert!(things(r#"{"things": [{"id": 1.5}]}"#).unwrap().0.things.is_empty());
}

#[test]
fn what_is_told_is_short_however_long_the_item_is() {
    let long = "x".repeat(10_000);
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    for item in [
        format!(r#"{{"id": "1", "size": "{long}"}}"#),
        format!(r#"{{"id": {deep}}}"#),
        format!(r#"{{"{long}": {{}}}}"#),
    ] {
        let (_, unreadable) = things(&format!(r#"{{"things": [{item}]}}"#)).unwrap();
        assert_eq!(unreadable[0].json(), item);
        assert!(unreadable[0].to_string().len() < 500, "{}", unreadable[0]);
    }
}

/// Five thousand deep, beyond what anything that calls itself can take.
#[test]
fn what_is_nested_without_end_is_told() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(5000), close.repeat(5000));
        let (answer, unreadable) =
            things(&format!(r#"{{"x": {deep}, "things": [{{"id": "1"}}, {deep}, {{"id": {deep}}}]}}"#)).unwrap();
        assert_eq!((ids(&answer), unreadable.len()), (vec!["1"], 2));
    }
}

#[test]
fn broken_items_are_told_as_far_as_there_is_room() {
    let many = format!(r#"{{"things": [{}1]}}"#, "1,".repeat(30_000));
    let told = |limit| memory::within(limit, || things(&many).map(|(_, unreadable)| unreadable.len()));
    assert_eq!(told(64 * 1024 * 1024).unwrap().0, Some(30_001));
    assert_eq!(told(1024 * 1024), None);
}

#[test]
fn a_broken_answer_stays_broken() {
    for json in [
        r#"{"things": 5}"#,
        r#"{"things": {"0": {"size": {}}}}"#,
        r#"{"requestId": [1, 2], "things": []}"#,
        r#"{"requestId": [], "things": [{"id": "1"}]}"#,
        r#"{"things": [{"id": "1"}"#,
        r#"{"things": [{"id": "1"},]}"#,
        r#"{"things": [{"id": "1"} {"id": "2"}]}"#,
        r#"{"things": [{"id": "1"}]] }"#,
        r#"{"things": [{"id": ]}, {"id": "2"}]}"#,
        r#"[{"id": {}}]"#,
        "<html>",
        r#"{"things": [{"id": "1}, {"id": "2"}, {"id": "3"}]}"#,
        r#"{"things": [{"id": "1}, {"id": "2"}, {"id": "3}, {"id": "4"}]}"#,
    ] {
        assert!(things(json).is_none(), "{json}");
    }
}

const COUNT: usize = 4;

/// Items with everything that makes texts hard to find the end of.
fn items() -> Vec<String> {
    let item = |number: usize| {
        format!(
            r#"{{"id":"{number}","name":"a \"b\", {{c}} [d] \\","deep":{{"list":[1,{{"x":null}}]}},"size":{number}}}"#
        )
    };
    (0..COUNT).map(item).collect()
}

fn page(items: &[Vec<u8>]) -> Vec<u8> {
    let mut page = br#"{"requestId":"r","things":["#.to_vec();
    page.extend(items.join(&b','));
    page.extend(br#"],"cursor":"c"}"#);
    page
}

/// The items but one, as they are when nothing is broken.
fn others(index: usize) -> Vec<Thing> {
    let mut all = items();
    all.remove(index);
    all.iter().map(|item| serde_json::from_str(item).unwrap()).collect()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("id|name|size|x", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_an_item_is_instead_the_others_are_there(index in 0..COUNT, instead in any_json()) {
        let mut items: Vec<Vec<u8>> = items().into_iter().map(String::into_bytes).collect();
        let text = instead.to_string();
        items[index] = text.clone().into_bytes();
        let (answer, unreadable) = saved(&page(&items)).unwrap();
        let rest = others(index);
        if let [item] = unreadable.as_slice() {
            prop_assert_eq!(&answer.things, &rest);
            prop_assert_eq!(item.json(), text);
            let place = format!("things[{index}]");
            prop_assert!(item.path().starts_with(&place), "{}", item);
        } else {
            prop_assert!(unreadable.is_empty());
            let mut left = answer.things.clone();
            if !instead.is_null() {
                left.remove(index);
            }
            prop_assert_eq!(left, rest);
        }
        prop_assert_eq!(answer.cursor.as_deref(), Some("c"));
    }

    #[test]
    fn whatever_happens_to_a_field_the_others_are_there(
        index in 0..COUNT, field in "id|name|size", instead in any_json()
    ) {
        let mut all = items();
        let mut item: Value = serde_json::from_str(&all[index]).unwrap();
        item[field.as_str()] = instead;
        all[index] = item.to_string();
        let items: Vec<Vec<u8>> = all.into_iter().map(String::into_bytes).collect();
        let (answer, unreadable) = saved(&page(&items)).unwrap();
        let mut left = answer.things.clone();
        if unreadable.is_empty() {
            left.remove(index);
        }
        prop_assert!(unreadable.len() <= 1);
        prop_assert_eq!(left, others(index));
    }

    /// Bytes that are broken may make the whole answer broken, which is an error; they never lose another item in
    /// silence.
    #[test]
    fn whatever_happens_to_bytes_no_other_item_is_lost_in_silence(
        index in 0..COUNT,
        hits in prop::collection::vec((any::<prop::sample::Index>(), 0..3, prop_oneof![
            any::<u8>(), prop::sample::select(br#"{}[],:"\ 0n="#.to_vec())
        ]), 1..3),
    ) {
        let mut items: Vec<Vec<u8>> = items().into_iter().map(String::into_bytes).collect();
        let item = &mut items[index];
        for (at, what, byte) in hits {
            let at = at.index(item.len());
            match what {
                0 => item[at] = byte,
                1 => item.insert(at, byte),
                _ => drop(item.remove(at)),
            }
        }
        let rest = others(index);
        if let Some((answer, unreadable)) = saved(&page(&items)) {
            let mut left = answer.things.clone();
            // Two braces at the right places make two items of it, either of which may be readable.
            if left.len() >= COUNT {
                left.drain(index..=index + left.len() - COUNT);
            }
            prop_assert!(unreadable.len() <= 2, "{:?}", unreadable);
            prop_assert_eq!(left, rest);
        }
    }
}

#[test]
fn a_form_feed_between_parts_is_no_white_space_of_json() {
    assert!(things("{\"requestId\": null \u{c}, \"things\": []}").is_none());
    assert!(things("{\"requestId\": null \r\n\t, \"things\": []}").is_some());
}
