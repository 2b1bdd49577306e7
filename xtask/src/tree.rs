//! The files of the repository: how they differ from what they should be, and making them so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use codegen::Output;
use similar::TextDiff;
use tool_spec::source::SourceFile;

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
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes = paths.into_iter().map(|path| Change {
        path: path.clone(),
        before: before.get(path).cloned(),
        after: after.get(path).map(|text| unix_lines(text)),
    });
    Ok(changes.filter(|change| change.before != change.after).collect())
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

/// Writes a file of the spec.
pub(crate) fn write(root: &Path, file: &SourceFile) -> io::Result<()> {
    apply(root, &Change { path: file.path.clone(), before: None, after: Some(file.text.clone()) })
}

/// What a file holds, if it is there.
pub(crate) fn text(root: &Path, path: &str) -> io::Result<Option<String>> {
    match fs::read_to_string(root.join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => text.map(Some).map_err(|error| at(path, error)),
    }
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
mod tests;
