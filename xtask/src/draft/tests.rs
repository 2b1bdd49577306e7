//! Drafts of tools: what they add to the files of a spec, and that it is a spec again.

use super::{Draft, Param, Written, from_openapi, shown, write};
use crate::openapi::Document;
use crate::testing::plain;
use tool_spec::model::Verb;

const DOCUMENT: &str = include_str!("books.json");

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

/// All that a draft adds to the spec, with every sentence that a person is told to better.
fn added(draft: &Draft) -> String {
    let written = written(draft);
    let shown = shown(draft, &written, &plain().0);
    for line in &written.review {
        let (_, sentence) = line.split_once(": ").unwrap();
        assert!(shown.contains(sentence), "{line}");
    }
    shown
}

#[test]
fn an_operation_that_reads() {
    let draft = drafted("GET /v1/shelves/{shelfId}/books", "gong_books_list", "books");
    insta::assert_snapshot!(added(&draft));
}

#[test]
fn an_operation_that_writes() {
    let draft = drafted("post /v1/books", "gong_books_create", "calls");
    insta::assert_snapshot!(added(&draft));
}

#[test]
fn every_sentence_is_listed_for_a_person_to_better() {
    let draft = drafted("GET /v1/shelves/{shelfId}/books", "gong_books_list", "books");
    let review = written(&draft).review;
    for line in ["gong_books_list: Lists books.", "Kind, NOVEL: Novel.", "scopes, api:books:read: Allows books read."] {
        assert!(review.iter().any(|other| other == line), "{line}\n{review:?}");
    }
}

#[test]
fn texts_of_the_document_are_not_taken_over() {
    let draft = drafted("GET /v1/shelves/{shelfId}/books", "gong_books_list", "books");
    assert!(!added(&draft).contains("own words"));
}

#[test]
fn a_few_facts() {
    let (verb, path) = (Verb::Patch, "/v2/calls/{call_id}".to_owned());
    let param = |written| Param::parse(written, verb, &path).unwrap();
    let params = vec![param("call_id:id<call>"), param("new_title:string:required"), param("deal_ids:list<id<deal>>")];
    let draft = Draft {
        effect: Some("write".to_owned()),
        scopes: vec!["api:calls:create".to_owned()],
        params,
        ..Draft::new("gong_calls_rename", "calls", verb, &path, "Call")
    };
    let files = written(&draft).files;
    insta::assert_snapshot!(files.iter().map(|file| format!("=== {}\n{}\n", file.path, file.text)).collect::<String>());
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
        assert!(Param::parse(wrong, Verb::Get, "/").is_err(), "{wrong}");
    }
}
