//! The world outside that a client depends on: the clock, chance and waiting. A test puts its own in place.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Time, chance and waiting.
///
/// Handed to [`ClientBuilder::environment`](crate::ClientBuilder::environment) to make what depends on them repeatable.
pub trait Environment: Debug + Send + Sync + 'static {
    /// The time of day.
    fn now(&self) -> SystemTime;

    /// A random number.
    fn random(&self) -> u64;

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The system's clock and random numbers, and tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Environment for System {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> u64 {
        // The middle of a version 4 UUID is not random; its ends are.
        let [a, b, c, d, .., e, f, g, h] = uuid::Uuid::new_v4().into_bytes();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(test)]
pub(crate) mod fake {
    //! A world in which a test decides.
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Begins on 2026-11-23 at 12:00 UTC and counts up for chance.
    #[derive(Debug)]
    pub(crate) struct Fake {
        micros: AtomicU64,
        random: AtomicU64,
    }

    impl Default for Fake {
        fn default() -> Self {
            Fake { micros: AtomicU64::new(1_795_435_200_000_000), random: AtomicU64::new(1) }
        }
    }

    impl Fake {
        pub(crate) fn advance(&self, duration: Duration) {
            // A little more rather than less, as a timer does.
            self.micros.fetch_add(duration.as_nanos().div_ceil(1000) as u64, Ordering::Relaxed);
        }
    }

    impl Environment for Fake {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH + Duration::from_micros(self.micros.load(Ordering::Relaxed))
        }

        fn random(&self) -> u64 {
            self.random.fetch_add(1, Ordering::Relaxed)
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            self.advance(duration);
            Box::pin(std::future::ready(()))
        }
    }

    #[test]
    fn begins_when_it_says() {
        assert_eq!(crate::DateTime::from(Fake::default().now()).to_string(), "2026-11-23T12:00:00Z");
    }
}
