//! Drafts of the shapes that OpenAPI documents have: each is a tool at once, and what is guessed or left out is listed.

use super::from_openapi;
use crate::draft::{Draft, shown, write};
use crate::openapi::Document;
use crate::testing::plain;

/// The draft of a document's only operation, or why there is none.
fn tried(document: &str) -> Result<Draft, String> {
    let document = Document::read(document)?;
    let operations = document.operations();
    from_openapi(&document, operations.first().unwrap(), "gong_things_do", "things", &plain().1)
}

/// The draft of a document's only operation and what it adds to the spec, which is right and generates with it.
fn drafted(document: &str) -> (Draft, String) {
    let (files, spec) = plain();
    let draft = tried(document).unwrap();
    let written = write(&draft, &spec, &files).unwrap();
    let after = written.over(&files);
    let loaded = tool_spec::load(&after).unwrap_or_else(|faults| panic!("{}", faults.render(&after, false)));
    let _ = codegen::emit(&loaded);
    let text = shown(&draft, &written, &files);
    (draft, text)
}

/// A document of one operation, in YAML: its path, its verb and what stands below; then the schemas.
fn document(operation: &str, below: &str, schemas: &str) -> String {
    let (verb, path) = operation.split_once(' ').unwrap();
    let indented = |text: &str, by: &str| -> String { text.lines().map(|line| format!("{by}{line}\n")).collect() };
    let schemas = if schemas.is_empty() {
        String::new()
    } else {
        format!("components:\n  schemas:\n{}", indented(schemas, "    "))
    };
    format!("openapi: 3.1.0\npaths:\n  {path}:\n    {verb}:\n{}{schemas}", indented(below, "      "))
}

/// An operation that answers with this schema.
fn answering(schema: &str, schemas: &str) -> String {
    document(
        "get /things",
        &format!("responses: {{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}"),
        schemas,
    )
}

/// An operation with this parameter.
fn taking(param: &str) -> String {
    document("get /things", &format!("parameters:\n  - {param}\nresponses: {{'204': {{}}}}"), "")
}

/// An operation with this body.
fn sending(schema: &str) -> String {
    let body = format!("requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}");
    document("post /things", &format!("{body}\nresponses: {{'204': {{}}}}"), "")
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\n is not in\n{text}");
    }
}

#[test]
fn what_an_answer_requires_is_always_there() {
    let (_, text) = drafted(&answering(
        "{type: object, required: [thing, id], properties: {id: {type: string}, thing: \
         {$ref: '#/components/schemas/Thing'}}}",
        "Thing: {type: object, required: [name, tags, note], properties: {name: {type: string, maxLength: 9}, \
         tags: {type: array, items: {type: string}}, note: {type: [string, 'null']}, size: {type: integer}}}",
    ));
    assert_has(
        &text,
        &[
            "name: {type: string, always: true, about: The name.}",
            "tags: {type: list<string>, about: The tags.}",
            "note: {type: string, about: The note.}",
            "Thing, name: `always` there, as the document requires it",
            "Thing, name: its limits, as it only comes out",
        ],
    );
}

#[test]
fn an_answer_that_is_no_object_is_a_model_without_fields_and_told() {
    for (responses, told) in [
        ("{'204': {description: gone}}", ""),
        ("{'200': {content: {text/csv: {schema: {type: string}}}}}", "it comes as `text/csv`, and a tool reads JSON"),
        ("{'200': {content: {application/json: {schema: {type: array, items: {type: string}}}}}}", "it is a list"),
        ("{'200': {content: {application/json: {schema: {type: boolean}}}}}", "it is no object"),
        ("{'200': {content: {application/json: {schema: {type: object}}}}}", "whose fields the document does not name"),
        ("{'200': {content: {application/json: {}}}}", "the document says nothing of what is in it"),
        ("{'302': {description: elsewhere}}", "the document has no answer of a success (2xx)"),
        ("{'200': {$ref: '#/components/responses/Gone'}}", "refers to is not in the document"),
    ] {
        let (draft, text) = drafted(&document("get /things", &format!("responses: {responses}"), ""));
        assert_has(&text, &["answer: ThingsDoAnswer", "fields: {}"]);
        assert!(draft.left_out.join("\n").contains(told), "{told}: {:?}", draft.left_out);
    }
}

