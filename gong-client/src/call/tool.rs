//! What every generated tool is.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::environment::BoxFuture;
use crate::base::error::Result;
use crate::base::time::{DateTime, Timestamp};
use crate::call::expected::Expected;
use crate::call::facts::Facts;
use crate::call::fill::Fill;
use crate::call::request::Request;
use crate::call::run::Run;
use crate::decode::record::AnyAnswer;
use crate::input::check::Check;
use crate::input::object::Input;

/// The parameters of a tool, and what the tool does with them. Generated. Calls stand on this, whatever the tool, so
/// that they are compiled once and not once a tool.
pub(crate) trait Tool: Send + Sync {
    /// What a call must know of it.
    fn facts(&self) -> &'static Facts;

    /// Says which parameter takes which member of the caller's object.
    fn read<'p>(&'p mut self, input: &mut Input<'p>);

    /// Sets the defaults that need no request.
    fn fill(&mut self, _: &mut Fill<'_>) {}

    /// Checks every limit and rule, after [`Tool::fill`].
    fn check(&self, check: &mut Check<'_>);

    /// The request, of a tool that sends one and takes its answer as it is.
    fn request(&self, _: &mut Run<'_>) -> Option<Request> {
        None
    }

    /// Sends what there is to send, of every other tool. The answer is one of [its own](Facts::answer).
    fn run<'a>(&'a self, _: &'a mut Run<'_>, _: &'a mut dyn AnyAnswer) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// What is asked for by its id.
    fn expects(&self) -> Vec<Expected> {
        Vec::new()
    }

    /// What confirms a call by name of a tool that removes something, if it is not the tool's name.
    fn confirmation(&self) -> Option<String> {
        None
    }

    /// Where the page that is asked for begins.
    fn begins_at(&self) -> Option<&str> {
        None
    }

    /// Goes to the page that begins there.
    fn set_cursor(&mut self, _: String) {}
}

/// The parameters of any tool.
pub(crate) fn boxed(params: impl Tool + 'static) -> Box<dyn Tool> {
    Box::new(params)
}

/// What the type of a tool's parameters tells.
pub(crate) trait TypedTool: Tool + Clone + Debug + Default + 'static {
    /// What comes back.
    type Answer: AnyAnswer + Serialize + DeserializeOwned + Default + Clone + Debug + Send + Sync + 'static;

    /// What a call must know of it.
    const TOOL: &'static Facts;
}

/// A tool that answers with items, in pages or all at once.
pub(crate) trait Listing: TypedTool {
    /// An item.
    type Item: Serialize + Send + Sync + 'static;

    /// Takes the items out of an answer.
    fn take_items(answer: &mut Self::Answer) -> Vec<Self::Item>;
}

/// A tool whose items lie in time, and that can be asked for a part of it.
pub(crate) trait Timeline: Listing {
    /// Where that part begins, and where it ends.
    fn range(&mut self) -> [&mut Option<DateTime>; 2];

    /// When an item was.
    fn time(item: &Self::Item) -> Option<&Timestamp>;

    /// How many items all pages have.
    fn total(_: &Self::Answer) -> Option<i64> {
        None
    }
}

/// An answer to which the answer of the next request of the same form is added.
pub(crate) trait Join {
    /// Adds it.
    fn join(&mut self, next: Self);
}
