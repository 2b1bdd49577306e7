//! What another system reports of content, and where Gong may be shown inside of one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use serde_json::{Value, json};

use crate::common::{Answer, Gong};

const ACTION: &str = "/v2/customer-engagement/action";
const SHARED: &str = "/v2/customer-engagement/content/shared";
const VIEWED: &str = "/v2/customer-engagement/content/viewed";

fn event(id: &str) -> Value {
    json!({
        "reportingSystem": "shelf", "eventTimestamp": "2026-11-19T10:00:00Z", "eventId": id, "contentId": "doc-1",
        "contentUrl": "https://shelf.example/doc-1", "contentTitle": "Prices",
    })
}

async fn report(gong: &Gong, path: &str, event: &Value) -> Answer {
    Gong::send(gong.request("PUT", path).json(event)).await
}

#[tokio::test]
async fn an_event_is_reported_once() {
    let gong = Gong::new().await;
    for path in [ACTION, SHARED, VIEWED] {
        let answer = report(&gong, path, &event("e-1")).await.ok();
        assert!(answer["integrationId"].as_u64().unwrap() > 1 << 53, "a number that a float would spoil");
        let again = report(&gong, path, &event("e-1")).await;
        assert_eq!(again.refusal(), (409, "Event was already reported in the past."));
    }
    let company = gong.sandbox.company();
    assert_eq!((company.content_shares, company.content_views), (vec![event("e-1")], vec![event("e-1")]));
}

#[tokio::test]
async fn an_event_says_what_was_shared_or_viewed() {
    let gong = Gong::new().await;
    for path in [SHARED, VIEWED] {
        let empty = report(&gong, path, &json!({})).await;
        assert_eq!(empty.body["errors"].as_array().unwrap().len(), 5);
        assert_eq!(empty.refusal(), (400, "reportingSystem: must not be null"));
    }
    let with = |name: &str, value: Value| {
        let mut event = event("e-2");
        event[name] = value;
        event
    };
    let refused = async |path: &str, name: &str, value: Value, text: &str| {
        assert_eq!(report(&gong, path, &with(name, value)).await.refusal(), (400, text), "{path} {name}");
    };
    for path in [ACTION, SHARED, VIEWED] {
        let text = "eventTimestamp: 'noon' is not a valid ISO-8601 date-time";
        refused(path, "eventTimestamp", json!("noon"), text).await;
        refused(path, "workspaceId", json!("1"), "workspaceId: Workspace not found").await;
        refused(path, "crmContext", json!([{"system": "Paper"}]), "Json parse error").await;
        refused(path, "eventProperties", json!([{"name": "n", "value": 1}]), "dataType: must not be null").await;
        let property = json!([{"name": "n", "value": 1, "dataType": "integer"}]);
        refused(path, "contentProperties", property, "Json parse error").await;
    }
    for path in [ACTION, VIEWED] {
        refused(path, "agentPlatform", json!("Amiga"), "Json parse error").await;
    }
    refused(SHARED, "recipients", json!([{"name": "Jo"}]), "recipients.email: must not be null").await;
    let mut tracked = with("viewer", json!({"email": "jo.hale@amber.example"}));
    tracked["trackingId"] = json!("t-1");
    let text = "trackingId: must be null when viewer is given";
    assert_eq!(report(&gong, VIEWED, &tracked).await.refusal(), (400, text));
    let company = gong.sandbox.company();
    assert!(company.content_shares.is_empty() && company.content_views.is_empty());
}

#[tokio::test]
async fn parts_of_gong_are_allowed_at_origins() {
    let gong = Gong::new().await;
    let path = "/v2/integration-settings";
    let set = |settings: Value| gong.post(path, json!({"integrationTypeSettings": settings}));
    let dialer = json!([{"integrationType": "DIALER", "allowedOrigin": "https://larkspur.partner.example"}]);
    assert!(set(dialer.clone()).await.ok()["integrationId"].is_u64());
    assert_eq!(json!(gong.sandbox.company().integration_settings), dialer);
    let untold = gong.post(path, json!({})).await;
    assert_eq!(untold.refusal(), (400, "integrationTypeSettings: must not be null"));
    assert_eq!(set(json!([])).await.refusal(), (400, "integrationTypeSettings: must not be empty"));
    assert_eq!(set(json!([{"integrationType": "DIALER"}])).await.refusal(), (400, "allowedOrigin: must not be null"));
    let wrong = json!([{"integrationType": "dialer", "allowedOrigin": "https://larkspur.example"}]);
    assert_eq!(set(wrong).await.refusal(), (400, "Json parse error"));
    for origin in ["larkspur.example", "https://", "https://larkspur.example/path"] {
        let text = format!("allowedOrigin: {origin} is not a valid origin");
        let wrong = set(json!([{"integrationType": "DIALER", "allowedOrigin": origin}])).await;
        assert_eq!(wrong.refusal(), (400, text.as_str()));
    }
    assert_eq!(json!(gong.sandbox.company().integration_settings), dialer);
}

#[tokio::test]
async fn each_operation_has_its_scope() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    for (method, path, scope) in [
        ("PUT", ACTION, "api:engagement-data:write"),
        ("PUT", SHARED, "api:engagement-data:write"),
        ("PUT", VIEWED, "api:engagement-data:write"),
        ("POST", "/v2/integration-settings", "api:integration-settings:write"),
    ] {
        let answer = Gong::send(gong.bare(method, path).bearer_auth(&token)).await;
        let text = format!("You don't have permission to use '{scope}' in your app.");
        assert_eq!(answer.refusal(), (401, text.as_str()));
    }
}
