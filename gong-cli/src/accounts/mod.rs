//! The accounts that stay connected from one command to the next.
//!
//! `home` says where they are kept, `settings` what is kept besides them, and `choose` which of them a command line
//! means. What an account is, and how its tokens stay fresh, is in gong-connect.

mod choose;
mod home;
mod settings;

use gong_connect::{AccountState, AccountStatus, Connections};

pub(crate) use self::choose::{Wanted, nobody};
pub(crate) use self::home::Home;
pub(crate) use self::settings::{Settings, Who};
use crate::exit::Failure;

/// The accounts of this user, and what is kept besides them.
pub(crate) struct Accounts {
    pub(crate) connections: Connections,
    pub(crate) settings: Settings,
    pub(crate) known: Vec<AccountStatus>,
}

impl Accounts {
    /// None if none was ever connected.
    pub(crate) async fn open() -> Result<Option<(Home, Accounts)>, Failure> {
        let home = Home::find()?;
        if !home.has_accounts() {
            return Ok(None);
        }
        let (connections, settings) = (home.connections().await?, home.settings()?);
        let known = connections.list().await?;
        Ok(Some((home, Accounts { connections, settings, known })))
    }

    /// The same, where it is a failure if none was.
    pub(crate) async fn existing() -> Result<(Home, Accounts), Failure> {
        Accounts::open().await?.ok_or_else(nobody)
    }

    pub(crate) fn are_any(&self) -> bool {
        !self.known.is_empty()
    }

    /// The one that is meant, of those that can be used.
    pub(crate) fn choose(&self, wanted: &Wanted) -> Result<&AccountStatus, Failure> {
        self.among(wanted, |status| status.state() != AccountState::Pending)
    }

    /// The one that is meant, of all.
    pub(crate) fn choose_any(&self, wanted: &Wanted) -> Result<&AccountStatus, Failure> {
        self.among(wanted, |_| true)
    }

    fn among(&self, wanted: &Wanted, fits: impl Fn(&AccountStatus) -> bool) -> Result<&AccountStatus, Failure> {
        let all: Vec<Who> = self.known.iter().filter(|status| fits(status)).map(Who::of).collect();
        let chosen = choose::choose(&all, wanted, self.settings.usual.as_ref())?;
        self.known.iter().find(|status| Who::of(status) == chosen).ok_or_else(nobody)
    }
}
