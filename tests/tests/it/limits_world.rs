//! A world in which waiting takes no time: the client goes by tokio's clock, which the tests pause, and so does the
//! sandbox's rate limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gong_client::{BoxFuture, Client, ClientBuilder, Environment, Method};
use gong_sandbox::{Builder, Sandbox};
use tokio::time::{Instant, sleep};

/// Tokio's clock, which begins on 2026-11-23 at 12:00 UTC, and chance from a seed.
#[derive(Debug)]
pub(crate) struct Virtual {
    begun: Instant,
    drawn: AtomicU64,
}

impl Virtual {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Virtual { begun: Instant::now(), drawn: AtomicU64::new(1) })
    }
}

impl Environment for Virtual {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_795_435_200) + self.begun.elapsed()
    }

    fn random(&self) -> u64 {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (drawn ^ (drawn >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed ^ (mixed >> 31)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }
}

/// A sandbox and what its clients have in common.
pub(crate) struct World {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) environment: Arc<Virtual>,
}

impl World {
    pub(crate) async fn with(builder: Builder) -> Self {
        World { sandbox: Arc::new(builder.start().await.unwrap()), environment: Virtual::new() }
    }

    /// A client without credentials.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(self.sandbox.base_url()).environment(self.environment.clone())
    }

    /// A client with the account's key.
    pub(crate) fn keyed(&self) -> ClientBuilder {
        self.builder().api_key(self.sandbox.access_key(), self.sandbox.access_key_secret())
    }

    pub(crate) fn client(&self) -> Client {
        self.keyed().build().unwrap()
    }

    /// How often Gong said no because of its limit, and meant it.
    pub(crate) fn over_the_limit(&self) -> usize {
        let requests = self.sandbox.requests();
        requests.iter().filter(|request| request.status == Some(429) && request.fault.is_none()).count()
    }
}

/// A small request.
pub(crate) async fn ask(gong: &Client) -> gong_client::Result<gong_client::RawAnswer> {
    gong.request(Method::Get, "/v2/workspaces").send().await
}
