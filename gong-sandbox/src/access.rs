//! Who may do what: the key pair may do everything, a bearer token what its scopes say.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{clock::Seconds, prng::Prng, refusal::Refusal};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The scope that `media: true` needs beside that of the operation.
pub(crate) const MEDIA_SCOPE: &str = "api:calls:read:media-url";

/// The host that a request was sent to: each has a port of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// What `app.gong.io` and `api.gong.io` are, and the customer's host too if it has none.
    Main,
    Customer,
}

/// What a request may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grant {
    Everything,
    Scopes(Vec<String>),
}

impl Grant {
    pub(crate) fn demand(&self, scope: &str) -> Result<(), Refusal> {
        match self {
            Self::Scopes(scopes) if !scope.is_empty() && !scopes.iter().any(|granted| granted == scope) => {
                Err(Refusal::missing_scope(scope))
            }
            _ => Ok(()),
        }
    }
}

struct Token {
    scopes: Vec<String>,
    /// When it ends on the company's clock, if it does.
    expires: Option<Seconds>,
}

/// The credentials that the sandbox takes.
pub(crate) struct Access {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    tokens: HashMap<String, Token>,
    /// Whether bearer tokens count at the customer's own host only.
    has_customer_host: bool,
    prng: Prng,
}

impl Access {
    /// Makes the credentials up; the token has these scopes.
    pub(crate) fn new(seed: u64, scopes: Vec<String>, has_customer_host: bool) -> Self {
        let mut prng = Prng::new(seed, "credentials");
        let mut access = Self {
            key: prng.letters(ALPHABET, 32),
            secret: prng.letters(ALPHABET, 48),
            token: String::new(),
            tokens: HashMap::new(),
            has_customer_host,
            prng,
        };
        access.token = access.issue(scopes, None);
        access
    }

    pub(crate) fn issue(&mut self, scopes: Vec<String>, expires: Option<Seconds>) -> String {
        let token = format!("sandbox.{}", self.prng.letters(ALPHABET, 40));
        self.tokens.insert(token.clone(), Token { scopes, expires });
        token
    }

    /// Takes in a token that an earlier sandbox gave out.
    pub(crate) fn admit(&mut self, token: String, scopes: Vec<String>) {
        self.tokens.insert(token, Token { scopes, expires: None });
    }

    pub(crate) fn revoke(&mut self, token: &str) {
        self.tokens.remove(token);
    }

    /// Reads an `Authorization` header.
    pub(crate) fn check(&self, authorization: Option<&str>, host: Host, now: Seconds) -> Result<Grant, Refusal> {
        let denied = Refusal::unknown_credentials;
        let (scheme, credentials) = authorization.and_then(|header| header.split_once(' ')).ok_or_else(denied)?;
        if scheme.eq_ignore_ascii_case("basic") {
            let expected = STANDARD.encode(format!("{}:{}", self.key, self.secret));
            return (credentials == expected).then_some(Grant::Everything).ok_or_else(denied);
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(denied());
        }
        // An unknown token is answered like a revoked one: so is one sent to the wrong host.
        let revoked = || Refusal::new(401, "access token has been revoked");
        let token = self.tokens.get(credentials).ok_or_else(revoked)?;
        if self.has_customer_host && host == Host::Main {
            return Err(revoked());
        }
        match token.expires {
            // The text for this one is a guess.
            Some(expires) if now >= expires => Err(Refusal::new(401, "access token has expired")),
            _ => Ok(Grant::Scopes(token.scopes.clone())),
        }
    }
}
