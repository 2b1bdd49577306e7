//! A strict sandbox, and a client that goes by the sandbox's clock and waits in no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{BoxFuture, Client, DateTime, Environment};
use gong_sandbox::{Builder, Sandbox};

pub(crate) async fn start(builder: Builder) -> (Sandbox, Client) {
    let sandbox = builder.strict(true).start().await.unwrap();
    let now: DateTime = sandbox.now().parse().unwrap();
    let world = Arc::new(World { began: now.to_system_time(), waited: AtomicU64::new(0), random: AtomicU64::new(1) });
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).environment(world).build().unwrap();
    (sandbox, client)
}

/// The ids of the company's calls, oldest first.
pub(crate) fn call_ids(sandbox: &Sandbox) -> Vec<String> {
    sandbox.company().calls.iter().map(|call| call.id.clone()).collect()
}

#[derive(Debug)]
struct World {
    began: SystemTime,
    waited: AtomicU64,
    random: AtomicU64,
}

impl Environment for World {
    fn now(&self) -> SystemTime {
        self.began + Duration::from_nanos(self.waited.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        self.random.fetch_add(1, Ordering::Relaxed)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.waited.fetch_add(duration.as_nanos().try_into().unwrap(), Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}
