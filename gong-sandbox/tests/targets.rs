//! Targets and the files that say who is to reach them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use reqwest::multipart::{Form, Part};
use serde_json::json;

use crate::common::{Answer, Gong};

/// A target that there is for every seed.
const TARGET: &str = "5820934817264530983";

async fn assign(gong: &Gong, target: &str, name: &'static str, file: impl Into<Vec<u8>>) -> Answer {
    let form = Form::new().part(name, Part::bytes(file.into()).file_name("targets.csv"));
    Gong::send(gong.request("POST", &format!("/v2/targets/{target}/assignments")).multipart(form)).await
}

#[tokio::test]
async fn a_file_says_who_is_to_reach_what() {
    let gong = Gong::new().await;
    let listed = gong.get("/v2/targets", &[]).await.ok();
    assert_eq!(listed["targets"][0], json!({"id": TARGET, "name": "Revenue", "assignedCount": 0}));
    assert_eq!(listed.get("records"), None, "it is not paged");

    let file = "email,amount\nsam.rivers@larkspur.example,1000\n";
    assign(&gong, TARGET, "file", file).await.ok();
    let target = gong.sandbox.company().targets.remove(0);
    assert_eq!(target.assignments, ["email,amount", "sam.rivers@larkspur.example,1000"]);
    assert_eq!(target.file.unwrap().size, file.len() as u64);
    assert_eq!(gong.get("/v2/targets", &[]).await.ok()["targets"][0]["assignedCount"], 1);
}

#[tokio::test]
async fn assignments_need_their_file_and_a_target() {
    let gong = Gong::new().await;
    assert_eq!(assign(&gong, TARGET, "dataFile", "a").await.refusal(), (400, "file part is missing"));
    assert_eq!(assign(&gong, TARGET, "file", "").await.refusal(), (400, "file: the file is empty"));
    let text = "file: line 2: The line is not UTF-8";
    assert_eq!(assign(&gong, TARGET, "file", b"a\n\xff".to_vec()).await.refusal(), (400, text));
    assert_eq!(assign(&gong, "1", "file", "a").await.refusal(), (404, "Target 1 was not found"));
    let json = gong.post(&format!("/v2/targets/{TARGET}/assignments"), json!({})).await;
    assert_eq!(json.refusal(), (415, "Unsupported Media Type"));
    assert!(gong.sandbox.company().targets[0].assignments.is_empty());
}
