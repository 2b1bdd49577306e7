//! Whole calls over loopback: the client, with all that it does around a request, against a bare `reqwest` and
//! `serde_json`.

use std::sync::Arc;
use std::time::Duration;

use gong_client::{Client, Environment};
use serde::de::DeserializeOwned;

use crate::hurried::Hurried;
use crate::{Side, floor};

/// Does it and gives the number of items that came back.
pub(crate) fn run(work: &str, side: Side, count: usize, server: &str) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match (side, work.strip_suffix("-text")) {
            (Side::Ours, _) => ours(work, count, server).await,
            // The floor of a call by name is the typed call.
            (Side::Floor, Some(typed)) => ours(typed, count, server).await,
            (Side::Floor, None) => bare(work, count, server).await,
        }
    })
}

async fn ours(work: &str, count: usize, server: &str) -> usize {
    let world = Arc::new(Hurried::default());
    let client =
        Client::builder().api_key("key", "secret").base_url(server).environment(world.clone()).build().unwrap();
    let mut items = 0;
    match work {
        "small" => {
            for _ in 0..count {
                items += client.users().list().cursor("small").send().await.unwrap().users.len();
                // So that the next one does not wait for the limit, which is a second piece of work.
                world.sleep(Duration::from_secs(1)).await;
            }
        }
        "users-text" => {
            for _ in 0..count {
                items += client.call_text("gong_users_list", "{}").await.unwrap().len();
            }
        }
        "transcript-text" => {
            for _ in 0..count {
                let input = r#"{"call_ids": ["7782342274025937895"]}"#;
                items += client.call_text("gong_calls_transcript_get", input).await.unwrap().len();
            }
        }
        "users" => {
            for _ in 0..count {
                items += client.users().list().send().await.unwrap().users.len();
            }
        }
        "transcript" => {
            for _ in 0..count {
                let page = client.calls().transcripts().call_ids(["7782342274025937895"]).send().await.unwrap();
                items += page.call_transcripts[0].transcript.len();
            }
        }
        _ => {
            // The cursor counts pages down, so this leaves as many as are wanted.
            let mut calls = client.calls().list().cursor(count.to_string()).items();
            while let (true, Some(call)) = (count > 0, calls.next().await) {
                items += usize::from(!call.unwrap().id.as_str().is_empty());
            }
        }
    }
    items
}

async fn bare(work: &str, count: usize, server: &str) -> usize {
    let http = reqwest::Client::builder().build().unwrap();
    let mut items = 0;
    match work {
        "small" => {
            for _ in 0..count {
                let request = http.get(format!("{server}/v2/users?cursor=small"));
                items += fetch::<floor::UsersPage>(request).await.users.len();
            }
        }
        "users" => {
            for _ in 0..count {
                let request = http.get(format!("{server}/v2/users"));
                items += fetch::<floor::UsersPage>(request).await.users.len();
            }
        }
        "transcript" => {
            for _ in 0..count {
                let body = r#"{"filter":{"callIds":["7782342274025937895"]}}"#;
                let request =
                    http.post(format!("{server}/v2/calls/transcript")).header("content-type", "application/json");
                items += fetch::<floor::TranscriptsPage>(request.body(body)).await.call_transcripts[0].transcript.len();
            }
        }
        _ => {
            let mut cursor = (count > 0).then(|| count.to_string());
            while let Some(at) = cursor {
                let page: floor::CallsPage = fetch(http.get(format!("{server}/v2/calls?cursor={at}"))).await;
                items += page.calls.iter().filter(|call| !call.id.is_empty()).count();
                cursor = page.records.and_then(|records| records.cursor);
            }
        }
    }
    items
}

async fn fetch<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> T {
    let response = request.basic_auth("key", Some("secret")).header("accept", "application/json").send().await.unwrap();
    assert!(response.status().is_success());
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}
