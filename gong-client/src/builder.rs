//! How a client is made. Every fault of the settings is told at once.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use crate::catalog;
use crate::client::{Client, Inner};
use crate::credentials::{Credentials, Secret};
use crate::environment::{Environment, System};
use crate::error::{Error, ErrorKind, Result};
use crate::runtime::ask::Memory;

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
    timeout: Duration,
    user_agent: String,
    environment: Arc<dyn Environment>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        ClientBuilder {
            credentials: Vec::new(),
            base_url: catalog::service().base_url.to_owned(),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            user_agent: concat!("gong-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            environment: Arc::new(System),
        }
    }
}

impl ClientBuilder {
    /// An access key and its secret, as an administrator of the account makes them.
    pub fn api_key(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.credentials.push(Credentials::ApiKey { key: Secret::new(key), secret: Secret::new(secret) });
        self
    }

    /// A token of the authorization flow. It goes with the base URL that came with it.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.push(Credentials::AccessToken(Secret::new(token)));
        self
    }

    /// The account's own host, such as `https://us-12345.api.gong.io`; else the service's common one. Plain `http` only to
    /// this machine itself.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long making a connection may take; else 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a request may take, from its beginning to the last byte of its answer; else 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// A clock, chance and waiting other than the system's, for tests.
    pub fn environment(mut self, environment: Arc<dyn Environment>) -> Self {
        self.environment = environment;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`], with every fault of the settings.
    pub fn build(self) -> Result<Client> {
        let mut faults = Vec::new();
        faults.extend(self.credentials.iter().filter_map(Credentials::fault).map(str::to_owned));
        if self.credentials.len() != 1 {
            faults.push("give either an API key or an access token".to_owned());
        }
        if self.connect_timeout.is_zero() || self.timeout.is_zero() {
            faults.push("a timeout of nothing leaves no time".to_owned());
        }
        if self.user_agent.trim().is_empty() || !self.user_agent.chars().all(|letter| (' '..='~').contains(&letter)) {
            faults.push("the user agent must be printable ASCII".to_owned());
        }
        let url = read_base_url(&self.base_url).map_err(|fault| faults.push(fault)).ok();
        let (Some(url), Some(credentials), true) = (url, self.credentials.first(), faults.is_empty()) else {
            return Err(Error::new(
                ErrorKind::Config,
                format!("the client's settings are wrong: {}.", faults.join("; ")),
            ));
        };
        let http = self.http(&url).map_err(|cause| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be made.")
                .with(|inner| inner.source = Some(cause.into()))
        })?;
        Ok(Client::new(Inner {
            http,
            base_url: url.as_str().trim_end_matches('/').to_owned(),
            credentials: credentials.clone(),
            user_agent: self.user_agent,
            environment: self.environment,
            memory: Memory::default(),
        }))
    }

    fn http(&self, url: &Url) -> reqwest::Result<reqwest::Client> {
        let accept = reqwest::header::HeaderValue::from_static("application/json");
        let builder = reqwest::Client::builder()
            .default_headers([(reqwest::header::ACCEPT, accept)].into_iter().collect())
            .user_agent(&self.user_agent)
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            // Credentials must not follow a redirect to another host, and without them the request is of no use.
            .redirect(reqwest::redirect::Policy::none());
        // What goes to this machine in the clear must not go over a proxy elsewhere.
        if url.scheme() == "http" { builder.no_proxy().build() } else { builder.build() }
    }
}

/// The base URL, or what is wrong with it. It may hold a secret by mistake, so messages show its parts only.
fn read_base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|cause| format!("the base URL is none ({cause})"))?;
    let host = url.host_str().unwrap_or_default();
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must not hold a user or a password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must have neither query nor fragment".to_owned());
    }
    if url.path().trim_end_matches('/').ends_with("/v2") {
        return Err("the base URL ends before /v2".to_owned());
    }
    match url.scheme() {
        "https" if !host.is_empty() => Ok(url),
        "http" if is_loopback(host) => Ok(url),
        "http" => Err(format!("the base URL must begin with https, since {host} is not this machine")),
        scheme => Err(format!("the base URL must begin with https, not {scheme}")),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str) -> Option<String> {
        read_base_url(url).err()
    }

    #[test]
    fn the_clear_is_for_this_machine() {
        for good in
            ["https://api.gong.io/", "http://localhost:1", "http://127.0.0.2", "http://[::1]:8080", "https://x.io/gong"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            "api.gong.io",
            "http://api.gong.io",
            "http://localhost.evil.io",
            "ftp://x.io",
            "https://u:p@x.io",
            "https://x.io?a",
            "https://x.io#a",
            "https://x.io/v2/",
            "file:///x",
            "http://10.0.0.1",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        assert!(!fault("https://user:hunter2@x.io").unwrap().contains("hunter2"));
    }

    #[test]
    fn every_fault_is_told() {
        let error = Client::builder()
            .api_key("", "hunter2")
            .access_token("t")
            .base_url("http://x.io")
            .timeout(Duration::ZERO)
            .user_agent("\n")
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let told = error.to_string();
        assert_eq!(told.matches(';').count(), 4, "{told}");
        assert!(!told.contains("hunter2"));
    }

    #[test]
    fn the_slash_at_the_end_goes() {
        let client = Client::builder().access_token("t").base_url("https://x.io/gong/").build().unwrap();
        assert_eq!(client.base_url(), "https://x.io/gong");
    }
}
