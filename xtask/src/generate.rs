//! `generate`: the spec in, everything that comes from it out. Write and check make the same comparison; one carries it
//! out and the other shows it.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use codegen::{Output, docs};
use spec_diff::output::counted;
use tool_spec::language;
use tool_spec::model::Spec;
use tool_spec::source::SourceFile;

use crate::ended::{Ended, Failed};
use crate::tree::{self, Change};

/// What to do about files that are not as they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Make them so.
    Write,
    /// Show how they differ, and fail.
    Check,
}

/// Folders in which every file is generated, and files that are, wholly or in part.
const OWNED: &[&str] = &[
    "docs/reference",
    "gong-client/src/generated",
    codegen::skills::FOLDER,
    codegen::skills::LLMS,
    language::SCHEMA,
    language::PAGE,
    SUMMARY,
];

/// The book's table of contents: by hand up to this line, and from the spec after it.
const SUMMARY: &str = "docs/SUMMARY.md";
const FROM_THE_SPEC: &str = "<!-- From here on made by `cargo xtask generate`. -->\n";

/// Generates. A spec that cannot be understood, or in check mode a file that is not as it should be, is a failure.
pub(crate) fn run(root: &Path, mode: Mode, out: &mut impl Write) -> Ended {
    let outputs = outputs(root, &spec_files(root)?)?;
    let changes = tree::compare(root, OWNED, &outputs)?;
    match mode {
        Mode::Write => {
            changes.iter().try_for_each(|change| tree::apply(root, change))?;
            writeln!(out, "{}", summary(&changes, outputs.len()))?;
        }
        Mode::Check if changes.is_empty() => {}
        Mode::Check => {
            changes.iter().try_for_each(|change| write!(out, "{}", change.diff()))?;
            let files = counted(changes.len(), "file is", "files are");
            return Err(Failed::from(format!(
                "error: {files} not what the spec says. If the spec is right, run `cargo xtask generate`; a generated \
                 file is never edited by hand."
            )));
        }
    }
    Ok(())
}

/// What the spec makes, or its faults as they are shown.
fn outputs(root: &Path, sources: &[SourceFile]) -> Result<Vec<Output>, Failed> {
    let spec = load(sources)?;
    let mut outputs = codegen::emit(&spec);
    outputs.push(Output { path: language::SCHEMA.to_owned(), contents: language::schema() });
    outputs.push(summary_of(root, &spec)?);
    if let Some(text) = by_hand(root, language::PAGE)? {
        let contents = language::page(&text).map_err(|wrong| format!("error: {} {wrong}", language::PAGE))?;
        outputs.push(Output { path: language::PAGE.to_owned(), contents });
    }
    Ok(outputs)
}

/// A page that is made in part, as it is, if it is there.
fn by_hand(root: &Path, path: &str) -> io::Result<Option<String>> {
    Ok(tree::text(root, path)?.map(|text| text.replace("\r\n", "\n")))
}

/// The book's table of contents with the pages that the spec makes. Without a book that is all there is to it.
fn summary_of(root: &Path, spec: &Spec) -> Result<Output, Failed> {
    let by_hand = by_hand(root, SUMMARY)?.unwrap_or_default();
    let by_hand = match by_hand.split_once(FROM_THE_SPEC) {
        Some((by_hand, _)) => by_hand,
        None if by_hand.is_empty() => "",
        None => {
            let line = FROM_THE_SPEC.trim_end();
            return Err(Failed::from(format!(
                "error: {SUMMARY} does not say where the pages of the reference go: put the line `{line}` there, and \
                 what follows it is made of the spec"
            )));
        }
    };
    Ok(Output { path: SUMMARY.to_owned(), contents: format!("{by_hand}{FROM_THE_SPEC}\n{}", docs::contents(spec)) })
}

/// The spec, or its faults as they are shown.
pub(crate) fn load(sources: &[SourceFile]) -> Result<Spec, String> {
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    tool_spec::load(sources).map_err(|faults| faults.render(sources, color))
}

/// What may lie beside the files of the spec: what is made of them, what is meant of their changes and of how they
/// differ from the service's own document, and what an editor leaves.
fn is_beside(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    [language::SCHEMA, crate::diff_state::ACCEPTED, crate::drift::ERRATA].contains(&path)
        || name.starts_with(['.', '#'])
        || [".md", ".swp", ".orig", ".rej", ".bak", "~"].iter().any(|end| name.ends_with(end))
}

/// Every file of the spec, in the order of the paths. One that is none is read too, so that the check tells it:
/// `calls.yml` would else be passed over.
pub(crate) fn spec_files(root: &Path) -> io::Result<Vec<SourceFile>> {
    let paths = tree::files(root, "spec")?;
    paths
        .into_iter()
        .filter(|path| !is_beside(path))
        .map(|path| {
            let bytes = std::fs::read(root.join(&path)).map_err(|error| tree::at(&path, error))?;
            let text = String::from_utf8(bytes).map_err(|error| no_text(&path, &error))?;
            Ok(SourceFile { path, text })
        })
        .collect()
}

/// A file that is not UTF-8, with the place up to which it is.
fn no_text(path: &str, error: &std::string::FromUtf8Error) -> io::Error {
    let fine = String::from_utf8_lossy(error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default());
    let line = fine.matches('\n').count() + 1;
    let column = fine.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    io::Error::other(format!(
        "{path}:{line}:{column}: this is not UTF-8. Save the file in that encoding; an editor may call the one that \
         it is in Latin-1 or Windows-1252"
    ))
}

fn summary(changes: &[Change], files: usize) -> String {
    let removed = changes.iter().filter(|change| change.after.is_none()).count();
    let written = changes.len() - removed;
    match (written, removed) {
        (0, 0) => format!("Nothing to write: {} up to date.", counted(files, "file is", "files are")),
        (written, 0) => format!("Wrote {} of {files}.", counted(written, "file", "files")),
        (written, removed) => {
            format!("Wrote {} of {files}, removed {removed}.", counted(written, "file", "files"))
        }
    }
}
