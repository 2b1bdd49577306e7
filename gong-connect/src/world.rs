//! The world outside: the clock, chance and waiting. A test puts its own in place, so that no test waits.

use std::io;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(crate) use gong_client::BoxFuture;
use gong_client::Environment;

/// The clock, chance and waiting; and a place to watch a refresh from.
///
/// Handed to [`ConnectionsBuilder::world`](crate::ConnectionsBuilder::world) to make what depends on them repeatable.
pub trait World: Environment {
    /// How much time has passed since some beginning, by a clock that nobody sets. Unless told otherwise the time of
    /// day will do.
    fn elapsed(&self) -> Duration {
        self.now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    /// The time of day in the database, which limits go by. Unless told otherwise it is the same: a world that a test
    /// makes up has one clock. None, which the system's world says: the database has its own.
    fn database_now(&self) -> Option<SystemTime> {
        Some(self.now())
    }

    /// Fills the bytes with chance that nobody can foresee: states, nonces and keys are made of it.
    ///
    /// # Errors
    /// When the system has none to give. What needed it is then not done.
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()>;

    /// A refresh has come as far as this. Nothing has to be done; a test ends the process here.
    fn reached(&self, _step: Step) {}
}

/// How far a refresh has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Another process is refreshing the account, and this one has waited a second for it.
    Waiting,
    /// This process alone may refresh the account now. Nothing was sent.
    Leased,
    /// New tokens have come and are in no store yet.
    Answered,
    /// The new tokens are stored. Nobody has used them yet.
    Stored,
}

/// The world unless another is put in place: the system's clock and randomness, and tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Environment for System {
    fn now(&self) -> SystemTime {
        gong_client::System.now()
    }

    fn random(&self) -> u64 {
        gong_client::System.random()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        gong_client::System.sleep(duration)
    }
}

impl World for System {
    fn elapsed(&self) -> Duration {
        static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGINNING.elapsed()
    }

    fn database_now(&self) -> Option<SystemTime> {
        None
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(|cause| io::Error::other(cause.to_string()))
    }
}

/// Milliseconds since 1970, as stores keep a time.
pub(crate) fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The time of so many milliseconds since 1970.
pub(crate) fn time(millis: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}