#[test]
fn of_several_answers_and_forms_the_others_are_told() {
    let below = "responses:
  '202': {content: {application/json: {schema: {type: object, properties: {job: {type: string}}}}}}
  '200':
    headers: {X-Left: {schema: {type: integer}}}
    content:
      text/csv: {schema: {type: string}}
      application/vnd.things+json: {schema: {type: object, properties: {name: {type: string}}}}
  default: {description: wrong}
  '404': {description: none}";
    let (draft, text) = drafted(&document("get /things", below, ""));
    assert_has(&text, &["name: {type: string"]);
    assert_has(
        &draft.left_out.join("\n"),
        &[
            "the answer: a tool has one answer, and the document has that of 202 too",
            "the answers default, 404: an error is read",
            "headers of the answer: X-Left",
            "it may come as `text/csv` too",
        ],
    );
}

#[test]
fn parameters_of_the_address() {
    for (param, written) in [
        ("{name: q, in: query, schema: {type: [string, 'null']}}", "q: {type: string, about"),
        ("{name: deep, in: query, schema: {type: boolean}}", "deep: {type: boolean, about"),
        ("{name: on, in: query, schema: {type: string, format: date}}", "on: {type: date, about"),
        ("{name: ids, in: query, schema: {type: array, items: {type: integer}}}", "ids: {type: list<integer>, about"),
        ("{name: any, in: query, schema: {oneOf: [{type: string}, {type: integer}]}}", "any: {type: string, about"),
        ("{name: where, in: query, content: {application/json: {}}}", "where: {type: string, about"),
        ("{name: send, in: query, schema: {type: string}}", "query: {send: $send_value}"),
        (
            "{name: 'x!', in: query, schema: {type: string}}",
            "query `x!`: where or as what it is sent cannot be written",
        ),
        ("{name: many, in: query, schema: {type: array, items: {type: object}}}", "query `many`: a query is flat"),
        ("{name: gone, in: path, required: true, schema: {type: string}}", "path `gone`: the path has no place for it"),
        (
            "{name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}",
            "{type: integer, min: 1, max: 100, about: \"The limit; left out, `20`.\"}",
        ),
        ("{name: old, in: query, deprecated: true, schema: {type: string}}", "The old. It is not to be used any more."),
    ] {
        assert_has(&drafted(&taking(param)).1, &[written]);
    }
    let deep = "{name: filter, in: query, style: deepObject, explode: true, schema: {type: object, \
                properties: {name: {type: string}, inner: {type: object, properties: {a: {type: string}}}}}}";
    assert_has(
        &drafted(&taking(deep)).1,
        &["\"filter[name]\": $filter_name", "query `filter[inner]`: a query is flat, and it is an object"],
    );
    let path = "parameters:
  - {name: number, in: path, required: true, schema: {type: integer}}
  - {name: whole, in: path, required: true, schema: {type: boolean}}
responses: {'204': {}}";
    assert_has(
        &drafted(&document("get /things/{number}/{whole}/{userId}", path, "")).1,
        &[
            "get: /things/{number}/{whole}/{user_id}",
            "number: {type: integer, required: true",
            "whole: {type: boolean, required: true",
            "path `userId`: `id<user>`, as the document does not declare it",
        ],
    );
}

#[test]
fn the_servers_path_and_a_query_in_the_path_are_kept() {
    let text = "openapi: 3.0.0
servers: [{url: 'https://{region}.example.com/{stage}/', variables: {region: {default: eu}, stage: {default: v2}}}]
paths: {'/things?kind=all': {get: {responses: {'204': {}}}}}";
    assert_has(&drafted(text).1, &["get: /v2/things", "query: {kind: all}", "the server `eu.example.com`"]);
}

