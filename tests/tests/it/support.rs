//! The world of every test: a strict sandbox, a client that lives by a clock of its own, and what tests ask of both.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gong_client::{BoxFuture, Client, ClientBuilder, DateTime, Environment, Items, NamedCall, Upload, catalog};
use gong_sandbox::company::FlowInstance;
use gong_sandbox::{Builder, Company, Fault, RecordedRequest, Sandbox};
use serde_json::Value;
use tokio::time::Instant;

/// A sandbox and a client of it. Strict, so whatever a test sends is compared with Gong's own document: a field or a
/// query parameter that Gong does not know would be ignored in silence there, and fails here when the world ends.
pub(crate) struct World {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) gong: Client,
    pub(crate) clock: Arc<Clock>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Sandbox::builder()).await
    }

    /// One in which nobody waits: a client that sleeps moves its clock instead.
    pub(crate) async fn with(builder: Builder) -> Self {
        Self::at_the_pace_of(builder, None).await
    }

    /// One that goes by tokio's clock, as the sandbox's rate limit does. Tests pause it, so that waiting takes no time.
    pub(crate) async fn by_tokios_clock(builder: Builder) -> Self {
        Self::at_the_pace_of(builder, Some(Instant::now())).await
    }

    async fn at_the_pace_of(builder: Builder, tokios: Option<Instant>) -> Self {
        let sandbox = Arc::new(builder.strict(true).start().await.unwrap());
        let began = nanos(at(&sandbox.now()).to_system_time().duration_since(UNIX_EPOCH).unwrap());
        let clock = Arc::new(Clock { nanos: AtomicU64::new(began), random: AtomicU64::new(1), tokios });
        let gong = client(&sandbox, &clock).api_key(sandbox.access_key(), sandbox.access_key_secret());
        World { gong: gong.build().unwrap(), sandbox, clock }
    }

    /// A company with one workspace rather than two, where nobody need say which.
    pub(crate) async fn of_one_workspace() -> Self {
        Self::with(Sandbox::builder().workspaces(1)).await
    }

    /// Pages of this size.
    pub(crate) async fn paged(page_size: usize) -> Self {
        Self::with(Sandbox::builder().page_size(page_size)).await
    }

    /// Another client, still without credentials.
    pub(crate) fn client(&self) -> ClientBuilder {
        client(&self.sandbox, &self.clock)
    }

    /// Another client of the same account.
    pub(crate) fn keyed(&self) -> ClientBuilder {
        self.client().api_key(self.sandbox.access_key(), self.sandbox.access_key_secret())
    }

    /// Another client, with a token that has these scopes.
    pub(crate) fn with_scopes(&self, scopes: &[&str]) -> Client {
        self.client().access_token(self.sandbox.issue_token(scopes.iter().copied())).build().unwrap()
    }

    pub(crate) fn company(&self) -> Company {
        self.sandbox.company()
    }

    /// The ids of the company's calls, oldest first.
    pub(crate) fn call_ids(&self) -> Vec<String> {
        self.company().calls.into_iter().map(|call| call.id).collect()
    }

    /// The requests that arrived, as `METHOD /path`.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sandbox.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// The last request that arrived.
    pub(crate) fn last(&self) -> RecordedRequest {
        self.sandbox.requests().pop().unwrap()
    }

    /// The body of the last request that arrived.
    pub(crate) fn last_body(&self) -> Value {
        self.last().json().unwrap()
    }

    /// The body of the one request that arrived.
    pub(crate) fn only_body(&self) -> Value {
        assert_eq!(self.sent().len(), 1, "{:?}", self.sent());
        self.last_body()
    }

    /// The bodies of the requests that arrived on this path.
    pub(crate) fn bodies(&self, path: &str) -> Vec<Value> {
        let requests = self.sandbox.requests().into_iter().filter(|request| request.path == path);
        requests.map(|request| request.json().unwrap()).collect()
    }

    /// Lets a later request on this path go wrong: the ones before it get a fault that does no harm.
    pub(crate) fn fails_after(&self, harmless: usize, path: &str, fault: Fault) {
        for _ in 0..harmless {
            self.sandbox.inject(Fault::delay(Duration::ZERO).on("POST", path));
        }
        self.sandbox.inject(fault.on("POST", path));
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let violations = self.sandbox.violations();
            assert!(violations.is_empty(), "Gong would have ignored: {violations:#?}");
        }
    }
}

