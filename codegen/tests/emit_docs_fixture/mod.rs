//! The specs that the tests of the emitters are about.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::Path;

use codegen::Output;
use tool_spec::model::Spec;
use tool_spec::source::SourceFile;

/// The names of all fixtures.
pub(crate) const ALL: &[&str] = &["plain", "behaviours", "models"];

/// The spec in `fixtures/NAME`.
pub(crate) fn spec(name: &str) -> Spec {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tool-spec/tests/fixtures").join(name);
    let mut files = vec![file(&root, "gong.yaml")];
    for folder in ["tools", "types"] {
        let mut names: Vec<String> = fs::read_dir(root.join(folder))
            .unwrap()
            .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
            .collect();
        names.sort();
        files.extend(names.iter().map(|name| file(&root, name)));
    }
    tool_spec::load(&files).unwrap_or_else(|faults| panic!("{}", faults.render(&files, false)))
}

fn file(root: &Path, path: &str) -> SourceFile {
    SourceFile { path: format!("spec/{path}"), text: fs::read_to_string(root.join(path)).unwrap() }
}

/// The files whose paths have this in them, as one text.
pub(crate) fn joined(outputs: &[Output], part: &str) -> String {
    let outputs = outputs.iter().filter(|output| output.path.contains(part));
    outputs.map(|output| format!("=== {}\n{}\n", output.path, output.contents)).collect()
}
