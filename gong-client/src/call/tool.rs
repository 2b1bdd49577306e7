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

/// The parameters of a tool, and what the tool does with them. Generated.
pub(crate) trait Tool: Clone + Debug + Default + Send + Sync + 'static {
    /// What comes back.
    type Answer: AnyAnswer + Serialize + DeserializeOwned + Default + Clone + Debug + Send + Sync + 'static;

    /// What a call must know of it.
    const TOOL: &'static Facts;

    /// Says which parameter takes which member of the caller's object.
    fn read<'p>(&'p mut self, input: &mut Input<'p>);

    /// Sets the defaults that need no request.
    fn fill(&mut self, fill: &mut Fill<'_>) {
        let _ = fill;
    }

    /// Checks every limit and rule, after [`Tool::fill`].
    fn check(&self, check: &mut Check<'_>);

    /// The request, of a tool that sends one and takes its answer as it is.
    fn request(&self, run: &mut Run<'_>) -> Option<Request> {
        let _ = run;
        None
    }

    /// Sends what there is to send, of every other tool.
    fn run<'a>(&'a self, run: &'a mut Run<'_>, to: &'a mut Self::Answer) -> BoxFuture<'a, Result<()>> {
        let _ = (run, to);
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

    /// Where the next page begins.
    fn cursor(answer: &Self::Answer) -> Option<&str> {
        let _ = answer;
        None
    }

    /// Goes to the page that begins there.
    fn set_cursor(&mut self, cursor: String) {
        let _ = cursor;
    }
}

/// A tool with its parameters, whatever its type: what calls stand on, so that they are compiled once and not once a
/// tool.
pub(crate) trait AnyTool: Send + Sync {
    fn tool(&self) -> &'static Facts;
    fn read<'p>(&'p mut self, input: &mut Input<'p>);
    fn fill(&mut self, fill: &mut Fill<'_>);
    fn check(&self, check: &mut Check<'_>);
    fn call(&self) -> Box<dyn AnyCall + '_>;
    fn confirmation(&self) -> Option<String>;
    fn begins_at(&self) -> Option<&str>;
    fn set_cursor(&mut self, cursor: String);
}

impl<T: Tool> AnyTool for T {
    fn tool(&self) -> &'static Facts {
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

    fn call(&self) -> Box<dyn AnyCall + '_> {
        Box::new(Call::new(self))
    }

    fn confirmation(&self) -> Option<String> {
        Tool::confirmation(self)
    }

    fn begins_at(&self) -> Option<&str> {
        Tool::begins_at(self)
    }

    fn set_cursor(&mut self, cursor: String) {
        Tool::set_cursor(self, cursor);
    }
}

/// A tool that is called, and its answer as far as it came.
pub(crate) struct Call<'p, T: Tool> {
    params: &'p T,
    pub(crate) answer: T::Answer,
}

impl<'p, T: Tool> Call<'p, T> {
    pub(crate) fn new(params: &'p T) -> Self {
        Call { params, answer: T::Answer::default() }
    }
}

/// A [`Call`], whatever the tool.
pub(crate) trait AnyCall: Send {
    fn tool(&self) -> &'static Facts;
    fn request(&self, run: &mut Run<'_>) -> Option<Request>;
    fn run<'a>(&'a mut self, run: &'a mut Run<'_>) -> BoxFuture<'a, Result<()>>;
    fn answer(&mut self) -> &mut dyn AnyAnswer;
    /// Where the next page begins.
    fn cursor(&self) -> Option<&str>;
    /// What is asked for by its id, if the answer is all that there is.
    fn expects(&self) -> Vec<Expected>;
}

impl<T: Tool> AnyCall for Call<'_, T> {
    fn tool(&self) -> &'static Facts {
        T::TOOL
    }

    fn request(&self, run: &mut Run<'_>) -> Option<Request> {
        self.params.request(run)
    }

    fn run<'a>(&'a mut self, run: &'a mut Run<'_>) -> BoxFuture<'a, Result<()>> {
        self.params.run(run, &mut self.answer)
    }

    fn answer(&mut self) -> &mut dyn AnyAnswer {
        &mut self.answer
    }

    fn cursor(&self) -> Option<&str> {
        T::cursor(&self.answer)
    }

    fn expects(&self) -> Vec<Expected> {
        match (self.params.begins_at(), self.cursor()) {
            (None, None) => self.params.expects(),
            _ => Vec::new(),
        }
    }
}

/// A tool that answers with items, in pages or all at once.
pub(crate) trait Listing: Tool {
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
