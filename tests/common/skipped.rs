//! A test that lacks a tool says so.

use std::io::Write as _;

/// Says on the terminal that a test did not run and what it lacks. Where every tool was installed, as `.ci/run` does
/// and says by `MISSING_TOOLS=fail`, the test fails instead.
#[allow(clippy::panic, reason = "a test fails by it")]
pub(crate) fn skipped(test: &str, missing: &str) {
    let said = format!("SKIPPED: {test}, since there is no {missing}\n");
    if std::env::var_os("MISSING_TOOLS").is_some_and(|wish| wish == "fail") {
        panic!("{said}");
    }
    // Not by `eprintln!`, which is not shown of a test that passes.
    let _ = std::io::stderr().write_all(said.as_bytes());
}
