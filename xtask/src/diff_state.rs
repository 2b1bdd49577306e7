//! A state of the repository's spec: the working tree, a folder or a git revision. Git is asked through its command
//! line.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use spec_diff::{Side, Version};
use tool_spec::FaultKind;
use tool_spec::language::VERSION;
use tool_spec::source::SourceFile;

use crate::drift::ERRATA;
use crate::tree;

/// Where accepted findings are written down. It lies beside the spec and is no part of it.
pub(crate) const ACCEPTED: &str = "spec/accepted-breaks.yaml";

#[derive(Debug)]
pub(crate) struct State {
    /// What reports call it.
    name: String,
    from: From,
}

/// Where a state lies.
#[derive(Debug)]
enum From {
    /// A folder that holds `spec/`.
    Folder(PathBuf),
    Commit(String),
}

/// What there is to know of a state.
#[derive(Debug)]
pub(crate) struct Read {
    /// What reports call it.
    pub(crate) name: String,
    /// Its spec.
    pub(crate) side: Side,
    /// The client's version, if there is one.
    pub(crate) version: Option<Version>,
    /// The accepted findings, if there are any.
    pub(crate) accepted: Option<SourceFile>,
}

impl State {
    /// As it is now.
    pub(crate) fn working_tree(root: &Path) -> Self {
        State { name: "the working tree".to_owned(), from: From::Folder(root.to_owned()) }
    }

    fn of_commit(commit: &str, name: &str) -> Self {
        let commit = commit.trim();
        let name = format!("{name} ({})", commit.get(..10).unwrap_or(commit));
        State { name, from: From::Commit(commit.to_owned()) }
    }

    /// The state of this name: a folder that holds `spec/`, or else a revision.
    pub(crate) fn named(root: &Path, name: &str) -> Result<Self, String> {
        let folder = Path::new(name);
        if folder.join("spec").is_dir() {
            return Ok(State { name: name.to_owned(), from: From::Folder(folder.to_owned()) });
        }
        if folder.is_dir() {
            return Err(format!("the folder {name} holds no spec/"));
        }
        let commit =
            git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?;
        let commit = commit.ok_or_else(|| format!("there is no revision and no folder `{name}` here"))?;
        Ok(State::of_commit(&commit, name))
    }

    /// The last commit that the working tree has in common with the main branch.
    pub(crate) fn merge_base(root: &Path) -> Result<Self, String> {
        for branch in ["main", "origin/main", "master", "origin/master"] {
            if let Some(commit) = git(root, &["merge-base", "HEAD", branch])? {
                return Ok(State::of_commit(&commit, &format!("the merge base with {branch}")));
            }
        }
        Err("there is no main branch to compare with: name the state to begin at, such as HEAD~1".to_owned())
    }

    /// Reads the state. `remedy` is what may be done about a spec that is not understood.
    pub(crate) fn read(self, root: &Path, remedy: &str) -> Result<Read, String> {
        let paths: Vec<String> =
            self.paths(root)?.into_iter().filter(|path| path.ends_with(".yaml") && path != ERRATA).collect();
        let name = &self.name;
        if paths.is_empty() {
            return Err(format!("{name} has no spec: there is no YAML below spec/"));
        }
        let mut files = Vec::new();
        for path in paths {
            let text = self.text(root, &path)?.ok_or_else(|| format!("{path} of {name} cannot be read"))?;
            files.push(SourceFile { path, text });
        }
        let accepted = files.iter().position(|file| file.path == ACCEPTED).map(|index| files.remove(index));
        let client = self.text(root, "gong-client/Cargo.toml")?.unwrap_or_default();
        let workspace = self.text(root, "Cargo.toml")?.unwrap_or_default();
        let version = version(&client, "package").or_else(|| version(&workspace, "workspace.package"));
        let files = tool_spec::migrate(&files);
        let side = Side::load(&files).map_err(|faults| {
            let is_old = faults.iter().any(|fault| fault.kind == FaultKind::Version);
            let old =
                format!("Only states that are written in version {VERSION} can be compared here: name such a one.");
            let (step, faults) = (if is_old { &old } else { remedy }, faults.render(&files, false));
            format!("the spec of {name} cannot be understood:\n\n{faults}{step}")
        })?;
        Ok(Read { side, version, accepted, name: self.name })
    }

    fn paths(&self, root: &Path) -> Result<Vec<String>, String> {
        match &self.from {
            From::Folder(folder) => tree::files(folder, "spec").map_err(|error| error.to_string()),
            From::Commit(commit) => {
                let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", commit, "--", "spec/"])?;
                let listed = listed.ok_or_else(|| format!("git cannot list the files of {}", self.name))?;
                Ok(listed.split_terminator('\0').map(str::to_owned).collect())
            }
        }
    }

    /// What a file held; nothing if it is not there.
    fn text(&self, root: &Path, path: &str) -> Result<Option<String>, String> {
        match &self.from {
            From::Folder(folder) => tree::text(folder, path).map_err(|error| error.to_string()),
            From::Commit(commit) => git(root, &["show", &format!("{commit}:./{path}")]),
        }
    }
}

/// What git answers; nothing if it says no.
fn git(root: &Path, args: &[&str]) -> Result<Option<String>, String> {
    let Output { status, stdout, stderr } =
        Command::new("git").arg("-C").arg(root).args(args).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "git is not installed; without it only folders can be compared".to_owned(),
            _ => format!("git cannot be run: {error}"),
        })?;
    let told = String::from_utf8_lossy(&stderr);
    if told.contains("not a git repository") {
        return Err(format!("{} is no git repository; without one only folders can be compared", root.display()));
    }
    if told.contains("dubious ownership") {
        return Err(format!("git does not trust {}: {}", root.display(), told.trim()));
    }
    if !status.success() {
        return Ok(None);
    }
    String::from_utf8(stdout).map(Some).map_err(|_| "git answered with something that is no text".to_owned())
}

/// The version in a section of a Cargo.toml, if it stands there itself.
fn version(manifest: &str, section: &str) -> Option<Version> {
    let head = format!("[{section}]");
    let lines = manifest.lines().map(str::trim).skip_while(|line| *line != head).skip(1);
    let own = lines.take_while(|line| !line.starts_with('['));
    let value = own.filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == "version")?.1;
    Version::parse(value.trim().split('"').nth(1)?)
}

#[cfg(test)]
mod tests;
