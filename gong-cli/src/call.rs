//! `gong call TOOL`: one answer, every page, or what would be sent.

use clap::ArgMatches;
use gong_client::catalog::{self, Tool};
use gong_client::{Answer, Client, Unreadable};
use serde_json::Value;

use crate::exit::Failure;
use crate::{account, input, output};

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
    if own.get_flag("all") {
        return every_page(&account.client, tool, input).await;
    }
    let answer = account.client.call(tool.name, input).await?;
    for notice in answer.notices() {
        output::say(&format!("note: {notice}"));
    }
    say_unreadable(&answer);
    output::answer(&answer, tool.items, as_json)
}

/// One item a line, page after page; for a tool without items, one answer a line. A line that was printed is whole, so what
/// came before a failure can be used, and the failure says where to go on.
async fn every_page(client: &Client, tool: &'static Tool, input: Value) -> Result<(), Failure> {
    let mut pages = client.pages(tool.name, input)?;
    let mut said: Vec<String> = Vec::new();
    let mut progress = output::Progress::new("items");
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                progress.finish();
                if let Some(cursor) = pages.cursor().filter(|_| !error.is_expired_cursor()) {
                    output::say(&format!("note: the pages that are missing begin with --cursor '{cursor}'"));
                }
                return Err(error.into());
            }
        };
        for notice in page.notices() {
            if !said.contains(notice) {
                progress.say(&format!("note: {notice}"));
                said.push(notice.clone());
            }
        }
        for item in page.unreadable() {
            progress.say(&unreadable(item));
        }
        match tool.items.and_then(|items| page.get(items)).and_then(Value::as_array) {
            Some(items) => {
                output::lines(items)?;
                progress.add(items.len());
            }
            None => {
                output::line(&page.to_string())?;
                progress.add(1);
            }
        }
    }
    progress.finish();
    Ok(())
}

fn say_unreadable(answer: &Answer<Value>) {
    for item in answer.unreadable() {
        output::say(&unreadable(item));
    }
}

/// What of an answer could not be read, with the element as it came: it stands nowhere else.
fn unreadable(item: &Unreadable) -> String {
    format!("unreadable: {item}: {}", item.json())
}
