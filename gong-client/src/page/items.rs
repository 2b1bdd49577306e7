//! Items as a stream, page after page.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pages::Pages;
use crate::base::error::Result;
use crate::call::perform::show_items;
use crate::call::tool::{Listing, boxed};
use crate::decode::salvage::{self, Unreadable};
use crate::transport::shared::Shared;

/// The items of a tool's answer, page after page. After an error there are no more.
///
/// An item that cannot be read is no error: it is among the [`unreadable`](Self::unreadable). Notices are with the
/// pages: who wants to see them asks for [`Pages`].
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut users = gong.users().list().items().limit(1000);
/// while let Some(user) = users.next().await {
///     println!("{}", user?.id);
/// }
/// for item in users.unreadable() {
///     eprintln!("{item}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    /// What is left of the page in hand, …
    page: VecDeque<T>,
    /// … and its cursor.
    at: Option<String>,
    read: u64,
    limit: Option<u64>,
    unreadable: Vec<Unreadable>,
}

impl<T: Send + 'static> Items<T> {
    pub(crate) fn new<P: Listing<Item = T>>(client: Arc<Shared>, params: Result<P>) -> Self {
        let pages = Pages::new(client, P::TOOL.name, params.map(boxed), show_items::<P>);
        Items { pages, page: VecDeque::new(), at: None, read: 0, limit: None, unreadable: Vec::new() }
    }

    /// Hands out at most this many items, and asks for no page that they do not need.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items as u64);
        self
    }

    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The cursor of the page that the next item is on; none for the first page, and after the last.
    ///
    /// A later call with this `cursor` goes on from here and loses no item. In the middle of a page those of that page
    /// come again; between two pages, that is when nothing is [`in_hand`](Self::in_hand), none do.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        if self.page.is_empty() { self.pages.cursor() } else { self.at.as_deref() }
    }

    /// How many items of the page were not handed out yet.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.page.len()
    }

    /// How many items were handed out.
    #[must_use]
    pub fn items_read(&self) -> u64 {
        self.read
    }

    /// How many pages have come.
    #[must_use]
    pub fn pages_read(&self) -> u64 {
        self.pages.pages_read()
    }

    /// Whether the last item of the last page was handed out. It was not if an error or the limit ended the items
    /// before.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.page.is_empty() && self.pages.is_finished()
    }

    /// The items so far that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// Takes the items so far that could not be read, so that a long stream does not gather them all.
    pub fn take_unreadable(&mut self) -> Vec<Unreadable> {
        std::mem::take(&mut self.unreadable)
    }

    /// All of them, for those who cannot do with less: one that cannot be read is an error.
    pub(crate) async fn all(mut self) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(page) = self.pages.next().await {
            let page = page?;
            if let Some(first) = page.unreadable().first() {
                return Err(salvage::missed(first).in_tool(self.pages.progress.tool));
            }
            items.append(&mut page.into_inner());
        }
        Ok(items)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            let left = self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.read));
            if left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.pop_front() {
                self.read += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            self.pages.progress.items = Some(self.read);
            let at = self.pages.cursor().map(str::to_owned);
            match ready!(self.pages.poll_one(context)) {
                Some(Ok(mut answer)) => {
                    self.unreadable.append(&mut answer.unreadable);
                    self.page = answer.into_inner().into();
                    self.at = at;
                    if (self.page.len() as u64) < left {
                        self.pages.set_out();
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T: Send + 'static> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items of {}, {} read", self.pages.progress.tool, self.read)
    }
}
