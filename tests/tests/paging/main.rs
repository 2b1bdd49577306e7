//! Pages, items and newest first against the strict sandbox, and what cannot be read: compared with what the company has.

// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod faults;
mod newest;
mod streams;
mod world;
