//! `cargo xtask generate` from outside, on repositories with a small spec.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A repository that holds nothing but a small spec.
fn repository() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../tool-spec/tests/fixtures/plain"),
        &copy.path().join("spec"),
    );
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).output().unwrap()
}

fn generate(root: &TempDir, flags: &[&str]) -> Output {
    xtask(&[&["generate", "--root", root.path().to_str().unwrap()], flags].concat())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn writes_once_and_is_then_up_to_date() {
    let root = repository();
    let first = generate(&root, &[]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(text(&first.stdout).starts_with("Wrote "), "{}", text(&first.stdout));
    assert!(root.path().join("docs/reference/README.md").exists());

    let second = generate(&root, &[]);
    assert!(text(&second.stdout).starts_with("Nothing to write: "), "{}", text(&second.stdout));

    let check = generate(&root, &["--check"]);
    assert_eq!((check.status.code(), text(&check.stdout), text(&check.stderr)), (Some(0), "", ""));
}

#[test]
fn check_shows_every_kind_of_difference_and_writes_nothing() {
    let root = repository();
    generate(&root, &[]);
    let (edited, orphan, gone) = (
        root.path().join("docs/reference/README.md"),
        root.path().join("gong-client/src/generated/orphan.rs"),
        root.path().join("docs/reference/calls.md"),
    );
    let readme = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, readme.replacen("# Reference", "# By hand", 1)).unwrap();
    fs::write(&orphan, "// nobody's\n").unwrap();
    fs::remove_file(&gone).unwrap();

    let check = generate(&root, &["--check"]);
    assert_eq!(check.status.code(), Some(1));
    let diff = text(&check.stdout);
    assert!(diff.contains("-# By hand\n+# Reference\n"), "{diff}");
    assert!(diff.contains("--- gong-client/src/generated/orphan.rs\n+++ /dev/null\n"), "{diff}");
    assert!(diff.contains("--- /dev/null\n+++ docs/reference/calls.md\n"), "{diff}");
    assert!(text(&check.stderr).starts_with("error: 3 files are not what the spec says."), "{}", text(&check.stderr));
    assert!(orphan.exists() && !gone.exists());

    assert!(text(&generate(&root, &[]).stdout).starts_with("Wrote 2 files of "));
    assert!(!orphan.exists() && gone.exists());
    assert_eq!(fs::read_to_string(&edited).unwrap(), readme);
}

#[test]
fn a_fault_is_shown_at_its_place_and_nothing_is_written() {
    let root = repository();
    let path = root.path().join("spec/tools/calls.yaml");
    let spec = fs::read_to_string(&path).unwrap();
    fs::write(&path, spec.replacen("    effect: read\n", "    efect: read\n", 1)).unwrap();

    for flags in [&[][..], &["--check"]] {
        let failed = generate(&root, flags);
        assert_eq!((failed.status.code(), text(&failed.stdout)), (Some(1), ""));
        assert!(text(&failed.stderr).contains("spec/tools/calls.yaml:"), "{}", text(&failed.stderr));
        assert!(!root.path().join("docs").exists());
    }
}

#[test]
fn wrong_arguments_are_refused_and_help_is_shown_or_named() {
    let usage = "Usage: cargo xtask";
    for (args, shown) in [
        (&["generate", "--chek"][..], usage),
        (&["genrate"], usage),
        (&[], usage),
        (&["generate", "--root"], "a value is required for '--root <DIR>'"),
    ] {
        let refused = xtask(args);
        assert_eq!((refused.status.code(), text(&refused.stdout)), (Some(2), ""));
        assert!(text(&refused.stderr).contains(shown), "{}", text(&refused.stderr));
    }
    let help = xtask(&["help"]);
    assert!(help.status.success() && text(&help.stdout).contains(usage));
}
