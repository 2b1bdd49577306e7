//! `gong auth …`: accounts that stay connected from one command to the next.
//!
//! `login` leads an account into the store, through a browser (`login`, `listener`, `page`, `browser`, `paste`) or by a
//! key (`api_key`, `ask`); `status`, `list`, `use` and `logout` show the accounts and forget them.

mod api_key;
mod ask;
mod browser;
mod grammar;
mod listener;
mod login;
mod page;
mod paste;
mod show;

use clap::ArgMatches;

use crate::accounts::{Accounts, Wanted, Who};
use crate::exit::Failure;
use crate::output;

pub(crate) use grammar::command;

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

/// `gong auth use`: the account that commands use unless told otherwise.
async fn make_usual(args: &ArgMatches) -> Result<(), Failure> {
    let (home, accounts) = Accounts::existing().await?;
    let status = accounts.choose(&Wanted::of(args, None))?;
    let who = Who::of(status);
    home.change(|settings| settings.usual = Some(who.clone()))?;
    output::say(&format!("Commands use {who} from now on."));
    Ok(())
}

/// `gong auth logout`: forgets an account.
async fn logout(args: &ArgMatches) -> Result<(), Failure> {
    let (home, accounts) = Accounts::existing().await?;
    let status = accounts.choose_any(&Wanted::of(args, None))?;
    let who = Who::of(status);
    accounts.connections.disconnect(&who.connection, &who.identifier).await?;
    home.change(|settings| drop(settings.usual.take_if(|usual| *usual == who)))?;
    output::say(&format!("Forgot {who}. What Gong gave it lives on there until it runs out or is taken back."));
    Ok(())
}
