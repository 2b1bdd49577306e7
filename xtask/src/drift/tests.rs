//! A document and a spec that agree, and what is told of each way in which they may not.

use std::path::Path;

use serde_json::{Value, json};
use spec_diff::Side;
use tool_spec::source::SourceFile;

use super::output::{Format, print};
use super::report::{Part, Report};
use super::{compare, errata};
use crate::generate;
use crate::openapi::Document;

mod mutations;

const DOCUMENT: &str = include_str!("../../tests/drift/openapi.json");

fn side() -> Side {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    Side::load(&generate::spec_files(&root).unwrap()).unwrap()
}

/// The report on a document.
fn report(document: &Value, side: &Side) -> Report {
    compare::compare(&Document::read(&document.to_string()).unwrap(), side)
}

/// The document with other values at some places; nothing in the place of one takes it away.
fn changed(edits: &[(&str, Value)]) -> Value {
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    for (pointer, value) in edits {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
        let key = key.replace("~1", "/");
        match parent {
            Value::Object(members) if value.is_null() => drop(members.shift_remove(&key).unwrap()),
            Value::Object(members) => drop(members.insert(key, value.clone())),
            Value::Array(items) => items.push(value.clone()),
            other => panic!("{pointer} is in {other}"),
        }
    }
    document
}

/// What is told of the document with these changes: sort and place, and what cannot be understood.
fn told(edits: &[(&str, Value)]) -> Vec<String> {
    let report = report(&changed(edits), &side());
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.kind.as_str(), finding.at));
    findings.chain(report.wrong.iter().map(|wrong| format!("wrong {wrong}"))).collect()
}

/// Each sort of difference once.
fn drifted() -> Report {
    let edits = [
        ("/paths/~1shelves", Value::Null),
        ("/paths/~1loans", json!({"get": {"responses": {"200": {"$ref": "#/components/responses/Book"}}}})),
        ("/paths/~1books~1{bookId}/delete/deprecated", json!(true)),
        ("/components/schemas/Author/properties/born", json!({"type": "string", "format": "date"})),
        ("/components/schemas/Author/properties/name", Value::Null),
        ("/components/schemas/Book/properties/price/type", json!("string")),
        ("/components/schemas/Genre/enum/0", json!("ESSAYS")),
        ("/components/schemas/Named/properties/subtitle", json!({"type": "string", "deprecated": true})),
        ("/components/schemas/Tag/required", json!(["weight"])),
    ];
    report(&changed(&edits), &side())
}

#[test]
fn a_document_that_says_the_same_is_silent() {
    let document = serde_json::from_str(DOCUMENT).unwrap();
    let report = report(&document, &side());
    assert_eq!(print(&report, Format::Text, false), "");
    let all = "operations      7 of 7 (100 %)\nrequest fields  23 of 23 (100 %)\nanswer fields   38 of 38 (100 %)\n";
    assert_eq!(print(&report, Format::Text, true), all);
}

#[test]
fn as_text() {
    insta::assert_snapshot!(print(&drifted(), Format::Text, true));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(print(&drifted(), Format::Markdown, false));
}

#[test]
fn as_json() {
    let mut json: Value = serde_json::from_str(&print(&drifted(), Format::Json, false)).unwrap();
    let findings = json["findings"].as_array_mut().unwrap();
    assert_eq!(findings.len(), drifted().findings.len());
    findings.truncate(2);
    insta::assert_snapshot!(format!("{json:#}"));
}

#[test]
fn what_may_be_left_out_of_a_request_is_told_where_the_document_wants_it() {
    let required = |of: &str, names: Value| told(&[(&format!("/components/schemas/{of}/required"), names)]);
    // `insured` is the only thing that its object holds, which goes with it where nothing is given; a caller who gives
    // the options as a whole may leave it out.
    let options = "/components/schemas/NewBook/allOf/1/properties/options/required";
    assert_eq!(told(&[(options, json!(["insured"]))]), ["required POST /v2/books > body > options.insured"]);
    assert_eq!(required("Tag", json!(["name", "weight"])), ["required PUT /v2/books/{bookId}/tags > body > [].weight"]);
    let new_book = "/components/schemas/NewBook/allOf/1/required";
    // Only one of the two requests sends it, and `genre` has a default in that.
    assert_eq!(told(&[(new_book, json!(["genre", "place"]))]), ["required POST /v2/books > body > genre"]);
    // A rule wants one of the two parameters that the shelf is found by, and the row is nobody's to give.
    let place = "/components/schemas/NewBook/allOf/1/properties/place/required";
    assert_eq!(told(&[(place, json!(["shelf", "row"]))]), ["required POST /v2/books > body > place.row"]);
}

