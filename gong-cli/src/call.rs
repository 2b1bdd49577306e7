//! `gong call TOOL`: one answer, every page, or what would be sent.

use std::time::Duration;

use clap::ArgMatches;
use gong_client::catalog::{self, Tool};
use gong_client::{NamedCall, Wait};
use serde_json::Value;

use crate::exit::Failure;
use crate::{account, confirm, every, files, input, leave, output};

/// Calls the tool that the command line names.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    // clap has a subcommand for each tool and demands one.
    let Some((name, own)) = args.subcommand() else { return Ok(()) };
    let tool = catalog::tool(name)?;
    let input = input::of_tool(tool, own)?;
    let as_json = own.get_flag("json");
    if own.get_flag("dry-run") {
        let account = account::open_dry(own, Some(args)).await?;
        let call = files::with_files(account.client.call(tool.name, input.clone()), tool, &input)?;
        return output::planned(&call.dry_run().await?, as_json);
    }
    let account = account::open(own, Some(args)).await?;
    if own.get_flag("newest-first") {
        return every::newest_first(&account.client, tool, input).await;
    }
    let call = files::with_files(account.client.call(tool.name, input.clone()), tool, &input)?;
    let call = confirm::confirmed(call, tool, own, &input)?;
    if own.get_flag("all") {
        return every::page(call, tool).await;
    }
    let answer = match own.get_flag("wait") {
        true => leave::unless_stopped(waiting(tool, own, call).into_future()).await?,
        false => leave::unless_stopped(call.into_future()).await?,
    };
    for notice in answer.notices() {
        output::say(&format!("note: {notice}"));
    }
    for item in answer.unreadable() {
        output::say(&output::unreadable(item));
    }
    output::answer(&answer, tool.items, as_json)
}

/// Waits for the job that a tool tells of, and says how it stands whenever that changes.
fn waiting(tool: &Tool, args: &ArgMatches, call: NamedCall) -> Wait<Value> {
    let wait = call.wait();
    let wait = args.get_one::<Duration>("timeout").into_iter().fold(wait, |wait, timeout| wait.timeout(*timeout));
    let Some(job) = tool.job else { return wait };
    let mut said = String::new();
    wait.progress(move |answer| {
        let stands = answer.get(job.until).and_then(Value::as_str).unwrap_or_default();
        if said != stands {
            stands.clone_into(&mut said);
            output::say_at_a_terminal(&format!("{}: {said}", job.until));
        }
    })
}
