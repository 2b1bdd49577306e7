//! A thousand requests through a sandbox in which everything goes wrong, and tokens that run out on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{
    AccessToken, AcquireError, BoxError, BoxFuture, Client, ErrorKind, Limiter, RateLimit, RateLimiter, TokenSource,
    catalog,
};
use gong_sandbox::{Chaos, Fault, RateLimit as GongsLimit, RecordedRequest, Sandbox};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::ask;
use crate::support::World;

/// Every scope that a tool may need.
fn scopes() -> BTreeSet<&'static str> {
    catalog::tools().iter().flat_map(|tool| tool.scopes.iter().copied()).collect()
}

/// Gives out one token until Gong refuses it, then another.
#[derive(Debug)]
struct Tokens {
    sandbox: Arc<Sandbox>,
    current: Mutex<AccessToken>,
    renewals: AtomicUsize,
}

impl Tokens {
    fn of(world: &World) -> Arc<Self> {
        let current = Mutex::new(AccessToken::new(world.sandbox.access_token()));
        Arc::new(Tokens { sandbox: world.sandbox.clone(), current, renewals: AtomicUsize::new(0) })
    }

    fn client(self: &Arc<Self>, world: &World) -> Client {
        world.client().token_source(self.clone()).build().unwrap()
    }
}

impl TokenSource for Tokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(async { Ok(self.current.lock().await.clone()) })
    }

    fn refused<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async move {
            let mut current = self.current.lock().await;
            // Several requests may have been on their way with the same token.
            if *current == *token {
                self.renewals.fetch_add(1, Ordering::Relaxed);
                *current = AccessToken::new(self.sandbox.issue_token(scopes())).at(self.sandbox.base_url());
            }
            Ok(current.clone())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_exchanged_once_and_the_request_repeated() {
    let world = World::by_tokios_clock(Sandbox::builder()).await;
    let tokens = Tokens::of(&world);
    let gong = tokens.client(&world);
    world.sandbox.revoke_token(world.sandbox.access_token());
    ask(&gong).await.unwrap();
    assert_eq!((tokens.renewals.load(Ordering::Relaxed), world.sandbox.requests().len()), (1, 2));
    world.sandbox.inject(Fault::revoked_token().times(2));
    let error = ask(&gong).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Unauthorized, false));
    assert_eq!((tokens.renewals.load(Ordering::Relaxed), world.sandbox.requests().len()), (2, 4), "once a request");
}

#[tokio::test(start_paused = true)]
async fn a_scope_that_is_missing_costs_no_token() {
    let world = World::by_tokios_clock(Sandbox::builder().scopes(["api:calls:create"])).await;
    let tokens = Tokens::of(&world);
    let error = ask(&tokens.client(&world)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingScope);
    assert_eq!((tokens.renewals.load(Ordering::Relaxed), world.sandbox.requests().len()), (0, 1));
}

/// No token, and no other one.
#[derive(Debug)]
struct Empty;

impl TokenSource for Empty {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(async { Err("the store is locked".into()) })
    }

    fn refused<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async { Err("the store is locked".into()) })
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_token_nothing_is_sent() {
    let world = World::by_tokios_clock(Sandbox::builder()).await;
    let error = ask(&world.client().token_source(Arc::new(Empty)).build().unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no access token: the store is locked");
    assert!(!error.may_have_been_sent() && world.sandbox.requests().is_empty());
}

/// The client's own limiter, with a note of when it let a request through.
#[derive(Debug)]
struct Watched {
    limiter: Limiter,
    times: std::sync::Mutex<Vec<Instant>>,
}

impl RateLimiter for Watched {
    fn acquire(&self) -> BoxFuture<'_, Result<(), AcquireError>> {
        Box::pin(async {
            self.limiter.acquire().await?;
            self.times.lock().unwrap().push(Instant::now());
            Ok(())
        })
    }

    fn pause_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
        self.limiter.pause_until(time)
    }
}

/// Whether all that Gong called too many came right after one that a fault had delayed on its way.
fn only_delays_come_too_near(requests: &[RecordedRequest]) -> bool {
    requests.iter().enumerate().all(|(at, request)| {
        let refused = request.status == Some(429) && request.fault.is_none();
        !refused || requests[at.saturating_sub(4)..at].iter().any(|before| before.fault == Some("delay"))
    })
}

/// What the thousand requests are made of.
const READS: [&str; 5] = [
    "gong_users_list",
    "gong_engage_workspaces_list",
    "gong_trackers_list",
    "gong_scorecards_list",
    "gong_call_outcomes_list",
];

