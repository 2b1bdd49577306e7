//! `drift.yml`: how the published document is had, and the issue about what differs from it.

use std::process::Output;

use tempfile::TempDir;

use super::{folder, program, read};

const DOCUMENT: &str = "Get the document";
const COMPARE: &str = "Hold the spec against it";
const KEEP: &str = "Keep the issue";

fn step(root: &TempDir, name: &str, environment: &[(&str, &str)]) -> Output {
    let forge = [("ISSUES", "repos/o/r/issues"), ("TITLE", "It differs")];
    super::step(root, "drift.yml", name, &[&forge[..], environment].concat())
}

/// Whether a document is there, by this `git` and this `curl`.
fn document(root: &TempDir, url: &str) -> String {
    let output = step(root, DOCUMENT, &[("URL", url)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(root, "output")
}

/// What is asked of the forge when `cargo` ends so, and the text that it is given.
fn kept(root: &TempDir, code: &str) -> (String, String) {
    for (name, environment) in [(COMPARE, &[][..]), (KEEP, &[("CODE", code)])] {
        let output = step(root, name, environment);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(read(root, "cargo.log"), "xtask drift openapi.json --format markdown\n");
    assert_eq!(read(root, "output"), format!("code={code}\n"));
    (read(root, "gh.log"), read(root, "sent.md"))
}

#[test]
fn the_document_comes_from_an_address_or_from_its_branch() {
    let root = folder("", "", 0, "");
    program(&root, "curl", "echo \"$*\" >curl.log");
    program(&root, "git", "case \"$1\" in show) echo \"$*\" ;; esac");
    assert_eq!(document(&root, "https://example.com/openapi"), "there=yes\n");
    assert!(read(&root, "curl.log").ends_with("--output openapi.json https://example.com/openapi\n"));
    let root = folder("", "", 0, "");
    program(&root, "git", "case \"$1\" in show) echo \"$*\" ;; esac");
    assert_eq!(document(&root, ""), "there=yes\n");
    assert_eq!(read(&root, "openapi.json"), "show FETCH_HEAD:openapi.json\n");
}

#[test]
fn without_a_document_nothing_fails() {
    let root = folder("", "", 0, "");
    program(&root, "git", "exit 1");
    assert_eq!(document(&root, ""), "there=no\n");
}

#[test]
fn an_address_that_does_not_answer_fails() {
    let root = folder("", "", 0, "");
    program(&root, "curl", "exit 22");
    assert!(!step(&root, DOCUMENT, &[("URL", "https://example.com/openapi")]).status.success());
}

#[test]
fn what_differs_is_told_in_an_issue() {
    let (asked, text) = kept(&folder("## How\n", "", 1, ""), "1");
    assert_eq!(asked, "api --method POST repos/o/r/issues --field title=It differs --field body=@body.md --silent\n");
    assert_eq!(text, "## How\n");
}

#[test]
fn the_issue_is_brought_up_to_date() {
    let (asked, _) = kept(&folder("## How\n", "", 1, "12\n13\n"), "1");
    assert_eq!(asked, "api --method PATCH repos/o/r/issues/12 --field body=@body.md --silent\n");
}

#[test]
fn the_issue_is_closed_when_nothing_differs() {
    let (asked, _) = kept(&folder("## How\n", "", 0, "12\n"), "0");
    assert_eq!(asked, "api --method PATCH repos/o/r/issues/12 --field state=closed --field body=@body.md --silent\n");
}

#[test]
fn what_kept_it_from_being_found_out_is_in_the_issue() {
    let (_, text) = kept(&folder("", "error: no document\n", 101, ""), "101");
    assert_eq!(text, "\n**This has to be mended first:**\n\n````text\nerror: no document\n````\n");
}

#[test]
fn a_long_issue_is_cut_after_a_line_and_says_so_first() {
    let line = "| é | missing |\n";
    let (_, text) = kept(&folder(&line.repeat(9000), "", 1, ""), "1");
    assert!((60_000..65_000).contains(&text.len()), "{}", text.len());
    let said = "> Only the beginning of it: all is in [the summary of the run](https://forge/run).\n\n";
    assert!(text.strip_prefix(said).unwrap().lines().all(|found| found == line.trim_end()));
}
