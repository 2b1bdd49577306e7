//! Pages as a stream. The page after the one that is handed out is asked for at once, so it comes while the other is
//! read; never more than these two are held.
//!
//! `ahead` is a page on its way, `course` knows which page is next and how far it got, [`Items`] and [`NewestFirst`]
//! stand on [`Pages`]. A cursor that comes twice ends the pages with an error, and so do many empty pages in a row:
//! going on would ask for the same pages, or for nothing, for ever.

mod ahead;
mod course;
mod items;
mod json;
mod json_newest;
mod newest;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use futures_core::Stream;

use crate::answer::Answer;
use crate::client::Client;
use crate::environment::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::runtime::run;
use crate::runtime::tool::Tool;
use ahead::Ahead;
use course::Course;

pub use items::Items;
pub use json::JsonPages;
pub use json_newest::JsonNewestFirst;
pub use newest::NewestFirst;

/// The pages of a tool's answer, in order. After an error there are no more.
///
/// While a page is read the next one is on its way already, in a task of the tokio runtime that is cancelled when the
/// stream is dropped.
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
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<P: Tool>(Walk<P>);

/// The way from page to page.
struct Walk<A: Ask> {
    client: Client,
    /// Today stays the same from page to page, even over midnight: Gong refuses a cursor whose other inputs changed.
    now: SystemTime,
    state: State<A>,
    course: Course,
}

enum State<A: Ask> {
    /// The next page has these parameters, or there is an error to tell first.
    Ready(Result<A>),
    Asking(Ahead<Asked<A>>),
    Ended,
}

/// A page that was asked for, where the one after it begins, and the parameters it was asked with.
type Asked<A> = (A, Result<(Answer<<A as Ask>::Page>, Option<String>)>);

/// What pages are asked for with: parameters of a known type, or of any.
trait Ask: Send + Sized + 'static {
    type Page: Send + 'static;

    fn ask(self, client: Client, now: SystemTime) -> BoxFuture<'static, Asked<Self>>;
    fn go_to(&mut self, cursor: String);
    fn begin(&self) -> Option<&str>;
}

impl<P: Tool> Ask for P {
    type Page = P::Answer;

    fn ask(self, client: Client, now: SystemTime) -> BoxFuture<'static, Asked<Self>> {
        Box::pin(async move {
            let answer = run::perform(&client, &self, now).await.map(|answer| {
                let next = P::cursor(&answer).map(str::to_owned);
                (answer, next)
            });
            (self, answer)
        })
    }

    fn go_to(&mut self, cursor: String) {
        self.set_cursor(cursor);
    }

    fn begin(&self) -> Option<&str> {
        self.begins_at()
    }
}

impl<P: Tool> Pages<P> {
    pub(crate) fn new(client: Client, params: Result<P>) -> Self {
        Pages(Walk::new(client, P::TOOL.name, params))
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<P::Answer>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The cursor of the page that comes next: of the one that failed after an error, and none for the first page and
    /// after the last ([`is_finished`](Self::is_finished) tells the two apart).
    ///
    /// With it a later call goes on where this one stands: [`Invocation::from_page`](crate::Invocation::from_page).
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.0.course.cursor()
    }

    /// How many pages were handed out.
    #[must_use]
    pub fn pages_read(&self) -> u64 {
        self.0.course.pages()
    }

    /// Whether the last page was handed out. It was not if an error ended the pages.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.course.is_finished()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<P::Answer>>>> {
        self.0.poll(context)
    }
}

impl<A: Ask> Walk<A> {
    fn new(client: Client, tool: &'static str, params: Result<A>) -> Self {
        let begin = params.as_ref().ok().and_then(|params| params.begin());
        let course = Course::new(tool, begin);
        let now = client.environment().now();
        Walk { client, now, state: State::Ready(params), course }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<A::Page>>>> {
        let page = self.poll_one(context);
        if page.is_ready() {
            self.set_out();
        }
        page
    }

    /// The next page, without setting out for the one after it.
    fn poll_one(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<A::Page>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                State::Ready(Ok(params)) => self.state = State::Asking(Ahead::here(self.ask(params))),
                State::Asking(mut asking) => match asking.poll(context) {
                    Poll::Ready(Some((params, answer))) => return Poll::Ready(Some(self.arrived(params, answer))),
                    Poll::Ready(None) => return Poll::Ready(Some(Err(self.course.blame(stopped())))),
                    Poll::Pending => {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    }
                },
            }
        }
    }

    /// Sets out for the next page, if there is one.
    fn set_out(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Ended) {
            State::Ready(Ok(params)) => State::Asking(Ahead::set_out(self.ask(params))),
            other => other,
        };
    }

    fn ask(&self, params: A) -> BoxFuture<'static, Asked<A>> {
        params.ask(self.client.clone(), self.now)
    }

    fn arrived(&mut self, mut params: A, answer: Result<(Answer<A::Page>, Option<String>)>) -> Result<Answer<A::Page>> {
        let (answer, next) = answer.map_err(|error| self.course.blame(error))?;
        let next = next.filter(|cursor| !cursor.is_empty());
        self.course.advance(next.as_deref(), &answer)?;
        if let Some(cursor) = next {
            params.go_to(cursor);
            self.state = State::Ready(Ok(params));
        }
        Ok(answer)
    }
}

/// The error of a page that nobody brings any more.
fn stopped() -> Error {
    Error::new(ErrorKind::Connection, "the runtime was shut down while a page was on its way.")
        .with(|inner| inner.sent = true)
}

// Nothing in it is pinned in place: the future has a box of its own.
impl<P: Tool> Unpin for Pages<P> {}

impl<P: Tool> Stream for Pages<P> {
    type Item = Result<Answer<P::Answer>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P: Tool> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages of {}, {} read", P::TOOL.name, self.pages_read())
    }
}
