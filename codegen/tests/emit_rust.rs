//! The Rust that comes from the fixtures. That it compiles is held in the workspace's tests.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod emit_docs_fixture;

use codegen::rust;
use emit_docs_fixture::{ALL, joined, spec};

/// Holds the files whose paths have `part` in them against what they were.
fn check(name: &str, fixture: &str, part: &str) {
    insta::assert_snapshot!(name, joined(&rust::emit(&spec(fixture)), part));
}

#[test]
fn plain() {
    check("plain", "plain", "");
}

#[test]
fn behaviours() {
    check("reads", "behaviours", "generated/reads.rs");
    check("writes", "behaviours", "generated/writes.rs");
}

#[test]
fn models() {
    check("models", "models", "generated/models/");
    check("things", "models", "generated/things.rs");
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    for fixture in ALL {
        assert_eq!(rust::emit(&spec(fixture)), rust::emit(&spec(fixture)));
    }
}
