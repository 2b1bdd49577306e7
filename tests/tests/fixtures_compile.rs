//! What the generator makes of each of its fixtures compiles on the client's runtime, without a warning. The fixtures use
//! what Gong's own spec may never need, so this is the proof that the language is carried out as a whole.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::SourceFile;

const GENERATED: &str = "gong-client/src/generated";

/// The modules of the client that are written for Gong's own tools, and no part of the runtime.
const FOR_GONG: &[&str] = &["transcripts"];

/// Checks the client with this fixture's tools in place of Gong's.
fn check(fixture: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // A fixed place, so that a second run finds what the first one built; beside it, one place for what all depend on.
    let work = root.join("target/fixtures").join(fixture);
    let _ = fs::remove_dir_all(work.join("gong-client"));
    copy(&root.join("gong-client/src"), &work.join("gong-client/src"));
    write(&work.join("gong-client/Cargo.toml"), &without_tests(&read(&root.join("gong-client/Cargo.toml"))));
    write(&work.join("Cargo.toml"), &only_the_client(&read(&root.join("Cargo.toml"))));
    write(&work.join("Cargo.lock"), &read(&root.join("Cargo.lock")));
    let lib = work.join("gong-client/src/lib.rs");
    // A fixture does not use the whole of the runtime.
    let root_module = without_modules(&read(&lib), FOR_GONG);
    write(&lib, &format!("#![deny(warnings)]\n#![allow(dead_code, unused_macros)]\n{root_module}"));
    fs::remove_dir_all(work.join(GENERATED)).unwrap();
    for file in emitted(&root.join("codegen/tests/fixtures").join(fixture)) {
        write(&work.join(&file.path), &file.contents);
    }
    let cargo = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--package", "gong-client", "--lib"])
        .current_dir(&work)
        .env("CARGO_TARGET_DIR", root.join("target/fixtures/target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{fixture}: {}", String::from_utf8_lossy(&cargo.stderr));
}

/// One after the other, for they would only wait for each other's build.
#[test]
fn every_fixture_compiles_without_a_warning() {
    ["plain", "behaviours", "models"].into_iter().for_each(check);
}

/// The generated part of the client for the spec in this folder.
fn emitted(folder: &Path) -> Vec<codegen::emit::Output> {
    let mut files: Vec<SourceFile> = below(folder)
        .iter()
        .map(|path| SourceFile { path: format!("spec/{}", relative(path, folder)), text: read(path) })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let spec = codegen::load(&files).unwrap_or_else(|faults| panic!("{}", faults.render(&files, false)));
    let outputs = codegen::emit::emit(&spec).unwrap();
    outputs.into_iter().filter(|output| output.path.starts_with(GENERATED)).collect()
}

/// The workspace's manifest with the client as its only member.
fn only_the_client(manifest: &str) -> String {
    let members =
        |line: &str| if line.starts_with("members") { r#"members = ["gong-client"]"# } else { line }.to_owned();
    manifest.lines().map(|line| members(line) + "\n").collect()
}

/// The client's manifest without what its own tests need, some of which are other members.
fn without_tests(manifest: &str) -> String {
    let mut keeps = true;
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            keeps =
                !["[dev-dependencies", "[[test", "[[example", "[[bench"].iter().any(|start| line.starts_with(start));
        }
        keeps
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// A module without the declarations of these modules in it.
fn without_modules(module: &str, names: &[&str]) -> String {
    let declares = |line: &str| names.iter().any(|name| line.ends_with(&format!("mod {name};")));
    module.lines().filter(|line| !declares(line)).map(|line| format!("{line}\n")).collect()
}

fn copy(from: &Path, to: &Path) {
    for path in below(from) {
        write(&to.join(relative(&path, from)), &read(&path));
    }
}

/// All files below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
