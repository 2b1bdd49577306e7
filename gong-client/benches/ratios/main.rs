//! What `cargo xtask bench` measures: the client and, beside it, the floor, which does the same by hand.
//!
//! `ratios WORK SIDE COUNT` does one kind of work a number of times and nothing else, so that a counter around the
//! process sees little but the work; a run with the count 0 is what is to be taken off. `ratios server` answers such
//! runs from another process. Nothing is timed or judged here: `xtask` runs this program, with and without valgrind,
//! and makes the table.

// Whoever measures wants to know at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout, clippy::print_stderr)] // what it prints is what it is for

mod answers;
mod calls;
mod decode;
mod floor;
mod hurried;
mod server;
mod validate;

use std::time::Instant;

/// Whose work is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ours,
    Floor,
}

fn main() {
    // `cargo bench` adds an argument of its own.
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match given.as_slice() {
        ["server"] => server::run(),
        [work, side, count, rest @ ..] => {
            let side = if *side == "ours" { Side::Ours } else { Side::Floor };
            perform(work, side, count.parse().expect("a count"), rest.first().copied());
        }
        _ => println!("These are run by `cargo xtask bench`, which prints the table; see docs/performance.md."),
    }
}

/// Does the work, and prints how many bytes or things it was about and how many nanoseconds it took.
fn perform(work: &str, side: Side, count: usize, server: Option<&str>) {
    let start = Instant::now();
    let amount = match work {
        "small" | "users" | "transcript" | "users-text" | "transcript-text" | "items" => {
            calls::run(work, side, count, server.expect("the server's address"))
        }
        "decode" | "decode-users" => decode::run(work, side, count),
        "decode-value" => decode::as_value(count),
        "decode-reader" => decode::from_reader(count),
        "check-ids" | "check-call" | "check-list" => validate::typed(work, side, count),
        "read-ids" | "read-call" | "read-list" => validate::by_name(work, side, count),
        other => panic!("there is no work `{other}`"),
    };
    println!("{amount} {}", start.elapsed().as_nanos());
}
