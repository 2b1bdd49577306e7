//! Newest first, of a service that lists oldest first only: windows of time, walked backwards.
//!
//! A window is read to its end and handed out from behind. How much time it spans follows from how much was in the one
//! before: the aim is one to three pages. Where nothing bounds the list below, the first empty window asks for the
//! oldest item that is left, and that is where the walk ends.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use futures_core::Stream;

use super::pages::Pages;
use crate::base::environment::BoxFuture;
use crate::base::error::{Error, Result};
use crate::base::time::DateTime;
use crate::call::answer::Answer;
use crate::call::perform::show_typed;
use crate::call::tool::{Timeline, boxed};
use crate::decode::salvage::Unreadable;
use crate::transport::shared::Shared;

const DAY: u64 = 24 * 60 * 60;
/// How much time the first window spans, in seconds.
const FIRST: u64 = 7 * DAY;
/// A window never spans less, however full it is, …
const LEAST: u64 = 1;
/// … nor more, however empty.
const MOST: u64 = 100 * 365 * DAY;
/// More pages than these in a window are too many.
const PAGES: u64 = 3;

/// The items of a tool's answer, newest first. After an error there are no more.
///
/// Gong lists oldest first and knows no other order, so this asks for one window of time after another, backwards from
/// the end of the range (or from now) to its beginning (or to the oldest item there is). A window begins with a week
/// and is doubled while it fits in a page and halved when it is more than three; it is held in memory, and the next one
/// is asked for when it is through. Windows meet but do not overlap, so no item comes twice and none is passed over; an
/// item that is added within a window that was read already is not seen.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let mut latest = gong.calls().list().newest_first().limit(10);
/// while let Some(call) = latest.next().await {
///     let call = call?;
///     println!("{:?} {:?}", call.started, call.title);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct NewestFirst<T> {
    tool: &'static str,
    state: State<T>,
    /// What is left of the window in hand, the newest at the end.
    window: Vec<T>,
    /// Where the window in hand begins, and where it ends.
    from_to: [Option<DateTime>; 2],
    read: u64,
    limit: Option<u64>,
    finished: bool,
    unreadable: Vec<Unreadable>,
}

enum State<T> {
    Ready(Box<dyn Windows<T>>),
    Asking(BoxFuture<'static, Asked<T>>),
    Failed(Error),
    Ended,
}

/// Windows of time, given back once they were asked, with the next one if there was one left.
type Asked<T> = (Box<dyn Windows<T>>, Result<Option<Window<T>>>);

/// Windows of time, whatever the tool.
trait Windows<T>: Send {
    /// Asks for the next one.
    fn ask(self: Box<Self>) -> BoxFuture<'static, Asked<T>>;
    /// Where it ends.
    fn to(&self) -> Option<DateTime>;
}

impl<T: Send + 'static> NewestFirst<T> {
    /// `show` makes of each item what is handed out.
    pub(crate) fn new<P: Timeline>(client: Arc<Shared>, params: Result<P>, show: fn(P::Item) -> Result<T>) -> Self {
        let walk = params.and_then(|params| Walk::new(client, params, show));
        let to = walk.as_ref().ok().and_then(|walk| walk.to);
        NewestFirst {
            tool: P::TOOL.name,
            state: walk.map_or_else(State::Failed, |walk| State::Ready(Box::new(walk))),
            window: Vec::new(),
            from_to: [to, to],
            read: 0,
            limit: None,
            finished: false,
            unreadable: Vec::new(),
        }
    }

