//! Connections and their accounts: the crate's front door.

use std::collections::BTreeMap;
use std::sync::Arc;

use gong_client::{AccessToken, BoxError, BoxFuture, Client, ClientBuilder, RateLimit, Secret, TokenSource};

use crate::connection::{Connection, Settings, fault_of_name};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Domains;
use crate::http::{Http, Wire};
use crate::limit::{SharedLimit, SharedLimits};
use crate::link::AuthorizationLink;
use crate::origin::Origin;
use crate::renewals::Renewals;
use crate::slots::Slots;
use crate::status::AccountStatus;
use crate::store::{Account, Credential, LimitStore, NewAccount, Store, Vault};
use crate::who::Who;
use crate::world::{System, World};

/// Connections and their accounts. A clone is the same ones.
#[derive(Clone, Debug)]
pub struct Connections(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) vault: Vault,
    pub(crate) world: Arc<dyn World>,
    pub(crate) http: Arc<dyn Http>,
    pub(crate) domains: Domains,
    pub(crate) slots: Slots,
    pub(crate) renewals: Renewals,
    pub(crate) limits: SharedLimits,
}

/// What may be other than usual.
#[derive(Debug)]
pub struct ConnectionsBuilder {
    store: Store,
    world: Arc<dyn World>,
    http: Option<Arc<dyn Http>>,
    limit: RateLimit,
    domains: Vec<String>,
}

impl ConnectionsBuilder {
    /// Another clock, chance and way to wait.
    #[must_use]
    pub fn world(mut self, world: Arc<dyn World>) -> Self {
        self.world = world;
        self
    }

    /// Another way to the token endpoint.
    #[must_use]
    pub fn http(mut self, http: Arc<dyn Http>) -> Self {
        self.http = Some(http);
        self
    }

    /// Another limit than what Gong allows a company.
    #[must_use]
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.limit = limit;
        self
    }

    /// Further domains that the hosts of accounts may lie in, such as `gateway.example`. An account's tokens go to the
    /// host that the token endpoint names for it, so that must be one of the service's own domains (or the place of the
    /// tokens itself), unless named here.
    #[must_use]
    pub fn customer_domains<S: Into<String>>(mut self, domains: impl IntoIterator<Item = S>) -> Self {
        self.domains.extend(domains.into_iter().map(Into::into));
        self
    }

    /// Opens the store.
    ///
    /// # Errors
    /// When the store cannot be opened, or its key is not the one given, or a domain is none.
    pub async fn open(self) -> Result<Connections> {
        let http = match self.http {
            Some(http) => http,
            None => Arc::new(Wire::new().map_err(|cause| Error::config("there is no HTTP client.").caused_by(cause))?),
        };
        let domains = Domains::with(self.domains)
            .map_err(|wrong| Error::config(format!("`{}` is no domain of hosts.", wrong.escape_debug())))?;
        let vault = Vault::open(self.store, Arc::clone(&self.world)).await?;
        vault.bind_accounts(&domains).await?;
        let limits = SharedLimits::new(LimitStore::of(&vault), self.limit)?;
        let (slots, renewals) = (Slots::default(), Renewals::default());
        let world = self.world;
        Ok(Connections(Arc::new(Inner { vault, world, http, domains, slots, renewals, limits })))
    }
}

impl Connections {
    /// Opens the connections that a store holds.
    ///
    /// # Errors
    /// When the store cannot be opened, or its key is not the one given.
    pub async fn open(store: Store) -> Result<Self> {
        Connections::builder(store).open().await
    }

    /// The same, with settings other than the usual.
    #[must_use]
    pub fn builder(store: Store) -> ConnectionsBuilder {
        ConnectionsBuilder {
            store,
            world: Arc::new(System),
            http: None,
            limit: RateLimit::default(),
            domains: Vec::new(),
        }
    }

    /// Keeps a connection, in place of the one of its name. Its accounts stay.
    ///
    /// # Errors
    /// When its settings are wrong, all of them at once, or the store fails; and [`ErrorKind::AnotherApp`] if the
    /// connection has accounts that came from another app: one with another client id, token address or redirect URI.
    /// [`Connection::replaces_another_app`] says that this is meant.
    pub async fn register(&self, mut connection: Connection) -> Result<()> {
        connection.check()?;
        self.0.refuse_another_app(&connection).await?;
        self.0.vault.put_connection(&connection).await
    }

