//! What a client signs its requests with. Nothing here prints a secret.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderValue};

use crate::auth::token_source::{AccessToken, TokenSource};
use crate::base::error::BoxError;
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::host::Host;
use crate::base::text::Redactor;

/// Text that must not be shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Secret(String);

impl Secret {
    /// Without the space around it that copying leaves there.
    pub(crate) fn copied(text: impl Into<String>) -> Self {
        let text = text.into();
        let bare = text.trim();
        if bare.len() == text.len() { Secret(text) } else { Secret(bare.to_owned()) }
    }

    /// A token; from a header it may have been copied with the word before it.
    pub(crate) fn token(text: impl Into<String>) -> Self {
        let Secret(text) = Secret::copied(text);
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        if word.eq_ignore_ascii_case("bearer") { Secret::copied(rest) } else { Secret(text) }
    }

    /// The text itself, to be sent and never shown.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    fn is_broken(&self) -> bool {
        self.0.trim().is_empty() || self.0.contains(char::is_control)
    }

    fn is_no_token(&self) -> bool {
        self.is_broken() || !self.0.is_ascii()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<hidden>")
    }
}

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
        let pair = STANDARD.encode(format!("{}:{}", key.reveal(), secret.reveal()));
        #[allow(clippy::expect_used)] // the letters of base64 can stand in any header
        let mut header = HeaderValue::from_str(&format!("Basic {pair}")).expect("a header");
        header.set_sensitive(true);
        Credentials::ApiKey { key, secret, header }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self {
            Credentials::ApiKey { key, .. } if key.is_broken() => {
                Some("the API key is empty or has control characters")
            }
            Credentials::ApiKey { key, .. } if key.reveal().contains(':') => Some("the API key contains a colon"),
            Credentials::ApiKey { secret, .. } if secret.is_broken() => {
                Some("the API key's secret is empty or has control characters")
            }
            Credentials::AccessToken(token) if token.is_no_token() => Some(NO_TOKEN),
            _ => None,
        }
    }

    /// What hides it in a text; nothing of tokens that come and go.
    pub(crate) fn redactor(&self) -> Redactor {
        match self {
            Credentials::ApiKey { key, secret, .. } => {
                let pair = format!("{}:{}", key.reveal(), secret.reveal());
                Redactor::new([pair.as_str(), key.reveal(), secret.reveal()])
            }
            Credentials::AccessToken(token) => Redactor::new([token.reveal()]),
            Credentials::Source(_) => Redactor::new([""; 0]),
        }
    }

    /// What the next request shows.
    pub(crate) async fn pass(&self, own_host: &Host) -> Result<Pass<'_>> {
        match self {
            Credentials::ApiKey { header, .. } => Ok(Pass::ApiKey(header)),
            Credentials::AccessToken(token) => Ok(Pass::AccessToken(token)),
            Credentials::Source(source) => Pass::of(source.token().await, own_host),
        }
    }

    /// Another token after Gong refused this one; none where there is but one.
    pub(crate) async fn another(&self, refused: &Pass<'_>, own_host: &Host) -> Option<Result<Pass<'_>>> {
        match (self, refused) {
            (Credentials::Source(source), Pass::Lent { token, .. }) => {
                Some(Pass::of(source.refused(token).await, own_host))
            }
            _ => None,
        }
    }
}

const NO_TOKEN: &str = "the access token is empty or has characters that a header cannot carry";

/// What one request shows, and where it goes.
#[derive(Clone, Debug)]
pub(crate) enum Pass<'a> {
    ApiKey(&'a HeaderValue),
    AccessToken(&'a Secret),
    Lent { token: AccessToken, host: Option<Host> },
}

impl Pass<'_> {
    fn of(lent: Result<AccessToken, BoxError>, own_host: &Host) -> Result<Self> {
        let token = lent.map_err(no_token)?;
        let wrong = |fault: &str| Error::new(ErrorKind::Config, format!("no token can be used: {fault}."));
        if token.secret().is_no_token() {
            return Err(wrong(NO_TOKEN));
        }
        let host = token.base_url().map(Host::read).transpose().map_err(|fault| wrong(&fault))?;
        // The client for TLS may use a proxy, which must not get what is in the clear.
        if host.as_ref().is_some_and(Host::is_in_the_clear) && !own_host.is_in_the_clear() {
            return Err(wrong("its host must begin with https, as the client's own does"));
        }
        Ok(Pass::Lent { token, host })
    }

    /// Signs a request, with a header that is marked as sensitive.
    pub(crate) fn sign(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match self {
            Pass::ApiKey(header) => request.header(AUTHORIZATION, *header),
            Pass::AccessToken(token) => request.bearer_auth(token.reveal()),
            Pass::Lent { token, .. } => request.bearer_auth(token.reveal()),
        }
    }

    /// The host it is for, if not the client's own.
    pub(crate) fn host(&self) -> Option<&Host> {
        match self {
            Pass::Lent { host, .. } => host.as_ref(),
            Pass::ApiKey(_) | Pass::AccessToken(_) => None,
        }
    }

    pub(crate) fn is_token(&self) -> bool {
        !matches!(self, Pass::ApiKey(_))
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
mod tests {
    use super::*;

    fn own(host: &str) -> Host {
        Host::read(host).unwrap()
    }

    #[test]
    fn nothing_is_shown() {
        let key = Credentials::api_key(Secret::copied("visible-key"), Secret::copied("visible-secret"));
        let token = Credentials::AccessToken(Secret::copied("visible-token"));
        let lent = Pass::of(Ok(AccessToken::new("visible-token")), &own("https://x.io")).unwrap();
        assert!(!format!("{key:?} {token:?} {lent:?}").contains("visible"));
    }

    #[test]
    fn what_no_header_can_carry_is_a_fault() {
        for token in ["", "  ", "Bearer ", "ab\nc", "tökén"] {
            assert!(Credentials::AccessToken(Secret::token(token)).fault().is_some(), "{token:?}");
            assert!(Pass::of(Ok(AccessToken::new(token)), &own("https://x.io")).is_err(), "{token:?}");
        }
        assert!(Credentials::api_key(Secret::copied("a:b"), Secret::copied("c")).fault().is_some());
        assert!(Credentials::api_key(Secret::copied("a"), Secret::copied("b")).fault().is_none());
    }

    #[test]
    fn what_copying_adds_is_no_part_of_a_secret() {
        for token in ["t1", " t1\r\n", "Bearer t1", "bearer  t1 ", "\tBEARER\tt1"] {
            assert_eq!(Secret::token(token).reveal(), "t1", "{token:?}");
            assert_eq!(AccessToken::new(token).reveal(), "t1", "{token:?}");
        }
        assert_eq!(Secret::copied(" key\n").reveal(), "key");
    }

    #[test]
    fn a_token_goes_where_it_is_good_and_never_in_the_clear() {
        let lent = |host: &str, ours: &str| Pass::of(Ok(AccessToken::new("t").at(host)), &own(ours));
        let pass = lent("https://us-1.api.gong.io/", "https://api.gong.io").unwrap();
        assert_eq!(pass.host().map(Host::as_str), Some("https://us-1.api.gong.io"));
        assert!(lent("http://127.0.0.1:1", "http://127.0.0.1:2").is_ok());
        assert!(lent("http://127.0.0.1:1", "https://api.gong.io").is_err());
        assert!(lent("http://us-1.api.gong.io", "https://api.gong.io").is_err());
    }
}
