//! The protocol's conformance suite: all its scenarios for servers of either version. A warning counts as a failure.

use crate::serving::Serving;
use crate::{agents, program, written};

const SUITE: &str = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

fn pass(test: &str, version: &str) {
    let Some(mut suite) = program(test, "node", SUITE) else { return };
    let server = Serving::start(&["--conformance-fixtures"]);
    suite.args(["server", "--suite", "all", "--spec-version", version, "--url", &server.url]);
    suite.arg("--expected-failures").arg(agents().join("expected-failures.yaml"));
    let (passed, report) = written(&suite.output().unwrap());
    assert!(passed, "{report}");
    assert!(report.contains("✓ tools-call-with-progress"), "{report}");
}

#[test]
fn a_server_conforms_to_the_newest_version() {
    pass("the conformance suite for 2026-07-28", "2026-07-28");
}

#[test]
fn a_server_conforms_to_the_version_with_sessions() {
    pass("the conformance suite for 2025-11-25", "2025-11-25");
}

#[test]
fn the_fixtures_are_for_tests_and_stand_in_no_help() {
    let help = std::process::Command::new(crate::GONG).args(["mcp", "--help"]).output().unwrap();
    let (done, help) = written(&help);
    assert!(done && help.contains("--discover") && !help.contains("conformance"), "{help}");
}
