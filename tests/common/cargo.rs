//! Cargo, for tests that build something.

use std::process::Command;

/// Cargo, which always sees the real day. Under libfaketime the compilers hang before they begin: their allocator asks
/// for the time while that library is still looking for the function to ask.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).env_remove("LD_PRELOAD");
    cargo
}
