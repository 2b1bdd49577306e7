//! `gong call TOOL`: one answer, every page, or what would be sent.

use clap::ArgMatches;
use gong_client::catalog;

use crate::exit::Failure;
use crate::{account, every, input, leave, output};

/// Calls the tool that the command line names.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    // clap has a subcommand for each tool and demands one.
    let Some((name, own)) = args.subcommand() else { return Ok(()) };
    let tool = catalog::tool(name)?;
    let input = input::of_tool(tool, own)?;
    let as_json = own.get_flag("json");
    if own.get_flag("dry-run") {
        let account = account::open_dry(own, Some(args)).await?;
        return output::planned(&account.client.dry_run(tool.name, input).await?, as_json);
    }
    let account = account::open(own, Some(args)).await?;
    if own.get_flag("newest-first") {
        return every::newest_first(&account.client, tool, input).await;
    }
    if own.get_flag("all") {
        return every::page(&account.client, tool, input).await;
    }
    let answer = leave::unless_stopped(account.client.call(tool.name, input)).await?;
    for notice in answer.notices() {
        output::say(&format!("note: {notice}"));
    }
    for item in answer.unreadable() {
        output::say(&output::unreadable(item));
    }
    output::answer(&answer, tool.items, as_json)
}