#[test]
fn what_the_spec_requires_alone_is_told() {
    assert_eq!(told(&[("/components/schemas/Named/required", json!([]))]), ["optional POST /v2/books > body > title"]);
    // The constants beside it ask nothing of the caller, and the place needs a shelf.
    let new_book = "/components/schemas/NewBook/allOf/1/required";
    assert_eq!(told(&[(new_book, json!([]))]), ["optional POST /v2/books > body > place"]);
}

#[test]
fn types_that_are_as_good_as_the_documents_are_none() {
    let book = |field: &str, schema: Value| told(&[(&format!("/components/schemas/Book/properties/{field}"), schema)]);
    let fits = [
        ("id", json!({"type": "integer", "format": "int64"})),
        ("id", json!({"type": ["string", "integer"]})),
        ("id", json!({"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]})),
        ("genre", json!({"type": "string"})),
        ("added", json!({"type": "string"})),
        ("published", json!({"type": "string"})),
        ("price", json!({"type": ["integer", "number"]})),
        ("scan", json!({})),
        ("scan", json!(true)),
        ("scan", json!({"type": "object", "additionalProperties": {}})),
        ("copies", json!({"type": "object"})),
        ("title", json!({"type": "string", "format": "uuid"})),
    ];
    for (field, schema) in fits {
        assert_eq!(book(field, schema.clone()), [""; 0], "{field}: {schema}");
    }
    let differ = [
        ("id", json!({"type": "integer", "format": "int32"})),
        ("id", json!({"type": ["string", "boolean"]})),
        ("added", json!({"type": "string", "format": "date"})),
        ("published", json!({"type": "string", "format": "date-time"})),
        ("pages", json!({"type": "number"})),
        ("price", json!({"type": "integer"})),
        ("scan", json!({"type": "string"})),
        ("scan", json!({"type": "object", "properties": {"width": {"type": "integer"}}})),
        ("title", json!({"type": "string", "format": "date-time"})),
        ("title", json!({"enum": ["A", "B"]})),
        ("authors", json!({"type": "string"})),
    ];
    for (field, schema) in differ {
        let told = book(field, schema.clone());
        assert!(told.contains(&format!("type GET /v2/books > answer > books[].{field}")), "{schema}: {told:?}");
    }
}

#[test]
fn a_field_below_one_that_differs_is_not_told_again() {
    let scan = json!({"type": "object", "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}});
    let report = report(&changed(&[("/components/schemas/Book/properties/scan", scan)]), &side());
    assert_eq!(report.findings.len(), 2, "one for each operation that answers with a book");
    let share = report.share(Part::AnswerFields);
    assert_eq!(share.all - share.covered, 2 * 3, "but no field below it is covered");
}

#[test]
fn what_cannot_be_understood_is_told_with_its_place() {
    let book = |schema: Value| told(&[("/components/schemas/Book/properties/title", schema)]).join("\n");
    for (schema, why) in [
        (json!({"$ref": "#/components/schemas/Nobody"}), "`#/components/schemas/Nobody` is not in the document"),
        (json!({"$ref": "books.json#/Title"}), "`books.json#/Title` lies outside of the document: bundle all of it"),
        (json!({"type": "strnig"}), "`type: \"strnig\"` is none of string, integer"),
        (json!({"type": []}), "`type: []` is none of"),
        (json!({"type": "object", "properties": ["a"]}), "`properties: [\"a\"]` is no object"),
        (json!({"type": "string", "required": true}), "`required: true` is no list of names"),
        (json!({"allOf": {"type": "string"}}), "`allOf: {\"type\":\"string\"}` is no list of schemas"),
        (json!("string"), "`\"string\"` is no schema"),
        (json!(7), "`7` is no schema"),
    ] {
        let told = book(schema.clone());
        assert!(told.contains("wrong GET /v2/books > answer > books[].title: "), "{schema}: {told}");
        assert!(told.contains(why), "{schema}: {told}");
    }
    let at = |pointer: &str, value: Value| told(&[(pointer, value)]).join("\n");
    for (pointer, value, why) in [
        ("/paths/~1books~1", json!([]), "wrong /v2/books/: `[]` is no path with its operations"),
        ("/paths/~1books~1{id}", json!({"get": {"responses": {}}}), "differs in nothing but the names"),
        ("/paths/~1books/fetch", json!({}), "wrong /v2/books: `fetch: {}` is no operation"),
        ("/paths/~1books/get", json!(1), "wrong /v2/books: `get: 1` is no operation"),
        ("/paths/~1books/$ref", json!("#/paths/~1none"), "wrong /v2/books: `#/paths/~1none` is not in the document"),
        ("/paths/~1books/post/requestBody", json!({"$ref": "#/none"}), "wrong POST /v2/books > body: `#/none`"),
        ("/paths/~1books/get/responses", json!({"200": {"$ref": "#/none"}}), "answer: `#/none` is not"),
        ("/paths/~1books/get/responses", json!({}), "the operation has no `responses`"),
        ("/paths/~1books/get/parameters/3", json!({"$ref": "#/none"}), "wrong GET /v2/books: `#/none`"),
        (
            "/components/schemas/Unused",
            json!({"$ref": "a.json"}),
            "wrong #/components/schemas/Unused: `a.json` lies outside",
        ),
        ("/paths/~1books/get/parameters/3", json!({"in": "query"}), "a parameter has no name"),
        ("/paths/~1books/get/parameters/3", json!({"name": "a", "in": "body"}), "its `in` is none of"),
    ] {
        let told = at(pointer, value.clone());
        assert!(told.contains(why), "{pointer}: {value}: {told}");
    }
}

#[test]
fn circles_end() {
    let schema = |name: &str, schema: Value| (format!("/components/schemas/{name}"), schema);
    let circles = [
        schema("Genre", json!({"$ref": "#/components/schemas/Genre"})),
        schema("Tag", json!({"allOf": [{"$ref": "#/components/schemas/Tag"}]})),
        schema("Author", json!({"type": "array", "items": {"$ref": "#/components/schemas/Author"}})),
        schema("Shelf", json!({"oneOf": [{"$ref": "#/components/schemas/Shelf"}, {"type": "string"}]})),
        schema("Named", json!({"required": ["a"], "additionalProperties": {"$ref": "#/components/schemas/Named"}})),
    ];
    for (pointer, schema) in &circles {
        let _ = told(&[(pointer, schema.clone())]);
    }
    // Each refers to the next one twice, so that there are more paths than anybody could walk.
    let mut edits = Vec::new();
    for number in 0..200 {
        let next = json!({"$ref": format!("#/components/schemas/Deep{}", number + 1)});
        edits.push(schema(&format!("Deep{number}"), json!({"properties": {"one": next, "two": {"items": next}}})));
    }
    edits.push(schema("Deep200", json!({"type": "string"})));
    edits.push(("/components/schemas/Book/properties/deep".to_owned(), json!({"$ref": "#/components/schemas/Deep0"})));
    let edits: Vec<(&str, Value)> = edits.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())).collect();
    assert_eq!(told(&edits).len(), 2);
}

/// The report on a document in which two fields are new, with these errata.
fn excused(text: &str) -> (Report, String) {
    let author = "/components/schemas/Author/properties/";
    let mut report = report(
        &changed(&[
            (&format!("{author}born"), json!({"type": "string"})),
            (&format!("{author}died"), json!({"type": "object", "properties": {"where": {"type": "string"}}})),
            (
                "/paths/~1shelves/get/parameters",
                json!([{"name": "floor", "in": "query", "schema": {"type": "string"}}]),
            ),
        ]),
        &side(),
    );
    let file = SourceFile { path: errata::ERRATA.to_owned(), text: text.to_owned() };
    let faults = errata::excuse(&mut report.findings, &file, true).err();
    (report, faults.map(|faults| faults.render(std::slice::from_ref(&file), false)).unwrap_or_default())
}

#[test]
fn errata_excuse_what_is_known() {
    let (report, faults) = excused(
        "# Known.\n- at:\n    - GET /v2/books > answer > books[].authors[].born\n    - \
         GET /v2/books/{bookId} > answer > authors[].born\n  kind: missing\n  reason: It was never seen.\n\
         - at: GET /v2/books > answer > books[].authors[].died\n  kind: missing\n  reason: Nor was that.\n",
    );
    assert_eq!(faults, "");
    let open: Vec<&str> = report.open().map(|finding| finding.at.as_str()).collect();
    assert_eq!(open, ["GET /v2/books/{bookId} > answer > authors[].died", "GET /v2/shelves > query > floor"]);
    // What stands below an excused field is excused with it, and what is excused counts neither way.
    let share = report.share(Part::AnswerFields);
    assert_eq!((share.all - share.covered, share.excused), (2, 4));
    assert!(print(&report, Format::Text, true).contains("2 differences: 2 missing; 3 more known as errata\n"));
}

#[test]
fn what_is_wrong_with_errata_is_told_at_once() {
    let texts = [
        "- at: GET /v2/shelves > query > floor\n  kind: mising\n- kind: missing\n  reason: no sentence\n- just text\n",
        "- at: GET /v2/shelves > query > flor\n  kind: missing\n  reason: It is not needed.\n\
         - at: GET /v2/shelves > query > floor\n  kind: type\n  reason: It is not needed.\n\
         - at: POST /v1/nothing\n  kind: unknown\n  reason: It is not needed.\n",
        "- {at: GET /v2/shelves > query > floor, kind: missing, reason: It is not needed.}\n\
         - {at: [GET /v2/shelves > query > floor], kind: missing, reason: It is not.}\n",
        "at: GET /v2/shelves\n",
        "- at: [abc\n",
    ];
    insta::assert_snapshot!(texts.map(|text| excused(text).1).join("\n"));
}

#[test]
fn what_a_report_prints_can_be_pasted_as_an_erratum() {
    let (report, _) = excused("");
    let lines: String = print(&report, Format::Markdown, false)
        .split_once("```yaml\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(lines, _)| lines.replace("reason:", "reason: It is known."))
        .unwrap();
    let (report, faults) = excused(&lines);
    assert_eq!((report.open().count(), faults.as_str()), (0, ""));
}

#[test]
fn operations_with_other_verbs_and_headers_are_told() {
    let responses = json!({"responses": {"200": {"description": "fine"}}});
    assert_eq!(told(&[("/paths/~1books/head", responses)]), ["missing HEAD /v2/books"]);
    let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let tell = |name: &str| told(&[("/paths/~1books/get/parameters/3", header(name))]);
    assert_eq!(tell("X-Branch"), ["missing GET /v2/books > header > X-Branch"]);
    assert_eq!(tell("Accept"), [""; 0]);
}

#[test]
fn the_fields_of_an_object_in_the_query_are_parameters() {
    let param = json!({"name": "by", "in": "query", "schema": {"properties": {"title": {"type": "string"}}}});
    assert_eq!(told(&[("/paths/~1books/get/parameters/3", param)]), ["missing GET /v2/books > query > title"]);
    let param = json!({"name": "by", "in": "query", "style": "deepObject", "schema": {"properties": {"title": {}}}});
    let told = told(&[("/paths/~1books/get/parameters/3", param)]);
    assert!(told.iter().any(|told| told.contains("of the style `deepObject` is not understood")), "{told:?}");
}

#[test]
fn bodies_and_answers_in_another_form_are_told() {
    let content = |kind: &str| json!({"content": {kind: {"schema": {"type": "string"}}}});
    let body = "/paths/~1books/post/requestBody";
    assert_eq!(told(&[(body, content("text/csv"))]), ["type POST /v2/books > body"]);
    assert_eq!(told(&[(body, Value::Null)]), ["unknown POST /v2/books > body"]);
    let scan = "/paths/~1books~1{bookId}~1scan/put/requestBody";
    let json = json!({"required": true, "content": {"application/json": {"schema": {"type": "object"}}}});
    assert_eq!(told(&[(scan, json)]), ["type PUT /v2/books/{bookId}/scan > body"]);
    let answer = "/paths/~1books~1{bookId}/get/responses/200";
    assert_eq!(told(&[(answer, content("audio/mpeg"))]), ["type GET /v2/books/{bookId} > answer"]);
    assert_eq!(told(&[(answer, json!({"description": "none"}))]), ["unknown GET /v2/books/{bookId} > answer"]);
    let wanted = json!({"required": true, "content": {"application/json": {"schema": {"type": "object"}}}});
    assert_eq!(told(&[("/paths/~1shelves/get/requestBody", wanted)]), ["missing GET /v2/shelves > body"]);
}

/// The spec with one text in the place of another.
fn edited(from: &str, to: &str) -> Side {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    let mut files = generate::spec_files(&root).unwrap();
    let file = files.iter_mut().find(|file| file.text.contains(from)).unwrap();
    file.text = file.text.replace(from, to);
    Side::load(&files).unwrap()
}

/// Sort and place of what the spec with this change differs in.
fn told_of(from: &str, to: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let report = report(&document, &edited(from, to));
    report.findings.iter().map(|finding| format!("{} {}", finding.kind.as_str(), finding.at)).collect()
}

#[test]
fn a_tool_that_is_deprecated_alone_is_told() {
    let answer = "    answer: ShelvesList\n";
    let told = told_of(answer, &format!("{answer}    deprecated: Nobody asks.\n"));
    assert_eq!(told, ["not-deprecated GET /v2/shelves"]);
}

#[test]
fn a_rule_that_holds_only_sometimes_demands_nothing() {
    let need = "{need: [shelf_id, shelf_of], because: A book stands somewhere.}";
    let told = told_of(need, &need.replace(", because", ", when: $genre = NOVEL, because"));
    // The shelf is all that `place` surely holds, so that it may go with it.
    let places = ["required POST /v2/books > body > place", "required POST /v2/books > body > place.shelf"];
    assert_eq!(told, places);
}