    /// The connection of this name, if there is one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn connection(&self, name: &str) -> Result<Option<Connection>> {
        self.0.vault.connection(name).await
    }

    /// The connections, in the order of their names.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn registered(&self) -> Result<Vec<Connection>> {
        self.0.vault.connections().await
    }

    /// A link for a user to open in a browser, so that the identifier gets an account in the connection.
    ///
    /// # Errors
    /// When there is no such connection, or it is one for API keys, or the store fails.
    pub async fn authorization_link(&self, connection: &str, identifier: &str) -> Result<AuthorizationLink> {
        self.0.new_link(&who(connection, identifier)?).await
    }

    /// The same for a connection that is registered only when the link has led to an account. One that is never
    /// completed, or that Gong refuses, changes nothing.
    ///
    /// # Errors
    /// As [`register`](Self::register).
    pub async fn authorization_link_for(
        &self,
        mut connection: Connection,
        identifier: &str,
    ) -> Result<AuthorizationLink> {
        connection.check()?;
        let who = who(connection.name(), identifier)?;
        self.0.refuse_another_app(&connection).await?;
        self.0.new_link_for(&who, &connection, true).await
    }

    /// Takes the callback: the URL that Gong sent the user to, or its path and query.
    ///
    /// A platform that knows who the user in front of it is uses [`complete_as`](Self::complete_as), so that nobody's
    /// link can be slipped to another.
    ///
    /// # Errors
    /// Each way in which an authorization fails has its own [`ErrorKind`]. Where a new link is the remedy, the error
    /// has one.
    pub async fn complete(&self, callback_url: &str) -> Result<AccountStatus> {
        self.0.complete(callback_url, None).await
    }

    /// Takes the callback of this identifier and of no other.
    ///
    /// # Errors
    /// As [`complete`](Self::complete), and [`ErrorKind::WrongAccount`] if it is another's, which it then remains.
    pub async fn complete_as(&self, connection: &str, identifier: &str, callback_url: &str) -> Result<AccountStatus> {
        self.0.complete(callback_url, Some(&who(connection, identifier)?)).await
    }

    /// Keeps an API key as the account of an identifier.
    ///
    /// # Errors
    /// When the connection is not one for API keys, or the key cannot be one, or the store fails. Gong is not asked.
    pub async fn connect_api_key(
        &self,
        connection: &str,
        identifier: &str,
        key: impl Into<Secret>,
        secret: impl Into<Secret>,
    ) -> Result<AccountStatus> {
        let (who, key, secret) = (who(connection, identifier)?, key.into(), secret.into());
        let connection = self.0.connection(connection).await?;
        let Settings::ApiKey { base_url } = connection.settings() else {
            return Err(Error::config(format!(
                "connection `{}` is an OAuth app; it takes no API key.",
                connection.name()
            )));
        };
        if !key.is_sendable() || !secret.is_sendable() || key.reveal().contains(':') {
            return Err(Error::config("the API key or its secret is empty or has characters that none has."));
        }
        let credential = Credential::ApiKey { key, secret, base_url: base_url.clone() };
        let account = NewAccount {
            origin: Origin::ApiKey,
            credential,
            scopes: None,
            obtained_at: self.0.world.now(),
            expires_at: None,
        };
        self.0.keep(&who, &account, &connection).await
    }

    /// Every account, and every identifier that was given a link and has not come back yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self) -> Result<Vec<AccountStatus>> {
        let now = self.0.world.now();
        let connections = self.0.vault.readable_connections().await?;
        let named = |name: &str| connections.iter().find(|connection| connection.name() == name);
        let pending = self.0.vault.all_pending(now).await?.into_iter();
        let pending = pending.map(|who| AccountStatus::pending(who.clone(), named(&who.connection)));
        let accounts = self.0.vault.accounts().await?;
        let accounts = accounts.into_iter().map(|(who, account)| {
            let connection = named(&who.connection);
            match account {
                Ok(account) => AccountStatus::of(&account, connection, now),
                Err(error) => AccountStatus::unreadable(who, connection, &error),
            }
        });
        // An account that somebody authorizes anew is still the account that it was.
        let by_name: BTreeMap<_, _> = pending.chain(accounts).map(|status| (status.who().clone(), status)).collect();
        Ok(by_name.into_values().collect())
    }

    /// How an account stands, without asking Gong.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownAccount`] if there is none and none is pending.
    pub async fn status(&self, connection: &str, identifier: &str) -> Result<AccountStatus> {
        let who = who(connection, identifier)?;
        let (now, known) = (self.0.world.now(), self.0.vault.connection(connection).await.ok().flatten());
        if let Some(account) = self.0.vault.account(&who).await? {
            return Ok(AccountStatus::of(&account, known.as_ref(), now));
        }
        let is_pending = self.0.vault.all_pending(now).await?.contains(&who);
        if is_pending { Ok(AccountStatus::pending(who, known.as_ref())) } else { Err(unknown_account(&who)) }
    }

    /// Forgets an account, and the links that were given out for it. Returns whether there was one.
    ///
    /// Gong has no way to be told: the access token lives on until it expires, though nobody here has it any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn disconnect(&self, connection: &str, identifier: &str) -> Result<bool> {
        let who = who(connection, identifier)?;
        let was_there = self.0.vault.remove_account(&who).await?;
        self.0.slots.of(&who).forget();
        Ok(was_there)
    }

    /// A client for an account. Its tokens are refreshed as needed, and it shares its company's limit with everybody
    /// who works on this store.
    ///
    /// # Errors
    /// When there is no such account, or its user must authorize again. If that turns out later, the client's error
    /// says so: [`Error::behind`] finds it.
    pub async fn client(&self, connection: &str, identifier: &str) -> Result<Client> {
        let client = self.client_builder(connection, identifier).await?.build();
        client.map_err(|cause| Error::new(ErrorKind::Client, "the client cannot be made.").caused_by(cause))
    }

    /// The same, before it is made, for settings of the caller's own.
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub async fn client_builder(&self, connection: &str, identifier: &str) -> Result<ClientBuilder> {
        let account = self.0.account_in_order(&who(connection, identifier)?).await?;
        let limit = self.0.limits.of_account(&account.kept.credential);
        let builder = Client::builder().rate_limiter(limit);
        Ok(match account.kept.credential {
            Credential::ApiKey { key, secret, base_url } => {
                builder.api_key(key.reveal(), secret.reveal()).base_url(base_url)
            }
            Credential::Tokens { base_url, .. } => {
                let source = AccountTokens { inner: Arc::clone(&self.0), who: account.who };
                builder.token_source(Arc::new(source)).base_url(base_url)
            }
        })
    }

    /// The tokens of an account, refreshed as needed.
    ///
    /// # Errors
    /// When there is no account with tokens.
    pub async fn token_source(&self, connection: &str, identifier: &str) -> Result<Arc<dyn TokenSource>> {
        let account = self.0.account(&who(connection, identifier)?).await?;
        match account.kept.credential {
            Credential::Tokens { .. } => Ok(Arc::new(AccountTokens { inner: Arc::clone(&self.0), who: account.who })),
            Credential::ApiKey { .. } => {
                Err(Error::config(format!("{} has an API key, and so no token.", account.who)))
            }
        }
    }

    /// The limit that an account shares with everything else that works for its company through this store.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn shared_limit(&self, connection: &str, identifier: &str) -> Result<Arc<SharedLimit>> {
        let account = self.0.account(&who(connection, identifier)?).await?;
        Ok(self.0.limits.of_account(&account.kept.credential))
    }

    /// Waits until no refresh is under way, which takes half a minute at the very most.
    ///
    /// A program whose `main` returns need not: the end of its runtime waits for that. One that ends by
    /// [`std::process::exit`], or shuts its runtime down in the background, calls this first, lest an account be lost
    /// between Gong's answer and the store.
    pub async fn settled(&self) {
        self.0.renewals.settled().await;
    }

    /// Seals everything anew with the first of the store's keys, so that the others can be taken away. Returns how many
    /// records were sealed with another one.
    ///
    /// # Errors
    /// When the store fails: what was done stays done, and a second call does the rest. When records cannot be read:
    /// the error names every one of them, and all others are sealed anew nevertheless.
    pub async fn rotate_keys(&self) -> Result<u64> {
        self.0.vault.rotate_keys().await
    }
}

