//! Drafts of tools: what they add to the files of a spec, and that it is a spec again.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;

use codegen::author::{Document, Draft, DraftParam, Written, from_openapi, write};
use tool_spec::SourceFile;
use tool_spec::model::{Spec, Verb};

const DOCUMENT: &str = include_str!("author/openapi.json");

fn plain() -> (Vec<SourceFile>, Spec) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tool-spec/tests/fixtures/plain");
    let paths = ["gong.yaml", "tools/calls.yaml", "types/calls.yaml"];
    let file =
        |path: &&str| SourceFile { path: format!("spec/{path}"), text: fs::read_to_string(root.join(path)).unwrap() };
    let files: Vec<SourceFile> = paths.iter().map(file).collect();
    let spec = tool_spec::load(&files).unwrap();
    (files, spec)
}

/// The draft of an operation of the document about books.
fn drafted(operation: &str, name: &str, group: &str) -> Draft {
    from_openapi(&Document::read(DOCUMENT).unwrap(), operation, name, group, &plain().1).unwrap()
}

/// What a draft writes; the spec with it is right.
fn written(draft: &Draft) -> Written {
    let (files, spec) = plain();
    let written = write(draft, &spec, &files).unwrap();
    let after = written.over(&files);
    let loaded = tool_spec::load(&after).unwrap_or_else(|faults| panic!("{}", faults.render(&after, false)));
    let _ = codegen::emit(&loaded);
    written
}

fn shown(draft: &Draft) -> String {
    let written = written(draft);
    let files: String = written.files.iter().map(|file| format!("=== {}\n{}\n", file.path, file.text)).collect();
    let lists = [("left out", &draft.left_out), ("guessed", &draft.guessed), ("to review", &written.review)];
    files + &lists.map(|(head, lines)| format!("=== {head}\n{}\n", lines.join("\n"))).concat()
}

#[test]
fn an_operation_that_reads() {
    let draft = drafted("GET /v1/shelves/{shelfId}/books", "gong_books_list", "books");
    insta::assert_snapshot!(shown(&draft));
}

#[test]
fn an_operation_that_writes() {
    let draft = drafted("post /v1/books", "gong_books_create", "calls");
    insta::assert_snapshot!(shown(&draft));
}

#[test]
fn texts_of_the_document_are_not_taken_over() {
    let draft = drafted("GET /v1/shelves/{shelfId}/books", "gong_books_list", "books");
    assert!(!shown(&draft).contains("own words"));
}

#[test]
fn a_few_facts() {
    let (verb, path) = (Verb::Patch, "/v2/calls/{call_id}".to_owned());
    let param = |written| DraftParam::parse(written, verb, &path).unwrap();
    let params = vec![param("call_id:id<call>"), param("new_title:string:required"), param("deal_ids:list<id<deal>>")];
    let draft = Draft {
        effect: Some("write".to_owned()),
        scopes: vec!["api:calls:create".to_owned()],
        params,
        ..Draft::new("gong_calls_rename", "calls", verb, &path, "Call")
    };
    insta::assert_snapshot!(shown(&draft));
}

#[test]
fn what_cannot_be_a_tool_is_told() {
    let (files, spec) = plain();
    let document = Document::read(DOCUMENT).unwrap();
    let told = |operation: &str| {
        from_openapi(&document, operation, "gong_books_list", "books", &spec).map(|_| ()).unwrap_err()
    };
    assert_eq!(told("GET /v1/book"), "the document has no path `/v1/book`; did you mean `/v1/books`?");
    assert_eq!(told("PUT /v1/books"), "the document has no `PUT` at `/v1/books`, but POST, DELETE");
    assert_eq!(told("FETCH /v1/books"), "`fetch` is no verb; one of get, post, put, patch, delete");
    assert!(told("/v1/books").contains("a verb and a path"));
    assert!(told("listBook").ends_with("did you mean `listBooks`?"));
    let draft = drafted("POST /v1/books", "gong_calls_list", "calls");
    assert_eq!(write(&draft, &spec, &files).unwrap_err(), "there is a tool `gong_calls_list` already");
    for wrong in ["", "a", "a:", ":string", "a:string:optional", "a:string:required:x"] {
        assert!(DraftParam::parse(wrong, Verb::Get, "/").is_err(), "{wrong}");
    }
}
