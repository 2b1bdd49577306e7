//! The client with other tools in place of Gong's: what the generator makes of a spec, on the runtime as it is.
// Helpers of tests may panic; Clippy's own exception knows test functions only. Each test uses some of them.
#![allow(clippy::unwrap_used, clippy::panic, dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use tool_spec::SourceFile;
use tool_spec::model::Spec;

/// The client's crate, and where in a crate that is generated goes.
pub(crate) const CLIENT: &str = "gong-client";
pub(crate) const GENERATED: &str = "gong-client/src/generated";

/// The modules of the client that are written for Gong's own tools, and no part of the runtime.
const FOR_GONG: &[&str] = &["download", "transcripts"];

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Lays down the client as a crate of this name, without what is generated: a workspace with nothing else in it.
pub(crate) fn lay(work: &Path, client: &str) {
    let root = root();
    let named = |manifest: &str| manifest.replace(CLIENT, client);
    let _ = fs::remove_dir_all(work.join(client));
    copy(&root.join(CLIENT).join("src"), &work.join(client).join("src"));
    let manifest = without_tests(&read(&root.join(CLIENT).join("Cargo.toml")));
    write(&work.join(client).join("Cargo.toml"), &named(&manifest));
    write(&work.join("Cargo.toml"), &named(&only_the_client(&read(&root.join("Cargo.toml")))));
    write(&work.join("Cargo.lock"), &named(&read(&root.join("Cargo.lock"))));
    let lib = work.join(client).join("src/lib.rs");
    // A fixture does not use the whole of the runtime.
    let root_module = without_modules(&read(&lib), FOR_GONG);
    write(&lib, &format!("#![deny(warnings)]\n#![allow(dead_code, unused_macros)]\n{root_module}"));
    fs::remove_dir_all(work.join(client).join("src/generated")).unwrap();
}

/// Puts this spec's tools into a client that is laid down, whatever the spec's service is called.
pub(crate) fn fill(work: &Path, client: &str, spec: &Spec) {
    let generated = work.join(client).join("src/generated");
    let _ = fs::remove_dir_all(&generated);
    for file in codegen::emit(spec) {
        if let Some((_, below)) = file.path.split_once("-client/src/generated/") {
            write(&generated.join(below), &file.contents);
        }
    }
}

/// The spec in this folder.
pub(crate) fn spec(folder: &Path) -> Spec {
    let mut files: Vec<SourceFile> = below(folder)
        .iter()
        .map(|path| SourceFile { path: format!("spec/{}", relative(path, folder)), text: read(path) })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    tool_spec::load(&files).unwrap_or_else(|faults| panic!("{}", faults.render(&files, false)))
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

/// A module without the declarations of these modules in it, and without what it shows of theirs.
fn without_modules(module: &str, names: &[&str]) -> String {
    let is_of =
        |line: &str, name| line.ends_with(&format!("mod {name};")) || line.starts_with(&format!("pub use {name}::"));
    module.lines().filter(|line| !names.iter().any(|name| is_of(line, *name))).map(|line| format!("{line}\n")).collect()
}

fn copy(from: &Path, to: &Path) {
    for path in below(from) {
        write(&to.join(relative(&path, from)), &read(&path));
    }
}

/// All files below a folder.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
