//! How a command ends early: by a signal, or because its reader went away. Either way no renewal of an account's token
//! is cut short, since the account would be lost between Gong's answer and the store.

use std::pin::pin;
use std::sync::OnceLock;
use std::time::Duration;

use gong_connect::Connections;

use crate::exit::Failure;
use crate::output;

/// How long the end of a command waits before it says so.
const SILENT_WAIT: Duration = Duration::from_millis(300);

static OPENED: OnceLock<Connections> = OnceLock::new();

/// Remembers the store whose renewals are waited for at the end. A command opens one store.
pub(crate) fn waits_for(connections: &Connections) {
    let _ = OPENED.set(connections.clone());
}

/// Waits for a renewal under way.
pub(crate) async fn settle() {
    let Some(connections) = OPENED.get() else { return };
    let mut settled = pin!(connections.settled());
    if tokio::time::timeout(SILENT_WAIT, &mut settled).await.is_err() {
        output::say(
            "note: a new token for the account is on its way. It is waited for, since to leave now would lose the \
             account.",
        );
        settled.await;
    }
}

/// What comes of some work, unless the command is stopped before.
pub(crate) async fn unless_stopped<T, E: Into<Failure>>(
    work: impl IntoFuture<Output = Result<T, E>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        failure = stopped() => Err(failure),
        done = work.into_future() => done.map_err(Into::into),
    }
}

/// Ends when the command gets a signal to stop, with the exit code that a shell gives a program that the signal itself
/// ended.
#[cfg(unix)]
pub(crate) async fn stopped() -> Failure {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = async |kind: SignalKind| match signal(kind) {
        Ok(mut signal) => signal.recv().await.unwrap_or(()),
        // It cannot be listened to, so it ends the program as it does by default.
        Err(_) => std::future::pending().await,
    };
    tokio::select! {
        () = heard(SignalKind::interrupt()) => Failure::Stopped(130),
        () = heard(SignalKind::terminate()) => Failure::Stopped(143),
        () = heard(SignalKind::hangup()) => Failure::Stopped(129),
    }
}

#[cfg(not(unix))]
pub(crate) async fn stopped() -> Failure {
    match tokio::signal::ctrl_c().await {
        Ok(()) => Failure::Stopped(130),
        Err(_) => std::future::pending().await,
    }
}
