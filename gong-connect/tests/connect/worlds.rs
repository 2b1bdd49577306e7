//! Clocks for tests: one that only a test moves, and one that runs. Neither reads the calendar.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use gong_client::{BoxFuture, Environment};
use gong_connect::{Step, World};

/// When the clocks of tests begin: 2026-11-23 at 12:00 UTC.
pub(crate) fn start() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_435_200)
}

/// Stands still until a test moves it. Whoever waits moves it on.
#[derive(Debug)]
pub(crate) struct Fake(AtomicU64);

impl Fake {
    /// Begins at [`start`].
    pub(crate) fn new() -> Arc<Self> {
        Fake::at(start())
    }

    pub(crate) fn at(time: SystemTime) -> Arc<Self> {
        let since = time.duration_since(UNIX_EPOCH).unwrap();
        Arc::new(Fake(AtomicU64::new(u64::try_from(since.as_millis()).unwrap())))
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.0.fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Environment for Fake {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.0.load(Ordering::SeqCst))
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.advance(duration);
        Box::pin(tokio::task::yield_now())
    }
}

impl World for Fake {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(|cause| io::Error::other(cause.to_string()))
    }
}

/// A clock that runs, from the time when it is made; and a step to die at.
#[derive(Debug)]
pub(crate) struct Running {
    start: SystemTime,
    since: Instant,
    dies_at: Option<Step>,
}

impl Running {
    pub(crate) fn from(start: SystemTime, dies_at: Option<Step>) -> Arc<Self> {
        Arc::new(Running { start, since: Instant::now(), dies_at })
    }
}

impl Environment for Running {
    fn now(&self) -> SystemTime {
        self.start + self.since.elapsed()
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

impl World for Running {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(|cause| io::Error::other(cause.to_string()))
    }

    fn reached(&self, step: Step) {
        if self.dies_at == Some(step) {
            std::process::abort();
        }
    }
}
