//! What a client signs its requests with. Nothing here prints a secret.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderValue};

use crate::auth::token_source::{AccessToken, TokenSource};
use crate::base::endpoint::Endpoint;
use crate::base::error::{BoxError, Error, ErrorKind, Result};
use crate::base::secret::Secret;
use crate::base::text::Redactor;

/// How a client shows who it is.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    /// An access key and its secret, made by an administrator of the account.
    ApiKey { key: Secret, secret: Secret, header: HeaderValue },
    /// A token from the authorization flow.
    AccessToken(Secret),
    /// Tokens that change over time.
    Source(Arc<dyn TokenSource>),
}

impl Hash for Credentials {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Credentials::ApiKey { key, secret, .. } => (key, secret).hash(state),
            Credentials::AccessToken(token) => token.hash(state),
            // Its tokens come and go; it stays, for as long as a client has it.
            Credentials::Source(source) => Arc::as_ptr(source).cast::<()>().addr().hash(state),
        }
    }
}

impl Credentials {
    /// An access key and its secret, with the header of theirs, which every request has.
    pub(crate) fn api_key(key: Secret, secret: Secret) -> Self {
        let pair = pair(&key, &secret);
        let encoded = Secret::new(format!("Basic {}", STANDARD.encode(pair.reveal())));
        #[allow(clippy::expect_used)] // the letters of base64 can stand in any header
        let mut header = HeaderValue::from_str(encoded.reveal()).expect("a header");
        header.set_sensitive(true);
        Credentials::ApiKey { key, secret, header }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self {
            Credentials::ApiKey { key, .. } if is_broken(key) => Some("the API key is empty or has control characters"),
            Credentials::ApiKey { key, .. } if key.reveal().contains(':') => Some("the API key contains a colon"),
            Credentials::ApiKey { secret, .. } if is_broken(secret) => {
                Some("the API key's secret is empty or has control characters")
            }
            Credentials::AccessToken(token) if !token.is_sendable() => Some(NO_TOKEN),
            _ => None,
        }
    }

    /// What hides it in a text; nothing of tokens that come and go.
    pub(crate) fn redactor(&self) -> Redactor {
        match self {
            Credentials::ApiKey { key, secret, .. } => {
                let pair = pair(key, secret);
                Redactor::new([pair.reveal(), key.reveal(), secret.reveal()])
            }
            Credentials::AccessToken(token) => Redactor::new([token.reveal()]),
            Credentials::Source(_) => Redactor::new([""; 0]),
        }
    }

    /// What the next request shows.
    pub(crate) async fn signer(&self, own_host: &Endpoint) -> Result<Signer<'_>> {
        match self {
            Credentials::ApiKey { header, .. } => Ok(Signer::ApiKey(header)),
            Credentials::AccessToken(token) => Ok(Signer::AccessToken(token)),
            Credentials::Source(source) => Signer::of(source.token().await, own_host),
        }
    }

    /// Another token after Gong refused this one; none where there is but one.
    pub(crate) async fn another(&self, refused: &Signer<'_>, own_host: &Endpoint) -> Option<Result<Signer<'_>>> {
        match (self, refused) {
            (Credentials::Source(source), Signer::Lent { token, .. }) => {
                Some(Signer::of(source.refused(token).await, own_host))
            }
            _ => None,
        }
    }
}

/// Both, as Basic credentials join them.
fn pair(key: &Secret, secret: &Secret) -> Secret {
    Secret::new(format!("{}:{}", key.reveal(), secret.reveal()))
}

fn is_broken(secret: &Secret) -> bool {
    secret.reveal().trim().is_empty() || secret.reveal().contains(char::is_control)
}

const NO_TOKEN: &str = "the access token is empty or has characters that no token has";

/// What one request shows, and where it goes.
#[derive(Clone, Debug)]
pub(crate) enum Signer<'a> {
    ApiKey(&'a HeaderValue),
    AccessToken(&'a Secret),
    Lent { token: AccessToken, host: Option<Endpoint> },
}

impl Signer<'_> {
    fn of(lent: Result<AccessToken, BoxError>, own_host: &Endpoint) -> Result<Self> {
        let token = lent.map_err(no_token)?;
        let wrong = |fault: &str| Error::new(ErrorKind::Config, format!("no token can be used: {fault}."));
        if !token.secret().is_sendable() {
            return Err(wrong(NO_TOKEN));
        }
        let host = token.base_url().map(Endpoint::base_url).transpose().map_err(|fault| wrong(&fault))?;
        // The client for TLS may use a proxy, which must not get what is in the clear.
        if host.as_ref().is_some_and(Endpoint::is_in_the_clear) && !own_host.is_in_the_clear() {
            return Err(wrong("its host must begin with https, as the client's own does"));
        }
        Ok(Signer::Lent { token, host })
    }

    /// Signs a request, with a header that is marked as sensitive.
    pub(crate) fn sign(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match self {
            Signer::ApiKey(header) => request.header(AUTHORIZATION, *header),
            Signer::AccessToken(token) => request.bearer_auth(token.reveal()),
            Signer::Lent { token, .. } => request.bearer_auth(token.reveal()),
        }
    }

    /// The host it is for, if not the client's own.
    pub(crate) fn host(&self) -> Option<&Endpoint> {
        match self {
            Signer::Lent { host, .. } => host.as_ref(),
            Signer::ApiKey(_) | Signer::AccessToken(_) => None,
        }
    }

    pub(crate) fn is_token(&self) -> bool {
        !matches!(self, Signer::ApiKey(_))
    }
}

/// Why there is no token. An error of our own says it best itself.
fn no_token(cause: BoxError) -> Error {
    match cause.downcast::<Error>() {
        Ok(error) => *error,
        Err(cause) => Error::new(ErrorKind::Unauthorized, format!("there is no access token: {cause}"))
            .with(|inner| inner.source = Some(cause)),
    }
}

#[cfg(test)]
mod tests;