fn client(sandbox: &Sandbox, clock: &Arc<Clock>) -> ClientBuilder {
    Client::builder().base_url(sandbox.base_url()).environment(Arc::clone(clock) as Arc<dyn Environment>)
}

/// A clock that a test moves, and that moves by itself only while somebody sleeps, which takes no time; or tokio's. It
/// begins at the sandbox's now. Chance is what follows from a seed.
#[derive(Debug)]
pub(crate) struct Clock {
    nanos: AtomicU64,
    random: AtomicU64,
    tokios: Option<Instant>,
}

impl Clock {
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
        let run = self.tokios.map(|began| began.elapsed()).unwrap_or_default();
        UNIX_EPOCH + Duration::from_nanos(self.nanos.load(Ordering::Relaxed)) + run
    }

    fn random(&self) -> u64 {
        let drawn = self.random.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (drawn ^ (drawn >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed ^ (mixed >> 31)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if self.tokios.is_some() {
            return Box::pin(tokio::time::sleep(duration));
        }
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

/// The tools of the published contract.
pub(crate) fn published() -> BTreeSet<&'static str> {
    include_str!("../../contract.csv").lines().skip(1).filter_map(|row| row.split(',').next()).collect()
}

/// A call by name, confirmed if it removes something, and with the files that it wants.
pub(crate) fn confirmed(gong: &Client, name: &str, input: Value) -> NamedCall {
    let tool = catalog::tool(name).unwrap();
    let param = tool.confirm;
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let confirmation = param.map_or_else(|| name.to_owned(), |param| text(&input[param]));
    with_files(gong, tool, input).confirm(confirmation)
}

/// A call by name, with a small file wherever the input's tool takes one.
pub(crate) fn with_files(gong: &Client, tool: &catalog::Tool, input: Value) -> NamedCall {
    with_files_of(gong.call(tool.name, input.clone()), tool, &input)
}

/// The call of this tool with the files that this input names.
pub(crate) fn with_files_of<A>(call: NamedCall<A>, tool: &catalog::Tool, input: &Value) -> NamedCall<A> {
    let files = tool.params.iter().filter(|param| param.format == Some("path"));
    let name = |param: &catalog::Param| {
        let given = input[param.name].as_str().filter(|name| !name.trim().is_empty());
        given.unwrap_or("call.mp3").to_owned()
    };
    let upload = |param| Upload::from_bytes(name(param), *b"{}\n");
    let files: Vec<_> = files.map(|param| (param.name, upload(param))).collect();
    files.into_iter().fold(call, |call, (param, file)| call.file(param, file))
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
pub(crate) async fn all<T: Send + 'static>(mut items: Items<T>) -> Vec<T> {
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        list.push(item.unwrap());
    }
    assert!(items.is_finished());
    list
}

/// What is in this field of each object of a list.
pub(crate) fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}

/// The CRM ids of this many prospects whom any flow takes.
pub(crate) fn free(company: &Company, count: usize) -> Vec<String> {
    company.free_prospects().iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

/// A flow of the company that keeps nobody from others.
pub(crate) fn a_flow(company: &Company) -> String {
    company.flows.iter().find(|flow| flow.owner_id.is_none() && !flow.exclusive).unwrap().id.clone()
}

/// The first prospect that is in a flow, as the instance of the flow.
pub(crate) fn open_instance(company: &Company) -> FlowInstance {
    company.flow_instances.iter().find(|instance| instance.is_open()).unwrap().clone()
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
