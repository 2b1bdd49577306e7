//! A room of a crate knows the rooms before it and none behind it, and the files of the client form no circle, so that
//! each can be read alone.

#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each crate, those that know nothing of the others first.
const STAGES: [(&str, &[&str]); 3] = [
    (
        "tool-spec",
        &[
            "source", "names", "model", "display", "fault", "circles", "syntax", "load", "meant", "language", "format",
            "migrate", "resolve", "check", "lower",
        ],
    ),
    ("codegen", &["words", "client", "example", "docs", "schema", "skills", "rust"]),
    (
        "gong-client",
        &[
            "base",
            "input",
            "decode",
            "auth",
            "limiter",
            "transport",
            "call",
            "page",
            "client",
            "runtime",
            "generated",
            "catalog",
            "by_name",
            "transcripts",
            "download",
        ],
    ),
];

/// Crates none of whose files may lead back to itself.
const WITHOUT_CIRCLES: [&str; 1] = ["gong-client"];

fn root(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(of).join("src")
}

/// The files of a crate but those of its tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap().to_str().unwrap();
        name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "testing.rs"
    });
    files
}

/// The lines of a file with what is code of them, up to its own tests.
fn code(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().take_while(|line| !line.starts_with("mod tests {"));
    lines.map(|line| line.split("//").next().unwrap_or_default().to_owned()).collect()
}

/// The paths in a line of code that begin with this word, without it.
fn paths<'l>(line: &'l str, first: &'l str) -> impl Iterator<Item = &'l str> {
    line.split(first).skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().trim_end_matches(':')
    })
}

#[test]
fn no_file_names_a_later_stage() {
    let mut wrong = Vec::new();
    for (of, stages) in STAGES {
        let root = root(of);
        for file in sources(&root) {
            let within = file.strip_prefix(&root).unwrap().with_extension("");
            let stage = within.iter().next().unwrap().to_str().unwrap();
            let position = |name: &str| stages.iter().position(|stage| *stage == name);
            let Some(own) = position(stage) else {
                assert_eq!(stage, "lib", "{of}/src/{stage} is no stage of this list: give it its place");
                continue;
            };
            for (line, text) in code(&file).iter().enumerate() {
                let named = paths(text, "crate::").filter_map(|path| path.split("::").next());
                let later = named.filter(|name| position(name).is_some_and(|other| other > own));
                wrong.extend(later.map(|later| format!("{}:{}: {stage} names {later}", file.display(), line + 1)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The files of a crate by their modules, such as `page::items`.
fn modules(of: &str) -> BTreeMap<String, PathBuf> {
    let root = root(of);
    let module = |file: &Path| {
        let within = file.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<&str> = within.iter().map(|part| part.to_str().unwrap()).filter(|part| *part != "mod").collect();
        parts.join("::")
    };
    let files = sources(&root).into_iter().filter(|file| !file.starts_with(root.join("generated")));
    files.map(|file| (module(&file), file)).filter(|(module, _)| module != "lib").collect()
}

/// The modules that a file names, with the line where it does so first. A name that a module takes over from one of its
/// own is that one's.
fn imports(module: &str, modules: &BTreeMap<String, PathBuf>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let file = modules.get(module).unwrap();
    let folder = if file.ends_with("mod.rs") { module } else { module.rsplit_once("::").map_or("", |(of, _)| of) };
    let mut group = String::new();
    for (line, text) in code(file).iter().enumerate() {
        // The names in braces after a path belong to it, line after line.
        if let Some((path, _)) = text.trim_start_matches("pub ").split_once("::{").filter(|_| text.contains("use ")) {
            group = path.rsplit("use ").next().unwrap_or_default().to_owned();
        }
        let mut named: Vec<String> = paths(text, "crate::").map(str::to_owned).collect();
        named.extend(paths(text, "super::").map(|path| format!("{folder}::{path}")));
        if let Some(path) = group.strip_prefix("crate::") {
            let names = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty());
            named.extend(names.map(|name| format!("{path}::{name}")));
        }
        if text.contains(';') {
            group.clear();
        }
        for path in named {
            if let Some(target) = target(path.trim_start_matches(':'), modules).filter(|target| target != module) {
                found.entry(target).or_insert(line + 1);
            }
        }
    }
    found
}

/// The module in which what has this path is declared.
fn target(path: &str, modules: &BTreeMap<String, PathBuf>) -> Option<String> {
    if modules.contains_key(path) {
        return Some(path.to_owned());
    }
    let (of, name) = path.rsplit_once("::")?;
    let file = modules.get(of);
    let Some(file) = file else { return target(of, modules) };
    let taken_over = code(file).into_iter().find_map(|line| {
        let (child, names) = line.trim().strip_prefix("pub use ")?.split_once("::")?;
        let mut names = names.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.any(|one| one == name).then(|| format!("{of}::{child}"))
    });
    taken_over.filter(|child| modules.contains_key(child)).or_else(|| Some(of.to_owned()))
}

#[test]
fn no_file_leads_back_to_itself() {
    for of in WITHOUT_CIRCLES {
        let modules = modules(of);
        let mut open: BTreeMap<&String, BTreeMap<String, usize>> =
            modules.keys().map(|module| (module, imports(module, &modules))).collect();
        // A file that names none of those that are left, or that none of them names, is in no circle.
        loop {
            let left: BTreeSet<String> = open.keys().map(|module| (*module).clone()).collect();
            open.values_mut().for_each(|named| named.retain(|module, _| left.contains(module)));
            let before = open.len();
            let targets: BTreeSet<String> = open.values().flat_map(|named| named.keys().cloned()).collect();
            open.retain(|module, named| !named.is_empty() && targets.contains(*module));
            if open.len() == before {
                break;
            }
        }
        let circle = open.iter().flat_map(|(module, named)| {
            let file = modules.get(*module).unwrap().display();
            named.iter().map(move |(other, line)| format!("{file}:{line}: {module} names {other}"))
        });
        let circle: Vec<String> = circle.collect();
        assert!(circle.is_empty(), "in a circle, or between two:\n{}", circle.join("\n"));
    }
}
