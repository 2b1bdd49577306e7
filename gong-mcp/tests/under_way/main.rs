//! Calls that take a while, over both transports and in both versions of the protocol: how far they have come, their
//! end when a host does not want them any more, and a user who has to do something first.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod cancel;
mod elicitation;
mod gate;
mod host;
mod logging;
mod neighbours;
mod progress;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{BoxFuture, Client, Environment};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;

/// A server of a sandbox's company, which is called at this address.
fn server(sandbox: &Sandbox, url: &str) -> Server {
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret()).base_url(url);
    let client = client.rate_limit(None).environment(Arc::new(Hurried(AtomicU64::new(0)))).build().unwrap();
    Server::new(Toolbox::new(client, Offer::new(&Selection::default()).unwrap()))
}

/// A world in which every wait is over at once, and has taken its time.
#[derive(Debug)]
struct Hurried(AtomicU64);

impl Environment for Hurried {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_435_200_000 + self.0.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.fetch_add(u64::try_from(duration.as_millis()).unwrap(), Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}
