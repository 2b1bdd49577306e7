//! An answer that is on its way while its caller does something else.
//!
//! It has a task of its own because a future that nobody polls does harm: it keeps its place in the limiter's queue, so
//! the requests that its caller sends in between would wait behind it for ever, and its timeout keeps running.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::base::environment::BoxFuture;

pub(crate) enum Ahead<T> {
    Here(BoxFuture<'static, T>),
    Away(Task<T>),
}

/// A task that ends with whoever waits for it.
pub(crate) struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T: Send + 'static> Ahead<T> {
    /// Moves by itself from now on; where there is no tokio runtime, when it is polled.
    pub(crate) fn set_out(future: BoxFuture<'static, T>) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Ahead::Away(Task(runtime.spawn(future))),
            Err(_) => Ahead::Here(future),
        }
    }

    /// What came of it; `None` if the runtime was shut down under it.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        match self {
            Ahead::Here(future) => future.as_mut().poll(context).map(Some),
            Ahead::Away(task) => Pin::new(&mut task.0).poll(context).map(|done| match done {
                Ok(done) => Some(done),
                Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                Err(_) => None,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
