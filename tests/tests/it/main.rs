//! Every tool, every behaviour, every kind of refusal and of failure, from the caller's side to a strict sandbox and
//! back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic; Clippy's own exception knows test functions only"
)]

#[path = "../../common/cargo.rs"]
mod cargo;
mod cli;
mod files;
// Elsewhere the system, and not a file, says whom to trust.
#[cfg(target_os = "linux")]
mod network;
mod paging;
mod production;
mod recorded;
mod support;
mod tools;
