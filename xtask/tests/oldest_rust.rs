//! The oldest Rust that each package says it compiles with: CI compiles it with that one, and no dependency wants more.
// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What cargo knows of the workspace and, for this machine, of what it depends on.
fn metadata() -> Value {
    let printed = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let about = printed("rustc", &["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let cargo = std::env::var("CARGO").unwrap();
    let arguments = ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host];
    serde_json::from_str(&printed(&cargo, &arguments)).unwrap()
}

/// A version as numbers, so that 1.100 is later than 1.88; nothing stated is the earliest.
fn version(package: &Value) -> Vec<u32> {
    let text = package["rust_version"].as_str().unwrap_or("1");
    text.trim_end_matches(".0").split('.').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn no_dependency_wants_a_newer_rust_than_its_package_states() {
    let metadata = metadata();
    let packages: BTreeMap<&str, &Value> =
        metadata["packages"].as_array().unwrap().iter().map(|it| (it["id"].as_str().unwrap(), it)).collect();
    let nodes: BTreeMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|it| (it["id"].as_str().unwrap(), it)).collect();
    for member in metadata["workspace_members"].as_array().unwrap().iter().filter_map(Value::as_str) {
        let (stated, mut known, mut left) = (version(packages[member]), BTreeSet::new(), vec![member]);
        while let Some(id) = left.pop() {
            let wanted = version(packages[id]);
            assert!(wanted <= stated, "{member} states Rust {stated:?}, and {id} wants {wanted:?}");
            // What only the tests of a package need, its users do not compile.
            let needed = |it: &&Value| it["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
            let below = nodes[id]["deps"].as_array().unwrap().iter().filter(needed);
            left.extend(below.filter_map(|it| it["pkg"].as_str()).filter(|id| known.insert(*id)));
        }
    }
}

#[test]
fn ci_compiles_with_the_oldest_rust_that_is_stated() {
    let workflow = fs::read_to_string(root().join(".github/workflows/ci.yml")).unwrap();
    let manifest = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    for (path, packages) in [("gong-client/Cargo.toml", "--package gong-client"), ("Cargo.toml", "--workspace")] {
        let text = manifest(path);
        let stated = text.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
        let job = format!("{{rust: {stated}, packages: {packages}");
        assert!(workflow.contains(&job), "{path} states {stated}, and no job of ci.yml says `{job}`");
    }
}
