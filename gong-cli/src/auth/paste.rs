//! The address that a browser on another machine ended at, from standard input.

use std::io::BufRead as _;

use tokio::sync::mpsc;

use super::listener::Visit;

/// Reads addresses, a line each, until standard input ends or the login is over.
///
/// In a thread of its own, since a read that waits for a person must not keep the process from ending.
pub(super) fn listen(visits: mpsc::Sender<Visit>) {
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let line = line.trim();
            if !line.is_empty() && visits.blocking_send(Visit::typed(line.to_owned())).is_err() {
                return;
            }
        }
    });
}
