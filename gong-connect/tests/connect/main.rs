//! How connected accounts behave, on every store, against a token endpoint that behaves as Gong's does.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // in tests a failure is a panic

mod apps;
mod authorization;
mod gong;
mod lifecycle;
mod limits;
mod places;
mod postgres;
mod processes;
mod secrecy;
#[path = "../../../tests/common/skipped.rs"]
mod skipped;
mod stores;
mod worlds;
