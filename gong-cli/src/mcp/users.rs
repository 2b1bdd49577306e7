//! The users of a server over HTTP: whose account a token stands for, and the commands that hand tokens out.

use clap::ArgMatches;
use gong_client::BoxFuture;
use gong_connect::Connections;
use gong_mcp::http::Users;
use gong_mcp::{Account, Server};
use serde_json::{Value, json};

use super::Wishes;
use super::tokens::Tokens;
use crate::account::scopes;
use crate::accounts::{Home, Wanted, Who};
use crate::exit::Failure;
use crate::output;

/// Users by the tokens in a home folder. It is read with every request, so a token that is revoked is good for nothing
/// from then on.
#[derive(Debug)]
pub(super) struct Connected {
    home: Home,
    connections: Connections,
    wishes: Wishes,
}

impl Connected {
    pub(super) async fn open(home: Home, wishes: Wishes) -> Result<Self, Failure> {
        let connections = home.connections().await?;
        if Tokens::read(&home)?.list().next().is_none() {
            output::say("note: there is no token yet, so nobody gets in: make one with `gong mcp token new`.");
        }
        Ok(Connected { home, connections, wishes })
    }

    fn who(&self, token: &str) -> Result<Option<Who>, Failure> {
        Ok(Tokens::read(&self.home)?.who(token).cloned())
    }

    async fn server_of(&self, token: &str) -> Result<Option<Server>, Failure> {
        let Some(who) = self.who(token)? else { return Ok(None) };
        let statuses = self.connections.list().await?;
        let status = statuses.iter().find(|status| Who::of(status) == who);
        let account = Account::connected(self.connections.clone(), &who.connection, &who.identifier);
        self.wishes.server(account, status.and_then(scopes)).map(Some)
    }
}

impl Users for Connected {
    fn of_token(&self, token: &str) -> Option<String> {
        told(self.who(token)).map(|who| who.to_string())
    }

    fn server<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Option<Server>> {
        Box::pin(async move { told(self.server_of(token).await) })
    }
}

/// What was found. Why it could not be looked up is for whoever runs the server, not for who asks.
fn told<T>(found: Result<Option<T>, Failure>) -> Option<T> {
    found.unwrap_or_else(|failure| {
        output::say(&format!("error: {}", failure.message()));
        None
    })
}

/// `gong mcp token …`.
pub(super) async fn token(args: &ArgMatches) -> Result<(), Failure> {
    let home = Home::find()?;
    match args.subcommand() {
        Some(("new", args)) => {
            let who = of_new(&home, Wanted::of(args, None)).await?;
            let token = Tokens::make(&home, &who)?;
            output::say(&format!("A token for {who}. It is shown this once; only its hash is kept."));
            output::line(token.reveal())
        }
        Some(("list", args)) => list(&Tokens::read(&home)?, args.get_flag("json")),
        Some(("revoke", args)) => revoke(&home, args),
        // clap demands one of the above.
        _ => Ok(()),
    }
}

/// The account that a new token is for. It need not be connected yet, but its connection must be there.
async fn of_new(home: &Home, wanted: Wanted) -> Result<Who, Failure> {
    let Some(identifier) = wanted.identifier else {
        return Err(Failure::Usage("say whose token it is: --as and the user's identifier.".to_owned()));
    };
    let there: Vec<String> =
        home.connections().await?.registered().await?.iter().map(|one| one.name().to_owned()).collect();
    match (wanted.connection, there.as_slice()) {
        (Some(name), there) if there.contains(&name) => Ok(Who::new(name, identifier)),
        (None, [only]) => Ok(Who::new(only.clone(), identifier)),
        (_, []) => Err(Failure::NoCredentials(
            "there is no connection yet: `gong auth login` makes one, with your app's client id.".to_owned(),
        )),
        (_, there) => Err(Failure::Usage(format!("choose a --connection: {}.", there.join(", ")))),
    }
}

fn list(tokens: &Tokens, as_json: bool) -> Result<(), Failure> {
    if output::wants_json(as_json) {
        return output::json(&tokens.list().map(entry).collect());
    }
    let rows = tokens.list().map(|(hash, who)| [hash, &who.connection, &who.identifier].map(str::to_owned).to_vec());
    output::table(&["hash", "connection", "as"], rows)
}

/// A token as `--json` shows it.
fn entry((hash, who): (&str, &Who)) -> Value {
    json!({"hash": hash, "connection": who.connection, "as": who.identifier})
}

fn revoke(home: &Home, args: &ArgMatches) -> Result<(), Failure> {
    let wanted = Wanted::of(args, None);
    let hash = args.get_one::<String>("hash").filter(|hash| hash.len() >= 6);
    if hash.is_none() && wanted.identifier.is_none() {
        let why = "say which: the beginning of its hash (6 characters or more), or --as and an identifier.";
        return Err(Failure::Usage(why.to_owned()));
    }
    let revoked = Tokens::revoke(home, |of, who| match hash {
        Some(hash) => of.starts_with(hash.as_str()),
        None => wanted.fits(who),
    })?;
    match revoked {
        0 => Err(Failure::Usage("there is no such token; `gong mcp token list` shows all.".to_owned())),
        count => {
            output::say(&format!("Revoked {count}."));
            Ok(())
        }
    }
}
