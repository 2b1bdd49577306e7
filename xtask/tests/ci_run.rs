//! `.ci/run` on machines with and without the tools that its steps want. Every command in it is made up: it succeeds
//! and does nothing.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

/// What the script is made of, and is on every machine.
const SHELL: [&str; 8] = ["bash", "comm", "dirname", "env", "find", "id", "mktemp", "sort"];

/// What its steps want, and CI installs.
const TOOLS: [&str; 5] = ["cargo-deny", "cargo-fuzz", "cargo-machete", "faketime", "pkg-config"];

/// Runs the script on a machine that has these tools.
fn run(tools: &[&str], ci: bool) -> Output {
    let root = tempfile::tempdir().unwrap();
    let (bin, scripts) = (root.path().join("bin"), root.path().join(".ci"));
    let write = |path: &Path| {
        fs::write(path, "#!/bin/sh\nexit 0\n").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    fs::create_dir(&bin).unwrap();
    fs::create_dir(&scripts).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    for name in SHELL {
        let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
        symlink(found.unwrap(), bin.join(name)).unwrap();
    }
    ["cargo", "apt-get", "sudo"].iter().chain(tools).for_each(|name| write(&bin.join(name)));
    ["agents", "fuzz"].iter().for_each(|name| write(&scripts.join(name)));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/run");
    fs::copy(script, scripts.join("run")).unwrap();
    let mut bash = Command::new(bin.join("bash"));
    bash.arg(scripts.join("run")).env_clear().env("PATH", &bin);
    if ci {
        bash.env("CI", "true");
    }
    bash.output().unwrap()
}

#[test]
fn where_a_tool_was_never_installed_its_step_is_skipped() {
    let output = run(&[], false);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    for tool in TOOLS {
        let skipped = |line: &str| line.starts_with("SKIPPED: ") && line.contains(&format!("there is no {tool} ("));
        assert!(printed.lines().any(skipped), "{tool}: {printed}");
    }
}

#[test]
fn a_tool_that_ci_installed_and_cannot_find_is_a_failure() {
    for missing in TOOLS {
        let others: Vec<&str> = TOOLS.into_iter().filter(|tool| *tool != missing).collect();
        let output = run(&others, true);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{missing} is missing, and nothing failed");
        assert!(told.contains(&format!("{missing} was installed for this run and cannot be found")), "{told}");
    }
}

#[test]
fn with_every_tool_no_step_is_skipped() {
    for ci in [false, true] {
        let output = run(&TOOLS, ci);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
        assert!(!printed.contains("SKIPPED") && printed.contains("== done"), "{printed}");
    }
}
