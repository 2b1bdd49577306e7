//! Puts the shared limit to the test: several processes on one store, against a sandbox that lets three requests
//! through in any second, as Gong does. Takes some three minutes.
//!
//! ```text
//! cargo run -p gong-connect --example shared_limit                                  # on a SQLite file
//! cargo run -p gong-connect --example shared_limit postgres://user@host/database    # on an empty database
//! ```

// It prints what it measured, and parents give children all arguments.
#![allow(clippy::print_stdout, clippy::indexing_slicing)]

use std::error::Error;
use std::process::Stdio;
use std::time::{Duration, Instant};

use gong_client::{Client, Method};
use gong_connect::{Connection, Connections, Keys, Store};
use gong_sandbox::{RateLimit, Sandbox};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";

#[tokio::main]
async fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [] => {
            let folder = tempfile::tempdir()?;
            measure(&folder.path().join("gong.db").display().to_string()).await
        }
        [store] => measure(store).await,
        [store, calls, ..] => call(client(store).await?, calls.parse()?).await,
    }
}

async fn open(store: &str) -> Outcome<Connections> {
    let place = if store.starts_with("postgres") { Store::postgres(store) } else { Store::sqlite(store) };
    Ok(Connections::open(place.keys(Keys::parse(KEY)?)).await?)
}

async fn client(store: &str) -> Outcome<Client> {
    Ok(open(store).await?.client("keys", "me").await?)
}

/// So many calls at once.
async fn call(gong: Client, calls: usize) -> Outcome {
    let mut jobs = JoinSet::new();
    for _ in 0..calls {
        let gong = gong.clone();
        jobs.spawn(async move { gong.request(Method::Get, "/v2/workspaces").send().await });
    }
    for answer in jobs.join_all().await {
        answer?;
    }
    Ok(())
}

/// A process that makes so many calls at once.
fn process(store: &str, calls: usize) -> Outcome<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    Ok(command.args([store, &calls.to_string()]).stdout(Stdio::null()).kill_on_drop(true).spawn()?)
}

async fn ended(mut process: Child) -> Outcome {
    let status = process.wait().await?;
    if status.success() { Ok(()) } else { Err(format!("a process failed: {status}").into()) }
}

/// How long a process takes for one call, its start and its end included.
async fn one_call(store: &str) -> Outcome<Duration> {
    let begun = Instant::now();
    ended(process(store, 1)?).await?;
    Ok(begun.elapsed())
}

async fn measure(store: &str) -> Outcome {
    let sandbox = Sandbox::builder().rate_limit(Some(RateLimit::GONG)).start().await?;
    let connections = open(store).await?;
    connections.register(Connection::api_key("keys").base_url(sandbox.base_url())).await?;
    connections.connect_api_key("keys", "me", sandbox.access_key(), sandbox.access_key_secret()).await?;

    let processes = [(); 5].map(|()| process(store, 30));
    for process in processes {
        ended(process?).await?;
    }
    report(&sandbox, "5 processes with 30 calls each", 150)?;

    let busy = process(store, 150)?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let beside = one_call(store).await?;
    println!("a call beside a process with 150 calls: {beside:.2?}");
    let id = busy.id().ok_or("the busy process has ended")?;
    // SIGKILL, on every Unix.
    Command::new("kill").args(["-9", &id.to_string()]).status().await?;
    let after = one_call(store).await?;
    println!("a call after that process was killed: {after:.2?}");
    check("a call waits at most three seconds longer than its turn", beside < Duration::from_millis(3342))?;
    check("a call waits at most five seconds after a kill", after < Duration::from_secs(5))?;
    report(&sandbox, "both calls, and what the killed process had sent", sandbox.requests().len())?;

    call(connections.client("keys", "me").await?, 260).await?;
    report(&sandbox, "260 calls at once in one process", 260)
}

/// What the sandbox saw since the last report.
fn report(sandbox: &Sandbox, what: &str, expected: usize) -> Outcome {
    let requests = sandbox.requests();
    let refused = requests.iter().filter(|request| request.status == Some(429)).count();
    let arrivals = || requests.iter().map(|request| request.arrived);
    let took = arrivals().max().unwrap_or_default().saturating_sub(arrivals().min().unwrap_or_default());
    let share = 100.0 * requests.len().saturating_sub(1) as f64 / (took.as_secs_f64() * 3.0);
    println!("{what}: {} requests in {took:.2?}, {refused} refused, {share:.1} % of three a second", requests.len());
    sandbox.clear_requests();
    check("no request is refused, and none is sent twice", refused == 0 && requests.len() == expected)
}

fn check(what: &str, holds: bool) -> Outcome {
    if holds { Ok(()) } else { Err(format!("it does not hold: {what}").into()) }
}
