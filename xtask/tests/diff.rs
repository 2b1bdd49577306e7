//! `cargo xtask diff` and `changelog` from outside, on small git repositories.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const CALLS: &str = "spec/tools/calls.yaml";
const PEOPLE: &str = "spec/tools/people.yaml";
const TITLE: (&str, &str) = ("title: {type: string, max", "title: {type: string, required: true, max");
const CURSOR: &str =
    "      cursor: {type: string, about: Where the page before this one ended.}\n    request:\n      get: /v2/users\n";

/// A folder with the diff's fixture as its spec, at version 1.4.0.
fn folder() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec-diff/tests/fixtures/spec");
    for path in ["gong.yaml", "tools/calls.yaml", "tools/people.yaml", "types/all.yaml"] {
        let to = root.path().join("spec").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from.join(path), to).unwrap();
    }
    fs::write(root.path().join("Cargo.toml"), "[workspace.package]\nversion = \"1.4.0\"\n").unwrap();
    root
}

/// The same as the first commit of a branch `main`.
fn repository() -> TempDir {
    let root = folder();
    git(&root, &["init", "--quiet", "--initial-branch=main"]);
    commit(&root);
    root
}

fn git(root: &TempDir, args: &[&str]) {
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(root.path()).args(who).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", text(&output.stderr));
}

fn commit(root: &TempDir) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=A state"]);
}

fn edit(root: &TempDir, path: &str, from: &str, to: &str) {
    let path = root.path().join(path);
    let before = fs::read_to_string(&path).unwrap();
    assert_eq!(before.matches(from).count(), 1, "{from}");
    fs::write(path, before.replace(from, to)).unwrap();
}

/// The change that the maintainers try first: one parameter required, and one more.
fn require_title_and_add_avatars(root: &TempDir) {
    edit(root, CALLS, TITLE.0, TITLE.1);
    edit(root, PEOPLE, CURSOR, &format!("      avatars: {{type: boolean, about: Whether to list avatars.}}\n{CURSOR}"));
    edit(
        root,
        PEOPLE,
        "scope: api:users:read\n      query: {cursor: $cursor}",
        "scope: api:users:read\n      query: {cursor: $cursor, avatars: $avatars}",
    );
}

fn xtask(command: &str, root: &TempDir, args: &[&str]) -> Output {
    let root = root.path().to_str().unwrap();
    Command::new(env!("CARGO_BIN_EXE_xtask")).args([&[command, "--root", root], args].concat()).output().unwrap()
}

