//! `cargo xtask drift` from outside, on a small document and a spec that agrees with it.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ERRATA: &str = "spec/errata.yaml";

/// A folder with the spec, and the document beside it.
fn folder() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    for path in ["openapi.json", "spec/books.yaml", "spec/tools/books.yaml", "spec/types/books.yaml"] {
        let to = root.path().join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from.join(path), to).unwrap();
    }
    root
}

fn document(root: &TempDir) -> PathBuf {
    root.path().join("openapi.json")
}

/// A field more in the document than in the spec.
fn add_field(root: &TempDir) {
    let text = fs::read_to_string(document(root)).unwrap();
    let (before, after) = ("\"weight\": {\"type\": \"number\"}", ", \"color\": {\"type\": \"string\"}");
    fs::write(document(root), text.replace(before, &format!("{before}{after}"))).unwrap();
}

const AT: &str = "PUT /v2/books/{bookId}/tags > body > [].color";

fn write(root: &TempDir, path: &str, bytes: impl AsRef<[u8]>) {
    fs::write(root.path().join(path), bytes).unwrap();
}

fn xtask(root: &TempDir, command: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let root = root.path().to_str().unwrap();
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args([&[command, "--root", root], args].concat()).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// The exit code, what was printed and what was complained of.
fn drift(root: &TempDir, args: &[&str]) -> (Option<i32>, String, String) {
    let document = document(root);
    xtask(root, "drift", &[&[document.to_str().unwrap()], args].concat())
}

#[test]
fn a_spec_that_agrees_is_silent() {
    let root = folder();
    assert_eq!(drift(&root, &[]), (Some(0), String::new(), String::new()));
    let (code, out, _) = drift(&root, &["--summary"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("operations      7 of 7 (100 %)\n"), "{out}");
}

#[test]
fn a_spec_that_differs_fails_with_1_in_every_form() {
    let root = folder();
    add_field(&root);
    for (form, part) in [
        ("text", "drift[missing]: the document takes `color`, which is `string`, and nothing sends it\n"),
        ("markdown", "### `PUT /v2/books/{bookId}/tags`\n"),
        ("json", "\"at\": \"PUT /v2/books/{bookId}/tags > body > [].color\""),
    ] {
        let (code, out, err) = drift(&root, &["--format", form]);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{form}");
        assert!(out.contains(part), "{out}");
    }
}

#[test]
fn what_is_known_fails_nothing_and_what_is_stale_does() {
    let root = folder();
    let erratum = format!("- at: {AT}\n  kind: missing\n  reason: It was never seen.\n");
    write(&root, ERRATA, &erratum);
    let (code, out, err) = drift(&root, &[]);
    assert_eq!((code, out.as_str()), (Some(101), ""));
    assert!(err.starts_with("error: spec/errata.yaml cannot be used as it is:\n"), "{err}");
    assert!(err.contains("--> spec/errata.yaml:1:7\n"), "{err}");
    add_field(&root);
    assert_eq!(drift(&root, &[]), (Some(0), String::new(), String::new()));
}

#[test]
fn the_errata_are_no_part_of_the_spec() {
    let root = folder();
    // In another form than `fmt-spec` would give it.
    write(&root, ERRATA, format!("- {{reason: It was never seen.,   kind: missing, at: \"{AT}\"}}\n"));
    let (code, out, err) = xtask(&root, "check", &[]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "The spec is right: 7 tools in 1 groups.\n", ""));
    assert_eq!(xtask(&root, "fmt-spec", &[]).0, Some(0));
    assert!(fs::read_to_string(root.path().join(ERRATA)).unwrap().contains(",   kind"));
    let folder = root.path().to_str().unwrap();
    let (code, out, _) = xtask(&root, "diff", &[folder, folder]);
    assert_eq!((code, out.as_str()), (Some(0), "No change: the two say the same.\n"));
}

#[test]
fn what_is_no_openapi_document_is_told() {
    let root = folder();
    let (code, _, err) = xtask(&root, "drift", &["nowhere.json"]);
    assert_eq!(code, Some(101));
    assert!(err.starts_with("error: nowhere.json: "), "{err}");
    let documents: [(&[u8], &str); 12] = [
        (b"", "neither JSON nor YAML"),
        (b"{\"openapi\": \"3.0.1\", ", "is no JSON: EOF while parsing a value at line 1 column 21"),
        (b"<html>Sign in</html>", "this is no OpenAPI document"),
        (b"[]", "this is no OpenAPI document"),
        (b"{}", "this is no OpenAPI document: it has no `openapi` that says its version"),
        (b"{\"swagger\": \"2.0\", \"paths\": {}}", "this is Swagger 2.0, and what can be read is OpenAPI 3"),
        (b"{\"openapi\": 4, \"paths\": {}}", "this is OpenAPI 4, and what can be read is OpenAPI 3"),
        (b"{\"openapi\": \"3.1.0\"}", "the OpenAPI document has no `paths`"),
        (b"{\"openapi\": \"3.1.0\", \"paths\": []}", "the OpenAPI document has no `paths`"),
        (b"openapi: 3.1.0\npaths: {a: [", "neither JSON nor YAML that can be read, line 2"),
        (b"\xff\xfe{\0}\0", "this is not UTF-8"),
        (
            b"{\"openapi\": \"3.1.0\", \"paths\": {\"/v2/a\": {\"get\": {}}}}",
            "GET /v2/a > answer: the operation has no",
        ),
    ];
    for (bytes, why) in documents {
        write(&root, "openapi.json", bytes);
        let (code, _, err) = drift(&root, &[]);
        assert_eq!(code, Some(101), "{err}");
        assert!(err.starts_with("error: ") && err.contains("openapi.json: ") && err.contains(why), "{why}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    }
    let deep = format!("{{\"openapi\": \"3.1.0\", \"paths\": {}", "{\"a\":".repeat(100_000));
    write(&root, "openapi.json", deep);
    let (code, _, err) = drift(&root, &[]);
    assert_eq!(code, Some(101));
    assert!(err.contains("recursion limit exceeded"), "{err}");
}

#[test]
fn a_document_in_yaml_is_as_good() {
    let root = folder();
    write(&root, "openapi.json", "openapi: 3.1.0\npaths:\n  /v2/books/{id}: {head: {responses: {}}}\n");
    let (code, out, _) = drift(&root, &[]);
    assert_eq!(code, Some(1));
    assert!(out.contains("at       HEAD /v2/books/{id}\n"), "{out}");
}

#[test]
fn a_wrong_spec_and_a_wrong_command_are_told() {
    let root = folder();
    write(&root, "spec/types/books.yaml", "Genre: 1\n");
    let (code, _, err) = drift(&root, &[]);
    assert_eq!(code, Some(101));
    assert!(err.starts_with("error: the spec cannot be understood:\n"), "{err}");
    for args in [&["drift"][..], &["drift", "openapi.json", "--format", "yaml"]] {
        let code = Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).output().unwrap().status.code();
        assert_eq!(code, Some(2), "{args:?}");
    }
}
