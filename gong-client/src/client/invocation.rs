//! A call of a tool as it is put together: parameters on a client, sent in the way the caller likes.

use crate::base::error::Result;
use crate::base::violation::Faults;
use crate::call::answer::Answer;
use crate::call::from_json;
use crate::call::perform;
use crate::call::tool::{Listing, Paged, Timeline, Tool};
use crate::client::handle::Client;
use crate::page::{Items, NewestFirst, Pages};
use crate::transport::plan::PlannedRequest;
use crate::transport::shared::Shared;
use std::sync::Arc;

/// A call of a tool, not sent yet.
///
/// Optional parameters are set by its methods, which bear their names. Nothing is checked or sent before one of
/// [`send`](Self::send), [`pages`](Self::pages), [`items`](Self::items) and [`dry_run`](Self::dry_run).
#[derive(Clone, Debug)]
pub struct Invocation<P> {
    client: Arc<Shared>,
    pub(crate) params: P,
}

impl<P: Tool> Invocation<P> {
    pub(crate) fn new(client: &Client, params: P) -> Self {
        Invocation { client: client.shared().clone(), params }
    }

    /// A call with the parameters in the text of a JSON object, taken as leniently as [`Client::call`] takes them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with every fault.
    pub fn from_json(client: &Client, json: &str) -> Result<Self> {
        let mut call = Invocation::new(client, P::default());
        from_json::read(client.shared(), &mut call.params, &from_json::parse(P::TOOL.name, json)?)?;
        Ok(call)
    }

    /// Checks the parameters, as sending does before anything is sent, and gives the call back with its defaults set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with every fault.
    #[inline]
    pub fn check(mut self) -> Result<Self> {
        perform::make_ready(&self.client, &mut self.params, Faults::default())?;
        Ok(self)
    }

    /// What the call is about to send with.
    pub fn params(&self) -> &P {
        &self.params
    }

    /// Sends it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with every fault, before anything is sent; else
    /// what the connection or Gong makes of it.
    pub async fn send(self) -> Result<Answer<P::Answer>> {
        let Invocation { client, params } = self;
        let params = perform::ready(&client, params, Faults::default())?;
        perform::perform(&client, &params, client.environment().now()).await
    }

    /// The requests that [`send`](Self::send) would send, without sending any. Where a request depends on the answer of
    /// another, that answer is shown as `<…>`.
    pub async fn dry_run(self) -> Result<Vec<PlannedRequest>> {
        let Invocation { client, params } = self;
        let params = perform::ready(&client, params, Faults::default())?;
        perform::plan(&client, &params).await
    }

    /// Begins with the page of this cursor, which [`Pages::cursor`] or [`Items::cursor`] gave. Everything else must be
    /// as it was then, or Gong refuses the cursor; and cursors grow old.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// let mut calls = gong.calls().list().items();
    /// # calls.next().await;
    /// let saved = calls.cursor().map(str::to_owned);
    /// drop(calls);
    /// let list = gong.calls().list();
    /// let mut calls = match saved {
    ///     Some(cursor) => list.from_page(cursor).items(),
    ///     None => list.items(),
    /// };
    /// # calls.next().await;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn from_page(mut self, cursor: impl Into<String>) -> Self
    where
        P: Paged,
    {
        self.params.set_cursor(cursor.into());
        self
    }

    /// All pages from here on. All parameters stay the same from page to page, defaults included.
    pub fn pages(self) -> Pages<P::Answer>
    where
        P: Paged,
    {
        self.all()
    }

    /// All items from here on, page after page. An item that cannot be read does not stop the others; it is among
    /// [`Items::unreadable`].
    pub fn items(self) -> Items<P::Item>
    where
        P: Listing,
    {
        let Invocation { client, params } = self;
        let params = perform::ready(&client, params, Faults::default());
        Items::new(client, params)
    }

    /// All items, the newest first.
    pub fn newest_first(self) -> NewestFirst<P::Item>
    where
        P: Timeline,
    {
        let Invocation { client, params } = self;
        let params = perform::ready(&client, params, Faults::default());
        NewestFirst::new(client, params, Ok)
    }

    fn all(self) -> Pages<P::Answer> {
        let Invocation { client, params } = self;
        let params = perform::ready(&client, params, Faults::default());
        Pages::new(client, params)
    }
}
