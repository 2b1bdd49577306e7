//! The protocol's inspector and its client for Python, over both transports.

use serde_json::Value;

use crate::serving::Serving;
use crate::{GONG, program, written};

const INSPECTOR: &str = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

/// What the inspector does with a server: one that it starts, or one that listens.
fn inspect(server: &[&str], method: &[&str]) -> Option<(bool, Value)> {
    let mut inspector = program("the inspector", "node", INSPECTOR)?;
    let output = inspector.arg("--cli").args(server).arg("--method").args(method).output().unwrap();
    let answer = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", written(&output).1));
    Some((output.status.success(), answer))
}

#[test]
fn the_inspector_lists_and_calls_tools() {
    let listening = Serving::start(&[]);
    for server in [&[GONG, "mcp", "--sandbox"][..], &[&listening.url, "--transport", "http"]] {
        // Strict: a schema that hosts would refuse is a failure.
        let Some((done, listed)) = inspect(server, &["tools/list", "--strict"]) else { return };
        let tools: Vec<&str> =
            listed["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert!(done && tools.contains(&"gong_users_list"), "{listed}");

        let call = ["tools/call", "--tool-name", "gong_users_list", "--tool-arg"];
        let (done, answer) = inspect(server, &[&call[..], &["_fields=emailAddress"]].concat()).unwrap();
        assert!(done && answer["structuredContent"]["users"][0]["emailAddress"].is_string(), "{answer}");
    }
}

#[test]
fn the_client_for_python_gets_on_with_both_transports_in_both_versions() {
    let Some(mut client) = program("Python's client", "python", "client.py") else { return };
    let listening = Serving::start(&[]);
    let (done, told) = written(&client.args([GONG, &listening.url]).output().unwrap());
    assert!(done, "{told}");
    assert_eq!(
        told.lines().collect::<Vec<_>>(),
        ["stdio 2025-11-25", "stdio 2026-07-28", "http 2025-11-25", "http 2026-07-28"]
    );
}
