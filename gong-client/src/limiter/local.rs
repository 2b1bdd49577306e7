//! The limiter of a process: never more requests than an account may send, evenly spaced, first come, first served.
//!
//! It is written here rather than taken from `governor` because that has no queue (so no order, and no place to give
//! back on cancellation), no clock that a test can hand in through our own seam, and no day.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::base::environment::{BoxFuture, Environment, System};
use crate::base::error::BoxError;
use crate::base::service::TITLE;
use crate::base::time::DateTime;
use crate::limiter::ledger::{Ledger, Turn};
use crate::limiter::quota::{Quota, RateLimit};
use crate::limiter::rate_limiter::{AcquireError, RateLimiter};

const MILLISECOND: Duration = Duration::from_millis(1);
/// A pause that is longer than this is an error that says when to come back.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets requests through, never more than an account may send.
///
/// Every client has one, and clients of one account (the same host and the same credentials) share theirs. Clients
/// whose credentials differ though their company is one can be given the same:
///
/// ```
/// use gong_client::{Client, Limiter, RateLimit};
///
/// let limiter = Limiter::new(RateLimit::default());
/// let ours = Client::builder().api_key("key", "secret").limiter(limiter.clone()).build()?;
/// let theirs = Client::builder().access_token("token").limiter(limiter).build()?;
/// assert_eq!(ours.quota().map(|quota| quota.day.left()), Some(10_000));
/// # let _ = theirs;
/// # Ok::<(), gong_client::Error>(())
/// ```
///
/// A day is the 24 hours up to now, the strictest thing that "per day" can mean. The count begins with the process;
/// what was sent before it is learnt from Gong's own refusal, whose pause then holds for all.
#[derive(Clone)]
pub struct Limiter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    environment: Arc<dyn Environment>,
    /// Whose turn it is. Waiters come in the order in which they asked, and one that goes away makes room for the next.
    turn: tokio::sync::Mutex<()>,
    ledger: Mutex<Ledger>,
}

impl Limiter {
    /// Lets this much through. A limit of nothing counts as one of 1.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        Limiter::with_environment(limit, Arc::new(System))
    }

    /// The same, by another clock.
    #[must_use]
    pub fn with_environment(limit: RateLimit, environment: Arc<dyn Environment>) -> Self {
        let ledger = Mutex::new(Ledger::new(limit));
        Limiter(Arc::new(Inner { environment, turn: tokio::sync::Mutex::default(), ledger }))
    }

    /// Whether anybody but the registry has it.
    pub(super) fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Whether nothing that was sent counts any more.
    pub(super) fn is_idle(&self) -> bool {
        let now = self.0.environment.now();
        self.ledger().is_idle(now)
    }

    /// When the next request may go. If that is now, it is in the book.
    fn turn(&self, now: SystemTime) -> Turn {
        let mut ledger = self.ledger();
        let turn = ledger.next(now);
        if let Turn::At(time) = turn
            && time <= now
        {
            ledger.enter(time);
        }
        turn
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Limiter").field(&self.ledger()).finish()
    }
}

impl RateLimiter for Limiter {
    fn acquire(&self) -> BoxFuture<'_, Result<(), AcquireError>> {
        Box::pin(async move {
            let _turn = self.0.turn.lock().await;
            let mut least = MILLISECOND;
            loop {
                let now = self.0.environment.now();
                let wait = match self.turn(now) {
                    Turn::At(time) if time <= now => return Ok(()),
                    Turn::At(time) => time.duration_since(now).unwrap_or_default(),
                    Turn::Held(until) => patient(now, until, &format!("{TITLE} asked for a pause."))?,
                    Turn::DayUsedUp(until) => patient(now, until, "The account's requests of a day are used up.")?,
                };
                self.0.environment.sleep(whole_millis(wait).max(least)).await;
                // A clock that is coarser than that moves on after some rounds, however coarse.
                least = least.saturating_mul(2);
            }
        })
    }

    fn pause_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
        Box::pin(async move {
            let now = self.0.environment.now();
            self.ledger().hold(now, time);
            Ok(())
        })
    }

    fn quota(&self) -> Option<Quota> {
        let now = self.0.environment.now();
        Some(self.ledger().quota(now))
    }
}

/// As a timer takes it: one that keeps whole milliseconds would cut off the rest and ask again.
fn whole_millis(wait: Duration) -> Duration {
    let millis = wait.as_nanos().div_ceil(MILLISECOND.as_nanos());
    u64::try_from(millis).map_or(wait, Duration::from_millis)
}

/// How long to wait, unless it is too long.
fn patient(now: SystemTime, until: SystemTime, why: &str) -> Result<Duration, AcquireError> {
    let wait = until.duration_since(now).unwrap_or_default();
    if wait <= PATIENCE {
        return Ok(wait);
    }
    Err(AcquireError::not_before(until, format!("{why} The next request may go at {}.", DateTime::from(until))))
}

#[cfg(test)]
mod tests;
