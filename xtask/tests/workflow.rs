//! The steps of `.github/workflows/diff.yml`, run by bash with a `cargo` and a `gh` that record their arguments.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const MARK: &str = "<!-- spec-diff -->\n";

/// A folder for the steps, in which `cargo` ends so after having printed this, and the comments with these ids are
/// ours.
fn folder(printed: &str, complained: &str, code: u8, ours: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    write("printed", printed);
    write("complained", complained);
    write("ours", ours);
    write("cargo", &format!("#!/bin/sh\ncat printed\ncat complained >&2\necho \"$*\" >cargo.log\nexit {code}\n"));
    // `--paginate` lists the comments; whatever else is asked has the comment's text.
    write(
        "gh",
        "#!/bin/sh\ncase \"$*\" in *--paginate*) cat ours ;; *) echo \"$*\" >gh.log; cp body.md sent.md ;; esac\n",
    );
    for name in ["cargo", "gh"] {
        fs::set_permissions(root.path().join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    root
}

/// Runs the step of this name.
fn step(root: &TempDir, name: &str) -> Output {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows/diff.yml");
    let workflow = fs::read_to_string(workflow).unwrap();
    let (_, step) = workflow.split_once(&format!("- name: {name}\n")).unwrap();
    let (_, script) = step.split_once("run: |\n").unwrap();
    let script: Vec<&str> = script.lines().map_while(|line| line.strip_prefix("          ")).collect();
    let path = format!("{}:{}", root.path().display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script.join("\n")]).current_dir(root.path());
    bash.env("PATH", path).env("BASE", "origin/main").env("ISSUE", "repos/o/r/issues").env("NUMBER", "7");
    bash.env("RUN", "https://forge/run").env("GITHUB_OUTPUT", "output").env("GITHUB_STEP_SUMMARY", "summary");
    bash.output().unwrap()
}

/// What was asked of the forge, and the comment's text.
fn commented(root: &TempDir) -> (String, String) {
    for name in ["Compare the spec with the base's", "Comment"] {
        let output = step(root, name);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    (read(root, "gh.log"), read(root, "sent.md"))
}

fn read(root: &TempDir, name: &str) -> String {
    fs::read_to_string(root.path().join(name)).unwrap()
}

#[test]
fn the_first_push_gets_a_comment() {
    let root = folder("## What\n", "", 100, "");
    let (asked, comment) = commented(&root);
    assert_eq!(asked, "api --method POST repos/o/r/issues/7/comments --field body=@body.md --silent\n");
    assert_eq!(comment, format!("{MARK}## What\n"));
    assert_eq!(read(&root, "cargo.log"), "xtask diff origin/main --format markdown\n");
    assert_eq!((read(&root, "output"), read(&root, "summary")), ("code=100\n".to_owned(), comment));
}

#[test]
fn the_next_push_brings_the_comment_up_to_date() {
    let root = folder("## What\n", "", 0, "123\n456\n");
    let (asked, _) = commented(&root);
    assert_eq!(asked, "api --method PATCH repos/o/r/issues/comments/123 --field body=@body.md --silent\n");
    assert_eq!(read(&root, "output"), "code=0\n");
}

#[test]
fn what_kept_it_from_being_found_out_is_in_the_comment() {
    let root = folder("", "error: the base cannot be compared\n```\n", 101, "");
    let (_, comment) = commented(&root);
    let told = "**This has to be mended first:**\n\n````text\nerror: the base cannot be compared\n```\n````\n";
    assert_eq!(comment, format!("{MARK}\n{told}"));
    assert_eq!(read(&root, "output"), "code=101\n");
}

#[test]
fn a_long_comment_is_cut_after_a_line_and_says_so_first() {
    let line = "| é | <details> |\n";
    let root = folder(&line.repeat(9000), "", 100, "");
    let (_, comment) = commented(&root);
    assert!((60_000..65_000).contains(&comment.len()), "{}", comment.len());
    let said = format!("{MARK}> Only the beginning of it: all is in [the summary of the run](https://forge/run).\n\n");
    assert!(comment.strip_prefix(&said).unwrap().lines().all(|found| found == line.trim_end()));
    assert_eq!(read(&root, "summary").len(), MARK.len() + 9000 * line.len());
}

#[test]
fn comments_that_cannot_be_listed_are_not_doubled() {
    let root = folder("## What\n", "", 100, "");
    fs::write(root.path().join("gh"), "#!/bin/sh\nexit 1\n").unwrap();
    assert!(step(&root, "Compare the spec with the base's").status.success());
    assert!(!step(&root, "Comment").status.success());
}
