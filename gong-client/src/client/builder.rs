//! How a client is made. Every fault of the settings is reported at once.

use std::sync::Arc;
use std::time::Duration;

use crate::auth::credentials::Credentials;
use crate::auth::token_source::TokenSource;
use crate::base::cache::Cache;
use crate::base::endpoint::Endpoint;
use crate::base::environment::{Environment, System};
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::listener::Listener;
use crate::base::secret::Secret;
use crate::base::service::SERVICE;
use crate::base::text::is_header_value;
use crate::client::handle::Client;
use crate::limiter::rate_limiter::RateLimiter;
use crate::limiter::registry::{self, Account};
use crate::limiter::{Limiter, RateLimit};
use crate::transport::event::Event;
use crate::transport::retry::{Backoff, RetryPolicy};
use crate::transport::shared::Shared;

/// The settings of a client.
///
/// ```
/// # use gong_client::Client;
/// # use std::time::Duration;
/// let gong = Client::builder()
///     .access_token("token")
///     .base_url("https://us-12345.api.gong.io")
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// assert_eq!(gong.base_url(), "https://us-12345.api.gong.io");
/// # Ok::<(), gong_client::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing before `build`"]
pub struct ClientBuilder {
    credentials: Vec<Credentials>,
    base_url: String,
    connect_timeout: Duration,
    read_timeout: Duration,
    timeout: Duration,
    answer_limit: usize,
    decoded_limit: usize,
    user_agent: String,
    environment: Option<Arc<dyn Environment>>,
    limit: Limit,
    retry: Arc<dyn RetryPolicy>,
    observer: Option<Listener<Event>>,
}

/// Who says how much may be sent.
#[derive(Clone, Debug)]
enum Limit {
    /// No limit.
    Off,
    /// The limiter that the clients of the account share in this process.
    OfAccount(RateLimit),
    /// The caller's own.
    Own(Arc<dyn RateLimiter>),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        ClientBuilder {
            credentials: Vec::new(),
            base_url: SERVICE.base_url.to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(60),
            answer_limit: 64 * 1024 * 1024,
            decoded_limit: 512 * 1024 * 1024,
            user_agent: concat!("gong-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            environment: None,
            limit: Limit::OfAccount(RateLimit::default()),
            retry: Arc::new(Backoff::default()),
            observer: None,
        }
    }
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
    /// An access key and its secret, as an administrator of the account makes them. Space around them is left away.
    pub fn api_key(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.credentials.push(Credentials::api_key(Secret::copied(key), Secret::copied(secret)));
        self
    }

