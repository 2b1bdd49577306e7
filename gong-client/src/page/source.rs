//! Where pages come from: a tool's parameters, whatever the tool, and what is taken of each of its answers.

use std::sync::Arc;
use std::time::SystemTime;

use crate::base::environment::BoxFuture;
use crate::base::error::Result;
use crate::call::answer::Answer;
use crate::call::perform::{self, Show};
use crate::call::tool::{Listing, Tool, TypedTool};
use crate::transport::shared::Shared;

/// A source, given back once it was asked, with its page and the cursor of the page after it.
pub(crate) type Asked<A> = (Box<dyn Source<A>>, Result<(Answer<A>, Option<String>)>);

/// What pages are asked for with.
pub(crate) trait Source<A>: Send {
    /// Asks for the page that its cursor names.
    fn ask(self: Box<Self>, client: Arc<Shared>, now: SystemTime) -> BoxFuture<'static, Asked<A>>;
    /// Goes to the page of this cursor.
    fn go_to(&mut self, cursor: String);
    /// The cursor that the caller gave.
    fn begins_at(&self) -> Option<&str>;
}

/// Whole answers of a tool.
pub(crate) fn whole<P: TypedTool>(params: P) -> Box<dyn Source<P::Answer>> {
    Box::new(Typed { params, take: |answer: P::Answer| answer })
}

/// The items of a tool's answers.
pub(crate) fn items<P: Listing>(params: P) -> Box<dyn Source<Vec<P::Item>>> {
    Box::new(Typed { params, take: |mut answer| P::take_items(&mut answer) })
}

/// Answers in another form, of a tool that is called by its name.
pub(crate) fn by_name<A: Send + 'static>(params: Box<dyn Tool>, show: Show<A>) -> Box<dyn Source<A>> {
    Box::new(Named { params, show })
}

struct Typed<P: TypedTool, A> {
    params: P,
    take: fn(P::Answer) -> A,
}

impl<P: TypedTool, A: Send + 'static> Source<A> for Typed<P, A> {
    fn ask(self: Box<Self>, client: Arc<Shared>, now: SystemTime) -> BoxFuture<'static, Asked<A>> {
        Box::pin(async move {
            let answer = perform::perform(&client, &self.params, now).await.map(|answer| {
                let next = P::TOOL.next(&answer.value);
                (answer.map(self.take), next)
            });
            (self as Box<dyn Source<A>>, answer)
        })
    }

    fn go_to(&mut self, cursor: String) {
        self.params.set_cursor(cursor);
    }

    fn begins_at(&self) -> Option<&str> {
        self.params.begins_at()
    }
}

struct Named<A> {
    params: Box<dyn Tool>,
    show: Show<A>,
}

impl<A: Send + 'static> Source<A> for Named<A> {
    fn ask(self: Box<Self>, client: Arc<Shared>, now: SystemTime) -> BoxFuture<'static, Asked<A>> {
        Box::pin(async move {
            let answer = perform::page(&client, &*self.params, now, self.show).await;
            (self as Box<dyn Source<A>>, answer)
        })
    }

    fn go_to(&mut self, cursor: String) {
        self.params.set_cursor(cursor);
    }

    fn begins_at(&self) -> Option<&str> {
        self.params.begins_at()
    }
}
