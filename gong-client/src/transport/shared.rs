//! What every request of a client shares with the others: connections, credentials, policies, settings, and what was
//! looked up before.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::auth::credentials::{Credentials, Signer};
use crate::base::cache::Cache;
use crate::base::endpoint::Endpoint;
use crate::base::environment::Environment;
use crate::base::listener::Listener;
use crate::base::text::Redactor;
use crate::limiter::rate_limiter::RateLimiter;
use crate::transport::event::Event;
use crate::transport::retry::RetryPolicy;

/// What the clones of a client share, and all that is below it knows of it.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    /// The account's own host.
    pub(crate) host: Endpoint,
    pub(crate) credentials: Credentials,
    /// Hides the credentials, as far as they stay the same.
    pub(crate) redactor: Arc<Redactor>,
    pub(crate) user_agent: String,
    /// How long there may be silence, …
    pub(crate) read_timeout: Duration,
    /// … and how long a try may take that carries no file.
    pub(crate) timeout: Duration,
    /// The most bytes that an answer may have, …
    pub(crate) answer_limit: usize,
    /// … and the most memory that it may take, decoded.
    pub(crate) decoded_limit: usize,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) rate_limiter: Option<Arc<dyn RateLimiter>>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) observer: Option<Listener<Event>>,
    /// What was looked up before.
    pub(crate) lookups: Cache,
}

impl Shared {
    /// What hides the secrets that this signer sends.
    pub(crate) fn redactor(&self, signer: &Signer<'_>) -> Arc<Redactor> {
        match signer {
            Signer::Lent { token, .. } => Arc::new(Redactor::new([token.reveal()])),
            Signer::ApiKey(_) | Signer::AccessToken(_) => self.redactor.clone(),
        }
    }

    /// How long ago this was.
    pub(crate) fn since(&self, begun: SystemTime) -> Duration {
        self.environment.now().duration_since(begun).unwrap_or_default()
    }
}
