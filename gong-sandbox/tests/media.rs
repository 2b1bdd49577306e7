//! The host of recordings: addresses that live for a while, and parts of what they give.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::Gong;
use gong_sandbox::{Builder, Fault, Sandbox};
use reqwest::Response;
use serde_json::{Value, json};

const HOUR: Duration = Duration::from_secs(60 * 60);

async fn strict(builder: Builder) -> Gong {
    Gong::with(builder.strict(true).start().await.unwrap())
}

/// One whose recordings have a thousand bytes.
async fn small() -> Gong {
    strict(Sandbox::builder().media_bytes(1_000)).await
}

/// What the first call of this kind tells of its recording.
async fn told(gong: &Gong, kind: &str) -> Value {
    let id = gong.sandbox.company().calls.into_iter().find(|call| call.media == kind).unwrap().id;
    let selector = json!({"exposedFields": {"media": true}});
    let body = json!({"filter": {"callIds": [id]}, "contentSelector": selector});
    gong.post("/v2/calls/extensive", body).await.ok()["calls"][0]["media"].clone()
}

/// The path and query of the address of some audio.
async fn audio(gong: &Gong) -> String {
    let told = told(gong, "Video").await;
    told["audioUrl"].as_str().unwrap().strip_prefix(gong.sandbox.base_url()).unwrap().to_string()
}