    /// Hands out at most this many items, and asks for no window that they do not need.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items as u64);
        self
    }

    /// The next item, older than the one before; `None` after the oldest.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The instant down to which every item was handed out; none at the beginning of a range without an end.
    ///
    /// A later call whose range ends here goes on where this one stands. In the middle of a window the items of that
    /// window come again; none is lost.
    #[must_use]
    pub fn reached(&self) -> Option<DateTime> {
        let [from, to] = self.from_to;
        if self.window.is_empty() { from } else { to }
    }

    /// How many items were handed out.
    #[must_use]
    pub fn items_read(&self) -> u64 {
        self.read
    }

    /// Whether the oldest item was handed out. It was not if an error or the limit ended the items before.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished
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

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if self.limit.is_some_and(|limit| self.read >= limit) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.window.pop() {
                self.read += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(windows) => self.state = State::Asking(windows.ask()),
                State::Asking(mut asking) => {
                    let Poll::Ready((windows, window)) = asking.as_mut().poll(context) else {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    };
                    match window {
                        Ok(window) => self.take(windows, window),
                        Err(error) => return Poll::Ready(Some(Err(self.blame(error)))),
                    }
                }
            }
        }
    }

    fn take(&mut self, windows: Box<dyn Windows<T>>, window: Option<Window<T>>) {
        let [before, _] = self.from_to;
        self.from_to = [windows.to(), before];
        match window {
            Some(Window { items, unreadable, .. }) => {
                self.window = items;
                self.unreadable.extend(unreadable);
                self.state = State::Ready(windows);
            }
            None => self.finished = true,
        }
    }

    fn blame(&self, error: Error) -> Error {
        match self.read {
            0 => error,
            read => error.context(format!("It came after {read} items; `reached` says down to where they go.")),
        }
    }
}

impl<P: Timeline, T: Send + 'static> Windows<T> for Walk<P, T> {
    fn ask(mut self: Box<Self>) -> BoxFuture<'static, Asked<T>> {
        Box::pin(async move {
            let window = self.window().await;
            let window = window.and_then(|window| window.map(|window| window.shown(self.show)).transpose());
            (self as Box<dyn Windows<T>>, window)
        })
    }

    fn to(&self) -> Option<DateTime> {
        self.to
    }
}

/// The way back through time.
struct Walk<P: Timeline, T> {
    client: Arc<Shared>,
    params: P,
    /// What an item is handed out as.
    show: fn(P::Item) -> Result<T>,
    now: SystemTime,
    /// Where the range begins, once that is known.
    from: Option<DateTime>,
    /// Where the next window ends.
    to: Option<DateTime>,
    /// How much time it spans, in seconds.
    span: u64,
    finished: bool,
}

impl<P: Timeline, T> Walk<P, T> {
    fn new(client: Arc<Shared>, mut params: P, show: fn(P::Item) -> Result<T>) -> Result<Self> {
        if params.begins_at().is_some() {
            let message = "Newest first begins at the end, so `cursor` cannot go with it.";
            return Err(Error::refused_because(message).in_tool(P::TOOL.name));
        }
        let now = client.environment.now();
        let [from, to] = params.range();
        let (from, to) = (*from, *to);
        Ok(Walk { client, params, show, now, from, to, span: FIRST, finished: false })
    }

    /// The next window; `None` after the last. Empty ones are passed over.
    async fn window(&mut self) -> Result<Option<Window<P::Item>>> {
        while !self.finished {
            let end = self.to.unwrap_or_else(|| self.now.into());
            let begin = earlier(end, self.span);
            let begin = self.from.map_or(begin, |from| from.max(begin));
            let Some(window) = self.read(begin, end).await? else { continue };
            self.to = Some(begin);
            self.finished = begin >= end || self.from.is_some_and(|from| begin <= from);
            if !window.is_empty() {
                return Ok(Some(window));
            }
            if self.from.is_none()
                && let Some(rest) = self.find_beginning().await?
            {
                return Ok(Some(rest));
            }
        }
        Ok(None)
    }

    /// Everything since `begin`; `None` if that turns out to be too much. Sets how much the next window spans.
    async fn read(&mut self, begin: DateTime, end: DateTime) -> Result<Option<Window<P::Item>>> {
        let mut window = Window::new();
        let mut pages = self.pages(Some(begin));
        if let Some(first) = poll_fn(|context| pages.poll_one(context)).await.transpose()? {
            let total = P::total(&first).and_then(|total| u64::try_from(total).ok()).unwrap_or(0);
            window.add::<P>(first);
            let spanned = seconds_between(begin, end);
            let fitting = halved(spanned, total, PAGES * window.len());
            if pages.cursor().is_some() && fitting < spanned {
                self.span = fitting;
                return Ok(None);
            }
            pages.set_out();
            while let Some(page) = pages.next().await.transpose()? {
                window.add::<P>(page);
            }
        }
        self.span = match window.pages {
            0..=1 => self.span.saturating_mul(2).min(MOST),
            2..=PAGES => self.span,
            _ => (self.span / 2).max(LEAST),
        };
        window.items.sort_by_cached_key(time::<P>);
        Ok(Some(window))
    }