/// The exit code, what was printed and what was complained of.
fn diff(root: &TempDir, args: &[&str]) -> (Option<i32>, String, String) {
    let output = xtask("diff", root, args);
    (output.status.code(), text(&output.stdout).to_owned(), text(&output.stderr).to_owned())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_branch_that_breaks_is_held_against_the_commit_before_it() {
    let root = repository();
    require_title_and_add_avatars(&root);
    git(&root, &["switch", "--quiet", "--create", "branch"]);
    commit(&root);
    for base in [&["HEAD~1"][..], &[], &["main", "branch"]] {
        let (code, out, err) = diff(&root, base);
        assert_eq!((code, err.as_str()), (Some(100), ""), "{base:?}");
        assert!(out.contains("breaking[param-became-required]: `title` must be given now\n"), "{out}");
        assert!(out.contains("compatible[param-added-optional]: `avatars` is new"), "{out}");
        assert!(out.contains("2 findings: 1 breaking, 0 dangerous, 1 compatible\n"), "{out}");
        assert!(
            out.contains("\nmajor: param-became-required; Cargo.toml still says 1.4.0, and 2.0.0 is the least"),
            "{out}"
        );
        assert!(out.contains("base spec/tools/calls.yaml:59:7, head spec/tools/calls.yaml:59:29"), "{out}");
    }
}

#[test]
fn a_pull_request_is_told_the_same() {
    let root = repository();
    require_title_and_add_avatars(&root);
    let (code, out, _) = diff(&root, &["--format", "markdown"]);
    assert_eq!(code, Some(100));
    assert!(out.contains("| :x: | `title` must be given now <br>`param-became-required` |"), "{out}");
    assert!(out.contains("<code>gong_users_list</code>"), "{out}");
    let (_, out, _) = diff(&root, &["--format", "github"]);
    assert!(
        out.starts_with("::error file=spec/tools/calls.yaml,line=59,col=29,title=param-became-required::"),
        "{out}"
    );
}

#[test]
fn nothing_changed_is_nothing_found() {
    let root = repository();
    assert_eq!(diff(&root, &[]), (Some(0), "No change: the two say the same.\n".to_owned(), String::new()));
}

#[test]
fn the_threshold_decides_about_the_exit_code() {
    let root = repository();
    edit(&root, CALLS, "max: 600, default: 30", "max: 600, default: 60");
    assert_eq!(diff(&root, &[]).0, Some(0));
    assert_eq!(diff(&root, &["--fail-on", "dangerous"]).0, Some(100));
    assert_eq!(diff(&root, &["--bump"]).0, Some(100));
    edit(&root, "Cargo.toml", "1.4.0", "1.5.0");
    assert_eq!(diff(&root, &["--bump"]).0, Some(0));
    edit(&root, CALLS, TITLE.0, TITLE.1);
    assert_eq!(diff(&root, &[]).0, Some(100));
    assert_eq!(diff(&root, &["--fail-on", "never"]).0, Some(0));
}

#[test]
fn an_accepted_finding_fails_nothing_and_is_shown_apart() {
    let root = repository();
    edit(&root, CALLS, TITLE.0, TITLE.1);
    edit(&root, PEOPLE, "title: List visits", "title: List views");
    let (_, out, _) = diff(&root, &[]);
    let print = out.lines().find_map(|line| line.trim().strip_prefix("fingerprint")).unwrap().trim();
    let entry = format!(
        "# Talked over with the callers that we know of.\n- fingerprint: {print}\n  reason: Gong refuses calls without \
         one.\n  version: 2.0.0\n"
    );
    let path = root.path().join("spec/accepted-breaks.yaml");
    fs::write(&path, &entry).unwrap();
    let (code, out, err) = diff(&root, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("compatible[tool-title-changed]") && out.contains("\naccepted[param-became-"), "{out}");
    assert!(out.contains("  accepted for 2.0.0: Gong refuses calls without one.\n"), "{out}");
    assert!(out.contains("2 findings: 0 breaking, 0 dangerous, 1 compatible, 1 accepted\nmajor: "), "{out}");
    // Once it is merged it accepts nothing more, and does no harm.
    commit(&root);
    assert_eq!(diff(&root, &[]), (Some(0), "No change: the two say the same.\n".to_owned(), String::new()));
    // It is no part of the spec.
    for command in ["check", "generate", "fmt-spec"] {
        let output = xtask(command, &root, &[]);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", text(&output.stderr));
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), entry);
}

#[test]
fn what_is_wrong_with_accepted_findings_is_told_beside_the_findings() {
    let root = repository();
    edit(&root, CALLS, TITLE.0, TITLE.1);
    let path = root.path().join("spec/accepted-breaks.yaml");
    let cases = [
        ("- reason: Why not.\n", "an accepted finding needs `fingerprint`", "1:3"),
        ("- {fingerprint: 0123456789abcdef, reason: Meant., version: 2.0.0}\n", "nothing that changed has the", "1:17"),
        ("- reason: [\n", "this bracket is not closed", "1:11"),
    ];
    for (entries, told, place) in cases {
        fs::write(&path, entries).unwrap();
        let (code, out, err) = diff(&root, &[]);
        assert_eq!(code, Some(101));
        assert!(out.contains("breaking[param-became-required]"), "{out}");
        assert!(err.starts_with("error: spec/accepted-breaks.yaml cannot be used as it is:\n"), "{err}");
        assert!(err.contains(told) && err.contains(&format!("--> spec/accepted-breaks.yaml:{place}\n")), "{err}");
    }
    let output = xtask("changelog", &root, &["--print"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(101), ""));
}

