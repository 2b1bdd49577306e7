//! What is kept besides the accounts, none of it secret: which account is the usual one, and which connections lead
//! into a sandbox.

use std::collections::BTreeMap;
use std::fmt;

use gong_connect::AccountStatus;
use serde::{Deserialize, Serialize};

/// An account's name: its connection, and its identifier there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Who {
    pub(crate) connection: String,
    #[serde(rename = "as")]
    pub(crate) identifier: String,
}

impl Who {
    /// That of this identifier in this connection.
    pub(crate) fn new(connection: impl Into<String>, identifier: impl Into<String>) -> Self {
        Who { connection: connection.into(), identifier: identifier.into() }
    }

    /// That of an account.
    pub(crate) fn of(status: &AccountStatus) -> Self {
        Who::new(status.connection(), status.identifier())
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`", self.identifier.escape_debug(), self.connection.escape_debug())
    }
}

/// What is kept besides the accounts.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The account that a command uses when nothing says which.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub(crate) usual: Option<Who>,
    /// The connections that lead into a sandbox, with its seed.
    pub(crate) sandboxes: BTreeMap<String, u64>,
}

#[cfg(test)]
mod tests;
