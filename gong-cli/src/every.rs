//! `gong call TOOL --all`: one item a line as the pages come, until the last, an error or Ctrl-C.
//!
//! A line that was printed is whole, so what came before the end can be used, and stderr says where to go on.

use std::future::Future;
use std::pin::{Pin, pin};

use gong_client::catalog::Tool;
use gong_client::{Client, Error, NamedCall};
use serde_json::Value;

use crate::exit::Failure;
use crate::{leave, output};

/// Page after page; for a tool without items, one answer a line.
pub(crate) async fn page(call: NamedCall, tool: &Tool) -> Result<(), Failure> {
    let mut pages = call.pages()?;
    let mut said: Vec<String> = Vec::new();
    let mut progress = output::Progress::new("items");
    let mut stop = pin!(leave::stopped());
    loop {
        let page = match unless(stop.as_mut(), pages.next()).await {
            Ok(Some(page)) => page,
            Ok(None) => return Ok(()),
            Err(failure) => {
                if let Some(cursor) = pages.cursor().filter(|_| !is_expired_cursor(&failure)) {
                    progress.say(&format!("note: the pages that are missing begin with --cursor '{cursor}'"));
                }
                return Err(failure);
            }
        };
        for notice in page.notices() {
            if !said.contains(notice) {
                progress.say(&format!("note: {notice}"));
                said.push(notice.clone());
            }
        }
        for item in page.unreadable() {
            progress.say(&output::unreadable(item));
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
}

/// The items one by one, the newest first.
pub(crate) async fn newest_first(client: &Client, tool: &'static Tool, input: Value) -> Result<(), Failure> {
    let mut items = client.newest_first(tool.name, input)?;
    let mut progress = output::Progress::new("items");
    let mut stop = pin!(leave::stopped());
    loop {
        let next = unless(stop.as_mut(), items.next()).await;
        for item in items.take_unreadable() {
            progress.say(&output::unreadable(&item));
        }
        match next {
            Ok(Some(item)) => {
                output::lines(&[item])?;
                progress.add(1);
            }
            Ok(None) => return Ok(()),
            Err(failure) => {
                if let Some(reached) = items.reached().filter(|_| items.items_read() > 0) {
                    progress.say(&format!("note: the items that are missing are from before {reached}"));
                }
                return Err(failure);
            }
        }
    }
}

/// What comes next of a stream, or that it was stopped meanwhile. One and the same `stop` is asked all the time, so no
/// signal is missed while lines are written.
async fn unless<T>(
    stop: Pin<&mut impl Future<Output = Failure>>,
    next: impl Future<Output = Option<Result<T, Error>>>,
) -> Result<Option<T>, Failure> {
    tokio::select! {
        failure = stop => Err(failure),
        next = next => Ok(next.transpose()?),
    }
}

fn is_expired_cursor(failure: &Failure) -> bool {
    matches!(failure, Failure::Client(error) if error.is_expired_cursor())
}
