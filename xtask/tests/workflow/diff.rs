//! `diff.yml`: what a pull request is told.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use super::{folder, read};

const MARK: &str = "<!-- spec-diff -->\n";

fn step(root: &TempDir, name: &str) -> Output {
    super::step(root, "diff.yml", name, &[("BASE", "origin/main"), ("ISSUE", "repos/o/r/issues"), ("NUMBER", "7")])
}

/// What was asked of the forge, and the comment's text.
fn commented(root: &TempDir) -> (String, String) {
    for name in ["Compare the spec with the base's", "Comment"] {
        let output = step(root, name);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    (read(root, "gh.log"), read(root, "sent.md"))
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
