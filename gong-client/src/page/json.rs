//! Pages of a call by name.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use futures_core::Stream;
use serde_json::Value;

use super::{Ask, Asked, Walk};
use crate::answer::Answer;
use crate::by_name;
use crate::client::Client;
use crate::environment::BoxFuture;
use crate::error::Result;
use crate::runtime::tool::AnyTool;

/// The pages of a call by name, as JSON. A tool without pages has one.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut pages = gong.pages("gong_users_list", serde_json::json!({}))?;
/// while let Some(page) = pages.next().await {
///     println!("{}", page?["users"]);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct JsonPages(Walk<Named>);

/// Parameters of a tool that was called by name.
struct Named(Box<dyn AnyTool>);

impl Ask for Named {
    type Page = Value;

    fn ask(self, client: Client, now: SystemTime) -> BoxFuture<'static, Asked<Self>> {
        Box::pin(async move {
            let answer = by_name::page(&client, &*self.0, now).await;
            (self, answer)
        })
    }

    fn go_to(&mut self, cursor: String) {
        self.0.set_cursor(cursor);
    }

    fn begin(&self) -> Option<&str> {
        self.0.begins_at()
    }
}

impl JsonPages {
    pub(crate) fn new(client: Client, tool: &'static str, params: Result<Box<dyn AnyTool>>) -> Self {
        JsonPages(Walk::new(client, tool, params.map(Named)))
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<Value>>> {
        poll_fn(|context| self.0.poll(context)).await
    }

    /// As [`Pages::cursor`](crate::Pages::cursor): where to go on, as the tool's parameter `cursor`.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.0.course.cursor()
    }

    /// As [`Pages::is_finished`](crate::Pages::is_finished).
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.course.is_finished()
    }
}

// Nothing in it is pinned in place: the future has a box of its own.
impl Unpin for JsonPages {}

impl Stream for JsonPages {
    type Item = Result<Answer<Value>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll(context)
    }
}

impl fmt::Debug for JsonPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonPages")
    }
}
