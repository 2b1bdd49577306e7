//! `gong mcp` as the protocol's own programs find it: its conformance suite, its inspector, and its client for Python.
//! `.ci/agents` installs them; a test that lacks its one says SKIPPED.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod clients;
mod conformance;
mod listening;
mod serving;
#[path = "../../../tests/common/skipped.rs"]
mod skipped;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use skipped::skipped;

const GONG: &str = env!("CARGO_BIN_EXE_gong");

/// Where they are declared and installed.
fn agents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/agents")
}

/// A program of Python's or npm's with the script that it is to run, if both are installed.
fn program(test: &str, runs: &str, script: &str) -> Option<Command> {
    let (program, script) = (agents().join(".venv/bin").join(runs), agents().join(script));
    if program.exists() && script.exists() {
        let mut command = Command::new(program);
        command.arg(script);
        return Some(command);
    }
    skipped(test, "such program (.ci/agents installs it)");
    None
}

/// What it wrote, and whether it succeeded.
fn written(output: &Output) -> (bool, String) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
}
