//! A call of a tool as it is put together: parameters on a client, and the ways to send them.
//!
//! Every method of a group gives a builder of its own, so that its documentation shows its parameters and no others.
//! What they have in common stands here: [`Invocation`] does it, and the macros give each builder its methods.

use std::fmt::Debug;
use std::sync::Arc;

use serde::Serialize;

use crate::base::environment::BoxFuture;
use crate::base::error::{Error, Result};
use crate::base::violation::Faults;
use crate::call::answer::Answer;
use crate::call::perform;
use crate::call::tool::{Listing, Timeline, TypedTool, boxed};
use crate::client::handle::Client;
use crate::client::wait::Wait;
use crate::page::{Items, NewestFirst, Pages};
use crate::transport::plan::PlannedRequest;
use crate::transport::shared::Shared;

/// A call of any tool, put together and not sent yet. Each builder that a method of a group gives is one.
///
/// ```
/// use gong_client::{Client, ToolCall};
///
/// /// Says what a call would send, whatever its tool.
/// async fn described(call: impl ToolCall) -> gong_client::Result<Vec<String>> {
///     let planned = call.dry_run().await?;
///     Ok(planned.iter().map(|request| format!("{} {}", request.method, request.url)).collect())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> gong_client::Result<()> {
/// let gong = Client::builder().api_key("key", "secret").build()?;
/// assert_eq!(described(gong.users().list()).await?, ["GET https://api.gong.io/v2/users"]);
/// # Ok(())
/// # }
/// ```
///
/// A call that is put together and dropped does nothing, so the compiler warns of it:
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// async fn complete(gong: gong_client::Client) {
///     gong.engage_tasks().complete().task_id("8834509123847561029").user_email("dana@example.com");
/// }
/// ```
///
/// Awaited, it is sent:
///
/// ```
/// #![deny(unused_must_use)]
/// async fn complete(gong: gong_client::Client) {
///     let done = gong.engage_tasks().complete().task_id("8834509123847561029").user_email("dana@example.com").await;
///     assert!(done.is_ok());
/// }
/// ```
pub trait ToolCall:
    IntoFuture<Output = Result<Answer<<Self as ToolCall>::Answer>>, IntoFuture: Send> + Clone + Send + 'static
{
    /// What comes back.
    type Answer: Serialize + Clone + Debug + Send + 'static;

    /// The name of the tool, by which [`Client::call`] calls it.
    const TOOL: &'static str;

    /// The requests that it would send, without sending any.
    fn dry_run(self) -> BoxFuture<'static, Result<Vec<PlannedRequest>>>;
}

/// Parameters on a client, and what is known to be wrong with them.
#[derive(Clone, Debug)]
pub(crate) struct Invocation<P> {
    client: Arc<Shared>,
    pub(crate) params: P,
    faults: Faults,
}

impl<P: TypedTool> Invocation<P> {
    pub(crate) fn new(client: &Client) -> Self {
        Invocation { client: client.shared().clone(), params: P::default(), faults: Faults::default() }
    }

    /// The value of a parameter; one that could not be made is a fault, reported with all others when the call is sent.
    pub(crate) fn taken<T, E: Into<Error>>(&mut self, name: &str, value: Result<T, E>) -> Option<T> {
        value.map_err(|error| self.faults.field(name, |faults| blame(faults, &error.into()))).ok()
    }

    pub(crate) fn check(mut self) -> Result<Self> {
        perform::ready(&self.client, &mut self.params, std::mem::take(&mut self.faults))?;
        Ok(self)
    }

    pub(crate) async fn send(self) -> Result<Answer<P::Answer>> {
        let Invocation { client, params, .. } = self.check()?;
        perform::perform(&client, &params, client.environment.now()).await?.shown(perform::show_typed::<P>)
    }

