//! One request to the token endpoint, behind a trait so that a test or a platform can put its own client in place.

use std::fmt;
use std::time::Duration;

use gong_client::{BoxError, Secret};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::redirect;
use zeroize::Zeroizing;

use crate::host;
use crate::world::BoxFuture;

/// How long the token endpoint may take. Less than the lease of a refresh, so that nobody else begins meanwhile.
const PATIENCE: Duration = Duration::from_secs(20);

/// No answer about tokens is near to this.
const LARGEST_ANSWER: usize = 256 * 1024;

/// Sends requests to the token endpoint.
pub trait Http: fmt::Debug + Send + Sync + 'static {
    /// Sends a POST without a body. A redirect is not followed.
    ///
    /// # Errors
    /// When there is no answer. The error must not repeat the request's URL, which holds the code or the refresh token.
    fn post(&self, request: TokenRequest) -> BoxFuture<'_, Result<TokenAnswer, BoxError>>;
}

/// A request to the token endpoint. Its parameters are in the URL, as Gong documents them.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    pub(crate) url: Secret,
    pub(crate) authorization: Secret,
}

impl TokenRequest {
    /// The whole URL. It is secret.
    #[must_use]
    pub fn url(&self) -> &Secret {
        &self.url
    }

    /// The value of the header `Authorization`.
    #[must_use]
    pub fn authorization(&self) -> &Secret {
        &self.authorization
    }
}

/// What the token endpoint answered.
pub struct TokenAnswer {
    pub(crate) status: u16,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl TokenAnswer {
    /// An answer.
    #[must_use]
    pub fn new(status: u16, body: Vec<u8>) -> Self {
        TokenAnswer { status, body: Zeroizing::new(body) }
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenAnswer {{ status: {}, body: <hidden> }}", self.status)
    }
}

/// The client in use unless another is put in place.
#[derive(Debug)]
pub(crate) struct Wire {
    far: reqwest::Client,
    /// What goes to this machine in the clear must not go over a proxy elsewhere.
    near: reqwest::Client,
}

impl Wire {
    pub(crate) fn new() -> Result<Self, BoxError> {
        let client = || {
            reqwest::Client::builder()
                .redirect(redirect::Policy::none())
                .timeout(PATIENCE)
                .referer(false)
                .user_agent(concat!("gong-connect/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Wire { far: client().build()?, near: client().no_proxy().build()? })
    }
}

impl Http for Wire {
    fn post(&self, request: TokenRequest) -> BoxFuture<'_, Result<TokenAnswer, BoxError>> {
        Box::pin(async move {
            let mut authorization = HeaderValue::from_str(request.authorization.reveal())?;
            authorization.set_sensitive(true);
            // The client for TLS may use a proxy, which must not get what is in the clear.
            let client = if host::is_clear(request.url.reveal()) { &self.near } else { &self.far };
            let sending = client.post(request.url.reveal()).header(AUTHORIZATION, authorization).body("").send();
            let mut answer = sending.await.map_err(reqwest::Error::without_url)?;
            let status = answer.status().as_u16();
            let mut body = Vec::with_capacity(16 * 1024);
            while let Some(chunk) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
                if body.len() + chunk.len() > LARGEST_ANSWER {
                    return Err("the answer is too large".into());
                }
                body.extend_from_slice(&chunk);
            }
            Ok(TokenAnswer::new(status, body))
        })
    }
}
