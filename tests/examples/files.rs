//! How much memory large files take: uploads 1.5 GB, downloads 2 GB that break off in the middle, and tells the most
//! memory that this process had. Linux only: `cargo run --release -p workspace-tests --example files`.
//!
//! The sandbox is another process, this program again, so that none of its memory counts.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use gong_client::models::{CallDirection, Party};
use gong_client::{Client, Progress, Track};
use gong_sandbox::{Fault, Sandbox};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const UPLOADED: u64 = 1_500_000_000;
const DOWNLOADED: u64 = 2_000_000_000;

#[tokio::main]
async fn main() -> Outcome {
    if std::env::args().nth(1).as_deref() == Some("sandbox") { serve().await } else { measure().await }
}

/// Prints what a client has to know, serves until nobody holds its input any more, and prints how the recording was
/// given.
async fn serve() -> Outcome {
    let sandbox = Sandbox::builder().media_bytes(DOWNLOADED).start().await?;
    sandbox.inject(Fault::truncated_body().on("GET", "/media/{id}/video"));
    let company = sandbox.company();
    let owner = company.owner().ok_or("the company has no owner")?;
    let video = company.calls.iter().find(|call| call.media == "Video").ok_or("there is no video")?;
    let (key, secret) = (sandbox.access_key(), sandbox.access_key_secret());
    println!("{} {key} {secret} {} {}", sandbox.base_url(), owner.id, video.id);
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_string(&mut String::new())).await??;
    for request in sandbox.requests().iter().filter(|request| request.path.starts_with("/media/")) {
        let range = request.header("range").unwrap_or("the whole");
        println!("asked for {range}: status {:?}, {}", request.status, request.fault.unwrap_or("no fault"));
    }
    Ok(())
}

async fn measure() -> Outcome {
    let mut command = Command::new(std::env::current_exe()?);
    let mut sandbox = command.arg("sandbox").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut said = BufReader::new(sandbox.stdout.take().ok_or("no output")?);
    let mut line = String::new();
    said.read_line(&mut line)?;
    let measured = against(&line).await;
    drop(sandbox.stdin.take());
    let mut seen = String::new();
    said.read_to_string(&mut seen)?;
    sandbox.wait()?;
    print!("{seen}");
    measured
}

/// Uploads to and downloads from the sandbox that said this.
async fn against(line: &str) -> Outcome {
    let words: Vec<&str> = line.split_whitespace().collect();
    let &[url, key, secret, owner, video] = words.as_slice() else {
        return Err("the sandbox did not start".into());
    };
    let gong = Client::builder().base_url(url).api_key(key, secret).build()?;
    let folder = tempfile::tempdir()?;
    told("before")?;

    let path = folder.path().join("call.wav");
    // Sparse: it takes no room on the disk, and is read like any other.
    File::create(&path)?.set_len(UPLOADED)?;
    let parties = [Party::new().user_id(owner), Party::new().email_address("kim@acme.example")];
    let call = gong.calls().create().actual_start("2026-11-19T15:00:00Z".parse::<gong_client::DateTime>()?);
    let call = call.client_unique_id("large").direction(CallDirection::Outbound).primary_user(owner).parties(parties);
    let id = call.await?.into_inner().call_id.ok_or("the call has no id")?;
    let began = Instant::now();
    let recording = gong_client::Upload::open(&path)?.on_progress(progress("uploaded"));
    gong.calls().upload_media().id(id).media_file(recording).await?;
    told(&format!("uploaded {UPLOADED} bytes in {} s", began.elapsed().as_secs()))?;
    fs::remove_file(&path)?;

    let began = Instant::now();
    let path = folder.path().join("call.mp4");
    let bytes = gong.download(video, Track::Video, &path).on_progress(progress("downloaded")).await?;
    told(&format!("downloaded {bytes} bytes in {} s", began.elapsed().as_secs()))
}

/// Tells every tenth part, and where it began again.
fn progress(done: &'static str) -> impl Fn(Progress) + Send + Sync + 'static {
    let said = AtomicU64::new(0);
    move |so_far| {
        let percent = so_far.bytes * 100 / so_far.total.unwrap_or(so_far.bytes).max(1);
        if said.swap(percent / 10, Ordering::Relaxed) != percent / 10 {
            println!("{percent} % {done}");
        }
    }
}

/// Tells the most memory that the process had up to now.
fn told(when: &str) -> Outcome {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM is not told here");
    println!("{when}: {peak}");
    Ok(())
}
