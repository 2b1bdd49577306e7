//! Files that are uploaded: what the sandbox tells of them, for it keeps none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use gong_sandbox::Sandbox;
use reqwest::multipart::{Form, Part};

use crate::common::Gong;

/// Of the four bytes `RIFF`, as `sha256sum` says.
const RIFF_DIGEST: &str = "a40ff3d5900fb7698b8c865041347cb49eccedc8f93945f89629ad104aaecce4";

async fn strict() -> (Gong, String) {
    let gong = Gong::with(Sandbox::builder().strict(true).start().await.unwrap());
    let path = format!("/v2/calls/{}/media", gong.sandbox.company().calls[0].id);
    (gong, path)
}

#[tokio::test]
async fn a_file_is_measured_and_not_kept() {
    let (gong, path) = strict().await;
    let part = Part::bytes(b"RIFF".to_vec()).file_name("a \"call\".wav").mime_str("audio/wav").unwrap();
    Gong::send(gong.request("PUT", &path).multipart(Form::new().part("mediaFile", part))).await.ok();
    let request = gong.sandbox.requests().remove(0);
    let part = &request.parts[0];
    assert_eq!((part.name.as_str(), part.size, part.sha256.as_str()), ("mediaFile", 4, RIFF_DIGEST));
    assert_eq!(part.content_type.as_deref(), Some("audio/wav"));
    assert!(part.file_name.as_ref().unwrap().ends_with(".wav"));
    assert!(request.body.is_empty() && gong.sandbox.violations().is_empty());
}

#[tokio::test]
async fn a_part_that_nobody_asks_for_is_a_violation() {
    let (gong, path) = strict().await;
    let form = Form::new().part("mediaFile", Part::bytes(b"RIFF".to_vec()).file_name("call.wav")).text("callId", "1");
    Gong::send(gong.request("PUT", &path).multipart(form)).await.ok();
    assert_eq!(gong.sandbox.violations()[0].message, "unknown part callId");
}

#[tokio::test]
async fn half_a_form_is_none() {
    let (gong, path) = strict().await;
    let head = "--b\r\ncontent-disposition: form-data; name=\"mediaFile\"; filename=\"call.wav\"\r\n\r\nRIFF";
    for body in [head.to_string(), format!("{head}\r\n--b"), "--b\r\nno".to_string(), String::new()] {
        let upload = gong.request("PUT", &path).header("content-type", "multipart/form-data; boundary=b").body(body);
        assert_eq!(Gong::send(upload).await.refusal(), (400, "mediaFile part is missing"));
        assert!(gong.sandbox.requests().last().unwrap().parts.is_empty());
    }
    let whole = format!("{head}\r\n--b--\r\n");
    let upload = gong.request("PUT", &path).header("content-type", "multipart/form-data; boundary=b").body(whole);
    Gong::send(upload).await.ok();
}

#[tokio::test]
async fn a_form_without_its_boundary_is_no_form() {
    let (gong, path) = strict().await;
    let upload = gong.request("PUT", &path).header("content-type", "multipart/form-data").body("RIFF");
    assert_eq!(Gong::send(upload).await.refusal(), (400, "mediaFile part is missing"));
    let upload = gong.request("PUT", &path).header("content-type", "audio/wav").body("RIFF");
    assert_eq!(Gong::send(upload).await.refusal(), (415, "Unsupported Media Type"));
}
