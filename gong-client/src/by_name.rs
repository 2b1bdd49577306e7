//! Calls by name: JSON in, JSON out, with a tool's generated parameters in between.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::environment::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::page::{JsonPages, Pages};
use crate::plan::PlannedRequest;
use crate::runtime::input::Input;
use crate::runtime::run;
use crate::runtime::tool::Tool;
use crate::salvage::Unreadable;
use crate::violation::Faults;

/// Calls a tool.
pub(crate) fn call<T: Tool>(client: Client, input: Value) -> BoxFuture<'static, Result<Answer<Value>>> {
    Box::pin(async move {
        let params = read::<T>(&client, &input)?;
        show::<T>(run::perform(&client, &params, client.environment().now()).await?)
    })
}

/// Says what a call would send.
pub(crate) fn dry_run<T: Tool>(client: Client, input: Value) -> BoxFuture<'static, Result<Vec<PlannedRequest>>> {
    Box::pin(async move {
        let params = read::<T>(&client, &input)?;
        run::plan(&client, &params).await
    })
}

/// Calls a tool page by page.
pub(crate) fn pages<T: Tool>(client: Client, input: Value) -> JsonPages {
    let params = read::<T>(&client, &input);
    JsonPages::new(Pages::<T>::new(client, params))
}

/// The parameters in JSON, with every fault of theirs at once.
fn read<T: Tool>(client: &Client, input: &Value) -> Result<T> {
    let mut faults = Faults::default();
    let mut params = T::default();
    let none = Map::new();
    let object = match input {
        Value::Object(object) => object,
        Value::Null => &none,
        other => {
            faults.add("type", Some(other.to_string()), "The input must be an object");
            return Err(Error::refused(faults.into_list()).in_tool(T::TOOL.name));
        }
    };
    let mut input = Input::new(object, &mut faults);
    params.read(&mut input);
    input.finish();
    run::ready(client, params, faults)
}

/// An answer as JSON, with its notices and with what of it could not be read.
pub(crate) fn show<T: Tool>(answer: Answer<T::Answer>) -> Result<Answer<Value>> {
    let mut json = serde_json::to_value(&answer.value).map_err(|cause| {
        Error::new(ErrorKind::BrokenAnswer, "the answer cannot be shown as JSON.")
            .in_tool(T::TOOL.name)
            .with(|inner| inner.source = Some(cause.into()))
    })?;
    if let Value::Object(object) = &mut json {
        if !answer.notices.is_empty() {
            object.insert("notices".to_owned(), answer.notices.clone().into());
        }
        if !answer.unreadable.is_empty() {
            object.insert("unreadable".to_owned(), answer.unreadable.iter().map(Unreadable::to_json).collect());
        }
    }
    Ok(answer.map(|_| json))
}
