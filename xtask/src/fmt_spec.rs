//! `fmt-spec`: the YAML of the spec in one form. What a file says stays, and so does every comment; a file of which
//! that is not certain is left alone. With `--migrate` a spec of an older version of the language is brought to this
//! one first.

use std::io::Write;
use std::path::Path;

use spec_diff::output::counted;
use tool_spec::format::{FormatError, format};
use tool_spec::source::SourceFile;

use crate::ended::{Ended, Failed};
use crate::generate::{self, Mode};
use crate::tree::{self, Change};

/// Brings every file into form or, in check mode, shows which are not.
pub(crate) fn run(root: &Path, mode: Mode, migrate: bool, out: &mut impl Write) -> Ended {
    let written = generate::spec_files(root)?;
    let sources = if migrate { tool_spec::migrate(&written) } else { written.clone() };
    // What is right in another version of the language may be out of form in this one.
    tool_spec::language::understands(&sources).map_err(|faults| faults.render(&sources, false))?;
    let (mut changes, mut wrong) = changes(&sources);
    if says_something_else(&sources, &changes) {
        let error = "error: in this form the spec would say something else, so no file was changed; please report it.";
        wrong.push(error.to_owned());
        return Err(Failed::from(wrong.join("\n")));
    }
    migrated(&written, &sources, &mut changes);
    match mode {
        Mode::Write => {
            changes.iter().try_for_each(|change| tree::apply(root, change))?;
            writeln!(out, "{} of {} changed.", counted(changes.len(), "file", "files"), sources.len())?;
        }
        Mode::Check => changes.iter().try_for_each(|change| write!(out, "{}", change.diff()))?,
    }
    if mode == Mode::Check && !changes.is_empty() {
        let files = counted(changes.len(), "file is", "files are");
        wrong.push(format!("error: {files} not in form. Run `cargo xtask fmt-spec`."));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failed::from(wrong.join("\n"))) }
}

/// Adds to the changes what the migration did, so that each is the whole way from what is written.
fn migrated(written: &[SourceFile], sources: &[SourceFile], changes: &mut Vec<Change>) {
    for (before, after) in written.iter().zip(sources).filter(|(before, after)| before.text != after.text) {
        match changes.iter_mut().find(|change| change.path == before.path) {
            Some(change) => change.before = Some(before.text.clone()),
            None => changes.push(Change {
                path: before.path.clone(),
                before: Some(before.text.clone()),
                after: Some(after.text.clone()),
            }),
        }
    }
}

/// The files that are not in form, and what is to be said of those that cannot be brought into it.
pub(crate) fn changes(sources: &[SourceFile]) -> (Vec<Change>, Vec<String>) {
    let (mut changes, mut refused) = (Vec::new(), Vec::new());
    for source in sources {
        match format(source) {
            Ok(text) if text == source.text => {}
            Ok(text) => {
                let before = Some(source.text.clone());
                changes.push(Change { path: source.path.clone(), before, after: Some(text) });
            }
            Err(FormatError::Faults(faults)) => {
                refused.push(faults.render(std::slice::from_ref(source), false).trim_end().to_owned())
            }
            Err(FormatError::Unsure(why)) => refused.push(format!("error: {why}; it was left as it is")),
        }
    }
    (changes, refused)
}

/// Whether a spec that can be loaded would be another one. The formatter holds its trees against each other by itself;
/// this is about what is made of them.
fn says_something_else(sources: &[SourceFile], changes: &[Change]) -> bool {
    let Ok(before) = tool_spec::load(sources) else { return false };
    let mut sources = sources.to_vec();
    for change in changes {
        let source = sources.iter_mut().find(|source| source.path == change.path);
        if let Some((source, after)) = source.zip(change.after.as_ref()) {
            source.text.clone_from(after);
        }
    }
    tool_spec::load(&sources).map_or(true, |after| format!("{before:?}") != format!("{after:?}"))
}

#[cfg(test)]
mod tests;
