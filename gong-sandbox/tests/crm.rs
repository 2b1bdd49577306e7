//! A CRM without a connector: its integration, its fields, its records, and the requests that Gong works on later.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use gong_sandbox::{MANAGER_EMAIL, Sandbox};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::common::{Answer, Gong};

const INTEGRATIONS: &str = "/v2/crm/integrations";
const SCHEMA: &str = "/v2/crm/entity-schema";
const ENTITIES: &str = "/v2/crm/entities";
/// The integration that there is for every seed.
const ID: &str = "7234509817264530981";
const RECORD: &str = r#"{"objectId": "acc-1", "modifiedDate": "2026-11-19T10:00:00Z", "name": "One"}"#;

async fn register(gong: &Gong, body: Value) -> Answer {
    Gong::send(gong.request("PUT", INTEGRATIONS).json(&body)).await
}

async fn delete(gong: &Gong, query: &[(&str, &str)]) -> Answer {
    Gong::send(gong.request("DELETE", INTEGRATIONS).query(query)).await
}

async fn upload(gong: &Gong, kind: &str, name: &str, file: impl Into<String>) -> Answer {
    let form = Form::new().part("dataFile", Part::bytes(file.into().into_bytes()).file_name("records.ldjson"));
    let query = [("integrationId", ID), ("objectType", kind), ("clientRequestId", name)];
    Gong::send(gong.request("POST", ENTITIES).query(&query).multipart(form)).await
}

async fn status(gong: &Gong, name: &str) -> Value {
    gong.get("/v2/crm/request-status", &[("integrationId", ID), ("clientRequestId", name)]).await.ok()
}

async fn records(gong: &Gong, kind: &str, ids: Value) -> Value {
    let query = [("integrationId", ID), ("objectType", kind)];
    Gong::send(gong.request("GET", ENTITIES).query(&query).json(&ids)).await.ok()["crmObjectsMap"].clone()
}

async fn declare(gong: &Gong, kind: &str, fields: Value) -> Answer {
    let query = [("integrationId", ID), ("objectType", kind)];
    Gong::send(gong.request("POST", SCHEMA).query(&query).json(&fields)).await
}

fn wait(gong: &Gong, seconds: u64) {
    gong.sandbox.advance(Duration::from_secs(seconds));
}

#[tokio::test]
async fn a_company_has_one_integration_at_a_time() {
    let gong = Gong::with(Sandbox::builder().crm_integration(false).start().await.unwrap());
    assert_eq!(gong.get(INTEGRATIONS, &[]).await.ok()["integrations"], json!([]));
    let body = json!({"name": "Own CRM", "ownerEmail": MANAGER_EMAIL});
    let id = register(&gong, body.clone()).await.ok()["integrationId"].as_i64().unwrap();
    assert!(id > 1 << 53, "a number that a float would spoil");
    let listed = gong.get(INTEGRATIONS, &[]).await.ok();
    assert_eq!(listed["integrations"], json!([{"integrationId": id, "name": "Own CRM", "ownerEmail": MANAGER_EMAIL}]));
    let second = register(&gong, body).await;
    assert_eq!(second.refusal(), (409, "An active integration already exists"));
}

#[tokio::test]
async fn an_integration_needs_a_name_and_the_address_of_its_owner() {
    let gong = Gong::with(Sandbox::builder().crm_integration(false).start().await.unwrap());
    let errors = register(&gong, json!({})).await.body["errors"].clone();
    assert_eq!(errors, json!(["ownerEmail: must not be null", "name: must not be null"]));
    let nobody = register(&gong, json!({"name": "Own CRM", "ownerEmail": "Robin"})).await;
    assert_eq!(nobody.refusal(), (400, "ownerEmail: Robin is not a valid email address"));
    assert!(gong.sandbox.company().crm_integrations.is_empty());
}

