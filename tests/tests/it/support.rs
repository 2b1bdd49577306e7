//! A strict sandbox with a client that goes by its clock, and what tests ask of both.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gong_client::{BoxFuture, Client, ClientBuilder, DateTime, Environment, Listing};
use gong_sandbox::{Builder, Company, Fault, RecordedRequest, Sandbox};
use serde_json::Value;

/// A sandbox and a client of it. When the test is over, the sandbox must have found nothing wrong with any request.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) gong: Client,
    pub(crate) clock: Arc<Clock>,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let sandbox = builder.strict(true).start().await.unwrap();
        let clock = Arc::new(Clock::at(&sandbox.now()));
        let gong = client(&sandbox, &clock).api_key(sandbox.access_key(), sandbox.access_key_secret());
        Stage { gong: gong.build().unwrap(), sandbox, clock }
    }

    /// A company with one workspace rather than two.
    pub(crate) async fn of_one_workspace() -> Self {
        Self::with(Sandbox::builder().workspaces(1)).await
    }

    /// Another client, with a token that has these scopes.
    pub(crate) fn with_scopes(&self, scopes: &[&str]) -> Client {
        let token = self.sandbox.issue_token(scopes.iter().copied());
        client(&self.sandbox, &self.clock).access_token(token).build().unwrap()
    }

    pub(crate) fn company(&self) -> Company {
        self.sandbox.company()
    }

    /// The requests that arrived, as `METHOD /path`.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sandbox.requests().iter().map(line).collect()
    }

    /// The one request that arrived.
    pub(crate) fn only_request(&self) -> RecordedRequest {
        let requests = self.sandbox.requests();
        assert_eq!(requests.len(), 1, "{:?}", self.sent());
        requests[0].clone()
    }

    /// The body of the one request that arrived.
    pub(crate) fn only_body(&self) -> Value {
        self.only_request().json().unwrap()
    }

    /// The bodies of the requests that arrived on this path.
    pub(crate) fn bodies(&self, path: &str) -> Vec<Value> {
        let requests = self.sandbox.requests().into_iter().filter(|request| request.path == path);
        requests.map(|request| request.json().unwrap()).collect()
    }

    /// Lets the second request on this path go wrong: the first one only meets a fault that does no harm.
    pub(crate) fn second_fails(&self, path: &str, fault: Fault) {
        self.sandbox.inject(Fault::delay(Duration::ZERO).on("POST", path));
        self.sandbox.inject(fault.on("POST", path));
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.sandbox.violations(), []);
        }
    }
}

/// A request as `METHOD /path`.
pub(crate) fn line(request: &RecordedRequest) -> String {
    format!("{} {}", request.method, request.path)
}

/// A client of this sandbox, still without credentials.
pub(crate) fn client(sandbox: &Sandbox, clock: &Arc<Clock>) -> ClientBuilder {
    Client::builder().base_url(sandbox.base_url()).environment(Arc::clone(clock) as Arc<dyn Environment>)
}

/// A clock that a test moves, and that moves by itself only while somebody sleeps: which takes no time. Chance counts up.
#[derive(Debug)]
pub(crate) struct Clock {
    nanos: AtomicU64,
    random: AtomicU64,
}

impl Clock {
    pub(crate) fn at(now: &str) -> Self {
        let since = at(now).to_system_time().duration_since(UNIX_EPOCH).unwrap();
        Clock { nanos: AtomicU64::new(nanos(since)), random: AtomicU64::new(1) }
    }

    pub(crate) fn advance(&self, duration: Duration) {
        self.nanos.fetch_add(nanos(duration), Ordering::Relaxed);
    }
}

/// To the last one: who sleeps for less than was asked would be asked again for ever.
fn nanos(duration: Duration) -> u64 {
    duration.as_nanos().try_into().unwrap()
}

impl Environment for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_nanos(self.nanos.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        self.random.fetch_add(1, Ordering::Relaxed)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

/// An instant.
pub(crate) fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// Two lists with the same elements, in whatever order.
#[track_caller]
pub(crate) fn same<T: Ord + Debug>(ours: impl IntoIterator<Item = T>, theirs: impl IntoIterator<Item = T>) {
    let sorted = |list: Vec<T>| {
        let mut list = list;
        list.sort();
        list
    };
    assert_eq!(sorted(ours.into_iter().collect()), sorted(theirs.into_iter().collect()));
}

/// Every item of a call, page after page.
pub(crate) async fn all<P: Listing>(mut items: gong_client::Items<P>) -> Vec<P::Item> {
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        list.push(item.unwrap());
    }
    list
}

/// What of Gong's answer ours lacks or has otherwise: a place a line. Nulls are nothing, and ids may be text or number.
pub(crate) fn lost(gongs: &Value, ours: &Value) -> Vec<String> {
    let mut places = Vec::new();
    compare(gongs, ours, "", &mut places);
    places
}

fn compare(gongs: &Value, ours: &Value, place: &str, lost: &mut Vec<String>) {
    let nothing = Value::Null;
    match (gongs, ours) {
        (Value::Null, _) => {}
        (Value::Object(members), Value::Object(others)) => {
            for (name, value) in members {
                compare(value, others.get(name).unwrap_or(&nothing), &format!("{place}.{name}"), lost);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (item, other) in items.iter().zip(others) {
                compare(item, other, &format!("{place}[]"), lost);
            }
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        (Value::Number(number), Value::String(text)) | (Value::String(text), Value::Number(number))
            if number.to_string() == *text => {}
        (one, other) if one == other => {}
        (one, other) => lost.push(format!("{place}: {one} became {other}")),
    }
}

#[test]
fn what_is_lost_is_noticed() {
    let gongs = serde_json::json!({"id": 7, "list": [{"a": null, "b": 1}], "more": {"c": [1, 2]}, "text": "x"});
    let ours = serde_json::json!({"id": "7", "list": [{}], "more": {"c": [1]}, "text": "y"});
    let places: Vec<String> =
        lost(&gongs, &ours).into_iter().map(|line| line.split(':').next().unwrap().into()).collect();
    assert_eq!(places, [".list[].b", ".more.c", ".text"]);
}
