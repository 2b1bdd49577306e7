use std::fs;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::testing::{Server, reply, reply_as};

/// What Gong says of a call whose audio lies there.
fn told(media: &Server) -> String {
    let audio = media.client().base_url().to_owned() + "/audio?signed=secret";
    reply(200, json!({"calls": [{"metaData": {"id": "1"}, "media": {"audioUrl": audio}}]}))
}

/// An answer that announces ten bytes.
fn ten(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\netag: \"a\"\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{body}")
}

fn rest() -> String {
    reply_as(206, "content-range: bytes 4-9/10\r\netag: \"a\"", "456789")
}

async fn load(gong: &Server, path: &Path) -> Result<u64> {
    gong.client().download("1", Track::Audio, path).await
}

#[tokio::test]
async fn after_a_break_it_goes_on_where_it_was_and_no_other_host_gets_the_credentials() {
    let media = Server::new([ten("200 OK", "0123"), rest()]).await;
    let gong = Server::new([told(&media)]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.mp3");
    assert_eq!(load(&gong, &path).await.unwrap(), 10);
    assert_eq!(fs::read_to_string(&path).unwrap(), "0123456789");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing else stays");
    let asked = media.seen();
    assert!(asked[1].contains("range: bytes=4-\r\n") && asked[1].contains("if-range: \"a\"\r\n"), "{asked:?}");
    assert!(asked.iter().all(|request| !request.to_lowercase().contains("authorization")), "{asked:?}");
}

#[tokio::test]
async fn an_address_that_expired_on_the_way_is_asked_for_anew() {
    let media = Server::new([ten("200 OK", "0123"), reply(403, json!({})), rest()]).await;
    let gong = Server::new([told(&media), told(&media)]).await;
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(load(&gong, &folder.path().join("call.mp3")).await.unwrap(), 10);
    let refused = Server::new([reply(403, json!({}))]).await;
    let gong = Server::new([told(&refused)]).await;
    let error = load(&gong, &folder.path().join("other.mp3")).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Forbidden && !error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn another_run_goes_on_from_what_is_there_and_a_recording_that_changed_is_loaded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.mp3");
    for (answer, loaded) in [(rest(), "0123456789"), (ten("200 OK", "abcdefghij"), "abcdefghij")] {
        let broken = Server::new([ten("200 OK", "0123")]).await;
        let gong = Server::new([told(&broken)]).await;
        let error = load(&gong, &path).await.unwrap_err();
        let kept = format!("4 bytes are in {}.part; another download goes on from there.", path.display());
        assert!(error.kind() == ErrorKind::Connection && error.to_string().contains(&kept), "{error}");
        let media = Server::new([answer]).await;
        let gong = Server::new([told(&media)]).await;
        assert_eq!(load(&gong, &path).await.unwrap(), 10);
        assert_eq!(fs::read_to_string(&path).unwrap(), loaded);
        let again = load(&gong, &path).await.unwrap_err();
        assert!(again.kind() == ErrorKind::File && again.to_string().contains("is there already"), "{again}");
        fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn a_call_without_a_recording_is_told() {
    let gong = Server::new([reply(200, json!({"calls": [{"metaData": {"id": "1"}}]}))]).await;
    let folder = tempfile::tempdir().unwrap();
    let error = load(&gong, &folder.path().join("call.mp3")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().starts_with("there is no audio of the call 1"), "{error}");
}

#[tokio::test]
async fn an_address_that_others_could_read_on_the_way_is_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["http://media.example/audio?signed=secret", "ftp://127.0.0.1/audio?signed=secret", "audio?secret"] {
        let gong = Server::new([reply(200, json!({"calls": [{"media": {"audioUrl": address}}]}))]).await;
        let error = load(&gong, &folder.path().join("call.mp3")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{address}");
        let text = error.to_string();
        assert!(text.contains("does not begin with https://") && !text.contains("secret"), "{text}");
    }
}
