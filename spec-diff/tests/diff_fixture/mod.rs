//! The small spec that the rules' examples change.
#![allow(clippy::unwrap_used, clippy::panic, dead_code)] // Helpers of tests may panic; each test uses some of them.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use spec_diff::Side;
use tool_spec::source::SourceFile;

/// A file below `spec-diff/tests/fixtures`, from whichever crate tests with it.
pub(crate) fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec-diff/tests/fixtures");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The spec as it is.
pub(crate) fn files() -> Vec<SourceFile> {
    ["spec/gong.yaml", "spec/tools/calls.yaml", "spec/tools/people.yaml", "spec/types/all.yaml"]
        .map(|path| SourceFile { path: path.to_owned(), text: read(path) })
        .to_vec()
}

/// A change of some whole lines of a spec.
struct Edit {
    /// The lines to look for.
    from: String,
    /// The lines to put in their place.
    to: String,
}

/// The changes that such a diff makes, one a hunk.
fn edits(diff: &str) -> Vec<Edit> {
    diff.split("@@\n").filter(|hunk| !hunk.is_empty()).map(hunk).collect()
}

fn hunk(hunk: &str) -> Edit {
    let mut edit = Edit { from: String::new(), to: String::new() };
    for line in hunk.lines() {
        let (sides, line) = match line.split_at_checked(1) {
            Some(("-", line)) => ([true, false], line),
            Some(("+", line)) => ([false, true], line),
            Some((_, line)) => ([true, true], line),
            None => ([true, true], ""),
        };
        for (side, there) in [&mut edit.from, &mut edit.to].into_iter().zip(sides) {
            if there {
                side.push_str(line);
                side.push('\n');
            }
        }
    }
    edit
}

/// The spec as a diff changes it. Each hunk fits in one place.
pub(crate) fn edited(diff: &str) -> Vec<SourceFile> {
    let mut files = files();
    for Edit { from, to } in edits(diff) {
        let places: usize = files.iter().map(|file| with_start(file).matches(&format!("\n{from}")).count()).sum();
        assert_eq!(places, 1, "an edit fits in {places} places rather than one: {from}");
        for file in &mut files {
            let changed = with_start(file).replacen(&format!("\n{from}"), &format!("\n{to}"), 1);
            file.text = changed.trim_start_matches('\n').to_owned();
        }
    }
    files
}

/// The text with a line break before its first line as before each other.
fn with_start(file: &SourceFile) -> String {
    format!("\n{}", file.text)
}

/// The side that changes are made to.
pub(crate) fn base() -> &'static Side {
    static BASE: LazyLock<Side> = LazyLock::new(|| side(&files()));
    &BASE
}

/// A side that must load.
pub(crate) fn side(files: &[SourceFile]) -> Side {
    Side::load(files).unwrap_or_else(|faults| panic!("{}", faults.render(files, false)))
}
