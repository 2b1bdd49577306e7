//! `gong auth` from outside: the binary, a folder of its own for accounts, and a browser that comes back to it.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod accounts;
mod browser;
mod chromium;
mod flow;
mod gong;
mod http;
mod leaving;
mod limit;
mod requests;
mod secrets;
mod shell;
#[path = "../../../tests/common/skipped.rs"]
mod skipped;
mod tokens;
