//! What a client signs its requests with. Nothing here prints a secret.

use std::fmt;

/// Text that must not be shown.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The text itself, to be sent and never shown.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
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
    ApiKey { key: Secret, secret: Secret },
    /// A token from the authorization flow.
    AccessToken(Secret),
}

impl Credentials {
    /// Signs a request. reqwest marks the header as sensitive.
    pub(crate) fn sign(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match self {
            Credentials::ApiKey { key, secret } => request.basic_auth(key.reveal(), Some(secret.reveal())),
            Credentials::AccessToken(token) => request.bearer_auth(token.reveal()),
        }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let broken = |secret: &Secret| secret.reveal().trim().is_empty() || secret.reveal().contains(char::is_control);
        match self {
            Credentials::ApiKey { key, .. } if broken(key) => Some("the API key is empty or has control characters"),
            Credentials::ApiKey { key, .. } if key.reveal().contains(':') => Some("the API key contains a colon"),
            Credentials::ApiKey { secret, .. } if broken(secret) => {
                Some("the API key's secret is empty or has control characters")
            }
            Credentials::AccessToken(token) if broken(token) || !token.reveal().is_ascii() => {
                Some("the access token is empty or has characters that a header cannot carry")
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shown() {
        let key = Credentials::ApiKey { key: Secret::new("visible-key"), secret: Secret::new("visible-secret") };
        let token = Credentials::AccessToken(Secret::new("visible-token"));
        assert!(!format!("{key:?} {token:?}").contains("visible"));
    }

    #[test]
    fn what_no_header_can_carry_is_a_fault() {
        for token in ["", "  ", "abc\n", "tökén"] {
            assert!(Credentials::AccessToken(Secret::new(token)).fault().is_some(), "{token:?}");
        }
        assert!(Credentials::ApiKey { key: Secret::new("a:b"), secret: Secret::new("c") }.fault().is_some());
        assert!(Credentials::ApiKey { key: Secret::new("a"), secret: Secret::new("b") }.fault().is_none());
    }
}
