//! The protocol's inspector and its client for Python, over both transports.

use serde_json::Value;

use crate::serving::Serving;
use crate::{GONG, program, written};

const INSPECTOR: &str = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

/// What the inspector says of a server, one that it starts or one that listens. It must have nothing against it: it
/// would warn of a schema that not every host takes.
fn inspected(server: &[&str], method: &[&str]) -> Option<Value> {
    let mut inspector = program("the inspector", "node", INSPECTOR)?;
    let output = inspector.arg("--cli").args(server).arg("--method").args(method).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !told.contains("Warning"), "{}", written(&output).1);
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_inspector_lists_and_calls_tools_and_has_nothing_against_them() {
    let listening = Serving::start(&[]);
    for server in [&[GONG, "mcp", "--sandbox"][..], &[&listening.url, "--transport", "http"]] {
        let Some(listed) = inspected(server, &["tools/list", "--strict"]) else { return };
        let mut names = listed["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap());
        assert!(names.any(|name| name == "gong_users_list"), "{listed}");
        let call = ["tools/call", "--tool-name", "gong_users_list", "--tool-arg", "_fields=emailAddress"];
        let answer = inspected(server, &call).unwrap();
        assert!(answer["structuredContent"]["users"][0]["emailAddress"].is_string(), "{answer}");
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
