//! The apps that may ask for access, and what each registered.

use std::fmt;

use axum::http::Uri;

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
    pub(crate) fn of_the_sandbox(seed: u64) -> Self {
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
    pub(super) fn unregistered_scope<'a>(&self, wanted: &'a [String]) -> Option<&'a String> {
        wanted.iter().find(|scope| match &self.scopes {
            Some(registered) => scopes::find(scope).is_none() || !registered.contains(scope),
            None => !scopes::looks_like_one(scope),
        })
    }
}

/// Whether an address leads to this machine, on whichever port and path.
fn is_loopback(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let is_here = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    is_here && uri.scheme_str() == Some("http") && !has_user && !address.contains('#')
}

#[cfg(test)]
mod tests;
