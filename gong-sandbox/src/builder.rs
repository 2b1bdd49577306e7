//! Setting a sandbox up before it starts.

use std::{
    io,
    net::Ipv4Addr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::net::TcpListener;

use crate::{
    Fault, RateLimit, Sandbox,
    access::Access,
    clock::{self, Clock, DEFAULT_NOW},
    company::Company,
    gateway::Gateway,
    limiter::Limiter,
    pages::Pages,
    prng::Prng,
    server::{self, Shared},
    world::World,
};

/// What a sandbox is to be like. Every part has a default.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    seed: u64,
    now: String,
    strict: bool,
    unknown_fields: bool,
    workspaces: usize,
    page_size: usize,
    engage: bool,
    scopes: Option<Vec<String>>,
    rate_limit: Option<RateLimit>,
    cursor_lifetime: Duration,
    port: u16,
    faults: Vec<Fault>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            seed: 1,
            now: DEFAULT_NOW.to_string(),
            strict: false,
            unknown_fields: false,
            workspaces: 2,
            page_size: 100,
            engage: true,
            scopes: None,
            rate_limit: None,
            cursor_lifetime: Duration::from_secs(60 * 60),
            port: 0,
            faults: Vec::new(),
        }
    }
}

impl Builder {
    /// The company to make up: the same seed and instant give the same company. 1 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The instant the company calls now, an RFC 3339 date-time with its offset.
    ///
    /// By default `2026-11-20T12:00:00-07:00`, a Friday. It stands still until
    /// [`Sandbox::advance`].
    pub fn now(mut self, now: impl Into<String>) -> Self {
        self.now = now.into();
        self
    }

    /// Takes an instant of the system's clock for the company's now.
    pub fn now_at(mut self, now: SystemTime) -> Self {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        self.now = clock::stamp(i64::try_from(since.as_secs()).unwrap_or_default());
        self
    }

    /// Whether to note in [`Sandbox::violations`] what Gong ignores in silence: unknown fields and
    /// query parameters, values of another type, a body on a GET, a wrong content type. The
    /// answers stay the same. Off by default.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Whether every object of an answer carries a field that nobody knows: Gong reserves the right
    /// to add some at any time. Off by default.
    pub fn unknown_fields(mut self, unknown_fields: bool) -> Self {
        self.unknown_fields = unknown_fields;
        self
    }

    /// How many workspaces the company has, at least one. 2 by default.
    pub fn workspaces(mut self, workspaces: usize) -> Self {
        self.workspaces = workspaces;
        self
    }

    /// How many records a page holds. 100 by default, as in Gong.
    pub fn page_size(mut self, page_size: usize) -> Self {
        self.page_size = page_size;
        self
    }

    /// Whether the company has a licence for Engage. Without one it has no flows, and tasks answer
    /// 500. True by default.
    pub fn engage(mut self, engage: bool) -> Self {
        self.engage = engage;
        self
    }

    /// The scopes of [`Sandbox::access_token`]; every scope by default.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The rate limit; none by default.
    ///
    /// It goes by Tokio's clock, which a test may pause, and by [`Sandbox::advance`].
    pub fn rate_limit(mut self, rate_limit: Option<RateLimit>) -> Self {
        self.rate_limit = rate_limit;
        self
    }

    /// How long a cursor lives on the company's clock. One hour by default.
    pub fn cursor_lifetime(mut self, lifetime: Duration) -> Self {
        self.cursor_lifetime = lifetime;
        self
    }

    /// The port on 127.0.0.1; by default any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Adds a fault, see [`Sandbox::inject`].
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Starts the sandbox on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// If the port cannot be bound, or [`Builder::now`] was given no RFC 3339 date-time.
    pub async fn start(self) -> io::Result<Sandbox> {
        let now = clock::instant(&self.now).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("'{}' is no RFC 3339 date-time with an offset", self.now),
            )
        })?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let shared = Shared::new(self.gateway(now));
        let stop = server::spawn(listener, shared.clone());
        Ok(Sandbox::new(base_url, shared, stop))
    }

    fn gateway(self, now: i64) -> Gateway {
        let lifetime = i64::try_from(self.cursor_lifetime.as_secs()).unwrap_or(i64::MAX);
        let world = World {
            company: Company::found(self.seed, now, self.workspaces, self.engage),
            clock: Clock::at(now),
            pages: Pages::new(self.seed, self.page_size, lifetime),
            bulk_assignments: Vec::new(),
            engage: self.engage,
            prng: Prng::new(self.seed, "created over the API"),
        };
        Gateway {
            world,
            access: Access::new(self.seed, self.scopes),
            limiter: self.rate_limit.map(Limiter::new),
            faults: self.faults,
            strict: self.strict,
            unknown_fields: self.unknown_fields,
            requests: Vec::new(),
            violations: Vec::new(),
            request_ids: Prng::new(self.seed, "requests"),
        }
    }
}
