//! Several processes on one account, and processes that die in the middle of a refresh.
//!
//! A process of its own is this test binary, run again with `GONG_CONNECT_CHILD` set to what it is to do.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use gong_client::Method;
use gong_connect::{Connections, Environment as _, Error, ErrorKind, KEY_VARIABLE, Step, Store};

use crate::gong::Gong;
use crate::places::{KEY, Place, connect, on_each_store, store};
use crate::worlds::{self, Fake, Running};

on_each_store! { shared:
    two_hundred_tasks_in_four_processes_refresh_once
    a_process_that_dies_before_it_asks_loses_nothing
    a_process_that_dies_before_it_stores_loses_the_account_and_says_so
    a_process_that_dies_after_it_stored_loses_nothing
}

const DAY: Duration = Duration::from_secs(86_400);

/// What a child is to do: a store, a number of tasks, and a step to die at.
const TASK: &str = "GONG_CONNECT_CHILD";

/// The store that another kind of child is to open.
const PATH: &str = "GONG_CONNECT_CHILD_STORE";

fn start(place: &Place, tasks: usize, dies_at: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "processes::a_process_of_its_own", "--nocapture"]);
    command.env(TASK, format!("{}|{tasks}|{dies_at}", place.named())).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

async fn ended(mut child: Child) -> bool {
    tokio::task::spawn_blocking(move || child.wait().unwrap().success()).await.unwrap()
}

/// What a child does. Without its task it is no test.
#[test]
fn a_process_of_its_own() {
    let Ok(task) = std::env::var(TASK) else { return };
    let parts: Vec<_> = task.split('|').collect();
    let tasks: usize = parts[1].parse().unwrap();
    let dies_at = match parts[2] {
        "leased" => Some(Step::Leased),
        "answered" => Some(Step::Answered),
        "stored" => Some(Step::Stored),
        _ => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let world = Running::from(worlds::start() + DAY, dies_at);
        let connections = Connections::builder(store(parts[0], KEY)).world(world).open().await.unwrap();
        let all: Vec<_> = (0..tasks).map(|_| tokio::spawn(call(connections.clone()))).collect();
        for one in all {
            one.await.unwrap();
        }
    });
}

/// What a child does that has nothing but the environment to find a key in.
#[test]
fn a_process_with_a_key_of_its_own() {
    let Ok(path) = std::env::var(PATH) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(Connections::open(Store::sqlite(path))).unwrap();
    let remote = runtime.block_on(Connections::open(Store::postgres("postgres://127.0.0.1:1/none"))).unwrap_err();
    let expected = if std::env::var(KEY_VARIABLE).is_ok() { ErrorKind::Store } else { ErrorKind::Config };
    assert_eq!(remote.kind(), expected, "a store for several machines makes up no key");
}

#[test]
fn a_key_comes_from_the_environment_or_from_a_file_beside_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let opens = |key: Option<&str>| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "processes::a_process_with_a_key_of_its_own"]).env(PATH, &path);
        command.stdout(Stdio::null()).stderr(Stdio::null()).env_remove(KEY_VARIABLE);
        command.envs(key.map(|key| (KEY_VARIABLE, key))).status().unwrap().success()
    };
    assert!(opens(Some(KEY)));
    assert!(!folder.path().join("gong.db.key").exists(), "no file where the environment has the key");
    assert!(!opens(None), "no key opens it");
    assert!(!folder.path().join("gong.db.key").exists(), "and none is made, which could not either");
    assert!(!opens(Some("no key")));
    assert!(opens(Some(KEY)));
    std::fs::remove_file(&path).unwrap();
    assert!(opens(None), "a new store gets a new key");
    assert!(folder.path().join("gong.db.key").exists());
}

/// A call that needs a token.
async fn call(connections: Connections) {
    let gong = connections.client_builder("gong", "ann").await.unwrap().rate_limit(None).build().unwrap();
    gong.request(Method::Get, "/v2/users").send().await.unwrap();
}

