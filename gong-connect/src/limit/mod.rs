//! The limit that everything of a company shares, whatever key, app, process or machine it comes from.
//!
//! ```text
//!  process 1                      the company's row in the store                 process 2
//!  ─────────                      ──────────────────────────────                 ─────────
//!  caller  caller  caller         sent   ··· 0.000  0.342 │ 0.684                caller
//!     │       └───────┘           given                   │   ▲                     │
//!     │    wait here, in order    queue  process 2, process 1 │                     │
//!     └──── asks for a turn ─────────────────────▲────────────┘◄── asks again ──────┘
//!                                                └ each once, for its caller who came first
//! ```
//!
//! **One book.** A row a company holds the same [`Ledger`](gong_client::Ledger) that a client alone keeps (turns 342 ms
//! apart, no more than three in any second, a day of the last 24 hours, Gong's pauses) and a queue. It is changed by
//! comparing and replacing: read, change, write if it is still what was read. So the rules are plain code over plain
//! data ([`book`]), and SQLite, PostgreSQL and memory need no more than to keep a text.
//!
//! **A queue of processes.** Callers of one process wait in it, first come, first served, and the process waits once,
//! for the first of them. Whoever had a turn goes to the end. So processes take turns, and 150 callers in one of them
//! cost a caller in another no more than one. While it waits a process asks again shortly before its turn, and twice a
//! second at least. One that does not come (it died, or its last caller gave up) is passed over 100 ms before its turn
//! would have been, and loses its place after two seconds: nobody has to say goodbye.
//!
//! **A short lease.** A turn is given at most 350 ms before its time, so a process holds one turn, and with a process
//! that dies one is lost. Meanwhile the process sleeps, which hides how long the store takes.
//!
//! **Late is told.** A process that comes more than 5 ms late to its turn (a slow store, a busy machine) says so before
//! it sends, and the turns that nobody has yet move away from it. Else four requests could fall into one second after
//! all.
//!
//! **One clock.** All times in the row are the database's, where it has a clock, else the machine's that the store is
//! on. A process is told how long to wait, never until when, so its own clock may be anything. A clock that was ahead
//! when it wrote is followed back at once: what seems to lie in the future was just now. One that is set forward
//! forgets what was just now, so that in that one second the limit may be used twice.

mod book;
mod shared;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{AcquireError, BoxError, BoxFuture, RateLimit, RateLimiter};

use self::book::{Answer, Ask, Book, Reached};
pub use self::shared::SharedLimits;
use crate::error::{Error, Result};
use crate::store::LimitStore;

/// A process that comes later than this to its turn says so first. Less than this is covered by what the ledger leaves
/// for the network.
const LATE: Duration = Duration::from_millis(5);
/// The longest answer of the store that is allowed for.
const LONGEST_LEAD: Duration = Duration::from_millis(250);

/// The limit of one company, as this process takes part in it.
#[derive(Debug)]
pub struct SharedLimit {
    company: String,
    /// What this process calls itself in the queue.
    process: String,
    limit: RateLimit,
    store: LimitStore,
    /// Callers have it one after the other, in the order they came.
    mine: tokio::sync::Mutex<Mine>,
    /// Gong asked for a pause since the store was last asked.
    paused: AtomicBool,
}

/// What this process has of the limit.
#[derive(Debug, Default)]
struct Mine {
    /// The turn that it was given and has not taken. A caller that gives up leaves it to the next.
    turn: Option<Given>,
    /// How long the store took to answer.
    lead: Duration,
}

#[derive(Clone, Copy, Debug)]
struct Given {
    /// By the store's clock.
    at: SystemTime,
    /// By the time that passes in this process.
    here: Duration,
}

impl RateLimiter for SharedLimit {
    fn acquire(&self) -> BoxFuture<'_, Result<(), AcquireError>> {
        Box::pin(async move {
            let mut mine = self.mine.lock().await;
            loop {
                if let Some(turn) = mine.turn
                    && self.comes_in_time(turn).await
                {
                    mine.turn = None;
                    return Ok(());
                }
                self.ask(&mut mine).await?;
            }
        })
    }

    fn pause_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
        Box::pin(async move {
            let pause = time.duration_since(self.store.world.now()).unwrap_or_default();
            self.change(|book, now| book.hold(now, now + pause)).await?;
            self.paused.store(true, Ordering::Relaxed);
            Ok(())
        })
    }
}

/// A change of the book, as the store saw it.
struct Changed<T> {
    told: T,
    /// The store's time.
    now: SystemTime,
    /// When it was that time, by this process's own clock.
    heard: Duration,
}

impl SharedLimit {
    /// Waits for the turn. Whether it can still be taken: it may be too late, or Gong has asked for a pause.
    async fn comes_in_time(&self, turn: Given) -> bool {
        let world = &self.store.world;
        let wait = turn.here.saturating_sub(world.elapsed());
        if !wait.is_zero() {
            world.sleep(wait).await;
        }
        world.elapsed().saturating_sub(turn.here) <= LATE && !self.paused.load(Ordering::Relaxed)
    }

    /// Asks the store for a turn. If that is not to be had yet, waits until it is time to ask again.
    async fn ask(&self, mine: &mut Mine) -> Result<(), AcquireError> {
        self.paused.store(false, Ordering::Relaxed);
        let ask = Ask { process: &self.process, lead: mine.lead, missed: mine.turn.map(|turn| turn.at) };
        let Changed { told, now, heard } = self.change(|book, now| book.ask(now, ask)).await.map_err(failed)?;
        let world = &self.store.world;
        mine.lead = world.elapsed().saturating_sub(heard).min(LONGEST_LEAD);
        mine.turn = None;
        match told {
            Answer::Go(at) => {
                let here = match at.duration_since(now) {
                    Ok(ahead) => heard + ahead,
                    Err(past) => heard.saturating_sub(past.duration()),
                };
                mine.turn = Some(Given { at, here });
            }
            Answer::AskAgain(wait) => world.sleep(wait).await,
            Answer::NotBefore(until, why) => {
                let wait = until.duration_since(now).unwrap_or_default();
                return Err(reached(why, world.now() + wait));
            }
        }
        Ok(())
    }

    /// Changes the company's book, as often as somebody else does so meanwhile.
    async fn change<T>(&self, change: impl Fn(&mut Book, SystemTime) -> T) -> Result<Changed<T>> {
        loop {
            let read = self.store.book(&self.company).await?;
            let now = self.store.now().await?;
            let heard = self.store.world.elapsed();
            let mut book = Book::read(read.as_deref(), self.limit);
            let told = change(&mut book, now);
            let written = serde_json::to_string(&book)
                .map_err(|cause| Error::store("the limit cannot be written.").because(cause))?;
            if self.store.replace_book(&self.company, read.as_deref(), &written, now).await? {
                return Ok(Changed { told, now, heard });
            }
        }
    }
}

fn reached(why: Reached, retry_at: SystemTime) -> AcquireError {
    let why = match why {
        Reached::Pause => "Gong asked for a pause.",
        Reached::Day => "The company's requests of a day are used up.",
    };
    AcquireError::not_before(
        retry_at,
        format!("{why} The next request may go at {}.", gong_client::DateTime::from(retry_at)),
    )
}

fn failed(error: Error) -> AcquireError {
    AcquireError::Failed(error.into())
}
