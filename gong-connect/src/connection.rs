//! A connection: an OAuth app that is registered with Gong, or a kind of API keys, under a name of the platform's own.

use std::collections::BTreeSet;

use gong_client::{Endpoint, Secret, catalog};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Error, Result};
use crate::origin::{AppId, Origin};
use crate::tools;

/// A connection: what the accounts under one name have in common.
///
/// ```
/// use gong_connect::Connection;
///
/// let app = Connection::oauth("gong", "client-id", "client-secret", "https://platform.example/callback")
///     .scopes(["api:users:read", "api:calls:read:basic"]);
/// let keys = Connection::api_key("gong-keys");
/// # assert_eq!((app.name(), keys.name()), ("gong", "gong-keys"));
/// ```
#[derive(Clone, Debug)]
pub struct Connection {
    name: String,
    settings: Settings,
    replaces_another_app: bool,
    /// What a setter could not do, told when the connection is registered.
    faults: Vec<String>,
}

/// What is kept of a connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Settings {
    OAuth(OAuthApp),
    ApiKey { base_url: String },
}

/// An app that is registered with Gong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OAuthApp {
    pub(crate) client_id: String,
    #[serde(with = "crate::sealed::text")]
    pub(crate) client_secret: Secret,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) authorize_url: String,
    pub(crate) token_url: String,
    pub(crate) pkce: bool,
    pub(crate) fewer_scopes_will_do: bool,
}

impl Connection {
    /// An app that is registered with Gong. Its accounts come by
    /// [authorization](crate::Connections::authorization_link).
    #[must_use]
    pub fn oauth(
        name: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let app = OAuthApp {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            redirect_uri: redirect_uri.into(),
            scopes: BTreeSet::new(),
            authorize_url: catalog::service().authorize_url.to_owned(),
            token_url: catalog::service().token_url.to_owned(),
            pkce: true,
            fewer_scopes_will_do: false,
        };
        Connection::kept(name.into(), Settings::OAuth(app))
    }

    /// A name for accounts that have an API key each. They come by
    /// [`connect_api_key`](crate::Connections::connect_api_key).
    #[must_use]
    pub fn api_key(name: impl Into<String>) -> Self {
        let settings = Settings::ApiKey { base_url: catalog::service().base_url.to_owned() };
        Connection::kept(name.into(), settings)
    }

