//! The files of the repository: how they differ from what they should be, and making them so.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use codegen::Output;
use similar::TextDiff;

/// A file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its path below the root, with forward slashes.
    pub(crate) path: String,
    /// What it holds; nothing if it is not there.
    pub(crate) before: Option<String>,
    /// What it should hold; nothing if it should not be there.
    pub(crate) after: Option<String>,
}

impl Change {
    /// The change as a unified diff.
    pub(crate) fn diff(&self) -> String {
        let name = |side: &Option<String>| if side.is_some() { self.path.as_str() } else { "/dev/null" }.to_owned();
        let (before, after) = (name(&self.before), name(&self.after));
        TextDiff::from_lines(self.before.as_deref().unwrap_or_default(), self.after.as_deref().unwrap_or_default())
            .unified_diff()
            .context_radius(3)
            .header(&before, &after)
            .to_string()
    }
}

/// How the owned files, and those in the owned folders, differ from the wanted ones: missing, different, or wanted by
/// nobody.
///
/// How a line ends makes no difference, as Git may have changed it.
pub(crate) fn compare(root: &Path, owned: &[&str], wanted: &[Output]) -> io::Result<Vec<Change>> {
    let mut after: BTreeMap<String, &str> = BTreeMap::new();
    for Output { path, contents } in wanted {
        let below =
            |owned: &&str| path.strip_prefix(*owned).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if !owned.iter().any(below) || path.split('/').any(|step| step == "..") {
            return Err(io::Error::other(format!("{path} would be written, but lies in no generated folder")));
        }
        if after.insert(path.clone(), contents).is_some() {
            return Err(io::Error::other(format!("{path} would be written twice")));
        }
    }
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for folder in owned {
        for path in files(root, folder)? {
            let bytes = fs::read(root.join(&path)).map_err(|error| at(&path, error))?;
            before.insert(path, unix_lines(&String::from_utf8_lossy(&bytes)));
        }
    }
    let mut changes = Vec::new();
    for (path, contents) in after {
        let (before, after) = (before.remove(&path), unix_lines(contents));
        if before.as_ref() != Some(&after) {
            changes.push(Change { path, before, after: Some(after) });
        }
    }
    changes.extend(before.into_iter().map(|(path, text)| Change { path, before: Some(text), after: None }));
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(changes)
}

/// Carries a change out. A folder that it leaves empty goes too.
pub(crate) fn apply(root: &Path, change: &Change) -> io::Result<()> {
    let path = root.join(&change.path);
    let folder = path.parent().unwrap_or(root);
    let done = match &change.after {
        Some(text) => fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)),
        None => fs::remove_file(&path),
    };
    if change.after.is_none() {
        // Fails, as it should, where something is left.
        let _ = fs::remove_dir(folder);
    }
    done.map_err(|error| at(&change.path, error))
}

