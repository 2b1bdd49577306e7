//! Tests of `violation`.

use super::*;

#[test]
fn nothing_in_a_misspelt_name_is_obeyed_by_a_terminal() {
    let mut faults = Faults::default();
    faults.field("a\u{1b}]52;c;aGk=\u{7}b", |faults| {
        faults.add("unknown", Some("\u{202e}x".to_owned()), "is unknown");
    });
    assert_eq!(faults.into_list()[0].to_string(), "`a\u{fffd}]52;c;aGk=\u{fffd}b` is unknown, not \u{fffd}x");
}

#[test]
fn paths_grow_and_shrink_with_the_walk() {
    let mut faults = Faults::default();
    faults.field("parties", |faults| {
        faults
            .element(0, |faults| faults.field("mediaChannelId", |faults| faults.add("range", None, "must be 0 or 1")));
    });
    faults.add("need", None, "Say who.");
    let shown: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["`parties[0].mediaChannelId` must be 0 or 1", "Say who."]);
}

#[test]
fn what_could_not_be_read_is_blamed_once() {
    let mut faults = Faults::default();
    faults.field("ids", |faults| faults.element(2, |faults| faults.add("type", None, "must be an id")));
    faults.reading_is_over();
    for name in ["ids", "id", "text", "text"] {
        faults.field(name, |faults| faults.add("required", None, "is required"));
    }
    let paths: Vec<String> = faults.into_list().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["ids[2]", "id", "text", "text"]);
}

#[test]
fn near_names_are_suggested_and_far_ones_are_not() {
    let names = ["from_date_time", "to_date_time", "cursor"];
    assert_eq!(did_you_mean("fromDateTime", names).as_deref(), Some("from_date_time"));
    assert_eq!(did_you_mean("curser", names).as_deref(), Some("cursor"));
    assert_eq!(did_you_mean("workspace", names), None);
}