    /// Asks for these scopes, besides those named before.
    #[must_use]
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.of_app("scopes", |app| app.scopes.extend(scopes.into_iter().map(Into::into)))
    }

    /// Asks for the scopes that these tools need, besides those named before.
    #[must_use]
    pub fn scopes_for<S: AsRef<str>>(mut self, tools: impl IntoIterator<Item = S>) -> Self {
        for tool in tools {
            match tools::scopes(tool.as_ref()) {
                Ok(scopes) => self = self.scopes(scopes),
                Err(unknown) => self.faults.push(unknown.to_string()),
            }
        }
        self
    }

    /// Whether to prove with PKCE (S256) that the one who fetches the tokens is the one who asked for them. On unless
    /// switched off. Gong doesn't document it for its API, and production clients that send it work.
    #[must_use]
    pub fn pkce(self, on: bool) -> Self {
        self.of_app("PKCE", |app| app.pkce = on)
    }

    /// Whether an account is kept when Gong grants fewer scopes than were asked for. If not, which is so unless said
    /// otherwise, completing it fails and names the missing ones.
    #[must_use]
    pub fn accept_fewer_scopes(self, accept: bool) -> Self {
        self.of_app("fewer scopes", |app| app.fewer_scopes_will_do = accept)
    }

    /// Asks for authorization and tokens at another place than Gong's: a sandbox.
    #[must_use]
    pub fn authorize_at(self, origin: impl AsRef<str>) -> Self {
        let origin = origin.as_ref().trim_end_matches('/');
        self.of_app("the place of authorization", |app| {
            app.authorize_url = at(origin, catalog::service().authorize_url);
            app.token_url = at(origin, catalog::service().token_url);
        })
    }

    /// Whether it may take the place of a connection of its name that has accounts and is another app: one with another
    /// client id, token address or redirect URI. Nothing that belongs to the other app is shown to this one, so such an
    /// account is used until its token runs out, and then its user must authorize again. Unless said so, the change is
    /// refused.
    #[must_use]
    pub fn replaces_another_app(mut self, replaces: bool) -> Self {
        self.replaces_another_app = replaces;
        self
    }

    /// The host that API keys are for, if it is not the service's own.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        match &mut self.settings {
            Settings::ApiKey { base_url } => *base_url = url.into(),
            Settings::OAuth(_) => {
                self.faults.push("an OAuth app has no host of its own: Gong tells each account's".into())
            }
        }
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its accounts come by authorization, and not by an API key.
    #[must_use]
    pub fn is_oauth(&self) -> bool {
        matches!(self.settings, Settings::OAuth(_))
    }

    /// The scopes that it asks for.
    pub fn wanted_scopes(&self) -> impl Iterator<Item = &str> {
        let scopes = match &self.settings {
            Settings::OAuth(app) => Some(&app.scopes),
            Settings::ApiKey { .. } => None,
        };
        scopes.into_iter().flatten().map(String::as_str)
    }

    pub(crate) fn kept(name: String, settings: Settings) -> Self {
        Connection { name, settings, replaces_another_app: false, faults: Vec::new() }
    }

    pub(crate) fn may_replace_another_app(&self) -> bool {
        self.replaces_another_app
    }

    /// Whether accounts of this origin are of this connection.
    pub(crate) fn is_origin(&self, origin: &Origin) -> bool {
        match (&self.settings, origin) {
            (Settings::OAuth(app), Origin::App(id)) => AppId::of(app) == *id,
            (Settings::ApiKey { .. }, Origin::ApiKey) => true,
            _ => false,
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The app, if it is one.
    pub(crate) fn app(&self) -> Result<&OAuthApp> {
        match &self.settings {
            Settings::OAuth(app) => Ok(app),
            Settings::ApiKey { .. } => {
                Err(Error::config(format!("connection `{}` is for API keys; it authorizes nobody.", self.name)))
            }
        }
    }

    fn of_app(mut self, what: &str, change: impl FnOnce(&mut OAuthApp)) -> Self {
        match &mut self.settings {
            Settings::OAuth(app) => change(app),
            Settings::ApiKey { .. } => self.faults.push(format!("API keys know nothing of {what}")),
        }
        self
    }

    /// Every fault of the settings, in one error.
    pub(crate) fn check(&mut self) -> Result<()> {
        let mut faults = self.faults.clone();
        faults.extend(fault_of_name("the connection's name", &self.name));
        match &mut self.settings {
            Settings::ApiKey { base_url } => match Endpoint::base_url(base_url) {
                Ok(url) => *base_url = url.as_str().to_owned(),
                Err(fault) => faults.push(fault),
            },
            Settings::OAuth(app) => faults.extend(app.faults()),
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(Error::config(format!("connection `{}`: {}.", self.name.escape_debug(), faults.join("; "))))
    }
}

impl AppId {
    pub(crate) fn of(app: &OAuthApp) -> Self {
        AppId {
            client_id: app.client_id.clone(),
            token_url: Url::parse(&app.token_url).map_or_else(|_| app.token_url.clone(), String::from),
            redirect_uri: app.redirect_uri.clone(),
        }
    }
}

impl OAuthApp {
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let sendable = |text: &str| Secret::new(text).is_sendable() && !text.contains(':');
        if !sendable(&self.client_id) {
            faults.push("the client id is empty or has characters that no client id has".to_owned());
        }
        if !self.client_secret.is_sendable() {
            faults.push("the client secret is empty or has characters that no client secret has".to_owned());
        }
        if Url::parse(&self.redirect_uri).map_or(true, |url| url.fragment().is_some()) {
            faults.push("the redirect URI is not a URL, or has a fragment".to_owned());
        }
        let of_scope = |char: char| char.is_ascii_graphic() && char != '"' && char != '\\';
        if let Some(scope) = self.scopes.iter().find(|scope| scope.is_empty() || !scope.chars().all(of_scope)) {
            faults.push(format!("`{}` is no scope", scope.escape_debug()));
        }
        if self.scopes.is_empty() {
            faults.push("it asks for no scope: name some, or the tools that need them".to_owned());
        }
        for (name, url) in [("authorization", &self.authorize_url), ("the tokens", &self.token_url)] {
            faults.extend(Endpoint::read(url).err().map(|fault| format!("the address of {name} {fault}")));
        }
        faults
    }
}

/// The path of an address of the service, at another origin.
fn at(origin: &str, address: &str) -> String {
    let path = Url::parse(address).map(|url| url.path().to_owned()).unwrap_or_default();
    format!("{origin}{path}")
}

/// What is wrong with the name of a connection or with an identifier.
pub(crate) fn fault_of_name(what: &str, name: &str) -> Option<String> {
    if name.trim().is_empty() {
        return Some(format!("{what} is empty"));
    }
    if name.len() > 255 || name.contains(char::is_control) {
        return Some(format!("{what} is longer than 255 bytes or has control characters"));
    }
    None
}

#[cfg(test)]
mod tests;
