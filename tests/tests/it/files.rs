//! Files from end to end: a recording that is uploaded, and one that is saved, also after a break.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gong_client::Track;
use gong_client::models::{CallDirection, Party};
use gong_sandbox::{Fault, Sandbox};

use crate::cli::{account, run};
use crate::support::{World, at};

/// Of a million letters `a`, as FIPS 180 has it.
const MILLION: &str = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

const AUDIO: &str = "/media/{id}/audio";

/// One whose recordings have a million bytes.
async fn world() -> World {
    World::with(Sandbox::builder().media_bytes(1_000_000)).await
}

/// The recording of the first call, saved without anything going wrong.
async fn saved(world: &World, folder: &Path) -> Vec<u8> {
    let path = folder.join("whole.mp3");
    let bytes = world.gong.download(&*world.call_ids()[0], Track::Audio, &path).await.unwrap();
    assert_eq!(bytes, 1_000_000);
    world.sandbox.clear_requests();
    fs::read(path).unwrap()
}

/// What was asked, with the part of a recording that was asked for, and the status.
fn asked(world: &World) -> Vec<(String, Option<String>, Option<u16>)> {
    let requests = world.sandbox.requests();
    assert!(
        requests
            .iter()
            .all(|request| { request.path.starts_with("/media/") != request.header("authorization").is_some() })
    );
    let asked = requests.iter().map(|request| {
        let what = request.path.rsplit('/').next().unwrap().to_owned();
        (what, request.header("range").map(str::to_owned), request.status)
    });
    asked.collect()
}

fn step(what: &str, range: Option<&str>, status: u16) -> (String, Option<String>, Option<u16>) {
    (what.to_owned(), range.map(str::to_owned), Some(status))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_saved_at_the_shell_and_its_host_gets_no_credentials() {
    let world = world().await;
    let folder = tempfile::tempdir().unwrap();
    let whole = saved(&world, folder.path()).await;
    let (id, path) = (&world.call_ids()[0], folder.path().join("shell.mp3"));
    let output = run(&["download", id, "--audio", "-o", path.to_str().unwrap()], &account(&world.sandbox));
    assert!(output.status.success(), "{output:?}");
    assert!(fs::read(&path).unwrap() == whole, "it is another recording");
    assert_eq!(asked(&world), [step("extensive", None, 200), step("audio", None, 200)]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing else stays");
}

#[tokio::test]
async fn a_download_that_breaks_off_goes_on_where_it_was() {
    let world = world().await;
    let folder = tempfile::tempdir().unwrap();
    let whole = saved(&world, folder.path()).await;
    world.sandbox.inject(Fault::truncated_body().on("GET", AUDIO));
    let path = folder.path().join("broken.mp3");
    world.gong.download(&*world.call_ids()[0], Track::Audio, &path).await.unwrap();
    assert!(fs::read(&path).unwrap() == whole, "it is another recording");
    let steps = [step("extensive", None, 200), step("audio", None, 200), step("audio", Some("bytes=500000-"), 206)];
    assert_eq!(asked(&world), steps);
}

#[tokio::test]
async fn a_download_whose_address_expired_meanwhile_goes_on_with_another() {
    let world = world().await;
    let folder = tempfile::tempdir().unwrap();
    let whole = saved(&world, folder.path()).await;
    world.sandbox.inject(Fault::truncated_body().on("GET", AUDIO));
    let path = folder.path().join("late.mp3");
    let download = world.gong.download(&*world.call_ids()[0], Track::Audio, &path);
    let (sandbox, is_late) = (Arc::clone(&world.sandbox), AtomicBool::new(false));
    let download = download.on_progress(move |_| {
        if !is_late.swap(true, Ordering::Relaxed) {
            sandbox.advance(Duration::from_secs(8 * 60 * 60));
        }
    });
    download.await.unwrap();
    assert!(fs::read(&path).unwrap() == whole, "it is another recording");
    let rest = Some("bytes=500000-");
    let steps = [
        step("extensive", None, 200),
        step("audio", None, 200),
        step("audio", rest, 403),
        step("extensive", None, 200),
        step("audio", rest, 206),
    ];
    assert_eq!(asked(&world), steps);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_uploaded_at_the_shell_is_what_was_in_the_file() {
    let world = World::new().await;
    let owner = world.company().owner().unwrap().id.clone();
    let parties = [Party::new().user_id(owner.as_str()), Party::new().email_address("kim@acme.example")];
    let call = world.gong.calls().create().actual_start(at("2026-11-19T15:00:00Z")).client_unique_id("uploaded");
    let call = call.direction(CallDirection::Outbound).parties(parties).primary_user(owner.as_str());
    let id = call.await.unwrap().call_id.clone().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.mp3");
    fs::write(&path, "a".repeat(1_000_000)).unwrap();
    let call = ["call", "gong_calls_media_upload", "--id", id.as_str(), "--media-file", path.to_str().unwrap()];
    let output = run(&call, &account(&world.sandbox));
    assert!(output.status.success(), "{output:?}");
    let company = world.company();
    let recording = company.registered_calls.iter().find(|call| call.id == id.as_str()).unwrap().recording.clone();
    let recording = recording.unwrap();
    assert_eq!((recording.size, recording.sha256.as_str()), (1_000_000, MILLION));
    assert_eq!(recording.file_name.as_deref(), Some("call.mp3"));
}
