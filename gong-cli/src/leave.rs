//! The way out. A command ends early by a signal or because its reader went away, and either way no renewal of an
//! account's token is cut short: between Gong's answer and the store that would lose the account.

use std::future::Future;
use std::pin::pin;
use std::sync::OnceLock;
use std::time::Duration;

use gong_connect::Connections;

use crate::exit::Failure;
use crate::output;

/// How long the end of a command waits without a word.
const UNTOLD: Duration = Duration::from_millis(300);

static OPENED: OnceLock<Connections> = OnceLock::new();

/// Remembers what has renewals to be waited for. A command opens one store.
pub(crate) fn waits_for(connections: &Connections) {
    let _ = OPENED.set(connections.clone());
}

/// Waits for a renewal under way.
pub(crate) async fn settle() {
    let Some(connections) = OPENED.get() else { return };
    let mut settled = pin!(connections.settled());
    if tokio::time::timeout(UNTOLD, &mut settled).await.is_err() {
        output::say(
            "note: a new token for the account is on its way. It is waited for, since to leave now would lose the account.",
        );
        settled.await;
    }
}

/// What comes of some work, unless the command is stopped before.
pub(crate) async fn unless_stopped<T, E: Into<Failure>>(
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        failure = stopped() => Err(failure),
        done = work => done.map_err(Into::into),
    }
}

/// Ends when the command is told to stop, with the exit code that a shell gives a program that the signal itself ended.
#[cfg(unix)]
pub(crate) async fn stopped() -> Failure {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = async |kind: SignalKind| match signal(kind) {
        Ok(mut signal) => signal.recv().await.unwrap_or(()),
        // It cannot be heard, and so ends the program as it always did.
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
