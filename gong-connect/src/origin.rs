//! Where an account comes from. What an app got, a code or a refresh token, is shown to that app's own token endpoint
//! and to no other, so each account and each link that is out keeps which app it came from.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What makes an app the one that it is. Its secret, its scopes and the rest may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AppId {
    pub(crate) client_id: String,
    pub(crate) token_url: String,
    pub(crate) redirect_uri: String,
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AppId { client_id, token_url, redirect_uri } = self;
        write!(f, "`{client_id}` with tokens from {token_url} and redirect URI {redirect_uri}")
    }
}

/// What an account comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Origin {
    /// Authorization through this app.
    App(AppId),
    /// An API key, which somebody brought.
    ApiKey,
    /// Some app. The account is older than the record of it, and nothing else tells.
    Unknown,
}

/// What a sealed account opens with and for nothing else: what it comes from, and the host that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bond {
    pub(crate) origin: Origin,
    pub(crate) host: String,
}

/// A record that is kept as text in the clear, and bound into a sealed one.
pub(crate) fn text(record: &impl Serialize) -> String {
    // Neither of the two above has anything that JSON cannot hold.
    serde_json::to_string(record).unwrap_or_default()
}

/// What such a text says; none if nothing was kept or it says nothing known.
pub(crate) fn read<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}
