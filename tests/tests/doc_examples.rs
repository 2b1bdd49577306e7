//! The examples in the docs compile and run, and rustdoc sees the real day, which `cargo test` has no way to arrange,
//! as [`cargo`] says. For the same reason the libraries say `doctest = false`, so that they are not tested twice.

#[path = "../common/cargo.rs"]
mod cargo;

use cargo::cargo;

#[test]
fn every_example_in_the_docs_compiles_and_runs() {
    let mut cargo = cargo(&["test", "--doc", "--workspace", "--offline"]);
    let done = cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{err}");
    let run = |line: &str| line.strip_prefix("running ")?.split(' ').next()?.parse::<usize>().ok();
    assert!(out.lines().filter_map(run).sum::<usize>() > 60, "where are the examples?\n{out}");
}

#[test]
fn no_library_tests_its_examples_a_second_time() {
    let done = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let twice = packages
        .iter()
        .filter(|package| package["targets"].as_array().unwrap().iter().any(|target| target["doctest"] == true));
    let names: Vec<_> = twice.map(|package| &package["name"]).collect();
    assert!(names.is_empty(), "say `doctest = false` under `[lib]` in the Cargo.toml of {names:?}");
}
