//! Tests of `fill`.

use super::*;
use crate::base::environment::fake::Fake;
use crate::call::tool::TypedTool;
use crate::testing::List;

fn with<T>(test: impl FnOnce(&mut Fill<'_>) -> T) -> T {
    test(&mut Fill::new(&Fake::default(), List::TOOL))
}

#[test]
fn what_was_given_stays() {
    let mut slot = Some(5_i64);
    with(|fill| fill.constant(&mut slot, "7"));
    assert_eq!(slot, Some(5));
    let mut slot = None::<Vec<String>>;
    with(|fill| fill.constant(&mut slot, r#"["a"]"#));
    assert_eq!(slot, Some(vec!["a".to_owned()]));
}

#[test]
fn fresh_keys_are_random_uuids() {
    let (mut one, mut two) = (None::<String>, None::<String>);
    with(|fill| (fill.fresh_uuid(&mut one), fill.fresh_uuid(&mut two)));
    assert_eq!(one.as_deref(), Some("00000000-0000-4001-8000-000000000002"));
    assert_ne!(one, two);
}

#[test]
fn hashes_repeat_and_differ() {
    let hash = |values: &[&dyn ToJson]| with(|fill| fill.hash(values));
    assert_eq!(hash(&[&"a", &"b"]), hash(&[&"a", &"b"]));
    let all = [
        hash(&[&"a", &"b"]),
        hash(&[&"b", &"a"]),
        hash(&[&"ab"]),
        hash(&[&"ab", &""]),
        hash(&[&"ab", &None::<String>]),
        hash(&[&1_i64]),
        hash(&[&"1"]),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}

#[test]
fn days_are_counted_back_from_now() {
    assert_eq!(with(|fill| fill.days_ago(30)).to_string(), "2026-10-24T12:00:00Z");
}