#[test]
fn headers_cookies_and_what_is_not_there_are_told() {
    let below = "parameters:
  - {name: X-Tenant, in: header, required: true, schema: {type: string}}
  - {name: sess, in: cookie, schema: {type: string}}
  - {$ref: 'common.json#/p'}
  - {$ref: '#/components/parameters/Gone'}
  - {name: q, in: query, schema: {type: string}}
security: [{key: []}]
responses: {'204': {}}";
    let (draft, text) = drafted(&document("get /things", below, ""));
    assert_has(&text, &["query: {q: $q}"]);
    assert_has(
        &draft.left_out.join("\n"),
        &[
            "header `X-Tenant`: a tool sends no header of its own, though it is required",
            "cookie `sess`: a tool sends no cookie of its own",
            "what `common.json#/p` refers to is not in the document",
            "what `#/components/parameters/Gone` refers to is not in the document",
            "the security `key`",
        ],
    );
    assert_has(&draft.guessed.join("\n"), &["the scope: none, as the document names none"]);
}

#[test]
fn an_operation_overrides_what_its_path_says_and_a_clash_gets_a_second_name() {
    let text = "openapi: 3.1.0
paths:
  /users/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      requestBody: {content: {application/json: {schema: {type: object, properties:
        {id: {type: boolean}, pathId: {type: string}, path_id: {type: string}}}}}}
      responses: {'204': {}}";
    assert_has(
        &drafted(text).1,
        &[
            "put: /users/{id}",
            "id: {type: id<user>, required: true",
            "body: {id: $body_id, pathId: $path_id, path_id: $body_path_id}",
        ],
    );
}

#[test]
fn bodies() {
    let (_, text) = drafted(&sending(
        "{oneOf: [{type: object, required: [kind, name], \
         properties: {kind: {type: string, enum: [a]}, name: {type: string}}}, \
         {type: object, required: [kind], \
         properties: {kind: {type: string, enum: [b]}, made: {type: string, readOnly: true}}}], \
         discriminator: {propertyName: kind}}",
    ));
    assert_has(
        &text,
        &[
            "kind: {type: Kind, required: true",
            "name: {type: string, about",
            "a: A.\n    b: B.",
            "never sent (`readOnly`)",
        ],
    );
    let form = "requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, \
        properties: {a: {type: string}}}}}}
responses: {'204': {}}";
    assert_has(
        &drafted(&document("post /things", form, "")).1,
        &["body: {a: $a}", "by the document as `application/x-www-form"],
    );
    let file = "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: \
        {type: string, format: binary}}}}}}
responses: {'204': {}}";
    assert_has(&drafted(&document("put /things", file, "")).1, &["f: {type: file, about", "multipart: {f: $f}"]);
    let form = file.replace(
        "{f: ",
        "{list: {type: array, items: {type: string}}, deep: {type: array, items: {type: object, \
        properties: {a: {type: string}}}}, f: ",
    );
    assert_has(
        &drafted(&document("put /things", &form, "")).1,
        &["multipart: {list: $list, f: $f}", "body `deep`: a form is flat, and it is an object or holds some"],
    );
    assert_has(&drafted(&document("get /things", file, "")).1, &["the body: a request that gets sends no form"]);
    let body = file.replace("multipart/form-data", "application/json");
    assert_has(&drafted(&document("put /things", &body, "")).1, &["body `f`: the bytes of a file, which JSON has no"]);
    let got = "requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
responses: {'204': {}}";
    assert_has(&drafted(&document("get /things", got, "")).1, &["get: /things", "body: {a: $a}"]);
    let none = "requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}\nresponses: {'204': {}}";
    assert_has(
        &drafted(&document("put /things", none, "")).1,
        &["the body: it is sent as `text/plain`, and a tool sends JSON or a form"],
    );
    assert_has(
        &drafted(&sending("{type: array, items: {type: string}}")).1,
        &["the body: it is no object with fields"],
    );
}

