//! Pages and items as streams that ask for a page when it is wanted. A cursor that comes twice ends them with an error: going
//! on would ask for the same pages for ever.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value;

use crate::answer::Answer;
use crate::by_name;
use crate::client::Client;
use crate::environment::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::runtime::run;
use crate::runtime::tool::{Listing, Tool};

/// The pages of a tool's answer, in order. After an error there are no more.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut pages = gong.calls().list().pages();
/// while let Some(page) = pages.next().await {
///     println!("{} calls", page?.calls.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<P: Tool> {
    client: Client,
    state: State<P>,
    seen: HashSet<String>,
}

enum State<P: Tool> {
    /// The next page has these parameters, or there is an error to tell first.
    Ready(Result<P>),
    Asking(BoxFuture<'static, (P, Result<Answer<P::Answer>>)>),
    Ended,
}

impl<P: Tool> Pages<P> {
    pub(crate) fn new(client: Client, params: Result<P>) -> Self {
        Pages { client, state: State::Ready(params), seen: HashSet::new() }
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<P::Answer>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer<P::Answer>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                State::Ready(Ok(params)) => {
                    let client = self.client.clone();
                    self.state = State::Asking(Box::pin(async move {
                        let answer = run::perform(&client, &params).await;
                        (params, answer)
                    }));
                }
                State::Asking(mut asking) => match asking.as_mut().poll(context) {
                    Poll::Ready((params, answer)) => return Poll::Ready(Some(self.arrived(params, answer))),
                    Poll::Pending => {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    }
                },
            }
        }
    }

    /// Sets out for the page after this one, if there is one.
    fn arrived(&mut self, mut params: P, answer: Result<Answer<P::Answer>>) -> Result<Answer<P::Answer>> {
        let answer = answer?;
        if let Some(cursor) = P::cursor(&answer).filter(|cursor| !cursor.is_empty()) {
            if !self.seen.insert(cursor.to_owned()) {
                return Err(repeated(P::TOOL.name, answer.request_id()));
            }
            params.set_cursor(cursor.to_owned());
            self.state = State::Ready(Ok(params));
        }
        Ok(answer)
    }
}

/// The error of a cursor that came twice.
fn repeated(tool: &'static str, request_id: Option<&str>) -> Error {
    Error::new(ErrorKind::BrokenAnswer, "Gong sent a cursor for the second time, so the pages would never end.")
        .in_tool(tool)
        .with(|inner| {
            inner.sent = true;
            inner.request_id = request_id.map(str::to_owned);
        })
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
        write!(f, "Pages of {}", P::TOOL.name)
    }
}

/// The items of a tool's answer, page after page. After an error there are no more.
///
/// Notices are with the pages: who wants to see them asks for [`Pages`].
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut users = gong.users().list().items();
/// while let Some(user) = users.next().await {
///     println!("{}", user?.id);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct Items<P: Listing> {
    pages: Pages<P>,
    page: VecDeque<P::Item>,
}

impl<P: Listing> Items<P> {
    pub(crate) fn new(pages: Pages<P>) -> Self {
        Items { pages, page: VecDeque::new() }
    }

    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item>>> {
        loop {
            if let Some(item) = self.page.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(answer)) => self.page = P::take_items(&mut answer.into_inner()).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Listing> Unpin for Items<P> {}

impl<P: Listing> Stream for Items<P> {
    type Item = Result<P::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P: Listing> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items of {}", P::TOOL.name)
    }
}

/// The pages of a call by name, as JSON. A tool without pages has one.
#[must_use = "a stream does nothing unless it is polled"]
pub struct JsonPages {
    pages: Pin<Box<dyn Stream<Item = Result<Answer<Value>>> + Send>>,
}

impl JsonPages {
    pub(crate) fn new<P: Tool>(pages: Pages<P>) -> Self {
        JsonPages { pages: Box::pin(Shown(pages)) }
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer<Value>>> {
        poll_fn(|context| self.pages.as_mut().poll_next(context)).await
    }
}

impl Stream for JsonPages {
    type Item = Result<Answer<Value>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().pages.as_mut().poll_next(context)
    }
}

impl fmt::Debug for JsonPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonPages")
    }
}

/// Pages as JSON.
struct Shown<P: Tool>(Pages<P>);

impl<P: Tool> Stream for Shown<P> {
    type Item = Result<Answer<Value>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.get_mut().0.poll(context));
        Poll::Ready(page.map(|answer| by_name::show::<P>(answer?)))
    }
}
