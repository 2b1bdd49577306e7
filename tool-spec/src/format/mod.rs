//! One form for the YAML of a spec. Comments, and what the file says, stay.
//!
//! * Two spaces a level; a map in braces or a list in brackets stays on its line while it fits, and is spread out where
//!   it doesn't; a long sentence is folded.
//! * Keys stand in the order of [`crate::language`]. Names of the author's own (tools, parameters, types, fields) keep
//!   theirs, as it means something.
//! * One empty line between tools and between types, and none within them.
//! * The first line names the language's schema, for editors.
//!
//! The text is put together anew from pieces of the old one, so it is then read and compared; whatever would not say
//! the same, or lack a comment, is not given out.

mod comments;
mod fold;
mod piece;
mod same;
mod write;

pub use fold::{lines, plain};

use crate::fault::{Faults, Sink};
use crate::language;
use crate::source::SourceFile;
use crate::syntax;

/// Why a file was not brought into form.
#[derive(Clone, Debug)]
pub enum FormatError {
    /// It is not YAML of the kind that the language uses.
    Faults(Faults),
    /// It has something that the formatter cannot be sure to keep; the sentence says what.
    Unsure(String),
}

/// The file's text in the one form.
///
/// # Errors
/// Where it cannot be read, or where its form cannot be changed without changing what it says.
pub fn format(file: &SourceFile) -> Result<String, FormatError> {
    let file = SourceFile { path: file.path.clone(), text: unix(&file.text) };
    let before = tree(&file).map_err(FormatError::Faults)?;
    let document = piece::read(&file.text).map_err(|error| FormatError::Unsure(error.to_owned()))?;
    let shape = write::root_of(&file.path);
    let text = write::write(&document, shape, &language::modeline(&file.path));
    let after = tree(&SourceFile { path: file.path.clone(), text: text.clone() });
    let unsure = |what: &str| FormatError::Unsure(format!("{}: {what}", file.path));
    let after = after.map_err(|_| unsure("another form of it could not be read again"))?;
    if !same::same(&before, &after, Some(shape)) {
        return Err(unsure("another form of it would say something else"));
    }
    match piece::read(&text) {
        Ok(again) if again.comments() == document.comments() => Ok(text),
        _ => Err(unsure("a comment stands where no other form has a place for it")),
    }
}

fn tree(file: &SourceFile) -> Result<syntax::Node, Faults> {
    let sink = Sink::default();
    let node = syntax::parse(file, 0, &sink);
    match (sink.into_faults(), node) {
        (Some(faults), _) => Err(faults),
        (None, Some(node)) => Ok(node),
        (None, None) => Err(Faults::internal()),
    }
}

/// The text without a byte order mark, its lines ended as they are on Unix.
fn unix(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}
