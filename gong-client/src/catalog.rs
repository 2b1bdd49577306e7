//! What there is: every tool with its parameters, requests, scopes and schemas, as data.
//!
//! ```
//! use gong_client::catalog;
//! for tool in catalog::tools() {
//!     println!("{} ({})", tool.name, tool.title);
//! }
//! assert!(catalog::tool("no_such_tool").is_err());
//! ```

use std::fmt;

use serde_json::Value;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::violation::did_you_mean;
use crate::call::by_name;
use crate::call::tool::{AnyTool, Timeline, Tool as Callable};
use crate::client::handle::Client;
use crate::generated;
use crate::page::NewestFirst;

pub use crate::base::service::Service;

/// Every tool, group by group.
#[must_use]
pub fn tools() -> &'static [&'static Tool] {
    generated::catalog::TOOLS
}

/// The tool of this name; the error says which one was probably meant.
pub fn tool(name: &str) -> Result<&'static Tool> {
    tools().iter().copied().find(|tool| tool.name == name).ok_or_else(|| {
        let meant = did_you_mean(name, tools().iter().map(|tool| tool.name));
        let meant = meant.map(|meant| format!(" Did you mean `{meant}`?")).unwrap_or_default();
        Error::new(ErrorKind::UnknownTool, format!("there is no tool `{name}`.{meant}"))
    })
}

/// The service that all tools talk to.
#[must_use]
pub fn service() -> &'static Service {
    &generated::service::SERVICE
}

/// A tool.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tool {
    /// Its name, for [`Client::call`](crate::Client::call).
    pub name: &'static str,
    /// Its group, which is the method of [`Client`] that leads to it.
    pub group: &'static str,
    /// Its method in the group.
    pub method: &'static str,
    /// A few words for menus.
    pub title: &'static str,
    /// What it does.
    pub description: &'static str,
    /// What it does to the company's data.
    pub effect: Effect,
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
    /// Whether its items can be had newest first, by [`Client::newest_first`].
    #[must_use]
    pub fn has_newest_first(&self) -> bool {
        self.handler.newest_first.is_some()
    }
}

/// What a tool does to the company's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Adds or changes.
    Write,
    /// Removes.
    Destructive,
}

impl Effect {
    /// The word in the spec: `read`, `write` or `destructive`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destructive => "destructive",
        }
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

/// How a tool is called by name: the way from its name to its generated parameters.
#[derive(Clone, Copy)]
pub struct Handler {
    pub(crate) new: fn() -> Box<dyn AnyTool>,
    pub(crate) newest_first: Option<fn(&Client, &Value) -> NewestFirst<Value>>,
}

impl Handler {
    /// The handler of the tool with these parameters.
    pub(crate) const fn of<T: Callable>() -> Self {
        Handler { new: || Box::new(T::default()), newest_first: None }
    }

    /// The handler of one whose items can be had newest first.
    pub(crate) const fn of_timeline<T: Timeline>() -> Self {
        Handler { newest_first: Some(by_name::newest_first::<T>), ..Handler::of::<T>() }
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_example_is_taken() {
        let client = Client::builder().access_token("t").build().unwrap();
        for tool in tools() {
            let example = serde_json::from_str(tool.example).unwrap();
            let planned = client.dry_run(tool.name, example).await.unwrap_or_else(|error| panic!("{error}"));
            assert!(!planned.is_empty(), "{}", tool.name);
            for schema in [tool.input_schema, tool.output_schema] {
                assert!(serde_json::from_str::<Value>(schema).unwrap().is_object(), "{}", tool.name);
            }
        }
    }

    #[test]
    fn a_name_that_is_not_there_suggests_one_that_is() {
        let known = tools()[0].name;
        let error = tool(&format!("{known}s")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownTool);
        assert!(error.to_string().ends_with(&format!("Did you mean `{known}`?")), "{error}");
    }
}