    /// As [`send`](Self::send) in a box. Made here, so that it is proved once and not once a tool that it can be sent
    /// to another thread.
    pub(crate) fn sending(self) -> BoxFuture<'static, Result<Answer<P::Answer>>> {
        Box::pin(self.send())
    }

    /// As [`dry_run`](Self::dry_run), likewise.
    pub(crate) fn planning(self) -> BoxFuture<'static, Result<Vec<PlannedRequest>>> {
        Box::pin(self.dry_run())
    }

    pub(crate) async fn dry_run(self) -> Result<Vec<PlannedRequest>> {
        let Invocation { client, params, .. } = self.check()?;
        perform::plan(&client, &params).await
    }

    pub(crate) fn pages(self) -> Pages<P::Answer> {
        let (client, params) = self.ready();
        Pages::new(client, P::TOOL.name, params.map(boxed), perform::show_typed::<P>)
    }

    pub(crate) fn items(self) -> Items<P::Item>
    where
        P: Listing,
    {
        let (client, params) = self.ready();
        Items::new(client, params)
    }

    pub(crate) fn wait(self) -> Wait<P::Answer> {
        let (client, params) = self.ready();
        Wait::new(client, params.map(boxed), perform::show_typed::<P>)
    }

    pub(crate) fn newest_first(self) -> NewestFirst<P::Item>
    where
        P: Timeline,
    {
        let (client, params) = self.ready();
        NewestFirst::new(client, params, Ok)
    }

    /// The client, and the parameters if nothing is wrong with them.
    fn ready(self) -> (Arc<Shared>, Result<P>) {
        (self.client.clone(), self.check().map(|call| call.params))
    }
}

/// Adds why a value could not be made.
fn blame(faults: &mut Faults, error: &Error) {
    match error.violations() {
        [] => faults.add("format", None, error.to_string()),
        violations => faults.extend(violations.iter().cloned()),
    }
}

/// The ways to send a call: `tool_call!(Builder, Params, Answer)`. Inlined, so that a program is compiled with what it
/// sends and not with every tool.
macro_rules! tool_call {
    ($builder:ident, $params:ident, $answer:ty) => {
        impl $builder {
            /// Sends it, as awaiting it does.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with every fault of the parameters, before anything is
            /// sent; else what the connection or the answer makes of it.
            #[inline]
            pub fn send(self) -> impl Future<Output = $crate::Result<$crate::Answer<$answer>>> {
                self.call.send()
            }

            /// The requests that it would send, without sending any. Where a request depends on the answer of another,
            /// that answer is shown as `<…>`.
            #[inline]
            pub fn dry_run(self) -> impl Future<Output = $crate::Result<std::vec::Vec<$crate::PlannedRequest>>> {
                self.call.dry_run()
            }

            /// Checks the parameters, as sending does before anything is sent, and sets their defaults.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput), with every fault.
            #[inline]
            pub fn check(self) -> $crate::Result<Self> {
                self.call.check().map(|call| $builder { call })
            }
        }

        impl std::future::IntoFuture for $builder {
            type Output = $crate::Result<$crate::Answer<$answer>>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.sending()
            }
        }

        impl $crate::ToolCall for $builder {
            type Answer = $answer;
            const TOOL: &'static str = <$params as $crate::call::tool::TypedTool>::TOOL.name;

            #[inline]
            fn dry_run(self) -> $crate::BoxFuture<'static, $crate::Result<std::vec::Vec<$crate::PlannedRequest>>> {
                self.call.planning()
            }
        }
    };
}

/// The pages of a builder: `pages!(Builder, Answer)`.
macro_rules! pages {
    ($builder:ident, $answer:ty) => {
        impl $builder {
            /// All pages from here on. All parameters stay the same from page to page, defaults included.
            #[inline]
            pub fn pages(self) -> $crate::Pages<$answer> {
                self.call.pages()
            }
        }
    };
}

/// The items of a builder: `items!(Builder, Item)`.
macro_rules! items {
    ($builder:ident, $item:ty) => {
        impl $builder {
            /// All items from here on, page after page. An item that cannot be read does not stop the others; it is
            /// among [`Items::unreadable`](crate::Items::unreadable).
            #[inline]
            pub fn items(self) -> $crate::Items<$item> {
                self.call.items()
            }
        }
    };
}

/// The items of a builder, backwards: `newest_first!(Builder, Item)`.
macro_rules! newest_first {
    ($builder:ident, $item:ty) => {
        impl $builder {
            /// All items, the newest first.
            #[inline]
            pub fn newest_first(self) -> $crate::NewestFirst<$item> {
                self.call.newest_first()
            }
        }
    };
}

/// The wait of a builder whose tool tells how a job stands: `wait!(Builder, Answer)`.
macro_rules! wait {
    ($builder:ident, $answer:ty) => {
        impl $builder {
            /// Waits until the job is done: asks again and again, with pauses that grow. It says what else can be said
            /// of the wait, and is awaited itself.
            #[inline]
            pub fn wait(self) -> $crate::Wait<$answer> {
                self.call.wait()
            }
        }
    };
}

pub(crate) use {items, newest_first, pages, tool_call, wait};