#[test]
fn folders_are_compared_without_git() {
    let (old, new) = (folder(), folder());
    edit(&new, CALLS, TITLE.0, TITLE.1);
    let (old_path, new_path) = (old.path().to_str().unwrap(), new.path().to_str().unwrap());
    assert_eq!(diff(&old, &[old_path, new_path]).0, Some(100));
    assert_eq!(diff(&new, &[old_path]).0, Some(100));
    let (code, _, err) = diff(&new, &["HEAD"]);
    assert_eq!(code, Some(101));
    assert!(err.contains("is no git repository; without one only folders can be compared"), "{err}");
    assert!(err.contains("the head, the working tree, is fine: 2 groups, 16 tools, "), "{err}");
}

#[test]
fn without_git_that_is_said() {
    let root = repository();
    let path = root.path().to_str().unwrap();
    let command = ["diff", "--root", path, "HEAD"];
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(command).env("PATH", "/nowhere").output().unwrap();
    assert_eq!(output.status.code(), Some(101));
    assert!(text(&output.stderr).contains("git is not installed; without it only folders can be compared"));
}

#[test]
fn a_base_that_does_not_exist_is_named() {
    let root = repository();
    let (code, out, err) = diff(&root, &["v9"]);
    assert_eq!((code, out.as_str()), (Some(101), ""));
    assert!(err.contains("there is no revision and no folder `v9` here"), "{err}");
    let (code, _, err) = diff(&root, &["--output=/tmp/x"]);
    assert_eq!(code, Some(2), "what is meant for git is not handed on");
    assert!(err.contains("unexpected argument '--output'"), "{err}");
    git(&root, &["branch", "--move", "work"]);
    let (code, _, err) = diff(&root, &[]);
    assert_eq!(code, Some(101));
    assert!(err.contains("there is no main branch to compare with"), "{err}");
}

#[test]
fn a_side_that_does_not_load_is_told_and_the_other_described() {
    let root = repository();
    edit(&root, CALLS, TITLE.0, "titel: {type: strng, max");
    let (code, out, err) = diff(&root, &[]);
    assert_eq!((code, out.as_str()), (Some(101), ""));
    assert!(err.contains("the base, the merge base with main ("), "{err}");
    assert!(err.contains("is fine: 2 groups, 16 tools, "), "{err}");
    assert!(err.contains("the head cannot be compared: the spec of the working tree cannot be understood"), "{err}");
    assert!(err.contains("spec/tools/calls.yaml:59"), "{err}");
    commit(&root);
    edit(&root, CALLS, "titel: {type: strng, max", TITLE.0);
    let (_, _, err) = diff(&root, &["HEAD"]);
    assert!(
        err.contains("the base cannot be compared") && err.contains("the head, the working tree, is fine"),
        "{err}"
    );
}

