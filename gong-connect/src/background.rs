//! Work that neither a caller that goes away nor the end of a runtime cuts short.
//!
//! A refresh must not stop between Gong's answer and the store. A caller's future may be dropped at any time, and a
//! program's runtime, when `main` returns, drops every task that it has. So a refresh runs on a runtime of this crate's
//! own, and whoever's runtime ends meanwhile waits for it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinError, JoinHandle};

/// How long the end of a runtime waits at most: longer than the token endpoint and the store are given together.
const PATIENCE: Duration = Duration::from_secs(40);

/// Work under way. Dropped before it is over, it is waited for: hold it in a task, which nothing drops but the
/// runtime's end.
pub(crate) struct Work<T> {
    task: JoinHandle<T>,
    /// Ends when the work has.
    over: Mutex<Receiver<()>>,
    is_over: bool,
}

/// Begins some work.
///
/// # Errors
/// When the system has no thread to give.
pub(crate) fn begin<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> io::Result<Work<T>> {
    let (under_way, over) = channel();
    let task = runtime()?.spawn(async move {
        let _under_way = under_way;
        work.await
    });
    Ok(Work { task, over: Mutex::new(over), is_over: false })
}

fn runtime() -> io::Result<&'static Runtime> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("gong-connect").enable_all().build()?;
    if let Err(second) = RUNTIME.set(runtime) {
        // Another thread was faster. Dropping a runtime inside another one panics, so it is shut down this way.
        second.shutdown_background();
    }
    RUNTIME.get().ok_or_else(|| io::Error::other("there is no runtime"))
}

impl<T> Future for Work<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = Pin::new(&mut self.task).poll(context);
        self.is_over = polled.is_ready();
        polled
    }
}

impl<T> Drop for Work<T> {
    fn drop(&mut self) {
        if !self.is_over {
            // Either error, that the sender is gone or that it took too long, ends the wait.
            let _ = self.over.get_mut().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE);
        }
    }
}

#[cfg(test)]
mod tests;
