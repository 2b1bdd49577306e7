//! Calls by name: JSON in, JSON out, with a tool's generated parameters in between.

use std::time::SystemTime;

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::catalog;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::page::{JsonNewestFirst, NewestFirst};
use crate::plan::PlannedRequest;
use crate::runtime::input::Input;
use crate::runtime::run;
use crate::runtime::tool::{AnyTool, Timeline, Tool};
use crate::salvage::Unreadable;
use crate::violation::Faults;

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
    let mut params = (tool.handler.new)();
    read(client, &mut *params, input)?;
    Ok(params)
}

/// The items of a tool, newest first. A wrong input comes as the first item.
pub(crate) fn newest_first<T: Timeline>(client: &Client, input: &Value) -> JsonNewestFirst {
    let mut params = T::default();
    let params = read(client, &mut params, input).map(|()| params);
    JsonNewestFirst::new(NewestFirst::new(client.clone(), params))
}

/// The parameters in the text of a JSON object.
pub(crate) fn read_text<T: Tool>(client: &Client, json: &str) -> Result<T> {
    let input = serde_json::from_str(json)
        .map_err(|cause| Error::refused_because(format!("The input is not JSON: {cause}.")).in_tool(T::TOOL.name))?;
    let mut params = T::default();
    read(client, &mut params, &input)?;
    Ok(params)
}

/// Reads the parameters in JSON, with every fault of theirs at once.
fn read(client: &Client, params: &mut dyn AnyTool, input: &Value) -> Result<()> {
    let mut faults = Faults::default();
    let none = Map::new();
    let object = match input {
        Value::Object(object) => object,
        Value::Null => &none,
        other => {
            faults.add("type", Some(other.to_string()), "The input must be an object");
            return Err(Error::refused(faults.into_list()).in_tool(params.tool().name));
        }
    };
    let mut input = Input::new(object, &mut faults);
    params.read(&mut input);
    input.finish();
    run::make_ready(client, params, faults)
}