#[test]
fn values() {
    for (schema, written) in [
        ("{type: string, enum: [asc, ASC]}", "ASC_value: {sends: ASC, about"),
        ("{type: string, enum: ['+1', '-1', '*']}", "minus_1: {sends: \"-1\", about"),
        ("{type: string, enum: [one, other]}", "other_value: {sends: other, about"),
        ("{type: string, enum: ['Windows, Linux']}", "Windows: Windows.\n    Linux: Linux."),
        ("{type: string, enum: [all, none, 'all / none']}", "the value `all / none`, which is others in one text"),
        ("{type: string, enum: ['', a]}", "the value \"\", which cannot be written"),
        ("{type: integer, enum: [1, 2]}", "v: {type: integer, about"),
        ("{const: a}", "a: A."),
        ("{type: [string, 'null'], enum: [a, null]}", "a: A."),
        ("{anyOf: [{type: string, enum: [a]}, {type: string}]}", "v: {type: string, about"),
        ("{type: string, format: uuid}", "body `v`: not held to the format `uuid`"),
        ("{type: string, pattern: '^a$'}", "body `v`: `pattern`"),
        ("{type: number, exclusiveMinimum: 0}", "body `v`: its limit `exclusiveMinimum: 0`"),
        ("{type: integer, exclusiveMinimum: 0}", "v: {type: integer, min: 1, about"),
        ("{type: string, minLength: 9, maxLength: 2}", "body `v`: its limits, which nothing can hold"),
        ("{type: array, maxItems: 3, items: {type: string, maxLength: 2}}", "body `v`: `maxLength` of its elements"),
        ("{type: object, additionalProperties: {type: integer}}", "v: {type: map<integer>, about"),
        ("{type: object}", "v: {type: map<json>, about"),
        ("{}", "body `v`: any JSON, as the document says no type"),
    ] {
        assert_has(&drafted(&sending(&format!("{{type: object, properties: {{v: {schema}}}}}"))).1, &[written]);
    }
}

#[test]
fn an_example_holds_to_the_limits() {
    let (_, text) = drafted(&sending(
        "{type: object, required: [a, b, c], \
         properties: {a: {type: string, minLength: 5}, b: {type: integer, minimum: 7}, \
         c: {type: array, minItems: 2, uniqueItems: true, items: {type: string, enum: [x, y]}}}}",
    ));
    assert_has(&text, &["example: {a: \"axxxx\", b: 7, c: [x, y]}"]);
}

#[test]
fn what_a_text_is_is_guessed_from_its_name_and_what_is_shown_of_it() {
    for (name, schema, ty) in [
        ("primaryUserId", "{type: string}", "id<user>"),
        ("callIds", "{type: array, items: {type: string}}", "list<id<call>>"),
        ("callId", "{type: integer, format: int64}", "id<call>"),
        ("briefId", "{type: string, example: '5517027188234205706'}", "id<brief>"),
        ("briefId", "{type: string}", "string"),
        ("ownerEmail", "{type: string}", "email"),
        ("moreInfoUrl", "{type: string}", "url"),
        ("blobsUrl", "{type: string, example: 'https://example.com/{sha}'}", "string"),
        ("sent", "{type: string, example: '2019-01-20T00:00:00-08:00'}", "date-time"),
        ("sent", "{type: string, description: The time in the ISO-8601 format.}", "date-time"),
        ("day", "{type: string, example: '2019-01-20'}", "date"),
        ("size", "{type: integer}", "integer"),
    ] {
        let (draft, _) = drafted(&sending(&format!("{{type: object, properties: {{{name}: {schema}}}}}")));
        assert_eq!(draft.params.first().unwrap().ty.to_string(), ty, "{name}");
        let is_told = draft.guessed.iter().any(|line| line.contains(name));
        assert_eq!(is_told, !matches!(ty, "string" | "integer"), "{name}: {:?}", draft.guessed);
    }
}