/// The input of a write with this key, and the tool.
fn write(number: usize, host: &str) -> (&'static str, Value) {
    let key = format!("key-{number}");
    if number.is_multiple_of(2) {
        let parties = json!([{"userId": host}, {"emailAddress": "kim@example.com"}]);
        let start = "2026-11-20T10:00:00Z";
        ("gong_calls_create", json!({"actual_start": start, "client_unique_id": key, "parties": parties}))
    } else {
        let when = "2026-11-20T09:30:00Z";
        let event = json!({"event_name": "page viewed", "event_timestamp": when, "event_id": key,
            "prospect_email": "kim@example.com", "url": "https://www.example.com/pricing"});
        ("gong_engage_digital_interactions_create", event)
    }
}

/// Calls a tool as a careful program does: again while that does no harm, and knowing that a conflict of its own key
/// means that it is done.
async fn call(gong: &Client, tool: &str, input: Value, keyed: bool) -> Option<Value> {
    for _ in 0..20 {
        match gong.call(tool, input.clone()).await {
            Ok(answer) => return Some(answer.into_inner()),
            Err(error) if keyed && error.kind() == ErrorKind::Conflict => return None,
            // Several tokens in a row were revoked; the next may live.
            Err(error) if error.is_retryable() || error.kind() == ErrorKind::Unauthorized => {}
            Err(error) => panic!("{tool}: {error}"),
        }
    }
    panic!("{tool}: no end of errors");
}

/// Where ids are in an answer, and what they are.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(id) if name == "id" || (name.ends_with("Id") && name != "requestId") => {
                        found.push(format!("{name} {id}"));
                    }
                    other => ids(other, found),
                }
            }
        }
        _ => {}
    }
}

fn ids_of(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    ids(value, &mut found);
    found
}

/// Sends a thousand requests through a sandbox in which this share of them goes wrong.
#[allow(clippy::print_stdout)] // the figures, for whoever asks for them with --nocapture
async fn a_thousand_requests(rate: f64, seed: u64) {
    let world = World::by_tokios_clock(Sandbox::builder().rate_limit(Some(GongsLimit::GONG))).await;
    let tokens = Tokens::of(&world);
    let limiter = Limiter::with_environment(RateLimit::default(), world.clock.clone());
    let watched = Arc::new(Watched { limiter, times: std::sync::Mutex::default() });
    let gong = world.client().token_source(tokens.clone()).rate_limiter(watched.clone()).build().unwrap();
    let mut truth = BTreeMap::new();
    for tool in READS {
        truth.insert(tool, ids_of(&gong.call(tool, json!({})).await.unwrap()));
    }
    let host = world.sandbox.company().owner().unwrap().id.clone();
    world.sandbox.set_chaos(Some(Chaos::mixed(rate, seed)));
    let (truth, mut jobs) = (Arc::new(truth), JoinSet::new());
    for worker in 0..8_usize {
        let (gong, truth, host) = (gong.clone(), truth.clone(), host.clone());
        jobs.spawn(async move {
            for number in (worker..1000).step_by(8) {
                if number % 5 < 2 {
                    let (tool, input) = write(number, &host);
                    call(&gong, tool, input, true).await;
                } else {
                    let tool = READS[number % READS.len()];
                    let answer = call(&gong, tool, json!({}), false).await.unwrap();
                    assert_eq!(ids_of(&answer), truth[tool], "{tool}");
                }
            }
        });
    }
    jobs.join_all().await;
    let requests = world.sandbox.requests();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for body in requests.iter().filter(|request| request.carried_out).filter_map(|request| request.json()) {
        let key = body.get("clientUniqueId").or(body.get("eventId")).and_then(Value::as_str).unwrap().to_owned();
        *times.entry(key).or_default() += 1;
    }
    let expected = (0..1000).filter(|number| number % 5 < 2).map(|number| (format!("key-{number}"), 1)).collect();
    assert_eq!(times, expected, "every write is carried out exactly once");
    let times = watched.times.lock().unwrap();
    assert!(times.windows(4).all(|four| four[3] - four[0] > Duration::from_secs(1)), "never four in a second");
    assert!(only_delays_come_too_near(&requests));
    let struck: BTreeSet<_> = requests.iter().filter_map(|request| request.fault).collect();
    let faults = requests.iter().filter(|request| request.fault.is_some()).count();
    let (sent, kinds, renewals) = (requests.len(), struck.len(), tokens.renewals.load(Ordering::Relaxed));
    println!("{sent} requests, {faults} faults of {kinds} kinds, {renewals} new tokens");
    assert!(struck.len() >= 15, "{struck:?}");
}

#[tokio::test(start_paused = true)]
async fn a_thousand_requests_come_through_with_every_fault_at_5_percent() {
    a_thousand_requests(0.05, 11).await;
}

#[tokio::test(start_paused = true)]
async fn and_with_a_fault_at_every_third() {
    a_thousand_requests(0.33, 12).await;
}
