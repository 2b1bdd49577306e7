//! Where the parts of a spec are written, found by walking the YAML alone, so that a place is known for whatever a
//! finding is about.

use std::collections::BTreeMap;
use std::fmt;

use tool_spec::fault::Sink;
use tool_spec::source::SourceFile;
use tool_spec::syntax::{Node, parse};

/// A file, a line and a column, both counted from one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's path.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Where each part of a spec is written, by its path.
///
/// A path begins with what the part belongs to and goes on with the keys of the spec language:
/// `acme_calls_create.params.title`, `Call.fields.id.type`, `service.base_url`, `group.calls.about`. It names no file,
/// so that moving an entry to another one changes no path.
#[derive(Debug, Default)]
pub struct Places {
    known: BTreeMap<String, Location>,
}

impl Places {
    /// The places of everything in these files. A file that cannot be read has none.
    #[must_use]
    pub fn of(files: &[SourceFile]) -> Self {
        let mut places = Places::default();
        for (index, file) in files.iter().enumerate() {
            if let Some(root) = parse(file, index, &Sink::default()) {
                places.file(file, &root);
            }
        }
        places
    }

    /// Where this is, or what holds it.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Location> {
        let mut path = path;
        loop {
            if let Some(location) = self.known.get(path) {
                return Some(location);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    fn file(&mut self, file: &SourceFile, root: &Node) {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let stem = name.strip_suffix(".yaml").unwrap_or(name);
        match folder.rsplit('/').next() {
            Some("types") => self.members(file, root, ""),
            Some("tools") => {
                self.add(file, root, &format!("group.{stem}"));
                for (key, node) in root.pairs() {
                    match key.word() {
                        Some("tools") => self.members(file, node, ""),
                        Some(other) => self.member(file, key, node, &format!("group.{stem}.{other}")),
                        None => {}
                    }
                }
            }
            _ => self.members(file, root, "service."),
        }
    }

    fn members(&mut self, file: &SourceFile, node: &Node, before: &str) {
        for (key, value) in node.pairs() {
            if let Some(word) = key.word() {
                self.member(file, key, value, &format!("{before}{}", word.trim_end_matches('!')));
            }
        }
    }

    fn member(&mut self, file: &SourceFile, key: &Node, value: &Node, path: &str) {
        self.add(file, key, path);
        self.members(file, value, &format!("{path}."));
        for (index, item) in value.items().iter().enumerate() {
            let path = format!("{path}.{index}");
            self.add(file, item, &path);
            self.members(file, item, &format!("{path}."));
        }
    }

    fn add(&mut self, file: &SourceFile, node: &Node, path: &str) {
        let place = file.place(node.head().start);
        let location = Location { file: file.path.clone(), line: place.line, column: place.column };
        self.known.entry(path.to_owned()).or_insert(location);
    }
}
