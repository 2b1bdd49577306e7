//! The steps of the workflows, run by bash with programs in the place of `cargo`, `gh` and others that record their
//! arguments.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

mod diff;
mod drift;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder for the steps, in which `cargo` ends so after having printed this, and what was written with these ids is
/// ours.
fn folder(printed: &str, complained: &str, code: u8, ours: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    write("printed", printed);
    write("complained", complained);
    write("ours", ours);
    program(&root, "cargo", &format!("cat printed\ncat complained >&2\necho \"$*\" >cargo.log\nexit {code}"));
    // `--paginate` lists what there is; whatever else is asked has the text.
    program(&root, "gh", "case \"$*\" in *--paginate*) cat ours ;; *) echo \"$*\" >gh.log; cp body.md sent.md ;; esac");
    root
}

/// A program that the steps find before the system's.
fn program(root: &TempDir, name: &str, script: &str) {
    let path = root.path().join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs the step of this name of a workflow, in this environment.
fn step(root: &TempDir, workflow: &str, name: &str, environment: &[(&str, &str)]) -> Output {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows").join(workflow);
    let workflow = fs::read_to_string(workflow).unwrap();
    let (_, step) = workflow.split_once(&format!("- name: {name}\n")).unwrap();
    let (_, script) = step.split_once("run: |\n").unwrap();
    let script: Vec<&str> = script.lines().map_while(|line| line.strip_prefix("          ")).collect();
    let path = format!("{}:{}", root.path().display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script.join("\n")]).current_dir(root.path());
    bash.env("PATH", path).env("RUN", "https://forge/run").envs(environment.iter().copied());
    bash.env("GITHUB_OUTPUT", "output").env("GITHUB_STEP_SUMMARY", "summary").output().unwrap()
}

fn read(root: &TempDir, name: &str) -> String {
    fs::read_to_string(root.path().join(name)).unwrap()
}
