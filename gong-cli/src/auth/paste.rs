//! The address that a browser on another machine ended at, from standard input.

use std::io::BufRead as _;

use tokio::sync::mpsc;

use super::listener::Heard;

/// Reads addresses, a line each, until standard input ends or nobody cares any more.
///
/// In a thread of its own, since a read that waits for a person must not keep the process from ending.
pub(super) fn listen(heard: mpsc::Sender<Heard>) {
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let line = line.trim();
            if !line.is_empty() && heard.blocking_send(Heard::typed(line.to_owned())).is_err() {
                return;
            }
        }
    });
}
