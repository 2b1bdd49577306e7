//! Pages as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;

use futures_core::Stream;

use super::ahead::Ahead;
use super::progress::Progress;
use crate::base::environment::BoxFuture;
use crate::base::error::{Error, ErrorKind, Result};
use crate::call::answer::Answer;
use crate::call::perform::{Performed, Show, perform};
use crate::call::tool::Tool;
use crate::transport::shared::Shared;

/// The pages of a tool's answer, in order. After an error there are no more.
///
/// While a page is read the next one is on its way already, in a task of the tokio runtime that is cancelled when the
/// stream is dropped. [`one_by_one`](Self::one_by_one) leaves that out.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut pages = gong.calls().list().pages();
/// while let Some(page) = pages.next().await {
///     println!("{} calls; the next page is at {:?}", page?.calls.len(), pages.cursor());
/// }
/// # Ok(())
/// # }
/// ```
///
/// A call by name has pages of JSON: [`Client::pages`](crate::Client::pages).
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<A> {
    client: Arc<Shared>,
    /// Today stays the same from page to page, even over midnight: Gong refuses a cursor whose other inputs changed.
    now: SystemTime,
    state: State,
    show: Show<A>,
    /// Whether the next page is asked for while one is read.
    sets_out: bool,
    pub(super) progress: Progress,
}

/// A tool's parameters, given back once they were sent, with what came.
type Asked = (Box<dyn Tool>, Result<Performed>);

enum State {
    /// The next page is asked for with these, or there is an error to tell first.
    Ready(Result<Box<dyn Tool>>),
    Asking(Ahead<Asked>),
    Ended,
}

impl<A: Send + 'static> Pages<A> {
    /// The pages of a tool, each as `show` shows it.
    pub(crate) fn new(client: Arc<Shared>, tool: &'static str, params: Result<Box<dyn Tool>>, show: Show<A>) -> Self {
        let progress = Progress::new(tool, params.as_ref().ok().and_then(|params| params.begins_at()));
        let now = client.environment.now();
        Pages { client, now, state: State::Ready(params), show, sets_out: true, progress }
    }

    /// Asks for a page only when it is wanted, for whoever does not know yet whether they will read it.
    pub fn one_by_one(mut self) -> Self {
        self.sets_out = false;
        self
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<A>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The cursor of the page that comes next: of the one that failed after an error, and none for the first page and
    /// after the last ([`is_finished`](Self::is_finished) tells the two apart).
    ///
    /// With it a later call goes on where this one stands, as its `cursor`; all else must be as it was.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.progress.cursor.as_deref()
    }

    /// How many pages were handed out.
    #[must_use]
    pub fn pages_read(&self) -> u64 {
        self.progress.pages
    }

    /// Whether the last page was handed out. It was not if an error ended the pages.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.progress.finished
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<A>>>> {
        let page = self.poll_one(context);
        if page.is_ready() && self.sets_out {
            self.set_out();
        }
        page
    }

    /// The next page, without setting out for the one after it.
    pub(super) fn poll_one(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<A>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                State::Ready(Ok(params)) => self.state = State::Asking(Ahead::Here(self.ask(params))),
                State::Asking(mut asking) => match asking.poll(context) {
                    Poll::Ready(asked) => return Poll::Ready(Some(self.arrived(asked))),
                    Poll::Pending => {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    }
                },
            }
        }
    }

    /// Sets out for the next page, if there is one.
    pub(super) fn set_out(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Ended) {
            State::Ready(Ok(params)) => State::Asking(Ahead::set_out(self.ask(params))),
            other => other,
        };
    }

    fn ask(&self, params: Box<dyn Tool>) -> BoxFuture<'static, Asked> {
        let (client, now) = (self.client.clone(), self.now);
        Box::pin(async move {
            let performed = perform(&client, &*params, now).await;
            (params, performed)
        })
    }

    fn arrived(&mut self, asked: Option<Asked>) -> Result<Answer<A>> {
        let (mut params, performed) = asked.ok_or_else(|| self.progress.blame(stopped()))?;
        let performed = performed.map_err(|error| self.progress.blame(error))?;
        let next = performed.next().filter(|cursor| !cursor.is_empty());
        let answer = performed.shown(self.show).map_err(|error| self.progress.blame(error))?;
        self.progress.advance(next.as_deref(), &answer)?;
        if let Some(cursor) = next {
            params.set_cursor(cursor);
            self.state = State::Ready(Ok(params));
        }
        Ok(answer)
    }
}

/// The error of a page whose task ended with the runtime.
fn stopped() -> Error {
    Error::new(ErrorKind::Connection, "the runtime was shut down while a page was on its way.")
        .with(|inner| inner.sent = true)
}

// Nothing in it is pinned in place: the future has a box of its own.
impl<A> Unpin for Pages<A> {}

impl<A: Send + 'static> Stream for Pages<A> {
    type Item = Result<Answer<A>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<A> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages of {}, {} read", self.progress.tool, self.progress.pages)
    }
}
