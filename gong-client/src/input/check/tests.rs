//! Tests of `check`.

use super::*;
use crate::base::time::DateTime;
use crate::testing::ThingId;

fn told(check: impl FnOnce(&mut Check<'_>)) -> String {
    let mut faults = Faults::default();
    check(&mut Check::new(&mut faults));
    faults.into_list().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_absent_keeps_every_limit() {
    let told = told(|check| {
        check.id("a", &None::<ThingId>);
        check.length("a", &None::<String>, Some(1), None);
        check.range("a", &None, Some(1), None);
        check.items("a", &None::<Vec<i64>>, Some(1), None);
        check.email("a", &None::<String>);
        check.order("a", &None, "b", &Some(1), "");
    });
    assert_eq!(told, "");
}

#[test]
fn limits_include_their_ends_and_count_characters() {
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(told(|check| check.length("a", &text("äöü"), Some(3), Some(3))), "");
    assert_eq!(
        told(|check| check.length("a", &text("äöü"), Some(4), None)),
        "`a` must have at least 4 characters, not 3"
    );
    assert_eq!(told(|check| check.range("a", &Some(-1), Some(0), Some(1))), "`a` must be 0 to 1, not -1");
    assert_eq!(told(|check| check.range_f64("a", &Some(f64::NAN), None, None)), "`a` must be a number, not NaN");
    assert_eq!(
        told(|check| check.items("a", &Some(vec![1, 2]), None, Some(1))),
        "`a` must have at most 1 elements, not 2"
    );
}

#[test]
fn lists_name_the_element() {
    let values = Some(vec!["x".to_owned(), " ".to_owned(), "x".to_owned()]);
    let ids: Vec<ThingId> = ["x", " "].map(ThingId::from).to_vec();
    assert_eq!(told(|check| check.ids("a", &Some(ids))), "`a[1]` must not be empty");
    assert_eq!(told(|check| check.unique("a", &values)), "`a[2]` is there twice: x");
}

#[test]
fn every_repeat_is_found() {
    let ids: Vec<String> = (0..500_u64).map(|index| (5_529_384_710_293_847_561 + index * 7919).to_string()).collect();
    let mut texts: Vec<&str> = ids.iter().map(String::as_str).collect();
    let places = |texts: &[&str]| {
        let repeats = repeats(&mut texts.iter().map(|text| (*text).into()));
        repeats.into_iter().map(|(index, _)| index).collect::<Vec<_>>()
    };
    assert_eq!(places(&texts), Vec::<usize>::new());
    texts.extend(["", "é", &ids[7], "", "x", &ids[7]]);
    assert_eq!(places(&texts), [502, 503, 505]);
}

#[test]
fn shapes() {
    for good in ["a@b.co", "a+b@c.d.example", "o'neil@example.com", ".a.@b.c", "jürgen@bücher.example"] {
        assert!(is_email(good), "{good}");
    }
    for bad in [
        "",
        "a",
        "a@b",
        "@b.co",
        "a b@c.de",
        "a@b..co",
        "a@b@c.de",
        "A <a@b.co>",
        "a@b.co,c@d.co",
        "a@",
        "a@b.",
        "a@.b",
        "ä\u{a0}@b.co",
    ] {
        assert!(!is_email(bad), "{bad}");
    }
    assert!(is_url("https://example.com/x?y") && is_url("http://localhost:1"));
    assert!(!is_url("example.com") && !is_url("ftp://example.com") && !is_url("javascript:1"));
}

#[test]
fn order_compares_instants_and_needs_a_difference() {
    let at = |text: &str| Some(text.parse::<DateTime>().unwrap());
    let noon = at("2026-01-01T12:00:00Z");
    assert_eq!(told(|check| check.order("a", &at("2026-01-01T12:30:00+01:00"), "b", &noon, "")), "");
    let same = told(|check| check.order("a", &at("2026-01-01T13:00:00+01:00"), "b", &noon, ""));
    assert_eq!(same, "`a` must be before `b` (2026-01-01T12:00:00Z), not 2026-01-01T13:00:00+01:00");
}

#[test]
fn a_need_names_all_that_would_do_and_the_condition() {
    let owner = [("user_id", false), ("user_email", false)];
    let because = "Gong wants the owner.";
    assert_eq!(
        told(|check| check.need(&owner, "", because)),
        "one of `user_id`, `user_email` is needed: Gong wants the owner"
    );
    assert_eq!(
        told(|check| check.need(&owner[..1], "`period` is `CUSTOM`", because)),
        "`user_id` is needed when `period` is `CUSTOM`: Gong wants the owner"
    );
    assert_eq!(told(|check| check.need(&[("user_id", false), ("user_email", true)], "", because)), "");
}

#[test]
fn an_exclusion_names_those_that_were_given() {
    let exclude = |given: [bool; 3]| {
        let of = [("a", given[0]), ("b", given[1]), ("c", given[2])];
        told(|check| check.exclude(&of, "Gong looks for one of them."))
    };
    assert_eq!(exclude([false, true, false]) + &exclude([false; 3]), "");
    assert_eq!(exclude([true, false, true]), "`a` and `c` cannot be given together: Gong looks for one of them");
    assert_eq!(exclude([true; 3]), "`a`, `b` and `c` cannot be given together: Gong looks for one of them");
}

#[test]
fn a_part_of_a_path_makes_no_other_path_of_it() {
    let names = Some(["a", "..", "", "a/.."].map(str::to_owned).to_vec());
    assert_eq!(
        told(|check| check.segments("names", &names, &["", ".", ".."])),
        "`names[1]` must be fit for a part of a path, not \"..\"\n`names[2]` must be fit for a part of a path, not \"\""
    );
}
