//! `fmt-spec`: the YAML of the spec in one form. What a file says stays, and so does every comment; a file of which
//! that is not certain is left alone. With `--migrate` a spec of an older version of the language is brought to this
//! one first.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use tool_spec::format::{FormatError, format};
use tool_spec::source::SourceFile;

use crate::generate::{self, Mode};
use crate::tree::{self, Change};

/// Brings every file into form or, in check mode, shows which are not.
pub(crate) fn run(
    root: &Path,
    mode: Mode,
    migrate: bool,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<ExitCode> {
    let written = generate::spec_files(root)?;
    let sources = if migrate { tool_spec::migrate(&written) } else { written.clone() };
    // What is right in another version of the language may be out of form in this one.
    if let Err(faults) = tool_spec::language::understands(&sources) {
        writeln!(err, "{}", faults.render(&sources, false).trim_end())?;
        return Ok(ExitCode::FAILURE);
    }
    let (mut changes, refused) = changes(&sources);
    for wrong in &refused {
        writeln!(err, "{}", wrong.trim_end())?;
    }
    if says_something_else(&sources, &changes) {
        writeln!(
            err,
            "error: in this form the spec would say something else, so no file was changed; please report it."
        )?;
        return Ok(ExitCode::FAILURE);
    }
    migrated(&written, &sources, &mut changes);
    match mode {
        Mode::Write => {
            changes.iter().try_for_each(|change| tree::apply(root, change))?;
            writeln!(out, "{} of {} changed.", generate::counted(changes.len(), "file", "files"), sources.len())?;
        }
        Mode::Check => changes.iter().try_for_each(|change| write!(out, "{}", change.diff()))?,
    }
    if mode == Mode::Check && !changes.is_empty() {
        let files = generate::counted(changes.len(), "file is", "files are");
        writeln!(err, "error: {files} not in form. Run `cargo xtask fmt-spec`.")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
            Err(FormatError::Faults(faults)) => refused.push(faults.render(std::slice::from_ref(source), false)),
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
