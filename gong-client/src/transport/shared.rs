//! What every request of a client shares with the others: connections, credentials, policies, settings, and what was
//! looked up before.

use std::sync::Arc;
use std::time::Duration;

use crate::auth::credentials::{Credentials, Signer};
use crate::base::cache::Cache;
use crate::base::endpoint::Endpoint;
use crate::base::environment::Environment;
use crate::base::text::Redactor;
use crate::limiter::rate_limiter::RateLimiter;
use crate::transport::event::Observer;
use crate::transport::retry::RetryPolicy;

/// What the clones of a client share, and all that is below it knows of it.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) host: Endpoint,
    pub(crate) credentials: Credentials,
    /// Hides the credentials, as far as they stay the same.
    pub(crate) redactor: Arc<Redactor>,
    pub(crate) user_agent: String,
    /// How long there may be silence, …
    pub(crate) read_timeout: Duration,
    /// … and how long a try may take that carries no file.
    pub(crate) timeout: Duration,
    pub(crate) answer_limit: usize,
    pub(crate) decoded_limit: usize,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) rate_limiter: Option<Arc<dyn RateLimiter>>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) observer: Option<Observer>,
    pub(crate) lookups: Cache,
}

impl Shared {
    /// The account's own host.
    pub(crate) fn host(&self) -> &Endpoint {
        &self.host
    }

    pub(crate) fn rate_limiter(&self) -> Option<&dyn RateLimiter> {
        self.rate_limiter.as_deref()
    }

    pub(crate) fn retry(&self) -> &dyn RetryPolicy {
        &*self.retry
    }

    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.observer.as_ref()
    }

    /// The most bytes that an answer may have.
    pub(crate) fn answer_limit(&self) -> usize {
        self.answer_limit
    }

    /// The most memory that an answer may take, decoded.
    pub(crate) fn decoded_limit(&self) -> usize {
        self.decoded_limit
    }

    /// What hides the secrets that this signer sends.
    pub(crate) fn redactor(&self, signer: &Signer<'_>) -> Arc<Redactor> {
        match signer {
            Signer::Lent { token, .. } => Arc::new(Redactor::new([token.reveal()])),
            Signer::ApiKey(_) | Signer::AccessToken(_) => self.redactor.clone(),
        }
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub(crate) fn environment(&self) -> &dyn Environment {
        &*self.environment
    }

    /// What was looked up before.
    pub(crate) fn lookups(&self) -> &Cache {
        &self.lookups
    }
}
