//! Credentials that change over time.

use std::fmt::Debug;

use crate::base::environment::BoxFuture;
use crate::base::error::BoxError;
use crate::base::secret::Secret;

/// An access token that is good for now, and the host it is good for. Its `Debug` hides the token.
///
/// ```
/// use gong_client::AccessToken;
///
/// let token = AccessToken::new("eyJ…").at("https://us-12345.api.gong.io");
/// assert!(!format!("{token:?}").contains("eyJ"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    secret: Secret,
    base_url: Option<String>,
}

impl AccessToken {
    /// A token for the client's own host, without the space around it and the word `Bearer` before it.
    pub fn new(secret: impl Into<String>) -> Self {
        AccessToken { secret: Secret::token(secret), base_url: None }
    }

    /// The host that the token is good for, if not the client's own.
    #[must_use]
    pub fn at(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The token itself, to be sent to its host and to no other.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.secret.reveal()
    }

    /// The host that it is good for.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }
}

/// Where a client gets its access token from, request by request.
///
/// ```
/// use std::sync::Arc;
/// use gong_client::{AccessToken, BoxError, BoxFuture, Client, TokenSource};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl TokenSource for Vault {
///     fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
///         Box::pin(async { Ok(AccessToken::new("the-one-in-the-vault")) })
///     }
///
///     fn refused<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
///         Box::pin(async { Err("the vault has no other".into()) })
///     }
/// }
///
/// let gong = Client::builder().token_source(Arc::new(Vault)).build()?;
/// # Ok::<(), gong_client::Error>(())
/// ```
pub trait TokenSource: Debug + Send + Sync + 'static {
    /// A token that is good for now.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>>;

    /// Gong says that this one is expired or revoked: another one, or why there is none. It is asked once a try, and
    /// never because of a missing scope, which a new token would lack too.
    fn refused<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<AccessToken, BoxError>>;
}