#[tokio::test]
async fn an_integration_is_deleted_later_and_its_records_with_it() {
    let gong = Gong::new().await;
    let answer = delete(&gong, &[("integrationId", ID), ("clientRequestId", "away")]).await;
    assert_eq!((answer.status, &answer.body["clientRequestId"]), (201, &json!("away")));
    assert_eq!(status(&gong, "away").await["status"], "PENDING");
    assert_eq!(gong.get(INTEGRATIONS, &[]).await.ok()["integrations"].as_array().unwrap().len(), 1);
    wait(&gong, 24 * 60 * 60);
    assert_eq!(status(&gong, "away").await["status"], "DONE");
    assert_eq!(gong.get(INTEGRATIONS, &[]).await.ok()["integrations"], json!([]));
    let query = [("integrationId", ID), ("objectType", "DEAL")];
    let gone = Gong::send(gong.request("GET", ENTITIES).query(&query).json(&json!(["deal-amber-1"]))).await;
    assert_eq!(gone.status, 400);
    register(&gong, json!({"name": "Another CRM", "ownerEmail": MANAGER_EMAIL})).await.ok();
}

#[tokio::test]
async fn a_deletion_names_the_integration_and_itself() {
    let gong = Gong::new().await;
    let refused = async |query: &[(&str, &str)], status: u16, text: &str| {
        assert_eq!(delete(&gong, query).await.refusal(), (status, text));
    };
    refused(&[("clientRequestId", "a")], 400, "integrationId parameter is missing").await;
    refused(&[("integrationId", ID)], 400, "clientRequestId parameter is missing").await;
    refused(&[("integrationId", "one"), ("clientRequestId", "a")], 400, "integrationId should be a valid Long").await;
    refused(&[("integrationId", "1"), ("clientRequestId", "a")], 400, "Integration 1 was not found").await;
    let text = "clientRequestId: only letters, numbers, dashes and underscores are allowed";
    refused(&[("integrationId", ID), ("clientRequestId", "a b")], 400, text).await;
    let text = "Client request id has already been used";
    refused(&[("integrationId", ID), ("clientRequestId", "seed-accounts")], 409, text).await;
}

#[tokio::test]
async fn an_upload_is_pending_then_in_progress_then_done() {
    let gong = Gong::new().await;
    let answer = upload(&gong, "ACCOUNT", "first", format!("{RECORD}\n")).await;
    assert_eq!((answer.status, &answer.body["clientRequestId"]), (201, &json!("first")));
    assert_eq!(status(&gong, "first").await["status"], "PENDING");
    wait(&gong, 60);
    assert_eq!(status(&gong, "first").await["status"], "IN_PROGRESS");
    assert_eq!(records(&gong, "ACCOUNT", json!(["acc-1"])).await, json!({"acc-1": null}));
    wait(&gong, 60);
    let done = status(&gong, "first").await;
    assert_eq!((&done["status"], &done["errors"]), (&json!("DONE"), &json!([])));
    assert_eq!((&done["totalSuccessCount"], &done["totalErrorCount"]), (&json!(1), &json!(0)));
    let found = records(&gong, "ACCOUNT", json!(["acc-1", "acc-2"])).await;
    assert_eq!((&found["acc-1"]["name"], &found["acc-2"]), (&json!("One"), &Value::Null));
}

