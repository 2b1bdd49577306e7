//! What a fuzz target does with its input. The tests of the workspace do the same with a few inputs and with the
//! corpora (`tests/tests/fuzz.rs`), so that no target falls behind what it is about.
// A target fails by a panic.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, clippy::indexing_slicing)]
#![allow(unreachable_pub)] // It is a crate, and a module of those tests.

mod client;
mod connect;
mod spec;

pub use client::{answer, input, retry_after};
pub use connect::callback;
pub use spec::{generate, read};

/// A target, by the name of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("answer", answer),
    ("callback", callback),
    ("generate", generate),
    ("input", input),
    ("read", read),
    ("retry_after", retry_after),
];

/// An error's message is for a person, at a terminal too: never empty, and nothing in it that a terminal obeys.
fn assert_presentable(message: &str) {
    assert!(!message.trim().is_empty(), "no message");
    assert_eq!(gong_client::text::printable(message), message);
}