#[test]
fn a_spec_of_another_version_of_the_language_is_refused_and_the_other_side_described() {
    let root = repository();
    edit(&root, "spec/gong.yaml", "language: 2\n", "language: 3\n");
    commit(&root);
    let (code, out, err) = diff(&root, &["HEAD~1"]);
    assert_eq!((code, out.as_str()), (Some(101), ""));
    assert!(err.contains("the base, HEAD~1 (") && err.contains("is fine: 2 groups, 16 tools, "), "{err}");
    assert!(err.contains("the head cannot be compared: the spec of the working tree cannot be understood"), "{err}");
    assert!(err.contains("written in version 3 of the language, and this generator knows version 2"), "{err}");
    assert!(err.contains("--> spec/gong.yaml:1:11\n") && err.contains("= help: update the generator"), "{err}");
    edit(&root, "spec/gong.yaml", "language: 3\n", "language: 2\n");
    let (code, _, err) = diff(&root, &["HEAD"]);
    assert_eq!(code, Some(101));
    assert!(err.contains("the base cannot be compared: the spec of HEAD ("), "{err}");
    assert!(err.ends_with("is fine: 2 groups, 16 tools, 43 parameters, 26 models\n"), "{err}");
    for command in ["generate", "check", "fmt-spec"] {
        edit(&root, "spec/gong.yaml", "language: 2\n", "language: 3\n");
        let output = xtask(command, &root, &[]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(text(&output.stderr).contains("--> spec/gong.yaml:1:11\n"), "{}", text(&output.stderr));
        edit(&root, "spec/gong.yaml", "language: 3\n", "language: 2\n");
    }
}

#[test]
fn a_state_in_an_older_version_of_the_language_is_compared_as_it_would_be_written_now() {
    let root = repository();
    edit(&root, "spec/gong.yaml", "language: 2\n", "");
    edit(&root, CALLS, "      - else: true\n        get", "      - get");
    edit(&root, CALLS, "    paging: $cursor\n", "");
    edit(&root, CALLS, "requestId: .requestId", "requestId: $requestId");
    edit(&root, CALLS, "records: .records", "records: $records");
    edit(&root, CALLS, "for: .calls", "for: $calls");
    edit(&root, PEOPLE, "owner: .tasks.ownerId", "owner: $tasks.ownerId");
    edit(&root, PEOPLE, "    items: users\n    paging: $cursor\n", "    items: users\n");
    let people = root.path().join(PEOPLE);
    let text = fs::read_to_string(&people).unwrap().replace("    paging: $cursor\n", "");
    fs::write(people, text).unwrap();
    commit(&root);
    let same = (Some(0), "No change: the two say the same.\n".to_owned(), String::new());
    assert_eq!(diff(&root, &["HEAD~1"]), same);
    let output = xtask("fmt-spec", &root, &["--migrate"]);
    assert_eq!(output.status.code(), Some(0), "{}", self::text(&output.stderr));
    assert_eq!(diff(&root, &["HEAD"]), same);
    edit(&root, CALLS, TITLE.0, TITLE.1);
    let (code, out, _) = diff(&root, &["HEAD"]);
    assert!(code == Some(100) && out.contains("`title` must be given now"), "{out}");
    assert!(out.contains("1 finding: 1 breaking"), "{out}");
}

#[test]
fn a_state_without_a_spec_is_said() {
    let root = repository();
    git(&root, &["rm", "-r", "--quiet", "spec"]);
    commit(&root);
    let (code, _, err) = diff(&root, &["HEAD~1", "HEAD"]);
    assert_eq!(code, Some(101));
    assert!(err.contains("has no spec: there is no YAML below spec/"), "{err}");
}

#[test]
fn rules_are_explained() {
    let root = folder();
    let (code, out, _) = diff(&root, &["--explain", "param-became-required"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("A parameter that could be left out must be given."), "{out}");
    let (code, _, err) = diff(&root, &["--explain", "param-become-required"]);
    assert_eq!(code, Some(101));
    assert!(err.contains("there is no rule `param-become-required`; did you mean `param-became-required`?"), "{err}");
    assert!(diff(&root, &["--rules"]).1.contains("\n### tool-added\n"));
}

#[test]
fn the_changelog_gets_an_entry_by_audience() {
    let root = repository();
    require_title_and_add_avatars(&root);
    let printed = xtask("changelog", &root, &["--print"]);
    assert!(text(&printed.stdout).starts_with("## 2.0.0\n"), "{}", text(&printed.stdout));
    assert!(!root.path().join("CHANGELOG.md").exists());
    for _ in 0..2 {
        let written = xtask("changelog", &root, &[]);
        assert_eq!(text(&written.stdout), "Wrote the entry for 2.0.0 into CHANGELOG.md.\n");
    }
    let changelog = fs::read_to_string(root.path().join("CHANGELOG.md")).unwrap();
    assert_eq!(changelog.matches("## 2.0.0").count(), 1);
    assert!(
        changelog.contains("### Rust callers\n\n- **Breaking:** `gong_calls_create`: `title` must be given now.\n")
    );
    let wrong = xtask("changelog", &root, &["v9"]);
    assert_eq!(wrong.status.code(), Some(101));
}
