//! `gong mcp` and `gong serve`: the tools for agents' hosts, and for every language over plain HTTP. Over standard
//! input and output the protocol has stdout to itself, and whatever is said to a person goes to stderr; over HTTP a
//! token stands for each user's account (`tokens`, `users`).

mod grammar;
mod tokens;
mod users;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use clap::ArgMatches;
use gong_mcp::http::{self, Access, Names};
use gong_mcp::{ANSWER_TOKENS, Account, Offer, Selection, Server, Toolbox};

use crate::accounts::Home;
use crate::exit::Failure;
use crate::{account, leave, output};

pub(crate) use self::grammar::{command, serve_command};

pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    if let Some(("token", args)) = args.subcommand() {
        return users::token(args).await;
    }
    let wishes = Wishes::of(args)?;
    match args.get_one::<SocketAddr>("http") {
        Some(address) => {
            let how = format!("agents' hosts at {}", http::PATH);
            over_http(args, *address, wishes, &how, http::router).await
        }
        None => {
            let account = account::open(args, None).await?;
            let server = wishes.server(account.client.clone(), account.scopes.clone())?;
            let serving = async { server.serve_stdio().await.map_err(|error| Failure::Local(error.to_string())) };
            leave::unless_stopped(serving).await
        }
    }
}

/// `gong serve`: plain calls and the protocol, side by side.
pub(crate) async fn serve(args: &ArgMatches) -> Result<(), Failure> {
    // clap knows a default.
    let Some(address) = args.get_one::<SocketAddr>("listen") else { return Ok(()) };
    let routes = |access: Access, listen, names: Names| {
        http::tools(access.clone(), listen, names.clone()).merge(http::router(access, listen, names))
    };
    over_http(args, *address, Wishes::of(args)?, "tools at /tools, agents' hosts at /mcp", routes).await
}

/// Serves whoever has a token, or with `--sandbox` and `--connection` whoever reaches the address.
async fn over_http(
    args: &ArgMatches,
    address: SocketAddr,
    wishes: Wishes,
    how: &str,
    routes: impl Fn(Access, SocketAddr, Names) -> Router,
) -> Result<(), Failure> {
    let is_one = args.get_flag("sandbox") || args.contains_id("connection") || args.contains_id("as");
    if is_one && !address.ip().is_loopback() {
        let why = "one account for everybody is served on a loopback address only: leave out --sandbox, --connection \
                   and --as, and give each user a token with `gong mcp token new`.";
        return Err(Failure::Usage(why.to_owned()));
    }
    let listener = tokio::net::TcpListener::bind(address).await;
    let listener = listener.map_err(|error| Failure::Local(format!("{address} cannot be listened on: {error}.")))?;
    let address = listener.local_addr().map_err(|error| Failure::Local(error.to_string()))?;
    let account = if is_one { Some(account::open(args, None).await?) } else { None };
    let access = match &account {
        Some(account) => Access::Everybody(wishes.server(account.client.clone(), account.scopes.clone())?),
        None => Access::Tokens(Arc::new(users::Connected::open(Home::find()?, wishes).await?)),
    };
    let names = |flag| args.get_many::<String>(flag).into_iter().flatten().cloned().collect();
    let routes = routes(access, address, Names { hosts: names("host"), origins: names("origin") });
    output::say(&format!("Serving {how} on http://{address} until Ctrl-C."));
    let serving = async { axum::serve(listener, routes).await.map_err(|error| Failure::Local(error.to_string())) };
    leave::unless_stopped(serving).await
}

/// What the command line wants of every server.
#[derive(Clone, Debug)]
struct Wishes {
    selection: Selection,
    answer_tokens: usize,
    output_schemas: bool,
    discover: bool,
    fixtures: bool,
}

impl Wishes {
    /// Wrong names are told now, rather than after what is wrong with the account, or to the first user.
    fn of(args: &ArgMatches) -> Result<Self, Failure> {
        let names = |flag| args.get_many::<String>(flag).into_iter().flatten().cloned().collect();
        let tokens = args.get_one::<u32>("answer-tokens").and_then(|tokens| usize::try_from(*tokens).ok());
        let selection = Selection {
            tools: names("tools"),
            groups: names("groups"),
            read_only: args.get_flag("read-only"),
            destructive: args.get_flag("destructive"),
            scopes: None,
        };
        Offer::new(&selection).map_err(|unknown| Failure::Usage(unknown.to_string()))?;
        Ok(Wishes {
            selection,
            answer_tokens: tokens.unwrap_or(ANSWER_TOKENS),
            output_schemas: has(args, "output-schemas"),
            discover: has(args, "discover"),
            fixtures: has(args, "conformance-fixtures"),
        })
    }

    /// A server for an account with these scopes, as far as they are known.
    fn server(&self, account: impl Into<Account>, scopes: Option<Vec<String>>) -> Result<Server, Failure> {
        let selection = Selection { scopes, ..self.selection.clone() };
        let offer = Offer::new(&selection).map_err(|unknown| Failure::Usage(unknown.to_string()))?;
        if !offer.lacking().is_empty() {
            let lacking = offer.lacking().join(", ");
            output::say(&format!("note: tools are left out for which the account lacks a scope: {lacking}."));
        }
        let server = Server::new(Toolbox::new(account, offer).answer_tokens(self.answer_tokens));
        let server = if self.output_schemas { server.with_output_schemas() } else { server };
        let server = if self.discover { server.discovering() } else { server };
        Ok(if self.fixtures { server.with_conformance_fixtures() } else { server })
    }
}

/// Whether a flag is there and given; some are only `gong mcp`'s.
fn has(args: &ArgMatches, flag: &str) -> bool {
    matches!(args.try_get_one::<bool>(flag), Ok(Some(true)))
}
