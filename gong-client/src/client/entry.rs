//! A tool as the catalog has it.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::base::error::{Error, ErrorKind};
use crate::call::facts::Effect;
use crate::call::from_json;
use crate::call::job::Job;
use crate::call::tool::{self, Timeline, TypedTool};
use crate::input::files;
use crate::input::nesting;
use crate::page::NewestFirst;
use crate::transport::shared::Shared;

/// A tool.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tool {
    /// Its name, for [`Client::call`](crate::Client::call).
    pub name: &'static str,
    /// Its group, which is the method of [`Client`](crate::Client) that leads to it.
    pub group: &'static str,
    /// Its method in the group.
    pub method: &'static str,
    /// A few words for menus.
    pub title: &'static str,
    /// What it does.
    pub description: &'static str,
    /// What it does to the company's data.
    pub effect: Effect,
    /// Of a tool that removes: the parameter whose value [`NamedCall::confirm`](crate::NamedCall::confirm) takes;
    /// without one it takes the tool's name.
    pub confirm: Option<&'static str>,
    /// Whether the published contract lacks it, with all its parameters.
    pub extra: bool,
    /// All scopes that a call may need.
    pub scopes: &'static [&'static str],
    /// The requests it may send.
    pub requests: &'static [Route],
    /// The tools it may ask for what the caller left out.
    pub asks: &'static [&'static str],
    /// What the caller gives.
    pub params: &'static [Param],
    /// The field of the answer that holds its items.
    pub items: Option<&'static str>,
    /// Whether there are pages.
    pub paged: bool,
    /// What makes it a tool that tells how a job stands, which [`NamedCall::wait`](crate::NamedCall::wait) waits for.
    pub job: Option<Job>,
    /// Sentences that every answer carries.
    pub notices: &'static [&'static str],
    /// Where Gong differs from what a caller may expect.
    pub notes: &'static [&'static str],
    /// Why it should not be used any more, and what to use.
    pub deprecated: Option<&'static str>,
    /// An example of its parameters, as JSON.
    pub example: &'static str,
    /// The JSON Schema of its parameters.
    pub input_schema: &'static str,
    /// The JSON Schema of its answer.
    pub output_schema: &'static str,
    /// How it is called by name.
    #[doc(hidden)]
    pub handler: Handler,
}

impl Tool {
    /// Whether its items can be had newest first, by [`Client::newest_first`](crate::Client::newest_first).
    #[must_use]
    pub fn has_newest_first(&self) -> bool {
        self.handler.newest_first.is_some()
    }
}

/// A request that a tool may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
}

/// A parameter of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its type as the published contract names it, such as `array<string>`.
    pub kind: &'static str,
    /// A closer description of a `string`, such as `date-time`.
    pub format: Option<&'static str>,
    /// Whether the caller must give it.
    pub required: bool,
    /// Whether the published contract lacks it.
    pub extra: bool,
    /// Whether it takes several values as one text with commas between them, as `1,2`.
    pub commas: bool,
    /// What it is.
    pub description: &'static str,
}

/// Begins the stream of a tool's items, the newest first.
type BeginNewestFirst = fn(&Arc<Shared>, &Value) -> NewestFirst<Value>;

/// How a tool is called by name: the way from its name to its generated parameters.
#[derive(Clone, Copy)]
pub struct Handler {
    pub(crate) new: fn() -> Box<dyn tool::Tool>,
    pub(crate) newest_first: Option<BeginNewestFirst>,
}

impl Handler {
    /// The handler of the tool with these parameters.
    pub(crate) const fn of<T: TypedTool>() -> Self {
        Handler { new: || tool::boxed(T::default()), newest_first: None }
    }

    /// The handler of one whose items can be had newest first.
    pub(crate) const fn of_timeline<T: Timeline>() -> Self {
        Handler { newest_first: Some(newest_first::<T>), ..Handler::of::<T>() }
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

/// The items of a tool, newest first. A wrong input comes as the first item.
fn newest_first<T: Timeline>(client: &Arc<Shared>, input: &Value) -> NewestFirst<Value> {
    let mut params = T::default();
    let params =
        nesting::check(input).and_then(|()| from_json::read(client, &mut params, input, &files::NONE)).map(|()| params);
    NewestFirst::new(client.clone(), params, |item| serde_json::to_value(item).map_err(not_shown))
}

fn not_shown(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::Decode, "the item cannot be shown as JSON.").with(|inner| inner.source = Some(cause.into()))
}
