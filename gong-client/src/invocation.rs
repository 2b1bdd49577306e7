//! A call of a tool as it is put together: parameters on a client, sent in the way the caller likes.

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Result;
use crate::page::{Items, Pages};
use crate::plan::PlannedRequest;
use crate::runtime::run;
use crate::runtime::tool::{Listing, Paged, Tool};
use crate::violation::Faults;

/// A call of a tool, not sent yet.
///
/// Optional parameters are set by its methods, which bear their names. Nothing is checked or sent before one of
/// [`send`](Self::send), [`pages`](Self::pages), [`items`](Self::items) and [`dry_run`](Self::dry_run).
#[derive(Clone, Debug)]
pub struct Invocation<P> {
    client: Client,
    pub(crate) params: P,
}

impl<P: Tool> Invocation<P> {
    pub(crate) fn new(client: &Client, params: P) -> Self {
        Invocation { client: client.clone(), params }
    }

    /// What the call is about to send with.
    pub fn params(&self) -> &P {
        &self.params
    }

    /// Sends it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::RefusedInput`](crate::ErrorKind::RefusedInput), with every fault, before anything is sent; else what the
    /// connection or Gong makes of it.
    pub async fn send(self) -> Result<Answer<P::Answer>> {
        let Invocation { client, params } = self;
        let params = run::ready(&client, params, Faults::default())?;
        run::perform(&client, &params).await
    }

    /// The requests that [`send`](Self::send) would send, without sending any. Where a request depends on the answer of
    /// another, that answer is shown as `<…>`.
    pub async fn dry_run(self) -> Result<Vec<PlannedRequest>> {
        let Invocation { client, params } = self;
        let params = run::ready(&client, params, Faults::default())?;
        run::plan(&client, &params).await
    }

    /// All pages from here on. All parameters stay the same from page to page.
    pub fn pages(self) -> Pages<P>
    where
        P: Paged,
    {
        self.all()
    }

    /// All items from here on, page after page.
    pub fn items(self) -> Items<P>
    where
        P: Listing,
    {
        Items::new(self.all())
    }

    fn all(self) -> Pages<P> {
        let Invocation { client, params } = self;
        let params = run::ready(&client, params, Faults::default());
        Pages::new(client, params)
    }
}
