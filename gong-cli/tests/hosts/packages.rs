//! What `.ci/agents` installs under `tests/agents`: programs of Python and of npm that speak to a server.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Map, Value};

use crate::skipped::skipped;

const HOW: &str = "tests/agents (.ci/agents installs it)";

/// Where they are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/agents")
}

/// Node: the one that was installed, else the machine's.
pub(crate) fn node() -> PathBuf {
    let own = folder().join(".venv/bin/node");
    if own.exists() { own } else { PathBuf::from("node") }
}

/// What is installed there under this name, else the test says that it is skipped.
pub(crate) fn installed(name: &str, test: &str) -> Option<PathBuf> {
    let path = folder().join(name);
    if !path.exists() {
        skipped(test, &format!("{name} in {HOW}"));
        return None;
    }
    Some(path)
}

/// The program between a host of pipes and a server over HTTP, as the host would start it by `npx`.
pub(crate) fn bridge(args: &[&str], variables: &Map<String, Value>) -> Option<Command> {
    let ["-y", package, rest @ ..] = args else { panic!("{args:?}") };
    let name = package.split('@').next().unwrap();
    let folder = installed(&format!("node_modules/{name}"), "a host by a bridge")?;
    let told: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("package.json")).unwrap()).unwrap();
    assert_eq!(
        *package,
        format!("{name}@{}", told["version"].as_str().unwrap()),
        "the page's version is the one tried"
    );
    let mut command = Command::new(node());
    command.arg(folder.join(told["bin"][name].as_str().unwrap())).args(rest);
    command.env("MCP_REMOTE_CONFIG_DIR", env!("CARGO_TARGET_TMPDIR"));
    command.envs(variables.iter().map(|(name, value)| (name, value.as_str().unwrap())));
    Some(command)
}
