//! The examples in the docs compile and run, with what `cargo test` cannot be told: that rustdoc sees the real day, as
//! [`cargo`] says. For the same reason the libraries say `doctest = false`, so that they are not tested twice.

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
