//! The limiter of a process: never more requests than an account may send, evenly spaced, first come, first served.
//!
//! It is written here rather than taken from `governor` because that has no queue (so no order, and no place to give back on
//! cancellation), no clock that a test can hand in through our own seam, and no day.

mod ledger;
mod quota;
pub(crate) mod registry;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use self::ledger::{Ledger, Turn};
pub use self::quota::{Quota, RateLimit, Usage};
use crate::environment::{BoxFuture, Environment, System};
use crate::permits::{BoxError, NoPermit, Permits};
use crate::time::DateTime;

/// A pause that is longer than this is an error that says when to come back.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets requests through, never more than an account may send.
///
/// Every client has one, and clients of one account (the same host and the same credentials) share theirs. Clients whose
/// credentials differ though their company is one can be given the same:
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
/// A day is the 24 hours up to now, the strictest thing that "per day" can mean. The count begins with the process; what was
/// sent before it is learnt from Gong's own refusal, whose pause then holds for all.
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
    fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Whether nothing that was sent counts any more.
    fn is_idle(&self) -> bool {
        let now = self.0.environment.now();
        self.ledger().is_idle(now)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Limiter").field(&self.ledger()).finish()
    }
}

impl Permits for Limiter {
    fn take(&self) -> BoxFuture<'_, Result<(), NoPermit>> {
        Box::pin(async move {
            let _turn = self.0.turn.lock().await;
            loop {
                let now = self.0.environment.now();
                let turn = self.ledger().turn(now);
                let wait = match turn {
                    Turn::Now => return Ok(()),
                    Turn::After(wait) => wait,
                    Turn::Held(until) => patient(now, until, "Gong asked for a pause.")?,
                    Turn::DayUsedUp(until) => patient(now, until, "The account's requests of a day are used up.")?,
                };
                // A clock that only knows milliseconds must move on all the same.
                self.0.environment.sleep(wait.max(Duration::from_millis(1))).await;
            }
        })
    }

    fn hold_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
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

/// How long to wait, unless it is too long.
fn patient(now: SystemTime, until: SystemTime, why: &str) -> Result<Duration, NoPermit> {
    let wait = until.duration_since(now).unwrap_or_default();
    if wait <= PATIENCE {
        return Ok(wait);
    }
    Err(NoPermit::not_before(until, format!("{why} The next request may go at {}.", DateTime::from(until))))
}
