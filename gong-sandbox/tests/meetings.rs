//! Meetings that are made over the API, moved and called off.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use gong_sandbox::{MANAGER_EMAIL, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::common::{Answer, Gong};

const MEETINGS: &str = "/v2/meetings";
/// The meeting that there is for every seed.
const KNOWN: &str = "/v2/meetings/2649384756102938475";

fn meeting(organizer: &str) -> Value {
    json!({
        "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T10:00:00Z", "title": "First talk",
        "invitees": [{"email": "guest@amber.example"}], "organizerEmail": organizer,
    })
}

async fn send(gong: &Gong, method: &str, path: &str, body: Value) -> Answer {
    Gong::send(gong.request(method, path).json(&body)).await
}

#[tokio::test]
async fn a_meeting_is_made_moved_and_called_off() {
    let gong = Gong::new().await;
    let made = gong.post(MEETINGS, meeting(OWNER_EMAIL)).await.ok();
    let id = made["meetingId"].as_str().unwrap().to_string();
    assert!(made["meetingUrl"].as_str().unwrap().starts_with("https://"));
    assert_eq!(made["additionalInvitees"].as_array().unwrap().len(), 1);
    assert_eq!(gong.sandbox.company().meeting(&id).unwrap().start(), "2026-12-01T02:00:00-07:00");

    let path = format!("{MEETINGS}/{id}");
    let mut moved = meeting(OWNER_EMAIL);
    moved["startTime"] = json!("2026-12-02T09:00:00Z");
    moved["endTime"] = json!("2026-12-02T09:30:00Z");
    moved["title"] = Value::Null;
    assert_eq!(send(&gong, "PUT", &path, moved).await.ok()["meetingId"], id.as_str());
    let company = gong.sandbox.company();
    let now = company.meeting(&id).unwrap();
    assert_eq!((now.start().as_str(), now.end().as_str()), ("2026-12-02T02:00:00-07:00", "2026-12-02T02:30:00-07:00"));
    assert_eq!(now.title.as_deref(), Some("First talk"));

    let gone = send(&gong, "DELETE", &path, json!({"organizerEmail": OWNER_EMAIL})).await.ok();
    assert_eq!(gone["organizerEmail"], OWNER_EMAIL);
    assert!(gong.sandbox.company().meeting(&id).is_none());
    let again = send(&gong, "DELETE", &path, json!({})).await;
    assert_eq!(again.refusal(), (404, "The given meeting ID was not found."));
}

#[tokio::test]
async fn an_organizer_without_an_integration_is_told_what_to_do() {
    let gong = Gong::new().await;
    let refused = gong.post(MEETINGS, meeting(MANAGER_EMAIL)).await;
    assert_eq!(refused.status, 409);
    for name in ["userFacingError", "fixUrl", "helpUrl"] {
        assert!(refused.body[name].is_string(), "{name}");
    }
    assert_eq!(refused.body["errors"].as_array().unwrap().len(), 1);
    assert_eq!(gong.sandbox.company().meetings.len(), 1, "the one from the beginning");
}

#[tokio::test]
async fn a_meeting_needs_its_time_its_guests_and_its_organizer() {
    let gong = Gong::new().await;
    let empty = gong.post(MEETINGS, json!({})).await;
    assert_eq!(empty.body["errors"].as_array().unwrap().len(), 4);
    assert_eq!(empty.refusal(), (400, "startTime: must not be null"));
    let with = |name: &str, value: Value| {
        let mut body = meeting(OWNER_EMAIL);
        body[name] = value;
        gong.post(MEETINGS, body)
    };
    let text = "startTime: '2026-12-01' is not a valid ISO-8601 date-time";
    assert_eq!(with("startTime", json!("2026-12-01")).await.refusal(), (400, text));
    let backwards = with("endTime", json!("2026-12-01T08:00:00Z")).await;
    assert_eq!(backwards.refusal(), (400, "endTime: must be after startTime"));
    assert_eq!(with("invitees", json!(["guest@amber.example"])).await.refusal(), (400, "Json parse error"));
    let text = "No Gong user found corresponding to the provided organizer email";
    assert_eq!(with("organizerEmail", json!("nobody@amber.example")).await.refusal(), (404, text));
}

#[tokio::test]
async fn only_the_organizer_of_a_meeting_finds_it() {
    let gong = Gong::new().await;
    let text = "The given meeting ID was not found.";
    let other = gong.sandbox.company().users[1].email.clone();
    assert_eq!(send(&gong, "PUT", KNOWN, meeting(&other)).await.refusal(), (404, text));
    assert_eq!(send(&gong, "DELETE", KNOWN, json!({"organizerEmail": other})).await.refusal(), (404, text));
    assert_eq!(send(&gong, "PUT", "/v2/meetings/1", meeting(OWNER_EMAIL)).await.refusal(), (404, text));
    for method in ["PUT", "DELETE"] {
        let wrong = send(&gong, method, "/v2/meetings/one", meeting(OWNER_EMAIL)).await;
        assert_eq!(wrong.refusal(), (400, "meetingId should be a valid Long"));
    }
    let bare = Gong::send(gong.request("DELETE", KNOWN)).await;
    assert_eq!(bare.refusal(), (415, "Unsupported Media Type"));
    send(&gong, "PUT", KNOWN, meeting(&OWNER_EMAIL.to_uppercase())).await.ok();
}

#[tokio::test]
async fn it_is_told_of_users_whether_they_can_make_meetings() {
    let gong = Gong::new().await;
    let path = "/v2/meetings/integration/status";
    let emails = json!({"emails": [OWNER_EMAIL, MANAGER_EMAIL, "nobody@amber.example"]});
    let users = gong.post(path, emails).await.ok()["users"].clone();
    let stands = |at: usize| (users[at]["exists"].as_bool().unwrap(), users[at]["valid"].as_bool().unwrap());
    assert_eq!([stands(0), stands(1), stands(2)], [(true, true), (true, false), (false, false)]);
    assert_eq!((&users[0]["fixUrl"], users[1]["fixUrl"].is_string()), (&Value::Null, true));
    assert_eq!(gong.post(path, json!({})).await.ok()["users"], json!([]));
    let many = vec!["a@b.example"; 101];
    assert_eq!(gong.post(path, json!({"emails": many})).await.status, 400);
}

#[tokio::test]
async fn each_operation_has_its_scope() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    for (method, path, scope) in [
        ("POST", MEETINGS, "api:meetings:user:create"),
        ("PUT", KNOWN, "api:meetings:user:update"),
        ("DELETE", KNOWN, "api:meetings:user:delete"),
        ("POST", "/v2/meetings/integration/status", "api:meetings:integration:status"),
    ] {
        let answer = Gong::send(gong.bare(method, path).bearer_auth(&token)).await;
        let text = format!("You don't have permission to use '{scope}' in your app.");
        assert_eq!(answer.refusal(), (401, text.as_str()));
    }
}
