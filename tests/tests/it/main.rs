//! Every tool, every behaviour and every kind of refusal, from the caller's side to a strict sandbox and back.

// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod bytes;
mod edges;
mod errors;
mod faithful;
mod limits;
mod limits_world;
mod retries;
mod secrets;
mod support;
mod transport;
mod truth;
