//! `gong auth …`: accounts that stay connected from one command to the next.
//!
//! `login` leads an account into the store, through a browser (`login`, `listener`, `page`, `browser`, `paste`) or by a
//! key (`api_key`, `ask`); `status`, `list`, `use` and `logout` tell of the accounts and forget them. `home` knows
//! where they are kept, `settings` what is kept besides them, and `choose` which of them a command line means.
//!
//! What an account is, and how its tokens stay fresh, is gong-connect's to know.

mod api_key;
mod ask;
mod browser;
mod choose;
mod grammar;
mod home;
mod listener;
mod login;
mod page;
mod paste;
mod settings;
mod show;

use clap::ArgMatches;
use gong_connect::{AccountState, AccountStatus, Connections};

use crate::exit::Failure;
use crate::output;

pub(crate) use choose::Wanted;
pub(crate) use grammar::{account_flags, command};
pub(crate) use home::Home;
pub(crate) use settings::{Settings, Who};

/// Runs the one that was named.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    match args.subcommand() {
        Some(("login", args)) if args.get_flag("api-key") => api_key::login(args).await,
        Some(("login", args)) => login::login(args).await,
        Some(("status", args)) => show::status(args).await,
        Some(("list", args)) => show::list(args).await,
        Some(("use", args)) => make_usual(args).await,
        Some(("logout", args)) => logout(args).await,
        // clap demands one of the above.
        _ => Ok(()),
    }
}

/// The accounts of this user, and what is kept besides them.
pub(crate) struct Accounts {
    pub(crate) connections: Connections,
    pub(crate) settings: Settings,
    known: Vec<AccountStatus>,
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
        let of = |status: &AccountStatus| Who::new(status.connection(), status.identifier());
        let all: Vec<Who> = self.known.iter().filter(|status| fits(status)).map(of).collect();
        let chosen = choose::choose(&all, wanted, self.settings.usual.as_ref())?;
        self.known.iter().find(|status| of(status) == chosen).ok_or_else(choose::nobody)
    }
}

/// `gong auth use`: the account that commands use unless told otherwise.
async fn make_usual(args: &ArgMatches) -> Result<(), Failure> {
    let (home, accounts) = Accounts::open().await?.ok_or_else(choose::nobody)?;
    let status = accounts.choose(&Wanted::of(args, None))?;
    let who = Who::new(status.connection(), status.identifier());
    home.change(|settings| settings.usual = Some(who.clone()))?;
    output::say(&format!("Commands use {who} from now on."));
    Ok(())
}

/// `gong auth logout`: forgets an account.
async fn logout(args: &ArgMatches) -> Result<(), Failure> {
    let (home, accounts) = Accounts::open().await?.ok_or_else(choose::nobody)?;
    let status = accounts.choose_any(&Wanted::of(args, None))?;
    let who = Who::new(status.connection(), status.identifier());
    accounts.connections.disconnect(&who.connection, &who.identifier).await?;
    home.change(|settings| drop(settings.usual.take_if(|usual| *usual == who)))?;
    output::say(&format!("Forgot {who}. What Gong gave it lives on there until it runs out or is taken back."));
    Ok(())
}
