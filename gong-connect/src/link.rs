//! The link that a person opens to let the platform in.

use std::fmt;
use std::time::SystemTime;

/// A link to Gong's page where a technical administrator lets the platform in. It works once, for ten minutes.
///
/// Its `Display` is the link. Whoever opens it connects *their* company to the identifier it was made for, so it
/// belongs into the hands of that one user.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationLink {
    url: String,
    expires_at: SystemTime,
}

impl AuthorizationLink {
    pub(crate) fn new(url: String, expires_at: SystemTime) -> Self {
        AuthorizationLink { url, expires_at }
    }

    /// The link.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Until when the callback must have come.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

impl fmt::Display for AuthorizationLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl fmt::Debug for AuthorizationLink {
    /// Without the state.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("AuthorizationLink")
            .field("page", &page)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