async fn gong_and_ann(place: &Place) -> Gong {
    let gong = Gong::start().await;
    let connections = place.connections(&gong, &Fake::new()).await;
    connect(&connections, &gong, "ann").await;
    gong.access_tokens_expire();
    gong
}

async fn two_hundred_tasks_in_four_processes_refresh_once(place: Place) {
    let gong = gong_and_ann(&place).await;
    let children = [50; 4].map(|tasks| start(&place, tasks, "never"));
    for child in children {
        assert!(ended(child).await);
    }
    assert_eq!(gong.refreshes_and_calls(), (1, 200));
}

/// A process dies at a step; then another one, in whose time the lease still runs, wants a token.
async fn after_dying_at(place: &Place, gong: &Gong, step: &str) -> gong_client::Result<()> {
    assert!(!ended(start(place, 1, step)).await, "it died");
    let world = Fake::at(worlds::start() + DAY);
    let connections = place.connections(gong, &world).await;
    let gong = connections.client_builder("gong", "ann").await.unwrap().rate_limit(None).build().unwrap();
    let before = world.now();
    let outcome = gong.request(Method::Get, "/v2/users").send().await.map(drop);
    assert_eq!(world.now(), before, "nobody waits for one who is dead");
    outcome
}

async fn a_process_that_dies_before_it_asks_loses_nothing(place: Place) {
    let gong = gong_and_ann(&place).await;
    after_dying_at(&place, &gong, "leased").await.unwrap();
    assert_eq!(gong.inside().refreshes, 1);
}

async fn a_process_that_dies_before_it_stores_loses_the_account_and_says_so(place: Place) {
    let gong = gong_and_ann(&place).await;
    let error = after_dying_at(&place, &gong, "answered").await.unwrap_err();
    let error = Error::behind(&error).unwrap();
    assert_eq!(error.kind(), ErrorKind::NeedsAuthorization);
    assert!(error.to_string().contains("interrupted"), "{error}");
    assert_eq!(gong.inside().refreshes, 2, "the one that died, and one try");
    let connections = place.connections(&gong, &Fake::at(worlds::start() + DAY)).await;
    connections.complete(&gong.consent(error.authorization_link().unwrap().as_str())).await.unwrap();
    call(connections).await;
}

async fn a_process_that_dies_after_it_stored_loses_nothing(place: Place) {
    let gong = gong_and_ann(&place).await;
    after_dying_at(&place, &gong, "stored").await.unwrap();
    assert_eq!(gong.inside().refreshes, 1);
}

/// Kills processes at any moment of a refresh. It takes minutes: `cargo test -p gong-connect any_moment -- --ignored`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "three hundred processes"]
async fn a_kill_at_any_moment_loses_nothing_but_what_it_must() {
    let place = Place::sqlite().unwrap();
    let gong = Gong::start().await;
    let (mut lost, mut slowest, mut seed) = (0, Duration::ZERO, 7_u64);
    for _ in 0..300 {
        let connections = place.connections(&gong, &Fake::new()).await;
        connect(&connections, &gong, "ann").await;
        gong.access_tokens_expire();
        let refreshes = gong.inside().refreshes;
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut child = start(&place, 1, "never");
        tokio::time::sleep(Duration::from_micros((seed >> 33) % 150_000)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let was_asked = gong.inside().refreshes > refreshes;

        let world = Fake::at(worlds::start() + DAY);
        let connections = place.open(Arc::clone(&world) as Arc<_>).await.unwrap();
        let (before, begun) = (world.now(), std::time::Instant::now());
        let next = connections.token_source("gong", "ann").await.unwrap().token().await;
        slowest = slowest.max(begun.elapsed());
        assert_eq!(world.now(), before, "nobody waits for one who is dead");
        if let Err(error) = next {
            let error = error.downcast::<Error>().unwrap();
            assert!(was_asked && error.kind() == ErrorKind::NeedsAuthorization, "{error}");
            assert!(error.to_string().contains("interrupted") && error.authorization_link().is_some(), "{error}");
            lost += 1;
        }
    }
    println!("of 300 killed, {lost} between the answer and the store; the slowest call after one took {slowest:?}");
}
