//! Pages of a call by name.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::Value;

use super::Pages;
use crate::answer::Answer;
use crate::by_name;
use crate::error::Result;
use crate::runtime::tool::Tool;

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
pub struct JsonPages {
    pages: Box<dyn Named + Send>,
}

/// What [`Pages`] of any tool can do.
trait Named {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<Value>>>>;
    fn cursor(&self) -> Option<&str>;
    fn is_finished(&self) -> bool;
}

impl<P: Tool> Named for Pages<P> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<Value>>>> {
        Pages::poll(self, context).map(|page| page.map(|answer| by_name::show::<P>(answer?)))
    }

    fn cursor(&self) -> Option<&str> {
        Pages::cursor(self)
    }

    fn is_finished(&self) -> bool {
        Pages::is_finished(self)
    }
}

impl JsonPages {
    pub(crate) fn new<P: Tool>(pages: Pages<P>) -> Self {
        JsonPages { pages: Box::new(pages) }
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<Value>>> {
        poll_fn(|context| self.pages.poll(context)).await
    }

    /// As [`Pages::cursor`]: where to go on, as the tool's parameter `cursor`.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.pages.cursor()
    }

    /// As [`Pages::is_finished`].
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.pages.is_finished()
    }
}

impl Stream for JsonPages {
    type Item = Result<Answer<Value>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().pages.poll(context)
    }
}

impl fmt::Debug for JsonPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonPages")
    }
}
