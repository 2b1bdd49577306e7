//! What every generated tool is.

use std::fmt::Debug;
use std::future::Future;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::check::Check;
use super::fill::Fill;
use super::input::Input;
use super::run::Run;
use crate::catalog;
use crate::environment::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::time::{DateTime, Timestamp};

/// The parameters of a tool, and what the tool does with them. Generated; callers only name it.
pub trait Tool: Clone + Debug + Default + Send + Sync + 'static {
    /// What comes back.
    type Answer: Serialize + DeserializeOwned + Default + Clone + Debug + Send + Sync + 'static;

    /// What the catalog says of it.
    #[doc(hidden)]
    const TOOL: &'static catalog::Tool;

    /// Says which parameter takes which member of the caller's object.
    #[doc(hidden)]
    fn read<'p>(&'p mut self, input: &mut Input<'p>);

    /// Sets the defaults that need no request.
    #[doc(hidden)]
    fn fill(&mut self, fill: &mut Fill<'_>) {
        let _ = fill;
    }

    /// Checks every limit and rule, after [`Tool::fill`].
    #[doc(hidden)]
    fn check(&self, check: &mut Check<'_>);

    /// Sends what there is to send.
    #[doc(hidden)]
    fn run(&self, run: &mut Run<'_>) -> impl Future<Output = Result<Self::Answer>> + Send;

    /// Where the page that is asked for begins.
    #[doc(hidden)]
    fn begins_at(&self) -> Option<&str> {
        None
    }

    /// Where the next page begins.
    #[doc(hidden)]
    fn cursor(answer: &Self::Answer) -> Option<&str> {
        let _ = answer;
        None
    }

    /// Goes to the page that begins there.
    #[doc(hidden)]
    fn set_cursor(&mut self, cursor: String) {
        let _ = cursor;
    }
}

/// A tool with its parameters, whatever its type: what calls by name stand on, so that they are compiled once.
pub(crate) trait AnyTool: Send + Sync {
    fn tool(&self) -> &'static catalog::Tool;
    fn read<'p>(&'p mut self, input: &mut Input<'p>);
    fn fill(&mut self, fill: &mut Fill<'_>);
    fn check(&self, check: &mut Check<'_>);
    /// Sends what there is to send. Gives the answer as JSON, and where the next page begins.
    fn run<'a>(&'a self, run: &'a mut Run<'_>) -> BoxFuture<'a, Result<(Json, Option<String>)>>;
    fn begins_at(&self) -> Option<&str>;
    fn set_cursor(&mut self, cursor: String);
}

impl<T: Tool> AnyTool for T {
    fn tool(&self) -> &'static catalog::Tool {
        T::TOOL
    }

    fn read<'p>(&'p mut self, input: &mut Input<'p>) {
        Tool::read(self, input);
    }

    fn fill(&mut self, fill: &mut Fill<'_>) {
        Tool::fill(self, fill);
    }

    fn check(&self, check: &mut Check<'_>) {
        Tool::check(self, check);
    }

    fn run<'a>(&'a self, run: &'a mut Run<'_>) -> BoxFuture<'a, Result<(Json, Option<String>)>> {
        Box::pin(async move {
            let answer = Tool::run(self, run).await?;
            let cursor = T::cursor(&answer).map(str::to_owned);
            Ok((serde_json::to_value(answer).map_err(not_shown)?, cursor))
        })
    }

    fn begins_at(&self) -> Option<&str> {
        Tool::begins_at(self)
    }

    fn set_cursor(&mut self, cursor: String) {
        Tool::set_cursor(self, cursor);
    }
}

pub(crate) fn not_shown(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::BrokenAnswer, "the answer cannot be shown as JSON.")
        .with(|inner| inner.source = Some(cause.into()))
}

/// A tool that answers in pages.
pub trait Paged: Tool {}

/// A tool that answers with items, in pages or all at once.
pub trait Listing: Tool {
    /// An item.
    type Item: Serialize + Send + Sync + 'static;

    /// Takes the items out of an answer.
    #[doc(hidden)]
    fn take_items(answer: &mut Self::Answer) -> Vec<Self::Item>;
}

/// A tool whose items lie in time, and that can be asked for a part of it.
pub trait Timeline: Listing + Paged {
    /// Where that part begins, and where it ends.
    #[doc(hidden)]
    fn range(&mut self) -> [&mut Option<DateTime>; 2];

    /// When an item was.
    #[doc(hidden)]
    fn time(item: &Self::Item) -> Option<&Timestamp>;

    /// How many items all pages have.
    #[doc(hidden)]
    fn total(answer: &Self::Answer) -> Option<i64> {
        let _ = answer;
        None
    }
}

/// An answer to which the answer of the next request of the same form is added.
pub(crate) trait Join {
    /// Adds it.
    fn join(&mut self, next: Self);
}
