//! An embedded Gong for development and tests: an HTTP server on 127.0.0.1 that answers the way
//! `api.gong.io` does, with a made-up company behind it.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use gong_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::builder().seed(7).start().await?;
//! println!("{} with {}", sandbox.base_url(), sandbox.access_key());
//! # Ok(())
//! # }
//! ```
//!
//! # The path of a request
//!
//! `server` takes it off the socket and writes it down; `gateway` leads it past faults, the table
//! of operations (`routes`), credentials and scopes (`access`), the rate limit (`limiter`) and the
//! reading of its body (`input`) to a handler in `ops`. The handler answers from the `company`,
//! which follows entirely from a seed and an instant; `pages` cuts long lists. Whatever comes out
//! is put into Gong's envelope by `reply`.
//!
//! # What it must never do
//!
//! - Take its behaviour from our own specification: it is what the rest of the project is held
//!   against, so it follows what is known of Gong and depends on neither client nor generator.
//! - Look at the real clock or at any source of chance: the same seed gives the same answers. Only
//!   the rate limit goes by a clock that runs, which is Tokio's.
//! - Wait. There are no timers in the background, so tests may pause time.
//! - Answer differently in strict mode, which only takes notes.

mod access;
mod bodies;
mod builder;
mod clock;
mod codec;
pub mod company;
mod fault;
mod gateway;
mod input;
mod limiter;
mod ops;
mod pages;
mod prng;
mod record;
mod refusal;
mod reply;
mod routes;
mod server;
mod shape;
mod world;

use std::{fmt, io, time::Duration};

use tokio::sync::oneshot;

pub use crate::{
    builder::Builder,
    company::{Company, MANAGER_EMAIL, OWNER_EMAIL},
    fault::Fault,
    limiter::RateLimit,
    record::{RecordedRequest, Violation},
};
use crate::{clock::stamp, server::Shared};

/// A running sandbox; dropping it stops the server.
pub struct Sandbox {
    base_url: String,
    access_key: String,
    access_key_secret: String,
    access_token: String,
    shared: Shared,
    _stop: oneshot::Sender<()>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Sets a sandbox up.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts a sandbox with every default.
    ///
    /// # Errors
    ///
    /// If no port on 127.0.0.1 can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    fn new(base_url: String, shared: Shared, stop: oneshot::Sender<()>) -> Self {
        let gateway = shared.lock();
        let access = &gateway.access;
        let (access_key, access_key_secret) = (access.key.clone(), access.secret.clone());
        let access_token = access.token.clone();
        drop(gateway);
        Self { base_url, access_key, access_key_secret, access_token, shared, _stop: stop }
    }

    /// Where it listens, such as `http://127.0.0.1:40123`: no slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The access key, the user name of Basic authentication. It may do everything.
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// The secret of the access key, the password of Basic authentication.
    pub fn access_key_secret(&self) -> &str {
        &self.access_key_secret
    }

    /// A bearer token with every scope, or those given to [`Builder::scopes`].
    pub fn access_token(&self) -> &str {
        &self.access_token
    }

    /// Gives out another bearer token with these scopes.
    pub fn issue_token<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) -> String {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.shared.lock().access.issue(scopes)
    }

    /// Revokes a bearer token.
    pub fn revoke_token(&self, token: &str) {
        self.shared.lock().access.revoke(token);
    }

    /// The company's now, RFC 3339.
    pub fn now(&self) -> String {
        stamp(self.shared.lock().world.now())
    }

    /// Moves the company's clock on: cursors grow old, the rate limit recovers.
    pub fn advance(&self, by: Duration) {
        self.shared.lock().world.clock.advance(by);
    }

    /// Lets something go wrong with a request to come. Faults given earlier come first.
    pub fn inject(&self, fault: Fault) {
        self.shared.lock().faults.push(fault);
    }

    /// The requests that arrived, in order, those that were turned back included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.lock().requests.clone()
    }

    /// Forgets the requests that arrived so far.
    pub fn clear_requests(&self) {
        self.shared.lock().requests.clear();
    }

    /// What strict mode found so far.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.lock().violations.clone()
    }

    /// The company as it is at this moment: a copy, which later requests do not change.
    pub fn company(&self) -> Company {
        self.shared.lock().world.snapshot()
    }
}
