//! The grammar of `gong auth`, and the flags that say which account a command talks to.

use clap::{Arg, ArgAction, Command};

/// Which account a command talks to. These stand both before and after a tool's name.
pub(crate) fn account_flags(command: Command) -> Command {
    which_account(command).arg(flag("sandbox", "Talk to an embedded sandbox, started for this command")).arg(base_url())
}

/// `gong auth`.
pub(crate) fn command() -> Command {
    let json = || flag("json", "JSON even on a terminal");
    Command::new("auth")
        .about("Connect accounts, see how they stand, forget them")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(login())
        .subcommand(
            which_account(Command::new("status"))
                .about("Show how an account stands, without asking Gong")
                .arg(json())
                .arg(
                    Arg::new("for")
                        .long("for")
                        .value_name("TOOL")
                        .help("Also the scopes that this tool needs and the account lacks"),
                ),
        )
        .subcommand(Command::new("list").about("List the accounts").arg(json()))
        .subcommand(which_account(Command::new("use")).about("Make an account the one that commands use"))
        .subcommand(which_account(Command::new("logout")).about("Forget an account"))
}

fn login() -> Command {
    which_account(Command::new("login"))
        .about("Connect an account, in the browser or by an API key")
        .after_help(
            "The client secret comes from GONG_CLIENT_SECRET or is asked for, an API key and its secret are asked for, all \
             without echo; where standard input is no terminal, from its lines.\n\
             An app is given once. Its later logins need its --connection alone.\n\
             Without --connection it is `gong`; with --api-key `keys`, with --sandbox `sandbox`. Without --as it is `me`.",
        )
        .arg(flag("sandbox", "Connect a sandbox instead, to try this without an account"))
        .arg(
            Arg::new("seed")
                .long("seed")
                .requires("sandbox")
                .value_name("NUMBER")
                .value_parser(clap::value_parser!(u64))
                .help("The sandbox's seed: the same seed makes the same company"),
        )
        .arg(flag("api-key", "Connect by an API key, which is asked for").conflicts_with_all(OF_APPS))
        .arg(base_url())
        .arg(text("client-id", "ID", "The client id of your app, as it is registered with Gong").conflicts_with("sandbox"))
        .arg(
            text("redirect-uri", "URL", "Where the app's users return to, as it is registered with Gong")
                .conflicts_with("sandbox")
                .requires("client-id")
                .long_help(
                    "Where the app's users return to, as it is registered with Gong. On this machine it is listened to, \
                     elsewhere you are asked for the address that the browser ended at. http://127.0.0.1:8912/callback \
                     unless given.",
                ),
        )
        .arg(
            text("authorize-at", "URL", "Where the app is registered, if not with Gong: a sandbox that runs")
                .conflicts_with("sandbox")
                .requires("client-id"),
        )
        .arg(
            text("scopes", "SCOPE,...", "Ask for these scopes; else for all that any tool needs")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            text("scopes-for", "TOOL,...", "Ask for the scopes that these tools need")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(flag("no-browser", "Print the link and open nothing"))
        .arg(flag("yes", "Consent in the sandbox without its page").requires("sandbox"))
}

/// What says something of an app, and nothing of an API key.
const OF_APPS: [&str; 8] =
    ["sandbox", "yes", "client-id", "authorize-at", "redirect-uri", "scopes", "scopes-for", "no-browser"];

fn which_account(command: Command) -> Command {
    command.arg(text("connection", "NAME", "The connection of the account")).arg(text(
        "as",
        "ID",
        "The identifier of the account in its connection",
    ))
}

fn base_url() -> Arg {
    text("base-url", "URL", "The account's own host, such as https://us-12345.api.gong.io")
        .env("GONG_BASE_URL")
        .hide_env_values(true)
}

fn text(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}
