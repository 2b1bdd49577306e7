//! The seam to the client: credentials that change over time.

use std::error::Error as StdError;
use std::fmt::Debug;

use crate::secret::Secret;
use crate::world::BoxFuture;

/// A token that is good for now, and the host it is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    secret: Secret,
    base_url: String,
}

impl AccessToken {
    /// A token and its host.
    pub fn new(secret: impl Into<Secret>, base_url: impl Into<String>) -> Self {
        AccessToken { secret: secret.into(), base_url: base_url.into() }
    }

    /// The token itself, to be sent to its host and to no other.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The host it is good for.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

/// Why there is no token.
pub type TokenError = Box<dyn StdError + Send + Sync>;

/// Credentials that change over time: an access token that is refreshed, and the host that goes with it.
pub trait TokenSource: Debug + Send + Sync {
    /// A token that is good for now, refreshed ahead of its expiry.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// Gong said that this one is revoked or expired: another one, or why there is none.
    ///
    /// Not to be called when Gong named a scope that is missing: a new token would lack it too.
    fn refused<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, TokenError>>;
}
