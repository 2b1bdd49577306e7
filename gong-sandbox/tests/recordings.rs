//! The recordings of calls, as they are uploaded.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::{Answer, Gong, new_call};
use gong_sandbox::{Sandbox, company::Call};
use reqwest::multipart::{Form, Part};

/// Of the four bytes `RIFF`, as `sha256sum` says.
const RIFF: &str = "a40ff3d5900fb7698b8c865041347cb49eccedc8f93945f89629ad104aaecce4";
const MINUTE: Duration = Duration::from_secs(60);

async fn strict() -> Gong {
    Gong::with(Sandbox::builder().strict(true).start().await.unwrap())
}

/// Registers a call and gives its id.
async fn register(gong: &Gong) -> String {
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let answer = gong.post("/v2/calls", new_call(&host, "recorded")).await.ok();
    answer["callId"].as_str().unwrap().to_string()
}

async fn put(gong: &Gong, id: &str, part: Part) -> Answer {
    let form = Form::new().part("mediaFile", part);
    Gong::send(gong.request("PUT", &format!("/v2/calls/{id}/media")).multipart(form)).await
}

fn file(name: &str, bytes: &[u8]) -> Part {
    Part::bytes(bytes.to_vec()).file_name(name.to_string())
}

fn call(gong: &Gong, id: &str) -> Call {
    let company = gong.sandbox.company();
    company.calls.into_iter().chain(company.registered_calls).find(|call| call.id == id).unwrap()
}

async fn is_there(gong: &Gong, id: &str) -> bool {
    gong.get(&format!("/v2/calls/{id}"), &[]).await.status == 200
}

#[tokio::test]
async fn what_was_uploaded_is_told_of_by_the_call() {
    let gong = strict().await;
    let id = register(&gong).await;
    assert_eq!(call(&gong, &id).recording, None);
    let answer = put(&gong, &id, file("call.mkv", b"RIFF")).await;
    assert_eq!((answer.status, answer.body["callId"].as_str()), (201, Some(id.as_str())));
    assert_eq!(answer.body["url"], format!("https://app.gong.io/call?id={id}"));
    let call = call(&gong, &id);
    let recording = call.recording.unwrap();
    assert_eq!((recording.size, recording.sha256.as_str(), call.media), (4, RIFF, "Video"));
    assert_eq!(gong.sandbox.violations(), []);
}

#[tokio::test]
async fn the_same_file_again_does_not_make_the_processing_longer() {
    let gong = strict().await;
    let id = register(&gong).await;
    put(&gong, &id, file("call.wav", b"RIFF")).await.ok();
    gong.sandbox.advance(3 * MINUTE);
    assert_eq!(put(&gong, &id, file("call.wav", b"RIFF")).await.status, 201);
    gong.sandbox.advance(MINUTE);
    assert!(is_there(&gong, &id).await);
}

#[tokio::test]
async fn another_file_takes_the_place_of_the_first() {
    let gong = strict().await;
    let id = register(&gong).await;
    put(&gong, &id, file("call.wav", b"RIFF")).await.ok();
    gong.sandbox.advance(3 * MINUTE);
    put(&gong, &id, file("call.flac", b"fLaC")).await.ok();
    gong.sandbox.advance(3 * MINUTE);
    assert!(!is_there(&gong, &id).await, "the four minutes began again");
    gong.sandbox.advance(MINUTE);
    assert!(is_there(&gong, &id).await);
    put(&gong, &id, file("call.wav", b"RIFF")).await.ok();
    assert!(is_there(&gong, &id).await, "a call that has been processed stays where it is");
    assert_eq!(call(&gong, &id).recording.unwrap().sha256, RIFF);
}

#[tokio::test]
async fn what_is_no_recording_is_refused_and_nothing_is_done() {
    let gong = strict().await;
    let id = register(&gong).await;
    let text = |part: Part| part.mime_str("text/plain").unwrap();
    let wrong = [
        (file("call.wav", b""), "mediaFile: must not be empty"),
        (text(file("call.wav", b"RIFF")), "mediaFile: text/plain is not a supported media type"),
        (file("call.pdf", b"%PDF"), "mediaFile: .pdf is not a supported media type"),
        (Part::text("RIFF"), "mediaFile part is missing"),
    ];
    for (part, text) in wrong {
        assert_eq!(put(&gong, &id, part).await.refusal(), (400, text));
    }
    let other = Form::new().part("file", file("call.wav", b"RIFF"));
    let other = Gong::send(gong.request("PUT", &format!("/v2/calls/{id}/media")).multipart(other)).await;
    assert_eq!(other.refusal(), (400, "mediaFile part is missing"));
    assert_eq!(call(&gong, &id).recording, None);
    gong.sandbox.advance(5 * MINUTE);
    assert!(!is_there(&gong, &id).await);
}

#[tokio::test]
async fn a_recording_needs_a_call() {
    let gong = strict().await;
    let unknown = put(&gong, "894411314421502864", file("call.wav", b"RIFF")).await;
    assert_eq!(unknown.refusal(), (404, "Call ID 894411314421502864 was not found"));
    let no_id = (400, "id should be a valid Long");
    assert_eq!(put(&gong, "first", file("call.wav", b"RIFF")).await.refusal(), no_id);
    assert_eq!(gong.get("/v2/calls/first", &[]).await.refusal(), no_id);
}

#[tokio::test]
async fn to_upload_a_recording_takes_the_scope_of_adding_calls() {
    let gong = strict().await;
    let token = gong.sandbox.issue_token(["api:calls:read:basic"]);
    let form = Form::new().part("mediaFile", file("call.wav", b"RIFF"));
    let refused = Gong::send(gong.bare("PUT", "/v2/calls/1/media").bearer_auth(token).multipart(form)).await;
    assert_eq!(refused.refusal(), (401, "You don't have permission to use 'api:calls:create' in your app."));
}
