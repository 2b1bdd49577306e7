//! What the chores' tests share.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tool_spec::SourceFile;
use tool_spec::model::Spec;

use crate::ended::{Ended, Failed};
use crate::generate;

/// The exit code of a chore, what it printed, and what it told of what is wrong.
pub(crate) fn ended(chore: impl FnOnce(&mut Vec<u8>) -> Ended) -> (u8, String, String) {
    let mut out = Vec::new();
    let Failed { told, code } = chore(&mut out).err().unwrap_or(Failed::silently(0));
    (code, String::from_utf8(out).unwrap(), told)
}

/// The files of the plain fixture, and what they say.
pub(crate) fn plain() -> (Vec<SourceFile>, Spec) {
    let files = generate::spec_files(copied("plain").path()).unwrap();
    let spec = tool_spec::load(&files).unwrap();
    (files, spec)
}

/// A folder with one of the generator's fixtures as its spec.
pub(crate) fn copied(fixture: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tool-spec/tests/fixtures").join(fixture);
    copy(&from, &root.path().join("spec"));
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
