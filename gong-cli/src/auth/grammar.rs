//! The grammar of `gong auth`.

use clap::{ArgAction, Command};

use crate::flags::{base_url, connected_account, flag, json, value};

/// `gong auth`.
pub(crate) fn command() -> Command {
    Command::new("auth")
        .about("Connect accounts, see how they stand, forget them")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(login())
        .subcommand(
            connected_account(Command::new("status"))
                .about("Show how an account stands, without asking Gong")
                .arg(json())
                .arg(value("for", "TOOL", "Also the scopes that this tool needs and the account lacks")),
        )
        .subcommand(Command::new("list").about("List the accounts").arg(json()))
        .subcommand(connected_account(Command::new("use")).about("Make an account the one that commands use"))
        .subcommand(connected_account(Command::new("logout")).about("Forget an account"))
}

fn login() -> Command {
    connected_account(Command::new("login"))
        .about("Connect an account, in the browser or by an API key")
        .after_help(
            "The client secret comes from GONG_CLIENT_SECRET or is asked for, an API key and its secret are asked \
             for, all without echo; where standard input is no terminal, from its lines.\n\
             An app is given once. Its later logins need its --connection alone.\n\
             Without --connection it is `gong`; with --api-key `keys`, with --sandbox `sandbox`. Without --as it is \
             `me`.",
        )
        .arg(flag("sandbox", "Connect a sandbox instead, to try this without an account"))
        .arg(
            value("seed", "NUMBER", "The sandbox's seed: the same seed makes the same company")
                .requires("sandbox")
                .value_parser(clap::value_parser!(u64)),
        )
        .arg(flag("api-key", "Connect by an API key, which is asked for").conflicts_with_all(OF_APPS))
        .arg(base_url())
        .arg(
            value("client-id", "ID", "The client id of your app, as it is registered with Gong")
                .conflicts_with("sandbox"),
        )
        .arg(
            value("redirect-uri", "URL", "Where the app's users return to, as it is registered with Gong")
                .conflicts_with("sandbox")
                .requires("client-id")
                .long_help(
                    "Where the app's users return to, as it is registered with Gong. On this machine it is listened \
                     to, elsewhere you are asked for the address that the browser ended at. \
                     http://127.0.0.1:8912/callback unless given.",
                ),
        )
        .arg(
            value("authorize-at", "URL", "Where the app is registered, if not with Gong: a sandbox that runs")
                .conflicts_with("sandbox")
                .requires("client-id"),
        )
        .arg(
            value("scopes", "SCOPE,...", "Ask for these scopes; else for all that any tool needs")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            value("scopes-for", "TOOL,...", "Ask for the scopes that these tools need")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(flag("no-browser", "Print the link and open nothing"))
        .arg(flag("yes", "Consent in the sandbox without its page").requires("sandbox"))
}

/// What says something of an app, and nothing of an API key.
const OF_APPS: [&str; 8] =
    ["sandbox", "yes", "client-id", "authorize-at", "redirect-uri", "scopes", "scopes-for", "no-browser"];
