//! Calls by name: JSON in, JSON out, with a tool's generated parameters in between.

use std::time::SystemTime;

use serde_json::Value;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::json_place;
use crate::base::violation::Faults;
use crate::call::answer::Answer;
use crate::call::run;
use crate::call::tool::{AnyTool, Timeline};
use crate::catalog;
use crate::client::handle::Client;
use crate::decode::salvage::Unreadable;
use crate::input::nesting;
use crate::input::object::Input;
use crate::page::NewestFirst;
use crate::transport::plan::PlannedRequest;

/// Calls a tool.
pub(crate) async fn call(client: &Client, tool: &catalog::Tool, input: &Value) -> Result<Answer<Value>> {
    let params = parameters(client, tool, input)?;
    page(client, &*params, client.environment().now()).await.map(|(answer, _)| answer)
}

/// Says what a call would send.
pub(crate) async fn dry_run(client: &Client, tool: &catalog::Tool, input: &Value) -> Result<Vec<PlannedRequest>> {
    let params = parameters(client, tool, input)?;
    run::plan(client, &*params).await
}

/// One answer with its notices in it and what of it could not be read, and where the next page begins.
pub(crate) async fn page(
    client: &Client,
    params: &dyn AnyTool,
    now: SystemTime,
) -> Result<(Answer<Value>, Option<String>)> {
    let (mut answer, cursor) = run::perform_any(client, params, now).await?;
    if let Value::Object(object) = &mut answer.value {
        if !answer.notices.is_empty() {
            object.insert("notices".to_owned(), answer.notices.clone().into());
        }
        if !answer.unreadable.is_empty() {
            object.insert("unreadable".to_owned(), answer.unreadable.iter().map(Unreadable::to_json).collect());
        }
    }
    Ok((answer, cursor))
}

/// The parameters of a tool in JSON, checked.
pub(crate) fn parameters(client: &Client, tool: &catalog::Tool, input: &Value) -> Result<Box<dyn AnyTool>> {
    nesting::check(input).map_err(|error| error.in_tool(tool.name))?;
    let mut params = (tool.handler.new)();
    read(client, &mut *params, input)?;
    Ok(params)
}

/// The items of a tool, newest first. A wrong input comes as the first item.
pub(crate) fn newest_first<T: Timeline>(client: &Client, input: &Value) -> NewestFirst<Value> {
    let mut params = T::default();
    let params = nesting::check(input).and_then(|()| read(client, &mut params, input)).map(|()| params);
    NewestFirst::new(client.clone(), params, |item| serde_json::to_value(item).map_err(not_shown))
}

fn not_shown(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::Decode, "the item cannot be shown as JSON.").with(|inner| inner.source = Some(cause.into()))
}

/// Reads the parameters in JSON, with every fault of theirs at once.
pub(crate) fn read(client: &Client, params: &mut dyn AnyTool, input: &Value) -> Result<()> {
    let tool = params.tool().name;
    let mut faults = Faults::default();
    match input {
        Value::Null => {}
        Value::Object(object) => {
            let mut input = Input::new();
            params.read(&mut input);
            input.read(object, &mut faults);
        }
        other => {
            faults.add("type", Some(other.to_string()), "The input must be an object");
            return Err(Error::refused(faults.into_list()).in_tool(tool));
        }
    }
    run::make_ready(client, params, faults)
}

/// The input of this tool in a text. If that is no JSON, the error has the place where it ceases to be.
pub(crate) fn parse(tool: &'static str, text: &str) -> Result<Value> {
    // A text from a file may begin with the mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|cause| {
        let (path, around) = json_place::place(text.as_bytes(), cause.line(), cause.column());
        let place = json_place::said(&path);
        Error::refused_because(format!("The input is not JSON{place}: {cause}, near `{around}`."))
            .in_tool(tool)
            .with(|inner| inner.source = Some(cause.into()))
    })
}
