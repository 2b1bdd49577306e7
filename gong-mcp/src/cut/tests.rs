use super::*;

fn whole(text: &str) -> Excerpt {
    Excerpt { text: text.to_owned(), ..Excerpt::default() }
}

fn cut_to(text: &str, bytes: usize) -> (String, Vec<String>) {
    let Cut { text, left_out, .. } = cut(&whole(text), bytes, Some("calls"));
    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    (text, left_out)
}

fn numbered(count: usize) -> String {
    let items: Vec<String> = (0..count).map(|n| format!(r#"{{"id":"{n:03}","title":"Call number {n:03}"}}"#)).collect();
    format!(r#"{{"records":{{"cursor":"next"}},"calls":[{}],"requestId":"r1"}}"#, items.join(","))
}

#[test]
fn what_fits_stays_as_it_is() {
    let answer = numbered(3);
    assert_eq!(cut_to(&answer, 1_000), (answer, vec![]));
}

#[test]
fn a_long_list_keeps_whole_items_and_says_how_many() {
    let cut = cut(&whole(&numbered(100)), 400, Some("calls"));
    let kept: serde_json::Value = serde_json::from_str(&cut.text).unwrap();
    let items = kept["calls"].as_array().unwrap();
    assert_eq!(items.first().unwrap()["title"], "Call number 000");
    assert_eq!(items.last().unwrap()["title"], format!("Call number {:03}", items.len() - 1));
    assert!(cut.text.len() <= 400, "{}", cut.text);
    assert_eq!(cut.left_out, [format!("`calls` has {} of 100", items.len())]);
    assert_eq!(cut.items_kept, Some(items.len()));
    assert_eq!((&kept["records"]["cursor"], &kept["requestId"]), (&"next".into(), &"r1".into()), "the envelope stays");
}

#[test]
fn an_item_that_is_too_large_by_itself_is_cut_within() {
    let words = (0..200).map(|n| format!(r#"{{"start":{n},"text":"word {n}"}}"#)).collect::<Vec<_>>().join(",");
    let answer = format!(r#"{{"calls":[{{"id":"7","sentences":[{words}]}}]}}"#);
    let (text, left_out) = cut_to(&answer, 300);
    assert!(text.starts_with(r#"{"calls":[{"id":"7","sentences":[{"start":0,"text":"word 0"}"#), "{text}");
    assert_eq!(left_out.len(), 1);
    assert!(left_out[0].starts_with("`calls[0].sentences` has ") && left_out[0].ends_with(" of 200"), "{left_out:?}");
}

#[test]
fn a_long_text_keeps_its_beginning_by_whole_characters() {
    let answer = format!(r#"{{"brief":"{}"}}"#, "Größe ".repeat(100));
    let (text, left_out) = cut_to(&answer, 120);
    assert!(text.starts_with(r#"{"brief":"Größe "#) && text.ends_with("…\"}"), "{text}");
    assert!(left_out[0].starts_with("`brief` has its first ") && left_out[0].ends_with(" of 600 characters"));
}

#[test]
fn small_members_are_whole_and_large_ones_share_what_is_left() {
    assert_eq!(shares(&[10, 20, 30], 100), [10, 20, 30]);
    assert_eq!(shares(&[10, 500, 700], 110), [10, 50, 50]);
    assert_eq!(shares(&[], 10), [0usize; 0]);
    assert_eq!(shares(&[7, 7], 0), [0, 0]);
}

proptest::proptest! {
    #[test]
    fn whatever_is_cut_is_json_still(value in any_json(3), bytes in 0_usize..400) {
        let text = value.to_string();
        let cut = cut(&whole(&text), bytes, Some("a"));
        proptest::prop_assert!(serde_json::from_str::<serde_json::Value>(&cut.text).is_ok(), "{}", cut.text);
        proptest::prop_assert_eq!(cut.left_out.is_empty(), cut.text == text);
    }
}

/// JSON of a few names, lists and texts, nested so deep.
fn any_json(depth: u32) -> impl proptest::strategy::Strategy<Value = serde_json::Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        any::<i32>().prop_map(Into::into),
        any::<bool>().prop_map(Into::into),
        "[ a-z\"\\\\é]{0,80}".prop_map(serde_json::Value::from)
    ];
    leaf.prop_recursive(depth, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            proptest::collection::vec(("[a-c\"]", inner), 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn what_was_left_out_before_is_counted_too() {
    let cut = cut(&Excerpt { left_out: 30, ..whole(&numbered(20)) }, 300, Some("calls"));
    let kept = cut.items_kept.unwrap();
    assert!(kept < 20);
    assert_eq!(cut.left_out, [format!("`calls` has {kept} of 50")]);
}