#[test]
fn a_schema_is_one_model_however_it_is_referred_to() {
    let (draft, text) = drafted(&answering(
        "{$ref: '#/components/schemas/Node'}",
        "Node: {type: object, properties: {id: {type: string}, self: {allOf: [{$ref: '#/components/schemas/Node'}]}, \
         kids: {type: array, items: {allOf: [{$ref: '#/components/schemas/Node'}]}}, \
         next: {anyOf: [{$ref: '#/components/schemas/Node'}, {type: 'null'}]}}}",
    ));
    assert_eq!(draft.types.len(), 1);
    assert_has(
        &text,
        &["self: {type: json", "kids: {type: list<Node>", "Node, self, next: any JSON, as a model cannot hold itself"],
    );
}

#[test]
fn null_beside_a_type_is_that_type() {
    let (draft, _) = drafted(&answering(
        "{type: object, properties: {a: {type: ['null', string]}, \
         b: {anyOf: [{$ref: '#/components/schemas/O'}, {type: 'null'}]}, \
         c: {oneOf: [{type: 'null'}, {$ref: '#/components/schemas/O'}]}, \
         d: {$ref: '#/components/schemas/O', description: x}, \
         e: {allOf: [{$ref: '#/components/schemas/O'}], nullable: true}, f: {anyOf: [{type: array, items: \
         {$ref: '#/components/schemas/O'}}, {type: 'null'}]}}}",
        "O: {type: object, properties: {name: {type: string}}}",
    ));
    let answer = draft.types.iter().find(|ty| ty.name == draft.answer).unwrap();
    let tool_spec::model::TypeKind::Model(fields) = &answer.kind else { panic!("{answer:?}") };
    let types: Vec<String> = fields.iter().map(|field| field.ty.to_string()).collect();
    assert_eq!(types, ["string", "O", "O", "O", "O", "list<O>"]);
}

#[test]
fn models_of_one_shape_are_one_and_the_specs_own_is_taken() {
    let person = "{type: object, properties: {name: {type: string}, age: {type: integer}}}";
    let (draft, text) = drafted(&answering(
        &format!(
            "{{type: object, properties: {{a: {person}, b: {person}, c: {{type: array, items: {person}}}, \
             page: {{type: object, properties: {{totalRecords: {{type: integer}}, cursor: {{type: string}}}}}}}}}}"
        ),
        "",
    ));
    assert_eq!(draft.types.len(), 2, "{:?}", draft.types);
    assert_has(&text, &["page: {type: Records,", "taken for the spec's `Records`, which has what it has"]);
}

#[test]
fn names_that_rust_cannot_have_get_others() {
    let (_, text) = drafted(&answering(
        "{type: object, properties: {_links: {type: object, \
         properties: {self: {type: object, properties: {href: {type: string}}}}}, \
         '+1': {type: integer}, '-1': {type: integer}, '*': {type: integer}, option: {type: object, \
         properties: {x: {type: string}}}}}",
        "",
    ));
    assert_has(
        &text,
        &[
            "_links: {type: ThingsDoAnswerLinks",
            "self: {type: ThingsDoAnswerLinksSelf",
            "+1: {type: integer",
            "ThingsDoAnswer, -1, *: the field, as Rust has no name for it",
        ],
    );
}

#[test]
fn items_are_models_of_what_is_a_list_for_the_rest() {
    let model = "{type: array, items: {type: object, properties: {a: {type: string}}}}";
    let items = |operation: &str, fields: &str| {
        let schema = format!("{{type: object, properties: {{{fields}}}}}");
        let below = format!("responses: {{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}");
        drafted(&document(operation, &below, "")).0.items
    };
    assert_eq!(items("get /things", &format!("things: {model}")).as_deref(), Some("things"));
    assert_eq!(items("get /things", "tags: {type: array, items: {type: string}}"), None);
    assert_eq!(items("get /things/{id}", &format!("parts: {model}")), None);
    assert_eq!(items("post /things", &format!("things: {model}")), None);
}

