//! What is known of an account without asking Gong.

use std::collections::BTreeSet;
use std::time::SystemTime;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::store::Account;
use crate::tools;
use crate::who::Who;

/// Why an account of another app must be authorized again.
pub(crate) const ANOTHER_APP: &str = "it came from another app than the one that its connection is now, and its \
refresh token is shown to that app alone";

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountState {
    /// A link was given out and nobody has come back with it yet.
    Pending,
    /// Ready to be used.
    Active,
    /// The access token has run out. The next use fetches another one.
    Expired,
    /// The user must authorize again: access was revoked, or the refresh token is lost. See [`AccountStatus::trouble`].
    NeedsAuthorization,
    /// What is kept of it cannot be read. See [`AccountStatus::trouble`]. It can be disconnected, and authorized again.
    Unreadable,
}

/// An account: how it stands and what it may do.
#[derive(Clone, Debug)]
pub struct AccountStatus {
    who: Who,
    state: AccountState,
    granted: Option<BTreeSet<String>>,
    wanted: BTreeSet<String>,
    base_url: Option<String>,
    expires_at: Option<SystemTime>,
    trouble: Option<String>,
}

impl AccountStatus {
    pub(crate) fn of(account: &Account, connection: Option<&Connection>, now: SystemTime) -> Self {
        let is_anothers = connection.is_some_and(|connection| !connection.is_origin(&account.kept.origin));
        let has_run_out = account.kept.expires_at.is_some_and(|expires_at| expires_at <= now);
        let another_app = (is_anothers && has_run_out).then(|| ANOTHER_APP.to_owned());
        let trouble = account.trouble.clone().or(another_app);
        AccountStatus {
            who: account.who.clone(),
            state: match (&trouble, has_run_out) {
                (Some(_), _) => AccountState::NeedsAuthorization,
                (None, true) => AccountState::Expired,
                (None, false) => AccountState::Active,
            },
            granted: account.kept.scopes.clone(),
            wanted: wanted(connection),
            base_url: Some(account.kept.credential.base_url().to_owned()),
            expires_at: account.kept.expires_at,
            trouble,
        }
    }

    pub(crate) fn unreadable(who: Who, connection: Option<&Connection>, error: &Error) -> Self {
        let nothing_known = AccountStatus::pending(who, connection);
        AccountStatus { state: AccountState::Unreadable, trouble: Some(error.to_string()), ..nothing_known }
    }

    pub(crate) fn pending(who: Who, connection: Option<&Connection>) -> Self {
        AccountStatus {
            who,
            state: AccountState::Pending,
            granted: Some(BTreeSet::new()),
            wanted: wanted(connection),
            base_url: None,
            expires_at: None,
            trouble: None,
        }
    }

    pub(crate) fn who(&self) -> &Who {
        &self.who
    }

    /// The name of its connection.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.who.connection
    }

    /// Its identifier, which is the platform's own.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.who.identifier
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> AccountState {
        self.state
    }

    /// The scopes that Gong granted; none at all for an API key, which scopes don't bind.
    pub fn granted_scopes(&self) -> impl Iterator<Item = &str> {
        self.granted.iter().flatten().map(String::as_str)
    }

    /// The scopes that its connection asks for and that Gong did not grant, or was not asked for at the time.
    #[must_use]
    pub fn missing_scopes(&self) -> Vec<&str> {
        self.without(self.wanted.iter().map(String::as_str))
    }

    /// The scopes that a tool needs and that Gong did not grant.
    ///
    /// # Errors
    /// When there is no such tool.
    pub fn missing_for(&self, tool: &str) -> Result<Vec<&str>> {
        Ok(self.without(tools::scopes(tool)?))
    }

    fn without<'a>(&self, scopes: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let Some(granted) = &self.granted else { return Vec::new() };
        scopes.into_iter().filter(|scope| !granted.contains(*scope)).collect()
    }

    /// The host of its company.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// When its access token runs out.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// Why the user must authorize again.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }
}

fn wanted(connection: Option<&Connection>) -> BTreeSet<String> {
    connection.into_iter().flat_map(Connection::wanted_scopes).map(str::to_owned).collect()
}
