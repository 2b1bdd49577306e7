//! `gong mcp` and `gong serve` as the pages of the docs tell them: what a page shows is taken out of it and used.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod configs;
mod frameworks;
mod host;
#[allow(dead_code, reason = "logins use more of it")]
#[path = "../auth/http.rs"]
mod http;
mod leaving;
#[path = "../suites/listening.rs"]
mod listening;
mod packages;
mod page;
mod plain;
mod refused;
mod serving;
#[allow(dead_code, reason = "logins use more of it")]
#[path = "../auth/shell.rs"]
mod shell;
#[path = "../../../tests/common/skipped.rs"]
mod skipped;
