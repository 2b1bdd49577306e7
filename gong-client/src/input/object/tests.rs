//! Tests of `object`.

use super::*;
use crate::base::time::{Date, DateTime};
use serde_json::json;

/// What becomes of one value.
fn taken<T: FromJson>(json: Value) -> Result<Option<T>, String> {
    let object = json!({"it": json});
    read(&object, |input, place| input.take("it", place))
}

fn csv(json: Value) -> Result<Option<Vec<String>>, String> {
    let object = json!({"it": json});
    read(&object, |input, place| input.take_csv("it", place))
}

fn read<T: FromJson>(
    object: &Value,
    take: impl for<'p> FnOnce(&mut Input<'p>, &'p mut Option<T>),
) -> Result<Option<T>, String> {
    let mut faults = Faults::default();
    let mut place = None;
    let mut input = Input::new();
    take(&mut input, &mut place);
    input.read(object.as_object().unwrap(), &mut faults);
    let faults: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
    if faults.is_empty() { Ok(place) } else { Err(faults.join("\n")) }
}

#[test]
fn null_is_absent() {
    assert_eq!(taken::<i64>(json!(null)), Ok(None));
}

#[test]
fn agents_may_write_numbers_and_truth_as_text() {
    assert_eq!(taken(json!("60")), Ok(Some(60_i64)));
    assert_eq!(taken(json!(60.0)), Ok(Some(60_i64)));
    assert_eq!(taken(json!("false")), Ok(Some(false)));
    assert_eq!(taken(json!("1.5")), Ok(Some(1.5_f64)));
    assert_eq!(taken::<i64>(json!(60.5)), Err("`it` must be a whole number, not 60.5".to_owned()));
    assert_eq!(taken::<bool>(json!("yes")), Err("`it` must be true or false, not \"yes\"".to_owned()));
    assert_eq!(taken::<String>(json!(5)), Err("`it` must be text, not 5".to_owned()));
}

#[test]
fn lists_may_be_text_but_not_single_values() {
    assert_eq!(taken(json!("[\"a\", \"b\"]")), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
    assert_eq!(taken::<Vec<String>>(json!("a")), Err("`it` must be a list; write [\"a\"], not \"a\"".to_owned()));
    assert_eq!(taken::<Vec<i64>>(json!([1, "x", null])).unwrap_err().lines().count(), 2);
    assert_eq!(taken::<Vec<i64>>(json!([1, "x"])), Err("`it[1]` must be a whole number, not \"x\"".to_owned()));
}

#[test]
fn csv_is_text_or_a_list() {
    let both = Ok(Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(csv(json!("a, b,")), both);
    assert_eq!(csv(json!(["a", "b"])), both);
    assert_eq!(csv(json!("[\"a\",\"b\"]")), both);
    assert!(csv(json!(true)).is_err());
}

#[test]
fn dates_and_instants_are_not_mixed_up() {
    assert_eq!(
        taken::<DateTime>(json!("2026-11-16T00:00:00+01:00")).unwrap().unwrap().to_string(),
        "2026-11-16T00:00:00+01:00"
    );
    assert_eq!(
        taken::<DateTime>(json!("2026-11-16")),
        Err("`it` is no instant: it needs a time and an offset, such as 2026-11-16T00:00:00Z".to_owned())
    );
    assert!(taken::<DateTime>(json!("2026-11-16T00:00:00")).unwrap_err().contains("needs an offset"));
    for text in ["2026-11-16", "2026-11-16T23:00:00-05:00", "2026-11-16T23:00:00"] {
        assert_eq!(taken::<Date>(json!(text)).unwrap().unwrap().to_string(), "2026-11-16");
    }
    assert!(taken::<Date>(json!("16.11.2026")).is_err());
}

#[test]
fn unknown_names_are_told_what_was_meant() {
    let told =
        read::<i64>(&json!({"fromDateTime": 1}), |input, place| input.take("from_date_time", place)).unwrap_err();
    assert_eq!(told, "`fromDateTime` is unknown; did you mean `from_date_time`?");
}

#[test]
fn the_last_of_two_counts_with_its_faults_alone() {
    let last =
        |object: &str| read::<i64>(&serde_json::from_str(object).unwrap(), |input, place| input.take("it", place));
    assert_eq!(last(r#"{"it": "x", "it": 1}"#), Ok(Some(1)));
    assert_eq!(last(r#"{"it": 1, "it": null}"#), Ok(None));
    assert_eq!(last(r#"{"it": [], "it": "x"}"#), Err("`it` must be a whole number, not \"x\"".to_owned()));
    assert_eq!(last(r#"{"?": 1, "it": 1, "?": 2}"#), Err("`?` is unknown; there are it".to_owned()));
}

#[test]
fn faults_come_in_the_order_of_the_places() {
    let (mut first, mut second) = (None::<i64>, None::<bool>);
    let mut faults = Faults::default();
    let object = json!({"z": 0, "second": "x", "first": "x", "a": 0});
    let mut input = Input::new();
    input.take("first", &mut first);
    input.take("second", &mut second);
    input.read(object.as_object().unwrap(), &mut faults);
    let paths: Vec<String> = faults.into_list().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["first", "second", "a", "z"]);
}
