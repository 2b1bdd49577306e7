//! What can go wrong: one opaque error with a kind and, where it helps, a link to authorize again with.

use std::error::Error as StdError;
use std::fmt;

use crate::link::AuthorizationLink;
use crate::who::Who;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting or an argument is wrong; nothing was done.
    Config,
    /// The store cannot be opened, read or written.
    Store,
    /// The store was sealed with another key than the ones given; nothing of it was read.
    WrongKey,
    /// No connection has this name.
    UnknownConnection,
    /// The connection has no account for this identifier.
    UnknownAccount,
    /// The user must authorize (again). See [`Error::authorization_link`].
    NeedsAuthorization,
    /// The callback is not one: it lacks a code or a state, or has one twice.
    BadCallback,
    /// The user, or Gong on their behalf, said no.
    Denied,
    /// Nobody here gave out the callback's state.
    UnknownState,
    /// The callback's state was used before.
    UsedState,
    /// The callback came later than ten minutes after its link.
    ExpiredState,
    /// The connection is another app than the one that its accounts, or this link, came from. Nothing of the one is
    /// shown to the other.
    AnotherApp,
    /// The callback belongs to another connection or identifier than the expected one.
    WrongAccount,
    /// Gong takes the code no more: it is older than ten minutes or was used.
    ExpiredCode,
    /// Gong granted less than was asked for. See [`Error::missing_scopes`].
    ScopeMismatch,
    /// Gong does not accept the client id and secret of the connection.
    ClientRefused,
    /// Gong's token endpoint failed or answered what it should not.
    TokenEndpoint,
    /// The token endpoint cannot be reached, or gave no answer in time.
    Network,
    /// Gong refuses a token that it gave a moment ago. Another one would fare no better.
    TokenRefused,
    /// Another process is refreshing the account and doesn't come to an end.
    Busy,
    /// The client could not be built.
    Client,
}

/// What went wrong.
///
/// Its `Display` is a sentence for a person. Neither `Display` nor `Debug` holds a secret.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    link: Option<AuthorizationLink>,
    missing_scopes: Vec<String>,
    account: Option<Who>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Error(Box::new(Inner { kind, message, link: None, missing_scopes: Vec::new(), account: None, cause: None }))
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Config, message)
    }

    pub(crate) fn store(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Store, message)
    }

    /// With what lies below, as text only: no library's type gets out, and no detail that only its `Debug` shows.
    pub(crate) fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string().into());
        self
    }

    /// With what lies below, as it is.
    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    pub(crate) fn with_link(mut self, link: Option<AuthorizationLink>) -> Self {
        self.0.link = link;
        self
    }

    pub(crate) fn of_account(mut self, who: &Who) -> Self {
        self.0.account = Some(who.clone());
        self
    }

    pub(crate) fn with_missing_scopes(mut self, scopes: Vec<String>) -> Self {
        self.0.missing_scopes = scopes;
        self
    }

    /// The error of this crate that is behind another one, such as the one of a call for which there was no token.
    ///
    /// ```
    /// # fn example(error: &gong_client::Error) {
    /// if let Some(link) = gong_connect::Error::behind(error).and_then(gong_connect::Error::authorization_link) {
    ///     println!("authorize again: {link}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn behind<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Error> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(found) = error.downcast_ref() {
                return Some(found);
            }
            next = error.source();
        }
        None
    }

    /// What went wrong, in a word.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The link with which the user authorizes again, where that is the remedy.
    #[must_use]
    pub fn authorization_link(&self) -> Option<&AuthorizationLink> {
        self.0.link.as_ref()
    }

    /// The connection and the identifier of the account whose user must authorize again, where that is so.
    #[must_use]
    pub fn account(&self) -> Option<(&str, &str)> {
        self.0.account.as_ref().map(|who| (who.connection.as_str(), who.identifier.as_str()))
    }

    /// The scopes that were asked for and not granted.
    #[must_use]
    pub fn missing_scopes(&self) -> &[String] {
        &self.0.missing_scopes
    }

    /// Whether the same may succeed later with nobody doing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Busy, Network, Store, TokenEndpoint};
        matches!(self.0.kind, Store | TokenEndpoint | Network | Busy)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("missing_scopes", &self.0.missing_scopes)
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as &(dyn StdError + 'static))
    }
}
