//! The front end: right specs load, and every fault of a wrong one is reported so that a person can mend it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod broken;
mod loads;
mod mutations;
mod once;
mod said;
mod sends;
mod shared;
mod silent;
mod slips;
mod tells;

use std::fs;
use std::path::Path;

use tool_spec::SourceFile;

/// The files of a mini spec under `tests/fixtures`, in the order of their paths.
fn fixture(name: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let mut files = Vec::new();
    for folder in ["", "tools", "types"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let file = path.file_name().unwrap().to_str().unwrap();
                let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let text = fs::read_to_string(&path).unwrap();
                files.push(SourceFile { path: format!("spec/{folder}{file}"), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// A mini spec with other text in place of what it says: each edit names what is there once, and what comes instead.
fn edited(name: &str, edits: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = fixture(name);
    for (there, instead) in edits {
        let found: usize = files.iter().map(|file| file.text.matches(there).count()).sum();
        assert_eq!(found, 1, "`{there}` is in the fixture `{name}` {found} times");
        for file in &mut files {
            file.text = file.text.replace(there, instead);
        }
    }
    files
}

/// The faults of files, rendered.
fn told(files: &[SourceFile]) -> String {
    match tool_spec::load(files) {
        Ok(_) => "nothing is wrong\n".to_owned(),
        Err(faults) => faults.render(files, false),
    }
}

/// Every fault of files, without their count, which others show.
fn faults(files: &[SourceFile]) -> String {
    let told = told(files);
    told.rsplit_once("\n\n").map_or(told.clone(), |(faults, _count)| format!("{faults}\n"))
}

/// Compares the faults of each wrong spec with the snapshot of that name. A wrong spec is a mini spec with edits.
fn check(snapshot: &str, name: &str, wrongs: &[&[(&str, &str)]]) {
    let mut all = String::new();
    for edits in wrongs {
        for (there, instead) in *edits {
            let line = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ⏎ ");
            all.push_str(&format!("## {}  →  {}\n", line(there), line(instead)));
        }
        all.push_str(&format!("{}\n", faults(&edited(name, edits))));
    }
    insta::assert_snapshot!(snapshot, all);
}
