//! `gong mcp`: the tools for an agent's host. Over standard input and output the protocol has stdout to itself, and
//! whatever is said to a person goes to stderr.

use clap::{Arg, ArgAction, ArgMatches, Command};
use gong_mcp::{ANSWER_TOKENS, Offer, Selection, Server, Toolbox};

use crate::exit::Failure;
use crate::flags::{self, flag, value};
use crate::{account, leave, output};

pub(crate) fn command() -> Command {
    let list = |name, value_name, help| value(name, value_name, help).action(ArgAction::Append).value_delimiter(',');
    flags::account(Command::new("mcp"))
        .about("Serve the tools to an agent's host, over the Model Context Protocol")
        .after_help("A host starts it and speaks to it over standard input and output; docs/agents has the settings.")
        .arg(list("tools", "NAME,…", "These tools only, destructive ones too"))
        .arg(list("groups", "NAME,…", "Tools of these groups only"))
        .arg(flag("read-only", "Only tools that read; it wins over all else"))
        .arg(flag("destructive", "Tools that remove something too, which are off otherwise"))
        .arg(flag("discover", "Three tools that find, describe and call the others, for few tokens"))
        .arg(flag("output-schemas", "The schemas of answers too, for many tokens").conflicts_with("discover"))
        .arg(answer_tokens())
}

fn answer_tokens() -> Arg {
    value("answer-tokens", "NUMBER", "How many tokens an answer may have; longer ones are cut at whole items")
        .value_parser(clap::value_parser!(u32).range(200..))
}

pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    let account = account::open(args, None).await?;
    let offer = Offer::new(&selection(args, account.scopes.clone())).map_err(|error| Failure::Usage(error.to_string()))?;
    let tokens = args.get_one::<u32>("answer-tokens").and_then(|tokens| usize::try_from(*tokens).ok());
    let toolbox = Toolbox::new(account.client.clone(), offer).answer_tokens(tokens.unwrap_or(ANSWER_TOKENS));
    if !toolbox.offer().lacking().is_empty() {
        output::say(&format!(
            "note: tools are left out for which the account lacks a scope: {}.",
            toolbox.offer().lacking().join(", ")
        ));
    }
    let mut server = Server::new(toolbox);
    if args.get_flag("output-schemas") {
        server = server.with_output_schemas();
    }
    if args.get_flag("discover") {
        server = server.discovering();
    }
    leave::unless_stopped(async { server.serve_stdio().await.map_err(|error| Failure::Local(error.to_string())) }).await
}

fn selection(args: &ArgMatches, scopes: Option<Vec<String>>) -> Selection {
    let names = |flag| args.get_many::<String>(flag).into_iter().flatten().cloned().collect();
    Selection {
        tools: names("tools"),
        groups: names("groups"),
        read_only: args.get_flag("read-only"),
        destructive: args.get_flag("destructive"),
        scopes,
    }
}
