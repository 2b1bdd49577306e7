//! Tests of `ahead`.

use super::*;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Takes note when it is dropped.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn it_moves_while_nobody_looks() {
    let done = Arc::new(AtomicBool::new(false));
    let guard = Guard(done.clone());
    let mut ahead = Ahead::set_out(Box::pin(async move {
        tokio::task::yield_now().await;
        drop(guard);
        7
    }));
    while !done.load(Ordering::Relaxed) {
        tokio::task::yield_now().await;
    }
    assert_eq!(poll_fn(|context| ahead.poll(context)).await, Some(7));
}

#[tokio::test]
async fn it_ends_with_whoever_waits() {
    let ended = Arc::new(AtomicBool::new(false));
    let guard = Guard(ended.clone());
    let ahead = Ahead::set_out(Box::pin(async move {
        std::future::pending::<()>().await;
        drop(guard);
    }));
    drop(ahead);
    while !ended.load(Ordering::Relaxed) {
        tokio::task::yield_now().await;
    }
}

#[test]
fn without_a_runtime_it_moves_when_it_is_polled() {
    let mut ahead = Ahead::set_out(Box::pin(std::future::ready(7)));
    let mut context = Context::from_waker(std::task::Waker::noop());
    assert_eq!(ahead.poll(&mut context), Poll::Ready(Some(7)));
}
