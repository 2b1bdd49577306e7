//! The Rust that comes from the fixtures, by what each item of it carries out. That it compiles is tested in the
//! workspace's tests, and the whole of what comes from the real spec is committed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod fixture;

use codegen::rust;
use fixture::{ALL, contents, spec};

/// Holds items of a file against what they were. Each is named by how its first line begins, after the items around it.
fn check(name: &str, fixture: &str, file: &str, items: &[&[&str]]) {
    let outputs = rust::emit(&spec(fixture));
    let text = contents(&outputs, file);
    let shown: Vec<String> = items.iter().map(|path| path.iter().fold(text.to_owned(), item)).collect();
    insta::assert_snapshot!(name, shown.join("\n\n"));
}

/// The item whose first line begins so, to the line that closes it.
fn item(text: String, start: &&str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.iter().position(|line| line.trim_start().starts_with(start));
    let from = from.unwrap_or_else(|| panic!("no line begins with `{start}`:\n{text}"));
    let indent = lines[from].len() - lines[from].trim_start().len();
    let closes = |line: &&str| line.get(indent..).is_some_and(|rest| rest.starts_with('}'));
    let to = if lines[from].ends_with(['}', ';']) { 0 } else { lines[from..].iter().position(closes).unwrap() };
    lines[from..=from + to].join("\n")
}

#[test]
fn a_method_tells_its_tool_and_shows_its_example() {
    check("method", "behaviours", "/reads.rs", &[&["/// Sends one of three requests"]]);
}

#[test]
fn each_parameter_has_a_setter_that_takes_whatever_becomes_it() {
    let setters = "impl Put {";
    check(
        "params",
        "models",
        "generated/things.rs",
        &[
            &["pub fn put("],
            &["pub struct Put {"],
            &["rt::tool_call!"],
            &["pub(crate) struct PutParams"],
            &[setters, "pub fn type_("],
            &[setters, "pub fn by_name("],
            &[setters, "pub fn kinds("],
            &[setters, "pub fn anything("],
            &["impl rt::Tool for PutParams", "fn read"],
        ],
    );
}

#[test]
fn one_request_is_one_chain() {
    check("request", "models", "generated/things.rs", &[&["impl rt::Tool for PutParams", "fn request("]]);
}

#[test]
fn a_form_takes_files_and_a_request_that_gets_may_have_a_body() {
    let params = "impl rt::Tool for UploadParams";
    check(
        "form",
        "behaviours",
        "/writes.rs",
        &[
            &["impl Upload {", "pub fn media_file("],
            &["pub(crate) struct UploadParams"],
            &[params, "fn read"],
            &[params, "fn check"],
            &[params, "fn request("],
        ],
    );
    check("get_with_body", "behaviours", "/reads.rs", &[&["impl rt::Tool for ProbeParams", "fn request("]]);
}

#[test]
fn the_first_request_whose_condition_holds_is_sent_and_its_answer_reshaped() {
    check("conditions", "behaviours", "/reads.rs", &[&["impl rt::Tool for RoutesParams", "fn run"]]);
}

#[test]
fn items_are_filtered_on_our_side() {
    check("filter", "behaviours", "/reads.rs", &[&["impl rt::Tool for KeepParams", "fn run"]]);
}

#[test]
fn defaults_are_filled_in() {
    check("defaults", "behaviours", "/writes.rs", &[&["impl rt::Tool for DefaultsParams", "fn fill"]]);
    check("default_times", "behaviours", "/reads.rs", &[&["impl rt::Tool for CoachingParams", "fn fill"]]);
}

#[test]
fn rules_and_limits_are_checked() {
    check("rules", "behaviours", "/writes.rs", &[&["impl rt::Tool for DefaultsParams", "fn check"]]);
}

#[test]
fn what_is_missing_is_looked_up() {
    check("lookup_by_value", "behaviours", "/writes.rs", &[&["impl rt::Tool for DefaultsParams", "fn run"]]);
    check("lookup_of_all", "behaviours", "/reads.rs", &[&["impl rt::Tool for CoachingParams", "fn run"]]);
}

#[test]
fn several_requests_go_in_chunks_one_by_one_or_in_order() {
    check("chunks", "behaviours", "/writes.rs", &[&["impl rt::Tool for ChunksParams", "fn run"]]);
    check("outcomes", "behaviours", "/writes.rs", &[&["impl rt::Tool for OutcomesParams", "fn run"]]);
    check("steps", "behaviours", "/writes.rs", &[&["impl rt::Tool for StepsParams", "fn run"]]);
}

#[test]
fn pages_are_gone_through_and_what_was_asked_for_is_expected() {
    let tool = "impl rt::Tool for RoutesParams";
    check(
        "paging",
        "behaviours",
        "/reads.rs",
        &[
            &["impl rt::TypedTool for RoutesParams"],
            &[tool, "fn begins_at"],
            &[tool, "fn set_cursor"],
            &[tool, "fn expects"],
            &["impl rt::Listing for RoutesParams"],
            &["impl rt::Timeline for RoutesParams"],
        ],
    );
}

#[test]
fn a_model_is_read_checked_and_written() {
    let nested = "impl rt::Nested for Thing";
    check(
        "model",
        "models",
        "models/things.rs",
        &[
            &["/// A thing that goes in and comes out."],
            &["rt::record! {"],
            &["impl Thing", "pub fn new"],
            &["impl Thing", "pub fn parts"],
            &[nested, "fn check"],
            &[nested, "fn write"],
            &[nested, "fn notices"],
        ],
    );
}

#[test]
fn an_enum_is_open_and_knows_what_is_sent_for_a_name() {
    check("enum", "models", "models/things.rs", &[&["rt::open_enum! {"]]);
}

#[test]
fn the_service_its_ids_and_the_catalogue() {
    check("service", "plain", "/service.rs", &[&["pub(crate) static SERVICE"]]);
    check("ids", "plain", "/ids.rs", &[&["rt::id_kinds! {"]]);
    check("catalog", "plain", "/catalog.rs", &[&["pub(crate) static TOOLS"], &["pub(crate) static GONG_CALLS_LIST"]]);
}

#[test]
fn each_file_says_what_it_came_from() {
    for (fixture, file, from) in [
        ("plain", "generated/mod.rs", "spec"),
        ("plain", "generated/service.rs", "spec/gong.yaml"),
        ("plain", "generated/calls.rs", "spec/tools/calls.yaml"),
        ("models", "models/things.rs", "spec/types/things.yaml"),
    ] {
        let outputs = rust::emit(&spec(fixture));
        let header = format!("// @generated by `cargo xtask generate` from {from}. Do not edit.\n\n//! ");
        assert!(contents(&outputs, file).starts_with(&header), "{file}");
    }
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    for fixture in ALL {
        assert_eq!(rust::emit(&spec(fixture)), rust::emit(&spec(fixture)));
    }
}
