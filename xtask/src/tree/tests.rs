use std::fs;
use std::path::Path;

use codegen::Output;

use super::{apply, compare};

const OWNED: &[&str] = &["made", "docs/made"];

fn wanted(files: &[(&str, &str)]) -> Vec<Output> {
    files.iter().map(|(path, text)| Output { path: (*path).to_owned(), contents: (*text).to_owned() }).collect()
}

fn generate(root: &Path, files: &[(&str, &str)]) -> usize {
    let changes = compare(root, OWNED, &wanted(files)).unwrap();
    changes.iter().for_each(|change| apply(root, change).unwrap());
    changes.len()
}

fn diffs(root: &Path, files: &[(&str, &str)]) -> String {
    compare(root, OWNED, &wanted(files)).unwrap().iter().map(super::Change::diff).collect()
}

#[test]
fn a_second_run_has_nothing_to_do() {
    let root = tempfile::tempdir().unwrap();
    let files = [("made/a.rs", "fn a() {}\n"), ("docs/made/deep/b.md", "b\n")];
    assert_eq!(generate(root.path(), &files), 2);
    assert_eq!(fs::read_to_string(root.path().join("docs/made/deep/b.md")).unwrap(), "b\n");
    assert_eq!(generate(root.path(), &files), 0);
}

#[test]
fn only_what_changed_is_written() {
    let root = tempfile::tempdir().unwrap();
    generate(root.path(), &[("made/a", "a\n"), ("made/b", "b\n")]);
    assert_eq!(generate(root.path(), &[("made/a", "a\n"), ("made/b", "c\n")]), 1);
}

#[test]
fn a_hand_edit_shows_as_a_diff() {
    let root = tempfile::tempdir().unwrap();
    let files = [("made/a", "one\ntwo\nthree\n")];
    generate(root.path(), &files);
    fs::write(root.path().join("made/a"), "one\n2\nthree\n").unwrap();
    assert_eq!(diffs(root.path(), &files), "--- made/a\n+++ made/a\n@@ -1,3 +1,3 @@\n one\n-2\n+two\n three\n");
}

#[test]
fn a_missing_file_shows_as_new() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(diffs(root.path(), &[("made/a", "one\n")]), "--- /dev/null\n+++ made/a\n@@ -0,0 +1 @@\n+one\n");
}

#[test]
fn an_orphan_goes_and_so_does_its_folder() {
    let root = tempfile::tempdir().unwrap();
    generate(root.path(), &[("made/a", "a\n"), ("made/old/b", "b\n")]);
    fs::write(root.path().join("beside"), "by hand\n").unwrap();
    assert_eq!(diffs(root.path(), &[("made/a", "a\n")]), "--- made/old/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n");
    assert_eq!(generate(root.path(), &[("made/a", "a\n")]), 1);
    assert!(!root.path().join("made/old").exists());
    assert!(root.path().join("beside").exists());
}

#[test]
fn a_file_can_be_owned_beside_files_by_hand() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("hand")).unwrap();
    fs::write(root.path().join("hand/a"), "by hand\n").unwrap();
    let owned = ["hand/made"];
    let run = |files: &[(&str, &str)]| {
        let changes = compare(root.path(), &owned, &wanted(files)).unwrap();
        changes.iter().for_each(|change| apply(root.path(), change).unwrap());
        changes.len()
    };
    assert_eq!([run(&[("hand/made", "1\n")]), run(&[("hand/made", "1\n")]), run(&[("hand/made", "2\n")])], [1, 0, 1]);
    assert_eq!(run(&[]), 1);
    assert!(root.path().join("hand/a").exists() && !root.path().join("hand/made").exists());
    assert!(compare(root.path(), &owned, &wanted(&[("hand/a", "")])).is_err());
}

#[test]
fn how_lines_end_makes_no_difference() {
    let root = tempfile::tempdir().unwrap();
    generate(root.path(), &[("made/a", "one\ntwo\n")]);
    fs::write(root.path().join("made/a"), "one\r\ntwo\r\n").unwrap();
    assert_eq!(diffs(root.path(), &[("made/a", "one\ntwo\n")]), "");
}

#[test]
fn nothing_outside_the_generated_folders_is_written() {
    let root = tempfile::tempdir().unwrap();
    for path in ["Cargo.toml", "madeup/a", "made/../Cargo.toml", "/made/a"] {
        let error = compare(root.path(), OWNED, &wanted(&[(path, "")])).unwrap_err();
        assert!(error.to_string().contains("no generated folder"), "{error}");
    }
    let twice = compare(root.path(), OWNED, &wanted(&[("made/a", ""), ("made/a", "")])).unwrap_err();
    assert!(twice.to_string().contains("twice"), "{twice}");
}
