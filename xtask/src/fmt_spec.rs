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
    let (formatted, mut wrong) = formatted(&sources);
    if says_something_else(&sources, &formatted) {
        let error = "error: in this form the spec would say something else, so no file was changed; please report it.";
        wrong.push(error.to_owned());
        return Err(Failed::from(wrong.join("\n")));
    }
    let changes: Vec<Change> = written
        .into_iter()
        .zip(formatted)
        .filter(|(before, after)| before.text != after.text)
        .map(|(before, after)| Change { path: before.path, before: Some(before.text), after: Some(after.text) })
        .collect();
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

/// The files in form, and what is to be said of those that cannot be brought into it and stay as they are.
fn formatted(sources: &[SourceFile]) -> (Vec<SourceFile>, Vec<String>) {
    let mut refused = Vec::new();
    let formatted = sources.iter().map(|source| {
        let text = format(source).unwrap_or_else(|wrong| {
            refused.push(match wrong {
                FormatError::Faults(faults) => faults.render(std::slice::from_ref(source), false).trim_end().to_owned(),
                FormatError::Unsure(why) => format!("error: {why}; it was left as it is"),
            });
            source.text.clone()
        });
        SourceFile { path: source.path.clone(), text }
    });
    (formatted.collect(), refused)
}

/// Whether a spec that can be loaded would be another one. The formatter holds its trees against each other by itself;
/// this is about what is made of them.
fn says_something_else(sources: &[SourceFile], formatted: &[SourceFile]) -> bool {
    let Ok(before) = tool_spec::load(sources) else { return false };
    tool_spec::load(formatted).map_or(true, |after| format!("{before:?}") != format!("{after:?}"))
}

#[cfg(test)]
mod tests;
