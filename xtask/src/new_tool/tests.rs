use std::fs;
use std::path::Path;

use super::{Wanted, asked, run};
use clap::Parser as _;

use crate::args::{Asked, Chore};
use crate::testing::{copied, ended};

fn wanted(line: &[&str]) -> Wanted {
    let asked = Asked::parse_from([&["xtask", "new-tool"], line].concat());
    let Chore::NewTool(wanted) = asked.chore else { panic!("{asked:?}") };
    *wanted
}

fn ran(root: &Path, line: &[&str]) -> (u8, String, String) {
    ended(|out| run(root, wanted(line), out, &mut Vec::new()))
}

const FINE: [&str; 13] = [
    "gong_calls_find",
    "--group",
    "calls",
    "--get",
    "/v2/find",
    "--param",
    "title:string:required",
    "--param",
    "cursor:string",
    "--scope",
    "api:find:read",
    "--answer",
    "CallsPage",
];

#[test]
fn an_entry_is_written_and_everything_that_comes_from_it() {
    let root = copied("plain");
    let (code, out, err) = ran(root.path(), &FINE);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("gong_calls_find, title: The title."), "{out}");
    let read = |path: &str| fs::read_to_string(root.path().join(path)).unwrap();
    assert!(
        read("spec/tools/calls.yaml")
            .contains("      query: {title: $title, cursor: $cursor}\n    answer: CallsPage\n    paging: $cursor\n")
    );
    assert!(read("spec/gong.yaml").contains("  api:find:read: Allows find read.\n"));
    assert!(read("docs/reference/calls.md").contains("gong_calls_find"));
    assert!(read("spec/schema.json").contains("$defs"));
}

#[test]
fn a_tool_that_cannot_be_is_told_and_nothing_is_written() {
    let root = copied("plain");
    let read = || fs::read_to_string(root.path().join("spec/tools/calls.yaml")).unwrap();
    let before = read();
    for (wrong, told) in [
        ([&FINE[..11], &["--answer", "CalsPage"]].concat(), "did you mean `CallsPage`?"),
        ([FINE.as_slice(), &["--effect", "reads"]].concat(), "`effect` is one of"),
        ([FINE.as_slice(), &["--param", "who"]].concat(), "`who` is no parameter"),
        (FINE[..11].to_vec(), "`--answer`"),
        (vec!["gong_x", "--group", "calls", "--from-openapi", "/nowhere.json", "GET /"], "/nowhere.json: "),
    ] {
        let (code, out, err) = ran(root.path(), &wrong);
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains(told), "{err}");
        assert_eq!(read(), before);
        assert!(!root.path().join("docs").exists());
    }
}

#[test]
fn a_draft_that_is_not_right_is_shown_and_kept_where_it_was_asked_for() {
    let root = copied("plain");
    let spec = || fs::read_to_string(root.path().join("spec/tools/calls.yaml")).unwrap();
    let before = spec();
    let wrong = [&FINE[..11], &["--answer", "CalsPage"]].concat();
    let (code, _, err) = ran(root.path(), &wrong);
    assert_eq!(code, 1);
    assert!(err.contains("# spec/tools/calls.yaml\ntools:\n  gong_calls_find:\n"), "{err}");
    assert!(err.contains("with `--draft FILE`"), "{err}");

    let file = root.path().join("draft.yaml");
    let file = ["--draft", file.to_str().unwrap()];
    let (code, out, err) = ran(root.path(), &[wrong.as_slice(), &file].concat());
    assert_eq!(code, 1);
    assert!(out.starts_with("Wrote ") && err.contains("did you mean `CallsPage`?"), "{out}{err}");
    assert!(fs::read_to_string(file[1]).unwrap().contains("    answer: CalsPage\n"));

    let (code, ..) = ran(root.path(), &[FINE.as_slice(), &file].concat());
    assert_eq!(code, 0);
    let kept = fs::read_to_string(file[1]).unwrap();
    assert!(kept.contains("    answer: CallsPage\n") && kept.contains("scopes:\n  api:find:read:"), "{kept}");
    assert_eq!(spec(), before);
    assert!(!root.path().join("docs").exists());
}

#[test]
fn what_an_operation_leaves_open_is_listed() {
    let root = copied("plain");
    let file = root.path().join("openapi.json");
    let document = r#"{"openapi": "3.1.0", "paths": {"/v2/things": {"get": {
        "parameters": [{"name": "X-Tenant", "in": "header", "schema": {"type": "string"}}],
        "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "required": ["id"],
            "properties": {"id": {"type": "string"}}}}}}}}}}}"#;
    fs::write(&file, document).unwrap();
    let file = file.to_str().unwrap();
    let line = ["gong_things_list", "--group", "things", "--from-openapi", file, "GET /v2/things"];
    let (code, out, err) = ran(root.path(), &line);
    assert_eq!((code, err.as_str()), (0, ""));
    for told in [
        "This of the document has no place in the entry:\n\n  header `X-Tenant`: ",
        "This was guessed. See whether it is so:\n",
        "  the effect: `read`, by its verb GET\n",
        "  ThingsListAnswer, id: The id.\n",
    ] {
        assert!(out.contains(told), "{told}\n{out}");
    }
    let (code, _, err) = ran(root.path(), &[&line[..5], &["GET /v2/thing"]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("the document has no path `/v2/thing`; did you mean `/v2/things`?"), "{err}");
}

#[test]
fn what_is_missing_is_asked() {
    let mut answers = "calls\nGET /v2/find\ntitle:string\ncursor:string\n\napi:find:read\nCallsPage\n".as_bytes();
    let asked = asked(wanted(&["gong_calls_find"]), &mut answers, &mut Vec::new()).unwrap();
    let mut said = wanted(&FINE);
    said.params = vec!["title:string".to_owned(), "cursor:string".to_owned()];
    assert_eq!(asked, said);
}
