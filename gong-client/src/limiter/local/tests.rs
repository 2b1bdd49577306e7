//! Tests of `local`.

use super::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// A clock and a timer that know whole ticks only, and count how often somebody waits.
#[derive(Debug)]
struct Ticks {
    tick: Duration,
    gone: AtomicU64,
    waits: AtomicU64,
}

impl Ticks {
    fn of(tick: Duration) -> Arc<Self> {
        Arc::new(Ticks { tick, gone: AtomicU64::new(0), waits: AtomicU64::new(0) })
    }
}

impl Environment for Ticks {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.tick * u32::try_from(self.gone.load(Ordering::Relaxed)).unwrap()
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        assert!(self.waits.fetch_add(1, Ordering::Relaxed) < 100, "it spins");
        let ticks = wait.as_nanos() / self.tick.as_nanos();
        self.gone.fetch_add(u64::try_from(ticks).unwrap(), Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn a_timer_of_milliseconds_is_asked_once_a_wait() {
    let clock = Ticks::of(MILLISECOND);
    let limiter = Limiter::with_environment(RateLimit::default(), clock.clone());
    limiter.pause_until(clock.now() + Duration::from_micros(20_300)).await.unwrap();
    limiter.acquire().await.unwrap();
    assert_eq!(clock.waits.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_clock_that_is_coarser_than_the_wait_is_not_asked_for_ever() {
    let clock = Ticks::of(Duration::from_secs(1));
    let limiter = Limiter::with_environment(RateLimit::default(), clock.clone());
    for _ in 0..5 {
        limiter.acquire().await.unwrap();
    }
    assert!(clock.now() >= SystemTime::UNIX_EPOCH + Duration::from_millis(4 * 342));
    assert!(clock.waits.load(Ordering::Relaxed) < 50);
}