    /// Asks for the oldest of all that is left: the range begins there. If a page holds all that is left, it is the
    /// last window.
    async fn find_beginning(&mut self) -> Result<Option<Window<P::Item>>> {
        let mut window = Window::new();
        let mut pages = self.pages(None);
        if let Some(first) = poll_fn(|context| pages.poll_one(context)).await.transpose()? {
            window.add::<P>(first);
        }
        if pages.cursor().is_none() {
            self.finished = true;
            window.items.sort_by_cached_key(time::<P>);
            return Ok((!window.is_empty()).then_some(window));
        }
        // Where the oldest says no time, the next empty window asks again.
        if window.unreadable.is_empty() {
            self.from = window.items.first().and_then(time::<P>).map(|oldest| earlier(oldest, 0));
        }
        Ok(None)
    }

    fn pages(&self, from: Option<DateTime>) -> Pages<P::Answer> {
        let mut params = self.params.clone();
        let [begin, end] = params.range();
        (*begin, *end) = (from, self.to);
        Pages::new(self.client.clone(), P::TOOL.name, Ok(boxed(params)), show_typed::<P>)
    }
}

/// What was found in a window, oldest first; what says no time counts as the oldest.
struct Window<T> {
    items: Vec<T>,
    unreadable: Vec<Unreadable>,
    pages: u64,
}

impl<T> Window<T> {
    fn new() -> Self {
        Window { items: Vec::new(), unreadable: Vec::new(), pages: 0 }
    }

    fn add<P: Timeline<Item = T>>(&mut self, mut page: Answer<P::Answer>) {
        self.unreadable.append(&mut page.unreadable);
        self.items.append(&mut P::take_items(&mut page.into_inner()));
        self.pages += 1;
    }

    fn len(&self) -> u64 {
        (self.items.len() + self.unreadable.len()) as u64
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shown<U>(self, show: fn(T) -> Result<U>) -> Result<Window<U>> {
        let Window { items, unreadable, pages } = self;
        Ok(Window { items: items.into_iter().map(show).collect::<Result<_>>()?, unreadable, pages })
    }
}

fn time<P: Timeline>(item: &P::Item) -> Option<DateTime> {
    P::time(item).and_then(|time| time.to_date_time().ok())
}

/// The time `seconds` earlier, cut to whole seconds, so that windows meet even if Gong ignores fractions.
fn earlier(time: DateTime, seconds: u64) -> DateTime {
    let second = Duration::from_secs(1);
    let whole = match time.to_system_time().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(since.as_secs())),
        Err(before) => SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(before.duration().as_secs()) + second),
    };
    whole.and_then(|whole| whole.checked_sub(Duration::from_secs(seconds))).map_or(time, DateTime::from)
}

fn seconds_between(begin: DateTime, end: DateTime) -> u64 {
    end.to_system_time().duration_since(begin.to_system_time()).unwrap_or_default().as_secs()
}

/// Halves a window of `seconds` with `total` items until it should hold at most `fitting`, if they are spread evenly.
fn halved(mut seconds: u64, mut total: u64, fitting: u64) -> u64 {
    while total > fitting && seconds > LEAST {
        seconds = (seconds / 2).max(LEAST);
        total /= 2;
    }
    seconds
}

// Nothing in it is pinned in place: the future has a box of its own.
impl<T> Unpin for NewestFirst<T> {}

impl<T: Send + 'static> Stream for NewestFirst<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for NewestFirst<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewestFirst of {}, {} read", self.tool, self.read)
    }
}
