//! A strict sandbox and a client of it that lives at the same instant. What a test sends is held against Gong's own document when
//! the world ends: a field or a query parameter that Gong does not know would be ignored in silence there, and fails here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{BoxFuture, Client, ClientBuilder, Environment};
use gong_sandbox::company::Company;
use gong_sandbox::{Builder, RecordedRequest, Sandbox};
use serde_json::Value;

/// The sandbox's default instant, 2026-11-20T12:00:00-07:00.
const NOW: Duration = Duration::from_secs(1_795_201_200);

/// Time that passes only when somebody waits, and chance that counts.
#[derive(Debug, Default)]
pub(crate) struct Repeatable {
    waited: AtomicU64,
    chance: AtomicU64,
}

impl Environment for Repeatable {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW + Duration::from_millis(self.waited.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        self.chance.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.waited.fetch_add(u64::try_from(duration.as_millis()).unwrap(), Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}

/// A strict sandbox and a client of it.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) gong: Client,
    /// What was so before the test began.
    pub(crate) company: Company,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::of(Sandbox::builder()).await
    }

    /// A company with one workspace, where nobody need say which.
    pub(crate) async fn small() -> Self {
        Self::of(Sandbox::builder().workspaces(1)).await
    }

    pub(crate) async fn of(builder: Builder) -> Self {
        let sandbox = builder.strict(true).start().await.unwrap();
        let gong = client(&sandbox).build().unwrap();
        let company = sandbox.company();
        World { sandbox, gong, company }
    }

    /// The requests that arrived, as "POST /v2/calls".
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sandbox.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// The last request that arrived.
    pub(crate) fn last(&self) -> RecordedRequest {
        self.sandbox.requests().pop().expect("a request arrived")
    }

    /// The body of the last request that arrived.
    pub(crate) fn last_body(&self) -> Value {
        self.last().json().expect("its body is JSON")
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

/// A client of a sandbox, yet to be built.
pub(crate) fn client(sandbox: &Sandbox) -> ClientBuilder {
    Client::builder()
        .api_key(sandbox.access_key(), sandbox.access_key_secret())
        .base_url(sandbox.base_url())
        .environment(Arc::new(Repeatable::default()))
        // What the limiter does is tested by itself.
        .rate_limit(None)
}

/// The ids in a list of objects.
pub(crate) fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}