async fn get(gong: &Gong, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = gong.bare("GET", path);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

async fn bytes(response: Response) -> Vec<u8> {
    response.bytes().await.unwrap().to_vec()
}

fn field<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn a_recording_is_given_to_whoever_has_its_address_and_is_always_the_same() {
    let gong = small().await;
    let path = audio(&gong).await;
    let response = get(&gong, &path, &[]).await;
    assert_eq!((response.status().as_u16(), field(&response, "content-length")), (200, "1000"));
    assert_eq!((field(&response, "content-type"), field(&response, "accept-ranges")), ("audio/mpeg", "bytes"));
    let first = bytes(response).await;
    assert_eq!(first.len(), 1_000);
    assert_eq!(first, bytes(get(&gong, &path, &[]).await).await);
    assert_eq!(gong.sandbox.violations(), []);
    let seen = gong.sandbox.requests().pop().unwrap();
    assert!(seen.carried_out && seen.header("authorization").is_none(), "{seen:?}");
    assert!(!format!("{seen:?}").contains("signature"), "{seen:?}");
}

#[tokio::test]
async fn a_head_tells_of_a_recording_without_giving_it() {
    let gong = small().await;
    let response = gong.bare("HEAD", &audio(&gong).await).send().await.unwrap();
    assert_eq!((response.status().as_u16(), field(&response, "content-length")), (200, "1000"));
    assert_eq!((field(&response, "content-type"), field(&response, "accept-ranges")), ("audio/mpeg", "bytes"));
    assert!(bytes(response).await.is_empty());
}

#[tokio::test]
async fn a_video_has_another_address_than_its_audio_and_audio_alone_has_one() {
    let gong = small().await;
    let video = told(&gong, "Video").await;
    assert_ne!(video["videoUrl"], video["audioUrl"]);
    assert!(told(&gong, "Audio").await.get("videoUrl").is_none());
}

#[tokio::test]
async fn a_recording_is_as_long_as_the_call() {
    let gong = strict(Sandbox::builder()).await;
    let path = audio(&gong).await;
    let response = get(&gong, &path, &[("range", "bytes=0-0")]).await;
    let call = gong.sandbox.company().calls.into_iter().find(|call| call.media == "Video").unwrap();
    assert_eq!(field(&response, "content-range"), format!("bytes 0-0/{}", call.duration * 4_000));
}

#[tokio::test]
async fn parts_of_a_recording_are_given() {
    let gong = strict(Sandbox::builder().media_bytes(200_000)).await;
    let path = audio(&gong).await;
    let whole = bytes(get(&gong, &path, &[]).await).await;
    let cases = [
        ("bytes=0-4", 0..5),
        ("bytes=3-3", 3..4),
        ("bytes=65531-131085", 65_531..131_086),
        ("bytes=199990-", 199_990..200_000),
        ("bytes=199990-900000", 199_990..200_000),
        ("bytes=-7", 199_993..200_000),
        ("bytes=-900000", 0..200_000),
    ];
    for (range, part) in cases {
        let response = get(&gong, &path, &[("range", range)]).await;
        assert_eq!(response.status(), 206, "{range}");
        let told = format!("bytes {}-{}/200000", part.start, part.end - 1);
        assert_eq!(field(&response, "content-range"), told, "{range}");
        assert_eq!(bytes(response).await, whole[part], "{range}");
    }
    for nonsense in ["bytes=5-4", "bytes=0-1,3-4", "bytes=a-b", "lines=0-1", "bytes"] {
        assert_eq!(get(&gong, &path, &[("range", nonsense)]).await.status(), 200, "{nonsense}");
    }
    for behind in ["bytes=200000-", "bytes=-0"] {
        let response = get(&gong, &path, &[("range", behind)]).await;
        assert_eq!((response.status().as_u16(), field(&response, "content-range")), (416, "bytes */200000"));
    }
}

#[tokio::test]
async fn a_part_is_given_of_the_same_content_only() {
    let gong = small().await;
    let path = audio(&gong).await;
    let tag = field(&get(&gong, &path, &[]).await, "etag").to_string();
    let same = get(&gong, &path, &[("range", "bytes=10-"), ("if-range", &tag)]).await;
    assert_eq!((same.status().as_u16(), bytes(same).await.len()), (206, 990));
    let other = get(&gong, &path, &[("range", "bytes=10-"), ("if-range", "\"other\"")]).await;
    assert_eq!((other.status().as_u16(), bytes(other).await.len()), (200, 1_000));
}

#[tokio::test]
async fn an_address_lives_for_eight_hours_and_another_one_may_be_asked_for() {
    let gong = small().await;
    let path = audio(&gong).await;
    gong.sandbox.advance(8 * HOUR - Duration::from_secs(1));
    assert_eq!(get(&gong, &path, &[]).await.status(), 200);
    gong.sandbox.advance(Duration::from_secs(1));
    let refused = get(&gong, &path, &[]).await;
    assert_eq!((refused.status().as_u16(), bytes(refused).await), (403, b"The address has expired.".to_vec()));
    assert_eq!(get(&gong, &audio(&gong).await, &[]).await.status(), 200);
}

#[tokio::test]
async fn an_address_that_was_changed_is_refused() {
    let gong = small().await;
    let path = audio(&gong).await;
    let until = path.split_once("expires=").unwrap().1.split_once('&').unwrap().0;
    let changed =
        [path.replace("/audio", "/video"), path.replace(until, "9999999999"), path.replace("&signature=", "&s=")];
    for changed in changed {
        assert_eq!(get(&gong, &changed, &[]).await.status(), 403, "{changed}");
    }
}

#[tokio::test]
async fn credentials_that_come_along_are_noted_and_change_nothing() {
    let gong = small().await;
    let path = audio(&gong).await;
    assert_eq!(gong.request("GET", &path).send().await.unwrap().status(), 200);
    let noted = gong.sandbox.violations();
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].message, "credentials were sent to the host of recordings");
}

#[tokio::test]
async fn a_fault_breaks_a_recording_off_in_the_middle() {
    let gong = small().await;
    let path = audio(&gong).await;
    gong.sandbox.inject(Fault::truncated_body().on("GET", "/media/{id}/audio"));
    let mut response = get(&gong, &path, &[]).await;
    assert_eq!(field(&response, "content-length"), "1000");
    let mut came = 0;
    let broken = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => came += chunk.len(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken);
    assert_eq!(came, 500);
}

#[tokio::test]
async fn the_end_of_a_recording_of_many_gigabytes_is_there_at_once() {
    let gong = strict(Sandbox::builder().media_bytes(900_000_000_000)).await;
    let path = audio(&gong).await;
    let response = get(&gong, &path, &[("range", "bytes=899999999990-")]).await;
    assert_eq!(field(&response, "content-range"), "bytes 899999999990-899999999999/900000000000");
    assert_eq!(bytes(response).await.len(), 10);
}
