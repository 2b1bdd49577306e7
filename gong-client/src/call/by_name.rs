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
use crate::input::given::{Given, is_too_deep, too_deep, walk_text, walk_value};
use crate::input::object::Input;
use crate::page::NewestFirst;
use crate::transport::plan::PlannedRequest;

/// The input of a call: an object or null, in one of the forms that JSON has here.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Json<'a> {
    /// As it is written.
    Text(&'a str),
    /// As it is read.
    Value(&'a Value),
}

/// Calls a tool.
pub(crate) async fn call(client: &Client, tool: &catalog::Tool, input: Json<'_>) -> Result<Answer<Value>> {
    let params = parameters(client, tool, input)?;
    page(client, &*params, client.environment().now()).await.map(|(answer, _)| answer)
}

/// Says what a call would send.
pub(crate) async fn dry_run(client: &Client, tool: &catalog::Tool, input: Json<'_>) -> Result<Vec<PlannedRequest>> {
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
pub(crate) fn parameters(client: &Client, tool: &catalog::Tool, input: Json<'_>) -> Result<Box<dyn AnyTool>> {
    let mut params = (tool.handler.new)();
    read(client, &mut *params, input)?;
    Ok(params)
}

/// The items of a tool, newest first. A wrong input comes as the first item.
pub(crate) fn newest_first<T: Timeline>(client: &Client, input: &Value) -> NewestFirst<Value> {
    let mut params = T::default();
    let params = read(client, &mut params, Json::Value(input)).map(|()| params);
    NewestFirst::new(client.clone(), params, |item| serde_json::to_value(item).map_err(not_shown))
}

fn not_shown(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::Decode, "the item cannot be shown as JSON.").with(|inner| inner.source = Some(cause.into()))
}

/// Reads the parameters in JSON, with every fault of theirs at once.
pub(crate) fn read(client: &Client, params: &mut dyn AnyTool, json: Json<'_>) -> Result<()> {
    let tool = params.tool();
    let mut faults = Faults::default();
    let mut input = Input::new();
    params.read(&mut input);
    let mut is_object = true;
    let mut take = |given: Given<'_>| match given {
        Given::Null => {}
        Given::Object(members) => input.walk(members, &mut faults),
        other => {
            is_object = false;
            faults.add("type", Some(other.into_json().to_string()), "The input must be an object");
        }
    };
    match json {
        // A text from a file may begin with the mark of its encoding.
        Json::Text(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            walk_text(text, &mut take).map_err(|cause| no_json(text, cause).in_tool(tool.name))?;
        }
        Json::Value(value) if is_too_deep(value) => return Err(too_deep().in_tool(tool.name)),
        Json::Value(value) => walk_value(value, &mut take),
    }
    match is_object {
        true => run::make_ready(client, params, faults),
        false => Err(Error::refused(faults.into_list()).in_tool(tool.name)),
    }
}

/// A text that is no JSON, with the place where it ceases to be.
fn no_json(text: &str, cause: serde_json::Error) -> Error {
    let (path, around) = json_place::place(text.as_bytes(), cause.line(), cause.column());
    let place = json_place::said(&path);
    Error::refused_because(format!("The input is not JSON{place}: {cause}, near `{around}`."))
        .with(|inner| inner.source = Some(cause.into()))
}
