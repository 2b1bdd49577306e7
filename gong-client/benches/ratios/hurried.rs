//! The clock of all calls that are measured, here and in `gong-mcp`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use gong_client::{BoxFuture, Environment};

/// A world whose clock jumps ahead instead of waiting, so that the limit on the rate of requests does all its work and
/// costs no time.
#[derive(Debug, Default)]
pub(crate) struct Hurried {
    skipped: AtomicU64,
}

impl Environment for Hurried {
    fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_nanos(self.skipped.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.skipped.fetch_add(nanos, Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}
