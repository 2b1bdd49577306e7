//! Setting a sandbox up before it starts.

use std::{
    io,
    net::Ipv4Addr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::net::TcpListener;

use crate::{
    Chaos, Fault, RateLimit, Sandbox,
    access::{Access, Host},
    clock::{self, Clock, DEFAULT_NOW},
    company::Company,
    gateway::Gateway,
    journal::Journal,
    limiter::Limiter,
    media::MediaHost,
    oauth::{App, OAuth},
    pages::Pages,
    prng::Prng,
    routes,
    server::{self, Shared},
    world::{BulkAssignment, World},
};

/// What a sandbox is to be like. Every part has a default.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    seed: u64,
    now: String,
    running: bool,
    strict: bool,
    unknown_fields: bool,
    workspaces: usize,
    page_size: usize,
    engage: bool,
    crm_integration: bool,
    ai_credits: u64,
    media_bytes: Option<u64>,
    scopes: Option<Vec<String>>,
    rate_limit: Option<RateLimit>,
    port: u16,
    faults: Vec<Fault>,
    chaos: Option<Chaos>,
    apps: Vec<App>,
    token_lifetime: Duration,
    customer_host: bool,
    token_errors_in_envelope: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            seed: 1,
            now: DEFAULT_NOW.to_string(),
            running: false,
            strict: false,
            unknown_fields: false,
            workspaces: 2,
            page_size: 100,
            engage: true,
            crm_integration: true,
            ai_credits: 10_000,
            media_bytes: None,
            scopes: None,
            rate_limit: None,
            port: 0,
            faults: Vec::new(),
            chaos: None,
            apps: Vec::new(),
            token_lifetime: Duration::from_secs(24 * 60 * 60),
            customer_host: false,
            token_errors_in_envelope: false,
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
    /// By default `2026-11-20T12:00:00-07:00`, a Friday.
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

    /// Whether the company's clock runs, at the pace of Tokio's. By default it stands still until [`Sandbox::advance`].
    pub fn running(mut self, running: bool) -> Self {
        self.running = running;
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

    /// Whether the company has an integration of a CRM without a connector, as [`Company::crm_integrations`] has it.
    /// Without one the first can be registered, and only then. True by default.
    pub fn crm_integration(mut self, crm_integration: bool) -> Self {
        self.crm_integration = crm_integration;
        self
    }

    /// How many credits the company has for questions and briefs. 10,000 by default.
    pub fn ai_credits(mut self, ai_credits: u64) -> Self {
        self.ai_credits = ai_credits;
        self
    }

    /// How many bytes every recording has that is downloaded. By default as many as were uploaded, or as its duration
    /// makes likely. They are made up as they are sent, so there may be gigabytes.
    pub fn media_bytes(mut self, media_bytes: u64) -> Self {
        self.media_bytes = Some(media_bytes);
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

    /// Lets a share of the requests go wrong, by rate and seed. None by default.
    pub fn chaos(mut self, chaos: Chaos) -> Self {
        self.chaos = Some(chaos);
        self
    }

    /// Registers an OAuth app, which has to name its redirect URIs to the letter. The consent page
    /// calls it by its client id.
    ///
    /// Every sandbox has one app already, see [`Sandbox::client_id`].
    pub fn app<U: Into<String>, S: Into<String>>(
        mut self,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        redirect_uris: impl IntoIterator<Item = U>,
        scopes: impl IntoIterator<Item = S>,
    ) -> Self {
        let redirect_uris = redirect_uris.into_iter().map(Into::into).collect();
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.apps.push(App::new(client_id.into(), client_secret.into(), redirect_uris, scopes));
        self
    }

    /// How long an access token that was given out over OAuth lives on the company's clock. A day by
    /// default, as in Gong.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// Whether the customer's API has a host of its own, on another port of 127.0.0.1: see
    /// [`Sandbox::customer_base_url`]. At the front a bearer token then is answered as if it were
    /// revoked; keys count at both. Off by default.
    pub fn customer_host(mut self, customer_host: bool) -> Self {
        self.customer_host = customer_host;
        self
    }

    /// Whether the token endpoint words its errors as the rest of Gong's API does, with `errors` and `requestId`,
    /// rather than as OAuth does, with `error` and `error_description`: both were seen. Off by default.
    pub fn token_errors_in_envelope(mut self, in_envelope: bool) -> Self {
        self.token_errors_in_envelope = in_envelope;
        self
    }

    /// Starts the sandbox on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// If the port cannot be bound, or [`Builder::now`] was given no RFC 3339 date-time.
    pub async fn start(mut self) -> io::Result<Sandbox> {
        let now = clock::instant(&self.now).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("'{}' is no RFC 3339 date-time with an offset", self.now),
            )
        })?;
        let front = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let base_url = format!("http://{}", front.local_addr()?);
        let mut hosts = vec![(front, Host::Main)];
        let mut customer_base_url = base_url.clone();
        if self.customer_host {
            let customers = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            customer_base_url = format!("http://{}", customers.local_addr()?);
            hosts.push((customers, Host::Customer));
        }
        let own_app = App::of_the_sandbox(self.seed);
        self.apps.insert(0, own_app.clone());
        let gateway = self.gateway(now, base_url.clone(), customer_base_url.clone());
        let (access_key, access_key_secret) = (gateway.access.key.clone(), gateway.access.secret.clone());
        let access_token = gateway.access.token.clone();
        let shared = Shared::new(gateway);
        let serve = |(listener, host)| server::spawn(listener, shared.clone(), host);
        let _stops = hosts.into_iter().map(serve).collect();
        Ok(Sandbox {
            base_url,
            customer_base_url,
            access_key,
            access_key_secret,
            access_token,
            client_id: own_app.client_id,
            client_secret: own_app.client_secret,
            shared,
            _stops,
        })
    }

    fn gateway(self, now: i64, base_url: String, customer_base_url: String) -> Gateway {
        let token_lifetime = i64::try_from(self.token_lifetime.as_secs()).unwrap_or(i64::MAX);
        let mut company = Company::found(self.seed, now, self.workspaces, self.engage);
        company.ai_credits = self.ai_credits;
        if !self.crm_integration {
            company.crm_integrations.clear();
            company.crm_requests.clear();
        }
        let world = World {
            bulk_assignments: BulkAssignment::done_long_ago(&company).into_iter().collect(),
            company,
            clock: Clock::at(now, self.running),
            pages: Pages::new(self.seed, self.page_size),
            media: MediaHost { base_url, seed: self.seed, bytes: self.media_bytes },
            engage: self.engage,
            prng: Prng::new(self.seed, "created over the API"),
        };
        let mut oauth = OAuth::new(self.seed, self.apps, token_lifetime, customer_base_url);
        oauth.errors_in_envelope = self.token_errors_in_envelope;
        Gateway {
            world,
            access: Access::new(self.seed, self.scopes.unwrap_or_else(routes::every_scope), self.customer_host),
            oauth,
            limiter: self.rate_limit.map(Limiter::new),
            faults: self.faults,
            chaos: self.chaos,
            strict: self.strict,
            unknown_fields: self.unknown_fields,
            received: 0,
            requests: Journal::default(),
            violations: Vec::new(),
            request_ids: Prng::new(self.seed, "requests"),
        }
    }
}
