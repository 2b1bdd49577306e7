//! The grammar of `gong mcp`.

use std::net::SocketAddr;

use clap::{Arg, ArgAction, Command, value_parser};

use crate::flags::{self, connected_account, flag, json, value};

/// `gong mcp`.
pub(crate) fn command() -> Command {
    let command = flags::account(Command::new("mcp"))
        .about("Serve the tools to agents' hosts, over the Model Context Protocol")
        .after_help(
            "Without --http a host starts it and speaks to it over standard input and output.\n\
             With --http each user needs a token (`gong mcp token new`), unless --sandbox or --connection and --as \
             choose one account for all.",
        )
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(token())
        .arg(
            value("http", "ADDRESS", "Listen here, such as on 127.0.0.1:8765; the port 0 takes a free one")
                .value_parser(value_parser!(SocketAddr)),
        )
        .arg(flag("discover", "Three tools that find, describe and call the others, for few tokens"))
        .arg(flag("output-schemas", "The schemas of answers too, for many tokens").conflicts_with("discover"))
        .arg(flag("conformance-fixtures", "What the protocol's conformance suite wants to find").hide(true));
    offered(command)
}

/// `gong serve`.
pub(crate) fn serve_command() -> Command {
    let command = flags::account(Command::new("serve"))
        .about("Serve the tools over plain HTTP, for hosts and languages without the Model Context Protocol")
        .after_help(
            "POST /tools/NAME calls a tool, GET /tools lists them, /proxy/… sends any request to Gong, /account \
             connects and\n\
             forgets the user's account, and /mcp serves agents' hosts. Each user needs a token (`gong mcp token \
             new`),\n\
             unless --sandbox or --connection and --as choose one account for all.",
        )
        .arg(
            value("listen", "ADDRESS", "Where to listen; the port 0 takes a free one")
                .default_value("127.0.0.1:8765")
                .value_parser(value_parser!(SocketAddr)),
        );
    offered(command)
}

/// What both offer, and to whom.
fn offered(command: Command) -> Command {
    command
        .arg(names("host", "NAME,…", "Names by which this server is called, beside those of the loopback"))
        .arg(names("origin", "URL,…", "Origins of pages that may call this server"))
        .arg(names("tools", "NAME,…", "These tools only, destructive ones too"))
        .arg(names("groups", "NAME,…", "Tools of these groups only"))
        .arg(flag("read-only", "Only tools that read; it wins over all else"))
        .arg(flag("destructive", "Tools that remove something too, which are off otherwise"))
        .arg(
            value(
                "answer-tokens",
                "NUMBER",
                "How many tokens an answer to an agent may have; longer ones are cut at whole items",
            )
            .value_parser(value_parser!(u32).range(200..)),
        )
}

fn names(name: &'static str, form: &'static str, help: &'static str) -> Arg {
    value(name, form, help).action(ArgAction::Append).value_delimiter(',')
}

fn token() -> Command {
    Command::new("token")
        .about("Make, list and revoke the tokens by which users get in over HTTP")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            connected_account(Command::new("new"))
                .about("Make a token for the account of an identifier, which may be connected later"),
        )
        .subcommand(Command::new("list").about("List the tokens by their hashes").arg(json()))
        .subcommand(
            connected_account(Command::new("revoke"))
                .about("Revoke a token, or all of an account")
                .arg(Arg::new("hash").value_name("HASH").help("The beginning of its hash, as `list` shows it")),
        )
}
