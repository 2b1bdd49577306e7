//! Drafts of tools: what they add to the files of a spec, and that it is a spec again.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;

use codegen::SourceFile;
use codegen::author::{Draft, DraftParam, Written, from_openapi, write};
use codegen::model::{Spec, Verb};

const DOCUMENT: &str = include_str!("author/openapi.json");

fn plain() -> (Vec<SourceFile>, Spec) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plain");
    let paths = ["gong.yaml", "tools/calls.yaml", "types/calls.yaml"];
    let file =
        |path: &&str| SourceFile { path: format!("spec/{path}"), text: fs::read_to_string(root.join(path)).unwrap() };
    let files: Vec<SourceFile> = paths.iter().map(file).collect();
    let spec = codegen::load(&files).unwrap();
    (files, spec)
}

/// What a draft writes; the spec with it is right.
fn written(draft: &Draft) -> Written {
    let (files, spec) = plain();
    let written = write(draft, &spec, &files).unwrap();
    let mut after: Vec<SourceFile> = files;
    after.retain(|file| written.files.iter().all(|other| other.path != file.path));
    after.extend(written.files.iter().cloned());
    let loaded = codegen::load(&after).unwrap_or_else(|faults| panic!("{}", faults.render(&after, false)));
    codegen::emit::emit(&loaded).unwrap();
    written
}

fn shown(written: &Written) -> String {
    let files: String = written.files.iter().map(|file| format!("=== {}\n{}\n", file.path, file.text)).collect();
    format!("{files}=== to review\n{}\n", written.review.join("\n"))
}

#[test]
fn an_operation_that_reads() {
    let (_, spec) = plain();
    let draft = from_openapi(DOCUMENT, "GET /v1/shelves/{shelfId}/books", "gong_books_list", "books", &spec).unwrap();
    insta::assert_snapshot!(shown(&written(&draft)));
}

#[test]
fn an_operation_that_writes() {
    let (_, spec) = plain();
    let draft = from_openapi(DOCUMENT, "post /v1/books", "gong_books_create", "calls", &spec).unwrap();
    insta::assert_snapshot!(shown(&written(&draft)));
}

#[test]
fn texts_of_the_document_are_not_taken_over() {
    let (_, spec) = plain();
    let draft = from_openapi(DOCUMENT, "GET /v1/shelves/{shelfId}/books", "gong_books_list", "books", &spec).unwrap();
    assert!(!shown(&written(&draft)).contains("own words"));
}

#[test]
fn a_few_facts() {
    let (verb, path) = (Verb::Patch, "/v2/calls/{call_id}".to_owned());
    let param = |written| DraftParam::parse(written, verb, &path).unwrap();
    let params = vec![param("call_id:id<call>"), param("new_title:string:required"), param("deal_ids:list<id<deal>>")];
    let draft = Draft {
        name: "gong_calls_rename".to_owned(),
        group: "calls".to_owned(),
        effect: Some("write".to_owned()),
        verb,
        path: path.clone(),
        scope: "api:calls:create".to_owned(),
        answer: "Call".to_owned(),
        items: None,
        params,
        types: Vec::new(),
    };
    insta::assert_snapshot!(shown(&written(&draft)));
}

#[test]
fn what_cannot_be_a_tool_is_told() {
    let (files, spec) = plain();
    let told = |document: &str, operation: &str| {
        from_openapi(document, operation, "gong_books_list", "books", &spec).map(|_| ()).unwrap_err()
    };
    assert_eq!(told(DOCUMENT, "GET /v1/book"), "the document has no path `/v1/book`");
    assert_eq!(told(DOCUMENT, "PUT /v1/books"), "the document has no `PUT` at `/v1/books`");
    assert_eq!(told(DOCUMENT, "FETCH /v1/books"), "`fetch` is no verb; one of get, post, put, patch, delete");
    assert_eq!(told(DOCUMENT, "DELETE /v1/books"), "the operation has no answer in JSON");
    assert!(told(DOCUMENT, "/v1/books").starts_with("an operation is a verb and a path"));
    assert!(told("openapi: 3", "GET /").starts_with("the OpenAPI document is not JSON"));
    let draft = from_openapi(DOCUMENT, "POST /v1/books", "gong_calls_list", "calls", &spec).unwrap();
    assert_eq!(write(&draft, &spec, &files).unwrap_err(), "there is a tool `gong_calls_list` already");
    for wrong in ["", "a", "a:", ":string", "a:string:optional", "a:string:required:x"] {
        assert!(DraftParam::parse(wrong, Verb::Get, "/").is_err(), "{wrong}");
    }
}
