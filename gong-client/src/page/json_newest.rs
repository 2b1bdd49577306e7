//! Newest first of a call by name.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::Value;

use super::NewestFirst;
use crate::error::{Error, ErrorKind, Result};
use crate::runtime::tool::Timeline;
use crate::salvage::Unreadable;
use crate::time::DateTime;

/// The items of a call by name, as JSON, newest first. After an error there are no more.
///
/// It is [`NewestFirst`] for callers that find tools at run time.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut latest = gong.newest_first("gong_calls_list", serde_json::json!({}))?.limit(10);
/// while let Some(call) = latest.next().await {
///     println!("{}", call?["title"]);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct JsonNewestFirst(Box<dyn AnyNewestFirst>);

/// A [`NewestFirst`], whatever its items are.
trait AnyNewestFirst: Send {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Value>>>;
    fn set_limit(&mut self, items: usize);
    fn reached(&self) -> Option<DateTime>;
    fn items_read(&self) -> u64;
    fn is_finished(&self) -> bool;
    fn take_unreadable(&mut self) -> Vec<Unreadable>;
}

impl<P: Timeline> AnyNewestFirst for NewestFirst<P> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Value>>> {
        let shown = |item: P::Item| serde_json::to_value(item).map_err(not_shown);
        NewestFirst::poll(self, context).map(|next| next.map(|item| item.and_then(shown)))
    }

    fn set_limit(&mut self, items: usize) {
        self.limit = Some(items as u64);
    }

    fn reached(&self) -> Option<DateTime> {
        NewestFirst::reached(self)
    }

    fn items_read(&self) -> u64 {
        NewestFirst::items_read(self)
    }

    fn is_finished(&self) -> bool {
        NewestFirst::is_finished(self)
    }

    fn take_unreadable(&mut self) -> Vec<Unreadable> {
        NewestFirst::take_unreadable(self)
    }
}

fn not_shown(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::Decode, "the item cannot be shown as JSON.").with(|inner| inner.source = Some(cause.into()))
}

impl JsonNewestFirst {
    pub(crate) fn new<P: Timeline>(items: NewestFirst<P>) -> Self {
        JsonNewestFirst(Box::new(items))
    }

    /// As [`NewestFirst::limit`].
    pub fn limit(mut self, items: usize) -> Self {
        self.0.set_limit(items);
        self
    }

    /// The next item, older than the one before; `None` after the oldest.
    pub async fn next(&mut self) -> Option<Result<Value>> {
        poll_fn(|context| self.0.poll(context)).await
    }

    /// As [`NewestFirst::reached`].
    #[must_use]
    pub fn reached(&self) -> Option<DateTime> {
        self.0.reached()
    }

    /// As [`NewestFirst::items_read`].
    #[must_use]
    pub fn items_read(&self) -> u64 {
        self.0.items_read()
    }

    /// As [`NewestFirst::is_finished`].
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// As [`NewestFirst::take_unreadable`].
    pub fn take_unreadable(&mut self) -> Vec<Unreadable> {
        self.0.take_unreadable()
    }
}

impl Stream for JsonNewestFirst {
    type Item = Result<Value>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll(context)
    }
}

impl fmt::Debug for JsonNewestFirst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonNewestFirst")
    }
}
