use std::path::Path;

use crate::testing::{copied, ended};

fn checked(root: &Path) -> (u8, String, String) {
    ended(|out| super::run(root, out))
}

#[test]
fn the_repository_s_own_spec_is_right() {
    let (code, out, err) = checked(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("The spec is right: "), "{out}");
}

#[test]
fn a_fault_is_told_at_its_place_and_nothing_is_written() {
    let root = copied("plain");
    let path = root.path().join("spec/tools/calls.yaml");
    let text = std::fs::read_to_string(&path).unwrap().replacen("effect:", "efect:", 1);
    std::fs::write(&path, &text).unwrap();
    let (code, out, err) = checked(root.path());
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("spec/tools/calls.yaml:") && err.contains("did you mean `effect`?"), "{err}");
    assert!(!root.path().join("docs").exists());
}

#[test]
fn a_file_whose_name_ends_otherwise_is_told_and_not_passed_over() {
    let root = copied("plain");
    std::fs::write(root.path().join("spec/tools/users.yml"), "about: Users.\ntools: {}\n").unwrap();
    std::fs::write(root.path().join("spec/tools/.calls.yaml.swp"), "what an editor leaves").unwrap();
    let (code, _, err) = checked(root.path());
    assert_eq!(code, 1);
    assert!(err.contains("call it `spec/tools/users.yaml`") && err.contains("1 fault in the spec"), "{err}");
}

#[test]
fn a_file_that_is_not_utf_8_is_told_with_its_place() {
    let root = copied("plain");
    std::fs::write(root.path().join("spec/tools/calls.yaml"), b"about: Calls.\n# caf\xe9\n").unwrap();
    let (code, _, told) = checked(root.path());
    assert_eq!(code, 1);
    assert!(told.starts_with("error: spec/tools/calls.yaml:2:6: this is not UTF-8."), "{told}");
}