/// Every file below a folder, in the order of the paths; none if there is no such folder. A file is itself.
pub(crate) fn files(root: &Path, folder: &str) -> io::Result<Vec<String>> {
    if root.join(folder).is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|error| at(&folder, error))?,
        };
        for entry in entries {
            let entry = entry.map_err(|error| at(&folder, error))?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            // A link counts as a file, so that nothing outside is ever touched.
            if entry.file_type().map_err(|error| at(&path, error))?.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The error with the path that it is about.
pub(crate) fn at(path: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use codegen::Output;

    use super::{apply, compare};

    const OWNED: &[&str] = &["made", "docs/made"];

    fn wanted(files: &[(&str, &str)]) -> Vec<Output> {
        files.iter().map(|(path, text)| Output { path: (*path).to_owned(), contents: (*text).to_owned() }).collect()
    }

    fn generate(root: &Path, files: &[(&str, &str)]) -> usize {
        let changes = compare(root, OWNED, &wanted(files)).unwrap();
        changes.iter().for_each(|change| apply(root, change).unwrap());
        changes.len()
    }

    fn diffs(root: &Path, files: &[(&str, &str)]) -> String {
        compare(root, OWNED, &wanted(files)).unwrap().iter().map(super::Change::diff).collect()
    }

    #[test]
    fn a_second_run_has_nothing_to_do() {
        let root = tempfile::tempdir().unwrap();
        let files = [("made/a.rs", "fn a() {}\n"), ("docs/made/deep/b.md", "b\n")];
        assert_eq!(generate(root.path(), &files), 2);
        assert_eq!(fs::read_to_string(root.path().join("docs/made/deep/b.md")).unwrap(), "b\n");
        assert_eq!(generate(root.path(), &files), 0);
    }

    #[test]
    fn only_what_changed_is_written() {
        let root = tempfile::tempdir().unwrap();
        generate(root.path(), &[("made/a", "a\n"), ("made/b", "b\n")]);
        assert_eq!(generate(root.path(), &[("made/a", "a\n"), ("made/b", "c\n")]), 1);
    }

    #[test]
    fn a_hand_edit_shows_as_a_diff() {
        let root = tempfile::tempdir().unwrap();
        let files = [("made/a", "one\ntwo\nthree\n")];
        generate(root.path(), &files);
        fs::write(root.path().join("made/a"), "one\n2\nthree\n").unwrap();
        assert_eq!(diffs(root.path(), &files), "--- made/a\n+++ made/a\n@@ -1,3 +1,3 @@\n one\n-2\n+two\n three\n");
    }

    #[test]
    fn a_missing_file_shows_as_new() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(diffs(root.path(), &[("made/a", "one\n")]), "--- /dev/null\n+++ made/a\n@@ -0,0 +1 @@\n+one\n");
    }

    #[test]
    fn an_orphan_goes_and_so_does_its_folder() {
        let root = tempfile::tempdir().unwrap();
        generate(root.path(), &[("made/a", "a\n"), ("made/old/b", "b\n")]);
        fs::write(root.path().join("beside"), "by hand\n").unwrap();
        assert_eq!(diffs(root.path(), &[("made/a", "a\n")]), "--- made/old/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n");
        assert_eq!(generate(root.path(), &[("made/a", "a\n")]), 1);
        assert!(!root.path().join("made/old").exists());
        assert!(root.path().join("beside").exists());
    }

    #[test]
    fn a_file_can_be_owned_beside_files_by_hand() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("hand")).unwrap();
        fs::write(root.path().join("hand/a"), "by hand\n").unwrap();
        let owned = ["hand/made"];
        let run = |files: &[(&str, &str)]| {
            let changes = compare(root.path(), &owned, &wanted(files)).unwrap();
            changes.iter().for_each(|change| apply(root.path(), change).unwrap());
            changes.len()
        };
        assert_eq!(
            [run(&[("hand/made", "1\n")]), run(&[("hand/made", "1\n")]), run(&[("hand/made", "2\n")])],
            [1, 0, 1]
        );
        assert_eq!(run(&[]), 1);
        assert!(root.path().join("hand/a").exists() && !root.path().join("hand/made").exists());
        assert!(compare(root.path(), &owned, &wanted(&[("hand/a", "")])).is_err());
    }

    #[test]
    fn how_lines_end_makes_no_difference() {
        let root = tempfile::tempdir().unwrap();
        generate(root.path(), &[("made/a", "one\ntwo\n")]);
        fs::write(root.path().join("made/a"), "one\r\ntwo\r\n").unwrap();
        assert_eq!(diffs(root.path(), &[("made/a", "one\ntwo\n")]), "");
    }

    #[test]
    fn nothing_outside_the_generated_folders_is_written() {
        let root = tempfile::tempdir().unwrap();
        for path in ["Cargo.toml", "madeup/a", "made/../Cargo.toml", "/made/a"] {
            let error = compare(root.path(), OWNED, &wanted(&[(path, "")])).unwrap_err();
            assert!(error.to_string().contains("no generated folder"), "{error}");
        }
        let twice = compare(root.path(), OWNED, &wanted(&[("made/a", ""), ("made/a", "")])).unwrap_err();
        assert!(twice.to_string().contains("twice"), "{twice}");
    }
}
