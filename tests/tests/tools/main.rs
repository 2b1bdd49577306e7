//! Every tool and every behaviour, end to end: the generated client against the strict sandbox.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic; Clippy's own exception knows test functions only"
)]

mod behaviours_calls;
mod behaviours_engage;
mod cli;
mod every_tool;
// Elsewhere the system, and not a file, says whom to trust.
#[cfg(target_os = "linux")]
mod network;
mod properties;
mod proxy;
mod refusals;
mod support;