impl Inner {
    pub(crate) async fn connection(&self, name: &str) -> Result<Connection> {
        let unknown =
            || Error::new(ErrorKind::UnknownConnection, format!("there is no connection `{}`.", name.escape_debug()));
        self.vault.connection(name).await?.ok_or_else(unknown)
    }

    pub(crate) async fn account(&self, who: &Who) -> Result<Account> {
        self.vault.account(who).await?.ok_or_else(|| unknown_account(who))
    }
}

/// The tokens of one account.
#[derive(Debug)]
struct AccountTokens {
    inner: Arc<Inner>,
    who: Who,
}

impl TokenSource for AccountTokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(async { Ok(self.inner.access_token(&self.who, None).await?) })
    }

    fn refused<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async { Ok(self.inner.access_token(&self.who, Some(token)).await?) })
    }
}

fn who(connection: &str, identifier: &str) -> Result<Who> {
    let faults = [fault_of_name("the connection's name", connection), fault_of_name("the identifier", identifier)];
    match faults.into_iter().flatten().next() {
        Some(fault) => Err(Error::config(format!("{fault}."))),
        None => Ok(Who::new(connection, identifier)),
    }
}

fn unknown_account(who: &Who) -> Error {
    Error::new(ErrorKind::UnknownAccount, format!("there is no account for {who}."))
}
