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
//! `server` takes it off the socket; `gateway` writes it down (`record`) and leads it past faults, credentials
//! (`access`), the table of operations (`routes`), the rate limit (`limiter`), scopes and the reading of its body
//! (`input`) to a handler in `ops`. The handler answers from the `company`, which follows entirely from a seed and an
//! instant; `pages` cuts long lists. Whatever comes out is put into Gong's envelope by `reply`. Paths below `/oauth2/`
//! go to `oauth` instead, which gives out what `access` then takes, and those below `/media/` to `media`, the host of
//! recordings. Files that are uploaded are not kept: `multipart` measures them as they come, and `lines` looks at each
//! line of those that consist of lines.
//!
//! What goes wrong on purpose is in `fault`; what hyper would not send, such as half an answer, `wire` sends.
//!
//! # What it must never do
//!
//! - Take its behaviour from our own specification: it is what the rest of the project is held
//!   against, so it follows what is known of Gong and depends on neither client nor generator.
//! - Look at the real clock or at any source of chance: the same seed gives the same answers. Only
//!   the rate limit, and the company's clock if it is told to run, go by a clock that runs, which is Tokio's. (The date
//!   of a 429 that gives one is told from the system's clock, as hyper tells that of every answer.)
//! - Wait, unless a fault says so, and then on Tokio's clock. There are no timers in the background,
//!   so tests may pause time.
//! - Answer differently in strict mode, which only takes notes.

mod access;
mod bodies;
mod builder;
mod clock;
pub mod company;
mod fault;
mod gateway;
mod input;
mod journal;
mod limiter;
mod lines;
mod media;
mod multipart;
mod oauth;
mod ops;
mod pages;
mod prng;
mod record;
mod refusal;
mod reply;
mod routes;
mod server;
mod wire;
mod world;

use std::{fmt, io, time::Duration};

use tokio::sync::oneshot;

pub use crate::{
    builder::Builder,
    company::{Company, MANAGER_EMAIL, OWNER_EMAIL},
    fault::{Chaos, Fault},
    limiter::RateLimit,
    multipart::UploadedPart,
    oauth::IssuedTokens,
    record::{RecordedRequest, Violation},
};
use crate::{clock::stamp, gateway::Gateway, oauth::App, server::Shared};

/// A running sandbox; dropping it stops the server.
pub struct Sandbox {
    base_url: String,
    customer_base_url: String,
    access_key: String,
    access_key_secret: String,
    access_token: String,
    own_app: App,
    shared: Shared,
    _stops: Vec<oneshot::Sender<()>>,
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

    /// Where it listens, such as `http://127.0.0.1:40123`: no slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where the customer's API is, as the token answer says (`api_base_url_for_customer`): another
    /// port with [`Builder::customer_host`], otherwise [`Sandbox::base_url`].
    pub fn customer_base_url(&self) -> &str {
        &self.customer_base_url
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
        self.shared.lock().access.issue(scopes, None)
    }

    /// Takes in a bearer token that an earlier sandbox gave out, with the scopes it had: the account of an app outlives
    /// the sandbox that it was authorized in.
    pub fn admit_token<S: Into<String>>(&self, token: impl Into<String>, scopes: impl IntoIterator<Item = S>) {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.shared.lock().access.admit(token.into(), scopes);
    }

    /// Revokes a bearer token.
    pub fn revoke_token(&self, token: &str) {
        self.shared.lock().access.revoke(token);
    }

    /// The client id of the OAuth app that every sandbox has. It may ask for every scope and return
    /// to any `http` address on this machine, whichever port and path.
    ///
    /// The consent page is at `/oauth2/authorize` below [`Sandbox::base_url`], tokens are at
    /// `/oauth2/generate-customer-token`.
    pub fn client_id(&self) -> &str {
        &self.own_app.client_id
    }

    /// The secret of that app.
    pub fn client_secret(&self) -> &str {
        &self.own_app.client_secret
    }

    /// Consents to an authorization link without a browser, and gives the address that the browser
    /// would have been sent to.
    ///
    /// # Errors
    ///
    /// The sentence that the page would have shown instead of asking.
    pub fn allow(&self, authorization_link: &str) -> Result<String, String> {
        self.follow(authorization_link, true)
    }

    /// The same for somebody who denies.
    ///
    /// # Errors
    ///
    /// As for [`Sandbox::allow`].
    pub fn deny(&self, authorization_link: &str) -> Result<String, String> {
        self.follow(authorization_link, false)
    }

    fn follow(&self, link: &str, allow: bool) -> Result<String, String> {
        let mut gateway = self.shared.lock();
        let now = gateway.world.now();
        gateway.oauth.follow(link, allow, now)
    }

    /// Every pair of tokens given out over OAuth, in order.
    pub fn issued_tokens(&self) -> Vec<IssuedTokens> {
        self.shared.lock().oauth.issued.clone()
    }

    /// How many refresh tokens were traded in so far.
    pub fn refreshes(&self) -> usize {
        self.shared.lock().oauth.refreshes
    }

    /// Takes back all that was given out over OAuth, refresh tokens included, as an administrator can.
    pub fn revoke_grants(&self) {
        let mut gateway = self.shared.lock();
        let Gateway { oauth, access, .. } = &mut *gateway;
        oauth.revoke_everything(access);
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

    /// Lets a share of the requests to come go wrong, or no more of them.
    pub fn set_chaos(&self, chaos: Option<Chaos>) {
        self.shared.lock().chaos = chaos;
    }

    /// The requests to the API and to the host of recordings that arrived, in order, those that were turned back
    /// included: the last 10,000, and of those no more than have 64 MiB of bodies between them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.recorded(|path| !record::is_oauth(path))
    }

    /// The requests for tokens that arrived, in order. One that was carried out got some, or would
    /// have if its answer had not been lost.
    pub fn token_requests(&self) -> Vec<RecordedRequest> {
        self.recorded(|path| path == oauth::TOKEN)
    }

    fn recorded(&self, wanted: fn(&str) -> bool) -> Vec<RecordedRequest> {
        let gateway = self.shared.lock();
        gateway.requests.iter().filter(|request| wanted(&request.path)).cloned().collect()
    }

    /// Forgets the requests that arrived so far.
    pub fn clear_requests(&self) {
        self.shared.lock().requests.clear();
    }

    /// What strict mode found so far, the first 10,000 of it.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.lock().violations.clone()
    }

    /// The company as it is at this moment: a copy, which later requests do not change.
    pub fn company(&self) -> Company {
        self.shared.lock().world.snapshot()
    }
}
