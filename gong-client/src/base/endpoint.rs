//! Where secrets may be sent: to what is reached over TLS, and to this machine itself. Credentials, codes and tokens go
//! to an [`Endpoint`] and nowhere else.

use std::net::IpAddr;

use reqwest::Url;

/// An address that secrets may be sent to: `https`, or plain `http` to this machine itself, where a sandbox runs.
///
/// ```
/// use gong_client::Endpoint;
///
/// assert!(Endpoint::read("https://us-12345.api.gong.io").is_ok());
/// assert!(Endpoint::read("http://127.0.0.1:8080").is_ok());
/// assert!(Endpoint::read("http://api.gong.io").unwrap_err().contains("must begin with https"));
/// ```
#[derive(Clone, Debug)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// What is wrong with it, to stand after its name: `is no URL`. The address may hold a secret by mistake, so only
    /// its parts are shown.
    pub fn read(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|cause| format!("is no URL ({cause})"))?;
        let host = url.host_str().unwrap_or_default();
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not hold a user or a password".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must have neither query nor fragment".to_owned());
        }
        match url.scheme() {
            _ if is_unread_on_the_way(&url) => Ok(Endpoint(url)),
            "http" => Err(format!("must begin with https://, since {host} is not this machine")),
            scheme => Err(format!("must begin with https://, not {scheme}:")),
        }
    }

    /// Reads the address that the paths of an account's requests come after.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), with its name: `the base URL is no URL`.
    pub fn base_url(text: &str) -> Result<Self, String> {
        let endpoint = Endpoint::read(text).map_err(|fault| format!("the base URL {fault}"))?;
        match endpoint.as_str().ends_with("/v2") {
            true => Err("the base URL ends before /v2".to_owned()),
            false => Ok(endpoint),
        }
    }

    /// As it is put before a path: without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The name or address of its host.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Its path, `/` if it has none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// Its scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether it is this machine's own.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        is_loopback(self.host())
    }

    /// Whether others on the way can read what goes there.
    #[must_use]
    pub fn is_in_the_clear(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address of a path and query here. Whatever they are, they do not lead elsewhere.
    pub(crate) fn url(&self, target: &str) -> Url {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let mut url = self.0.clone();
        url.set_path(&[self.0.path().trim_end_matches('/'), path].concat());
        url.set_query(query);
        url
    }
}

/// Whether nobody between can read what is asked of an address and what comes from there.
pub(crate) fn is_unread_on_the_way(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        "https" => !host.is_empty(),
        "http" => is_loopback(host),
        _ => false,
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