#[tokio::test]
async fn lines_that_are_wrong_fail_the_upload_and_the_others_are_taken() {
    let gong = Gong::new().await;
    let lines = [
        RECORD,
        r#"{"modifiedDate": "2026-11-19T10:00:00Z"}"#,
        r#"{"objectId": "", "modifiedDate": "2026-11-19T10:00:00Z"}"#,
        r#"{"objectId": "acc-2"}"#,
        r#"{"objectId": "acc 2", "modifiedDate": "2026-11-19T10:00:00Z"}"#,
        r#"{"objectId": "acc-2", "modifiedDate": "2026-11-19T10:00:00.000Z"}"#,
        r#"{"objectId": "acc-2", "modifiedDate": "2026-11-19T10:00:00Z", "domains": "one.example"}"#,
        r#"{"objectId": "acc-2""#,
        "[]",
    ];
    upload(&gong, "ACCOUNT", "mixed", lines.join("\n")).await.ok();
    wait(&gong, 120);
    let failed = status(&gong, "mixed").await;
    assert_eq!((&failed["status"], &failed["totalErrorCount"]), (&json!("FAILED"), &json!(8)));
    assert_eq!(failed["totalSuccessCount"], 1);
    let text = "Mandatory field [objectId] is missing or empty";
    assert_eq!(failed["errors"][0], json!({"line": 2, "description": text}));
    assert_eq!(failed["errors"][7]["line"], 9);
    assert_eq!(records(&gong, "ACCOUNT", json!(["acc-1"])).await["acc-1"]["name"], "One");
}

#[tokio::test]
async fn no_more_than_twenty_lines_are_named() {
    let gong = Gong::new().await;
    upload(&gong, "LEAD", "wrong", "{}\n".repeat(30)).await.ok();
    wait(&gong, 120);
    let failed = status(&gong, "wrong").await;
    assert_eq!((failed["errors"].as_array().unwrap().len(), &failed["totalErrorCount"]), (20, &json!(30)));
    upload(&gong, "LEAD", "empty", "").await.ok();
    wait(&gong, 120);
    assert_eq!(status(&gong, "empty").await["errors"], json!([{"line": 0, "description": "The file is empty"}]));
}

