//! A stage knows the stages before it and none behind it, in each of the crates that lead from a spec to what is made
//! of it.

#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each crate, those that know nothing of the others first.
const STAGES: [(&str, &[&str]); 2] = [
    (
        "tool-spec",
        &[
            "source", "names", "model", "display", "fault", "circles", "syntax", "load", "language", "format",
            "migrate", "resolve", "check", "lower",
        ],
    ),
    ("codegen", &["words", "client", "example", "docs", "schema", "rust"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs") && !file.ends_with("tests.rs"));
    files
}

/// The modules of this crate that a line of code names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
}

#[test]
fn no_file_names_a_later_stage() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut wrong = Vec::new();
    for (of, stages) in STAGES {
        let root = repository.join(of).join("src");
        for file in sources(&root) {
            let within = file.strip_prefix(&root).unwrap().with_extension("");
            let stage = within.iter().next().unwrap().to_str().unwrap();
            let position = |name: &str| stages.iter().position(|stage| *stage == name);
            let Some(own) = position(stage) else {
                assert_eq!(stage, "lib", "{of}/src/{stage} is no stage of this list: give it its place");
                continue;
            };
            for (line, text) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let later = named(text).filter(|name| position(name).is_some_and(|other| other > own));
                wrong.extend(later.map(|later| format!("{}:{}: {stage} names {later}", file.display(), line + 1)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
