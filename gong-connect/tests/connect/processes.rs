//! Several processes on one account, and processes that die in the middle of a refresh.
//!
//! A process of its own is this test binary, run again with `GONG_CONNECT_CHILD` set to what it is to do.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::Method;
use gong_connect::{Connections, Error, ErrorKind, KEY_VARIABLE, Step, Store, World as _};

use crate::gong::Gong;
use crate::places::{KEY, Place, connect, on_each_store, store};
use crate::worlds::{Fake, Shifted};

on_each_store! { shared:
    fifty_tasks_in_four_processes_refresh_once
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
        let world = Arc::new(Shifted { by: DAY, dies_at });
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
    let connections = place.connections(&gong, &Fake::at(SystemTime::now())).await;
    connect(&connections, &gong, "ann").await;
    gong.access_tokens_expire();
    gong
}

async fn fifty_tasks_in_four_processes_refresh_once(place: Place) {
    let gong = gong_and_ann(&place).await;
    let children = [13, 13, 12, 12].map(|tasks| start(&place, tasks, "never"));
    for child in children {
        assert!(ended(child).await);
    }
    assert_eq!(gong.refreshes_and_calls(), (1, 50));
}

/// A process dies at a step; then another one, in whose time the lease still runs, wants a token.
async fn after_dying_at(place: &Place, gong: &Gong, step: &str) -> gong_client::Result<()> {
    assert!(!ended(start(place, 1, step)).await, "it died");
    let world = Fake::at(SystemTime::now() + DAY);
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
    let connections = place.connections(&gong, &Fake::at(SystemTime::now() + DAY)).await;
    connections.complete(&gong.consent(error.authorization_link().unwrap().as_str())).await.unwrap();
    call(connections).await;
}

async fn a_process_that_dies_after_it_stored_loses_nothing(place: Place) {
    let gong = gong_and_ann(&place).await;
    after_dying_at(&place, &gong, "stored").await.unwrap();
    assert_eq!(gong.inside().refreshes, 1);
}
