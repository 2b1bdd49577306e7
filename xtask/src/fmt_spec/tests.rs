use std::fs;
use std::path::Path;

use crate::generate::Mode;
use crate::testing::{copied, ended};

fn run(root: &Path, mode: Mode) -> (u8, String, String) {
    ended(|out| super::run(root, mode, false, out))
}

#[test]
fn a_file_out_of_form_is_shown_and_then_mended() {
    let root = copied("behaviours");
    let (code, diff, err) = run(root.path(), Mode::Check);
    assert_eq!(code, 1);
    assert!(diff.contains("+# yaml-language-server: $schema=../schema.json") && err.contains("not in form"), "{err}");
    assert_eq!(run(root.path(), Mode::Write).0, 0);
    assert_eq!(run(root.path(), Mode::Check), (0, String::new(), String::new()));
    assert_eq!(run(root.path(), Mode::Write).1, "0 files of 4 changed.\n");
}

#[test]
fn what_cannot_be_read_is_told_and_left_alone() {
    let root = copied("plain");
    let path = root.path().join("spec/tools/calls.yaml");
    fs::write(&path, "tools: [\n").unwrap();
    let (code, _, err) = run(root.path(), Mode::Write);
    assert_eq!(code, 1);
    assert!(err.contains("this bracket is not closed"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "tools: [\n");
}

#[test]
fn a_spec_of_another_version_of_the_language_is_left_alone() {
    let root = copied("behaviours");
    let path = root.path().join("spec/gong.yaml");
    let text = format!("language: 3\n{}", fs::read_to_string(&path).unwrap());
    fs::write(&path, &text).unwrap();
    let (code, out, err) = run(root.path(), Mode::Write);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("spec/gong.yaml:1:11") && err.contains("knows version 2"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_repository_s_own_spec_is_in_form() {
    let (code, diff, err) = run(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")), Mode::Check);
    assert_eq!((code, diff.as_str(), err.as_str()), (0, "", ""));
}