    /// A token of the authorization flow. It goes with the base URL that came with it. Space around it and the word
    /// `Bearer` before it are left away.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.push(Credentials::AccessToken(Secret::token(token)));
        self
    }

    /// Tokens that change over time. One that Gong refuses as expired or revoked is exchanged once.
    pub fn token_source(mut self, source: Arc<dyn TokenSource>) -> Self {
        self.credentials.push(Credentials::Source(source));
        self
    }

    /// The account's own host, such as `https://us-12345.api.gong.io`; else the service's common one. Plain `http` only
    /// to this machine itself.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long making a connection may take; else 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long Gong may be silent, before its answer or in the middle of it; else 30 seconds. While a file is sent,
    /// how long it may take nothing of it.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How long one try of a request may take, from its beginning to the last byte of its answer; else 60 seconds. One
    /// that carries a file may take as long as it moves.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The most bytes that an answer may have, decompressed; else 64 MiB. More is an error while it comes.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    /// The most memory that the decoded form of an answer may take, in bytes; else 512 MiB. Some JSON means much more
    /// than it has bytes: a list of `{}` becomes a list of models. More is an error as soon as it is noticed. What is
    /// counted is an estimate that errs upwards, beside the bytes themselves.
    pub fn decoded_limit(mut self, bytes: usize) -> Self {
        self.decoded_limit = bytes;
        self
    }

    /// How much may be sent; `None` for as much as one likes. Else what Gong allows a company.
    ///
    /// All clients of one account (the same host and the same credentials) in this process count together, and the
    /// strictest limit that one of them sets holds for all.
    ///
    /// ```
    /// # use gong_client::{Client, RateLimit};
    /// // A third of the company's rate, for a job that shares it with others.
    /// let gong = Client::builder().access_token("token").rate_limit(RateLimit::new(1, 3000)).build()?;
    /// assert_eq!(gong.quota().map(|quota| quota.day.limit), Some(3000));
    /// let unlimited = Client::builder().access_token("token").rate_limit(None).build()?;
    /// assert_eq!(unlimited.quota(), None);
    /// # Ok::<(), gong_client::Error>(())
    /// ```
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limit = limit.into().map_or(Limit::Off, Limit::OfAccount);
        self
    }

    /// A limiter that is shared with other clients, whatever their credentials.
    pub fn limiter(self, limiter: Limiter) -> Self {
        self.rate_limiter(Arc::new(limiter))
    }

    /// A rate limiter of your own, such as one over a store that several processes share.
    pub fn rate_limiter(mut self, rate_limiter: Arc<dyn RateLimiter>) -> Self {
        self.limit = Limit::Own(rate_limiter);
        self
    }

    /// When a request that failed is tried again; else [`Backoff::default`].
    pub fn retry(mut self, policy: Arc<dyn RetryPolicy>) -> Self {
        self.retry = policy;
        self
    }

    /// A function that is called with every request that is over, for metrics. It runs in the task that made the
    /// request, so it should be quick.
    ///
    /// ```
    /// # use gong_client::Client;
    /// let gong = Client::builder()
    ///     .access_token("token")
    ///     .observe(|event| println!("{} {:?} after {} tries", event.path, event.status, event.tries))
    ///     .build()?;
    /// # Ok::<(), gong_client::Error>(())
    /// ```
    pub fn observe(mut self, tell: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.observer = Some(Listener::new(tell));
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// A clock, chance and waiting other than the system's, for tests.
    pub fn environment(mut self, environment: Arc<dyn Environment>) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`], with every fault of the settings.
    pub fn build(self) -> Result<Client> {
        let mut faults = self.faults();
        let host = Endpoint::base_url(&self.base_url).map_err(|fault| faults.push(fault)).ok();
        let (Some(host), Some(credentials), true) = (host, self.credentials.first(), faults.is_empty()) else {
            return Err(Error::new(
                ErrorKind::Config,
                format!("the client's settings are wrong: {}.", faults.join("; ")),
            ));
        };
        let http = self.http(&host).map_err(|cause| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be made.")
                .with(|inner| inner.source = Some(cause.into()))
        })?;
        let environment = self.environment.clone().unwrap_or_else(|| Arc::new(System));
        let rate_limiter: Option<Arc<dyn RateLimiter>> = match self.limit {
            Limit::Off => None,
            Limit::Own(rate_limiter) => Some(rate_limiter),
            Limit::OfAccount(limit) => {
                let account = Account::new(host.as_str(), credentials, self.environment.as_ref());
                Some(Arc::new(registry::limiter(account, limit, &environment)))
            }
        };
        Ok(Client::new(Shared {
            http,
            host,
            credentials: credentials.clone(),
            redactor: Arc::new(credentials.redactor()),
            user_agent: self.user_agent,
            read_timeout: self.read_timeout,
            timeout: self.timeout,
            answer_limit: self.answer_limit,
            decoded_limit: self.decoded_limit,
            environment,
            rate_limiter,
            retry: self.retry,
            observer: self.observer,
            lookups: Cache::default(),
        }))
    }

    /// Every fault of the settings but the base URL's.
    fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> =
            self.credentials.iter().filter_map(Credentials::fault).map(str::to_owned).collect();
        if self.credentials.len() != 1 {
            faults.push("give either an API key, an access token or a source of tokens".to_owned());
        }
        if [self.connect_timeout, self.read_timeout, self.timeout].iter().any(Duration::is_zero) {
            faults.push("a timeout of nothing leaves no time".to_owned());
        }
        if self.answer_limit == 0 || self.decoded_limit == 0 {
            faults.push("an answer needs room".to_owned());
        }
        if matches!(self.limit, Limit::OfAccount(limit) if limit.per_second == 0 || limit.per_day == 0) {
            faults.push("a rate limit of nothing lets nothing through".to_owned());
        }
        if self.user_agent.trim().is_empty() || !is_header_value(&self.user_agent) {
            faults.push("the user agent must be printable ASCII".to_owned());
        }
        faults
    }

    fn http(&self, host: &Endpoint) -> reqwest::Result<reqwest::Client> {
        let accept = reqwest::header::HeaderValue::from_static("application/json");
        let builder = reqwest::Client::builder()
            .default_headers([(reqwest::header::ACCEPT, accept)].into_iter().collect())
            .user_agent(&self.user_agent)
            .connect_timeout(self.connect_timeout)
            // Credentials must not follow a redirect to another host, and without them the request is of no use.
            .redirect(reqwest::redirect::Policy::none());
        // What goes to this machine in the clear must not go over a proxy elsewhere.
        if host.is_in_the_clear() { builder.no_proxy().build() } else { builder.build() }
    }
}

#[cfg(test)]
mod tests;
