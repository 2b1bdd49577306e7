//! Tests of `id`.

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Thing {}
impl Kind for Thing {
    const NAME: &'static str = "thing";
}

fn read(json: &str) -> serde_json::Result<Id<Thing>> {
    serde_json::from_str(json)
}

#[test]
fn text_and_whole_numbers_are_exact() {
    assert_eq!(read("\"00123\"").unwrap().as_str(), "00123");
    assert_eq!(read("18446744073709551615").unwrap().as_str(), "18446744073709551615");
    assert_eq!(read("-1").unwrap().as_str(), "-1");
}

#[test]
fn what_would_lose_digits_is_refused() {
    for json in ["1.5", "1e3", "99999999999999999999", "true", "[]"] {
        assert!(read(json).is_err(), "{json}");
    }
}

#[test]
fn a_form_says_what_is_no_id() {
    for (text, digits, word) in [
        ("7782342274025937895", true, true),
        ("99999999999999999999", true, true),
        ("100000000000000000000", false, true),
        ("0035e00000AbCdEAAV", false, true),
        ("null", false, true),
        ("-1", false, true),
        ("١", false, true),
        ("1,2", false, false),
        ("Sales team", false, false),
        ("", false, true),
    ] {
        assert_eq!((Form::Digits.fits(text), Form::Word.fits(text)), (digits, word), "{text}");
    }
}

#[test]
fn debug_says_what_it_is_of() {
    assert_eq!(format!("{:?}", Id::<Thing>::from("7")), "thing \"7\"");
}
