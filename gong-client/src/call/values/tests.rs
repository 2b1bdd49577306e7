//! Tests of `values`.

use super::*;

#[test]
fn absent_is_the_same_as_nothing() {
    assert!(same_text(&Some("a"), &"a") && !same_text(&None::<String>, &None::<String>));
    assert!(same_email(&"Ann@Example.com ", &Some("ann@example.COM")));
    assert!(!same_email(&"ann@example.com", &None::<String>));
    assert!(same_text(&true, &"true"));
}

#[test]
fn days_lie_between_with_both_ends() {
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    let between = |value: Option<&str>| day_between(&value, &day("2026-01-02"), &day("2026-01-03"));
    assert!(between(Some("2026-01-02")) && between(Some("2026-01-03T23:59:59+01:00")));
    assert!(!between(Some("2026-01-04")) && !between(Some("soon")) && !between(None));
    assert!(day_between(&None::<String>, &None, &None));
    assert!(day_between(&"2026-01-01", &None, &day("2026-01-01")));
}

#[test]
fn chunks_are_at_least_one() {
    assert_eq!(chunks(&Some(vec![1, 2, 3]), 2), [vec![1, 2], vec![3]]);
    assert_eq!(chunks(&None::<Vec<i32>>, 2), [Vec::<i32>::new()]);
}
