//! What the generator makes of each of its fixtures compiles on the client's runtime, without a warning. The fixtures
//! use what Gong's own spec may never need, so this is the proof that the language is carried out as a whole.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy excepts test functions only.

#[path = "../common/cargo.rs"]
mod cargo;
mod generated_client;

use cargo::cargo;
use generated_client::{CLIENT, fill, lay, root, spec};

/// Checks the client with this fixture's tools in place of Gong's.
fn check(fixture: &str) {
    // A fixed place, so that a second run finds what the first one built. The dependencies of all have a second one.
    let work = root().join("target/fixtures").join(fixture);
    lay(&work, CLIENT);
    fill(&work, CLIENT, &spec(&root().join("tool-spec/tests/fixtures").join(fixture)));
    let cargo = cargo(&["check", "--offline", "--quiet", "--package", CLIENT, "--lib"])
        .current_dir(&work)
        .env("CARGO_TARGET_DIR", root().join("target/fixtures/target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{fixture}: {}", String::from_utf8_lossy(&cargo.stderr));
}

/// One after the other, for they would only wait for each other's build.
#[test]
fn every_fixture_compiles_without_a_warning() {
    ["plain", "behaviours", "models"].into_iter().for_each(check);
}
