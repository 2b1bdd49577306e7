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
    clock::{self, Clock, DEFAULT_NOW, Seconds},
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

/// Writes down each plain setting once: what it is for, its type and its default, and the method that sets it.
macro_rules! settings {
    ($($(#[$docs:meta])+ $name:ident: $type:ty = $default:expr,)+) => {
        #[derive(Debug, Clone)]
        pub(crate) struct Settings {
            $(pub(crate) $name: $type,)+
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Builder {
            $($(#[$docs])+
            pub fn $name(mut self, $name: $type) -> Self {
                self.settings.$name = $name;
                self
            })+
        }
    };
}

settings! {
    /// The company to make up: the same seed and instant give the same company. 1 by default.
    seed: u64 = 1,

    /// Whether the company's clock runs, at the pace of Tokio's. By default it stands still until [`Sandbox::advance`].
    running: bool = false,

    /// Whether to note in [`Sandbox::violations`] what Gong ignores in silence: unknown fields and query parameters,
    /// values of another type, a body on a GET, a wrong content type. The answers stay the same. Off by default.
    strict: bool = false,

    /// Whether every object of an answer carries a field that nobody knows: Gong reserves the right
    /// to add some at any time. Off by default.
    unknown_fields: bool = false,

    /// How many workspaces the company has, at least one. 2 by default.
    workspaces: usize = 2,

    /// How many records a page holds. 100 by default, as in Gong.
    page_size: usize = 100,

    /// Whether the company has a licence for Engage. Without one it has no flows, and tasks answer
    /// 500. True by default.
    engage: bool = true,

    /// Whether the company has an integration of a CRM without a connector, as [`Company::crm_integrations`] has it.
    /// Without one the first can be registered, and only then. True by default.
    crm_integration: bool = true,

    /// How many credits the company has for questions and briefs. 10,000 by default.
    ai_credits: u64 = 10_000,

    /// The rate limit; none by default.
    ///
    /// It goes by Tokio's clock, which a test may pause, and by [`Sandbox::advance`].
    rate_limit: Option<RateLimit> = None,

    /// The port on 127.0.0.1; by default any free one.
    port: u16 = 0,

    /// How long an access token that was given out over OAuth lives on the company's clock. A day by
    /// default, as in Gong.
    token_lifetime: Duration = Duration::from_secs(24 * 60 * 60),

    /// Whether the customer's API has a host of its own, on another port of 127.0.0.1: see
    /// [`Sandbox::customer_base_url`]. At the front a bearer token then is answered as if it were
    /// revoked; keys count at both. Off by default.
    customer_host: bool = false,

    /// Whether the token endpoint words its errors as the rest of Gong's API does, with `errors` and `requestId`,
    /// rather than as OAuth does, with `error` and `error_description`: both were seen. Off by default.
    token_errors_in_envelope: bool = false,
}

/// What a sandbox is to be like. Every part has a default.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Builder {
    settings: Settings,
    now: Option<String>,
    media_bytes: Option<u64>,
    scopes: Option<Vec<String>>,
    faults: Vec<Fault>,
    chaos: Option<Chaos>,
    apps: Vec<App>,
}

impl Builder {
    /// The instant the company calls now, an RFC 3339 date-time with its offset.
    ///
    /// By default `2026-11-20T12:00:00-07:00`, a Friday.
    pub fn now(mut self, now: impl Into<String>) -> Self {
        self.now = Some(now.into());
        self
    }

    /// Takes an instant of the system's clock for the company's now.
    pub fn now_at(self, now: SystemTime) -> Self {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        self.now(clock::stamp(i64::try_from(since.as_secs()).unwrap_or_default()))
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

    /// Starts the sandbox on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// If the port cannot be bound, or [`Builder::now`] was given no RFC 3339 date-time.
    pub async fn start(mut self) -> io::Result<Sandbox> {
        let now = self.now.as_deref().unwrap_or(DEFAULT_NOW);
        let now = clock::instant(now).ok_or_else(|| {
            let text = format!("'{now}' is no RFC 3339 date-time with an offset");
            io::Error::new(io::ErrorKind::InvalidInput, text)
        })?;
        let (front, base_url) = listen(self.settings.port).await?;
        let mut hosts = vec![(front, Host::Main)];
        let mut customer_base_url = base_url.clone();
        if self.settings.customer_host {
            let (customers, url) = listen(0).await?;
            customer_base_url = url;
            hosts.push((customers, Host::Customer));
        }
        let own_app = App::of_the_sandbox(self.settings.seed);
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
            own_app,
            shared,
            _stops,
        })
    }

    fn gateway(self, now: Seconds, base_url: String, customer_base_url: String) -> Gateway {
        let settings = self.settings;
        let seed = settings.seed;
        let mut company = Company::found(seed, now, settings.workspaces, settings.engage);
        company.ai_credits = settings.ai_credits;
        if !settings.crm_integration {
            company.crm_integrations.clear();
            company.crm_requests.clear();
        }
        Gateway {
            world: World {
                bulk_assignments: BulkAssignment::done_long_ago(&company).into_iter().collect(),
                company,
                clock: Clock::at(now, settings.running),
                pages: Pages::new(seed, settings.page_size),
                media: MediaHost { base_url, seed, bytes: self.media_bytes },
                engage: settings.engage,
                prng: Prng::new(seed, "created over the API"),
            },
            access: Access::new(seed, self.scopes.unwrap_or_else(routes::every_scope), settings.customer_host),
            oauth: OAuth::new(&settings, self.apps, customer_base_url),
            limiter: settings.rate_limit.map(Limiter::new),
            faults: self.faults,
            chaos: self.chaos,
            settings,
            received: 0,
            requests: Journal::default(),
            violations: Vec::new(),
            request_ids: Prng::new(seed, "requests"),
        }
    }
}

/// Listens on a port of this machine, any free one for 0, and says at which address.
async fn listen(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    Ok((listener, base_url))
}
