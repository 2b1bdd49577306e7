//! The apps that may ask for access, and what each registered.

use std::fmt;

use url::Url;

use super::scopes;
use crate::prng::Prng;

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// An app as it was registered.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// What the consent page calls it.
    pub(super) name: String,
    redirect_uris: RedirectUris,
    /// What it may ask for. The sandbox's own app may ask for whatever looks like a scope: Gong may have one that is
    /// not known here.
    scopes: Option<Vec<String>>,
}

#[derive(Clone)]
enum RedirectUris {
    /// Anything on this machine, as tests and command line tools need it.
    Loopback,
    /// These, letter by letter.
    These(Vec<String>),
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl App {
    pub(crate) fn new(
        client_id: String,
        client_secret: String,
        redirect_uris: Vec<String>,
        scopes: Vec<String>,
    ) -> Self {
        let name = client_id.clone();
        Self { client_id, client_secret, name, redirect_uris: RedirectUris::These(redirect_uris), scopes: Some(scopes) }
    }

    /// The app that every sandbox has.
    pub(super) fn of_the_sandbox(seed: u64) -> Self {
        let mut prng = Prng::new(seed, "app");
        Self {
            client_id: prng.letters(ALPHABET, 12),
            client_secret: prng.letters(ALPHABET, 40),
            name: "Sandbox App".to_string(),
            redirect_uris: RedirectUris::Loopback,
            scopes: None,
        }
    }

    pub(super) fn may_return_to(&self, redirect_uri: &str) -> bool {
        match &self.redirect_uris {
            RedirectUris::Loopback => is_loopback(redirect_uri),
            RedirectUris::These(known) => known.iter().any(|known| known == redirect_uri),
        }
    }

    /// The first scope of a request that is none or that the app did not register.
    pub(super) fn stranger<'a>(&self, wanted: &'a [String]) -> Option<&'a String> {
        wanted.iter().find(|scope| match &self.scopes {
            Some(registered) => scopes::find(scope).is_none() || !registered.contains(scope),
            None => !scopes::looks_like_one(scope),
        })
    }
}

/// Whether an address leads to this machine, on whichever port and path.
fn is_loopback(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    is_here
        && url.scheme() == "http"
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_on_this_machine_are_loopback() {
        for uri in ["http://127.0.0.1:8123/callback", "http://localhost/", "http://[::1]:9", "http://localhost?a=b"] {
            assert!(is_loopback(uri), "{uri}");
        }
        for uri in [
            "https://app.example/callback",
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "http://localhost@evil.example/",
            "http://localhost/#fragment",
        ] {
            assert!(!is_loopback(uri), "{uri}");
        }
    }
}