#[test]
fn what_is_made_of_itself_is_a_fault_and_what_is_only_long_is_none() {
    let made_of_itself = |schemas: &str| tried(&answering("{$ref: '#/components/schemas/A'}", schemas)).unwrap_err();
    for schemas in [
        "A: {allOf: [{$ref: '#/components/schemas/A'}], properties: {id: {type: string}}}",
        "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}",
        "A: {type: object, allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}\nB: \
         {allOf: [{$ref: '#/components/schemas/A'}, {}]}",
    ] {
        assert_has(&made_of_itself(schemas), &["is made of itself: its `allOf` or `$ref` leads back to it"]);
    }
    let doubled: String = (0..24)
        .map(|number| {
            let next = format!("{{$ref: '#/components/schemas/A{}'}}", number + 1);
            format!("A{number}: {{allOf: [{next}, {next}]}}\n")
        })
        .collect();
    let last = "A24: {type: object, properties: {name: {type: string}}}";
    assert_has(
        &drafted(&answering("{$ref: '#/components/schemas/A0'}", &format!("{doubled}{last}"))).1,
        &["name: {type: string"],
    );
    let nested = "{type: array, items: ".repeat(30) + "{type: string}" + &"}".repeat(30);
    let (draft, _) = drafted(&sending(&format!("{{type: object, properties: {{deep: {nested}}}}}")));
    assert_has(&draft.left_out.join("\n"), &["lists lie too deep within each other"]);
    let wide: String = (0..300)
        .map(|n| format!("A{n}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/A{}'}}}}}}\n", n + 1))
        .collect();
    let (draft, _) = drafted(&answering("{$ref: '#/components/schemas/A0'}", &wide));
    assert_has(&draft.left_out.join("\n"), &["more than 200 types hang together"]);
}

#[test]
fn effects_are_guessed_from_words_and_told() {
    for (operation, id, effect) in [
        ("get /users", "listUsers", "read"),
        ("delete /users/{id}", "x", "destructive"),
        ("put /users/{id}", "updateUser", "write"),
        ("post /users", "addUser", "write"),
        ("post /users", "x", "write"),
        ("post /privacy/erase-data-for-email", "x", "destructive"),
        ("post /privacy/email", "purgeEmailAddress", "destructive"),
        ("put /flows/unassign", "x", "destructive"),
        ("post /users/extensive", "x", "read"),
        ("post /calls/transcript", "getCallTranscripts", "read"),
        ("post /stats/activity/aggregate", "x", "read"),
        ("post /users/search", "x", "read"),
        ("post /tasks", "listTasks", "read"),
        ("post /reports", "createReport", "write"),
    ] {
        let path = operation.replace("{id}", "1");
        let (draft, _) = drafted(&document(&path, &format!("operationId: {id}\nresponses: {{'204': {{}}}}"), ""));
        assert_eq!(draft.effect.as_deref(), Some(effect), "{operation} {id}");
        assert!(draft.guessed.iter().any(|line| line.starts_with(&format!("the effect: `{effect}`, by "))));
    }
}

#[test]
fn documents_that_can_be_read_and_those_that_cannot() {
    let json = r#"{"openapi": "3.0.1", "paths": {"/a": {"get": {"responses": {"204": {}}}}}}"#;
    for fine in [
        json.to_owned(),
        format!("\u{feff}{json}"),
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {204: {}}}}}\n".to_owned(),
    ] {
        drafted(&fine);
    }
    for (text, told) in [
        ("{\"openapi\": \"3.0.1\",", "the OpenAPI document is no JSON: EOF"),
        (
            "swagger: '2.0'\npaths: {}\n",
            "this is Swagger 2.0, and what can be read is OpenAPI 3; convert the document first",
        ),
        ("openapi: 4.0.0\npaths: {}\n", "this is OpenAPI 4.0.0, and what can be read is OpenAPI 3"),
        ("a: b\n", "this is no OpenAPI document: it has no `openapi`"),
        ("[]", "this is no OpenAPI document"),
        ("", "line 1: this file is empty"),
        ("openapi: 3.1.0\n", "has no `paths`"),
        ("openapi: 3.1.0\npaths: {\n", "neither JSON nor YAML that can be read"),
    ] {
        let why = Document::read(text).unwrap_err();
        assert!(why.contains(told), "{text}: {why}");
    }
}