#[tokio::test]
async fn a_record_is_replaced_and_removed_by_its_id() {
    let gong = Gong::new().await;
    upload(&gong, "ACCOUNT", "a", RECORD).await.ok();
    upload(&gong, "ACCOUNT", "b", RECORD.replace("One", "Two")).await.ok();
    wait(&gong, 120);
    assert_eq!(records(&gong, "ACCOUNT", json!(["acc-1"])).await["acc-1"]["name"], "Two");
    upload(&gong, "ACCOUNT", "c", RECORD.replace("\"name\"", "\"isDeleted\": true, \"name\"")).await.ok();
    wait(&gong, 120);
    assert_eq!(records(&gong, "ACCOUNT", json!(["acc-1"])).await["acc-1"], Value::Null);
    let user = r#"{"objectId": "usr-1", "modifiedDate": "2026-11-19T10:00:00Z", "isDeleted": true}"#;
    upload(&gong, "BUSINESS_USER", "d", user).await.ok();
    upload(&gong, "BUSINESS_USER", "e", user.replace("true", "false")).await.ok();
    upload(&gong, "STAGE", "f", r#"{"objectId": "won", "name": "Won"}"#).await.ok();
    wait(&gong, 120);
    let mut states = Vec::new();
    for name in ["d", "e", "f"] {
        states.push(status(&gong, name).await["status"].clone());
    }
    assert_eq!(states, ["DONE", "FAILED", "DONE"], "a business user that stays needs its address");
}

#[tokio::test]
async fn an_upload_needs_its_parameters_and_its_file() {
    let gong = Gong::new().await;
    let file = || Part::text(RECORD).file_name("records.ldjson");
    let form = |name: &str| Form::new().part(name.to_string(), file());
    let send = async |query: &[(&str, &str)], name: &str| {
        Gong::send(gong.request("POST", ENTITIES).query(query).multipart(form(name))).await
    };
    let whole = [("integrationId", ID), ("objectType", "ACCOUNT"), ("clientRequestId", "a")];
    assert_eq!(send(&whole, "file").await.refusal(), (400, "dataFile part is missing"));
    for name in ["integrationId", "objectType", "clientRequestId"] {
        let without: Vec<_> = whole.into_iter().filter(|(known, _)| *known != name).collect();
        let text = format!("{name} parameter is missing");
        assert_eq!(send(&without, "dataFile").await.refusal(), (400, text.as_str()));
    }
    let unknown = [("integrationId", ID), ("objectType", "account"), ("clientRequestId", "a")];
    let text = "objectType should be one of ACCOUNT, CONTACT, DEAL, LEAD, BUSINESS_USER, STAGE";
    assert_eq!(send(&unknown, "dataFile").await.refusal(), (400, text));
    let json = Gong::send(gong.request("POST", ENTITIES).query(&whole).json(&json!({}))).await;
    assert_eq!(json.refusal(), (415, "Unsupported Media Type"));
    send(&whole, "dataFile").await.ok();
    assert_eq!(send(&whole, "dataFile").await.refusal(), (409, "Client request id has already been used"));
    assert_eq!(gong.sandbox.company().crm_requests.len(), 3, "two are there from the beginning");
}

#[tokio::test]
async fn a_test_sees_what_was_uploaded() {
    let gong = Gong::new().await;
    upload(&gong, "ACCOUNT", "seen", RECORD).await.ok();
    let request = gong.sandbox.company().crm_requests.pop().unwrap();
    let file = request.file.unwrap();
    assert_eq!((request.object_type, file.size), (Some("ACCOUNT"), RECORD.len() as u64));
    assert_eq!(file, gong.sandbox.requests().pop().unwrap().parts[0]);
    assert_eq!(file.sha256.len(), 64);
}

#[tokio::test]
async fn records_are_asked_for_with_a_list_in_the_body() {
    let gong = Gong::new().await;
    let query = [("integrationId", ID), ("objectType", "CONTACT")];
    let bare = gong.get(ENTITIES, &query).await;
    assert_eq!(bare.refusal(), (415, "Unsupported Media Type"));
    for body in [json!({"ids": []}), json!([1])] {
        let wrong = Gong::send(gong.request("GET", ENTITIES).query(&query).json(&body)).await;
        assert_eq!(wrong.refusal(), (400, "Json parse error"));
    }
    let many: Vec<String> = (0..120).map(|at| format!("con-{at}")).collect();
    assert_eq!(records(&gong, "CONTACT", json!(many)).await.as_object().unwrap().len(), 100);
    assert_eq!(records(&gong, "CONTACT", json!(["con-jo"])).await["con-jo"]["firstName"], "Jo");
}

#[tokio::test]
async fn what_is_not_declared_is_not_shown() {
    let gong = Gong::new().await;
    let record = RECORD.replace("\"name\": \"One\"", "\"segment\": \"Small\", \"colour\": \"red\"");
    upload(&gong, "ACCOUNT", "a", record).await.ok();
    wait(&gong, 120);
    let shown = records(&gong, "ACCOUNT", json!(["acc-1"])).await["acc-1"].clone();
    assert_eq!((&shown["segment"], shown.get("colour")), (&json!("Small"), None));
    assert_eq!(shown["name"], "Account_#acc-1", "Gong names what has no name");
}

#[tokio::test]
async fn the_schema_tells_the_fields_of_one_kind_of_record_or_of_all() {
    let gong = Gong::new().await;
    let all = gong.get(SCHEMA, &[("integrationId", ID)]).await.ok()["objectTypeToSelectedFields"].clone();
    assert_eq!(all.as_object().unwrap().len(), 4);
    let query = [("integrationId", ID), ("objectType", "ACCOUNT")];
    let one = gong.get(SCHEMA, &query).await.ok()["objectTypeToSelectedFields"].clone();
    assert_eq!((one.as_object().unwrap().len(), &one["ACCOUNT"]), (1, &all["ACCOUNT"]));
    let field = &one["ACCOUNT"][0];
    assert_eq!((&field["uniqueName"], &field["referenceTo"]), (&json!("segment"), &Value::Null));
    let wrong = gong.get(SCHEMA, &[("integrationId", ID), ("objectType", "STAGE")]).await;
    assert_eq!(wrong.refusal(), (400, "objectType should be one of ACCOUNT, CONTACT, DEAL, LEAD"));
}

#[tokio::test]
async fn fields_are_declared_all_at_once_and_deleted_by_saying_so() {
    let gong = Gong::new().await;
    let field = |name: &str, type_: &str| json!({"uniqueName": name, "label": name, "type": type_});
    let only_new = declare(&gong, "ACCOUNT", json!([field("size", "NUMBER")])).await;
    assert_eq!(only_new.refusal(), (400, "The schema must include all fields, missing: segment, renewalDate"));

    let mut segment = field("segment", "PICKLIST");
    segment["isDeleted"] = json!(true);
    let fields = json!([segment, field("renewalDate", "DATE"), field("size", "NUMBER")]);
    assert_eq!(declare(&gong, "ACCOUNT", fields).await.status, 201);
    let query = [("integrationId", ID), ("objectType", "ACCOUNT")];
    let listed = gong.get(SCHEMA, &query).await.ok()["objectTypeToSelectedFields"]["ACCOUNT"].clone();
    assert_eq!((&listed[0]["uniqueName"], &listed[1]["uniqueName"]), (&json!("renewalDate"), &json!("size")));
    assert_eq!(gong.sandbox.company().crm_integrations[0].records["ACCOUNT"]["acc-amber"].get("segment"), None);
}

#[tokio::test]
async fn a_field_says_what_it_holds() {
    let gong = Gong::new().await;
    let refused = async |field: Value, text: &str| {
        assert_eq!(declare(&gong, "DEAL", json!([field])).await.refusal(), (400, text));
    };
    refused(json!({"label": "L", "type": "DATE"}), "uniqueName: must not be null").await;
    refused(json!({"uniqueName": "n", "label": "L", "type": "date"}), "Json parse error").await;
    refused(json!({"uniqueName": "n", "label": "L", "type": "PICKLIST"}), "orderedValueList: must not be null").await;
    refused(json!({"uniqueName": "n", "label": "L", "type": "REFERENCE"}), "referenceTo: must not be null").await;
    assert_eq!(declare(&gong, "DEAL", json!({})).await.refusal(), (400, "Json parse error"));
    let query = [("integrationId", ID)];
    let untold = Gong::send(gong.request("POST", SCHEMA).query(&query).json(&json!([]))).await;
    assert_eq!(untold.refusal(), (400, "objectType parameter is missing"));
}

#[tokio::test]
async fn a_status_is_that_of_a_request_there_was() {
    let gong = Gong::new().await;
    assert_eq!(status(&gong, "seed-accounts").await["status"], "DONE");
    assert_eq!(status(&gong, "seed-contacts").await["errors"][0]["line"], 2);
    let path = "/v2/crm/request-status";
    let unknown = gong.get(path, &[("integrationId", ID), ("clientRequestId", "none")]).await;
    assert_eq!(unknown.refusal(), (400, "Client request id none was not found"));
    let untold = gong.get(path, &[("integrationId", ID)]).await;
    assert_eq!(untold.refusal(), (400, "clientRequestId parameter is missing"));
}

#[tokio::test]
async fn each_operation_has_its_scope() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    for (method, path, scope) in [
        ("GET", INTEGRATIONS, "api:crm:integrations:read"),
        ("PUT", INTEGRATIONS, "api:crm:integration:register"),
        ("DELETE", INTEGRATIONS, "api:crm:integration:delete"),
        ("GET", SCHEMA, "api:crm:schema"),
        ("POST", SCHEMA, "api:crm:schema"),
        ("GET", ENTITIES, "api:crm:get-objects"),
        ("POST", ENTITIES, "api:crm:upload"),
        ("GET", "/v2/crm/request-status", "api:crm:upload"),
    ] {
        let answer = Gong::send(gong.bare(method, path).bearer_auth(&token)).await;
        let text = format!("You don't have permission to use '{scope}' in your app.");
        assert_eq!(answer.refusal(), (401, text.as_str()));
    }
}
