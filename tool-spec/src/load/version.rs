//! Which version of the language a spec is written in. It is looked at before anything else: what is right in one
//! version may be wrong in another, so a spec of another version is told that and nothing more.

use super::entries::json;
use super::service_file;
use crate::fault::{Fault, FaultKind, Sink};
use crate::source::{SourceFile, Span};
use crate::syntax::{self, NodeKind};

/// The version of the language that this is. It rises when a spec that was right would be wrong, or mean something
/// else; a new key or a new word raises nothing.
pub const VERSION: u64 = 2;

/// The version of a spec that says none: the first had no key for it.
const FIRST: u64 = 1;

/// What to say of these files if they are written in a version that this generator does not know.
pub(crate) fn unknown(files: &[SourceFile]) -> Option<Fault> {
    written(files).and_then(|(version, span)| refused(version, span, VERSION))
}

/// The version that the service's file says, and where. What is wrong with the file is left to its reader.
pub(crate) fn written(files: &[SourceFile]) -> Option<(u64, Span)> {
    let (index, file) = service_file(files)?;
    let root = syntax::parse(file, index, &Sink::default())?;
    match root.get("language") {
        Some(value) => Some((json(value).as_u64()?, value.span)),
        None if !matches!(root.kind, NodeKind::Map(_)) => None,
        None => Some((FIRST, Span { file: index, start: 0, end: 0 })),
    }
}

/// What to say of a version that is not the known one. Zero is no version, and the file's reader says so.
fn refused(version: u64, span: Span, known: u64) -> Option<Fault> {
    let (message, help) = match version {
        0 => return None,
        newer if newer > known => (
            format!(
                "this spec is written in version {newer} of the language, and this generator knows version {known}"
            ),
            format!(
                "update the generator: take the `codegen` and the `xtask` of the state that wrote `language: {newer}`"
            ),
        ),
        older if older < known => (
            format!(
                "this spec is written in version {older} of the language, and this generator reads version {known}"
            ),
            "bring it up to date with `cargo xtask fmt-spec --migrate`".to_owned(),
        ),
        _ => return None,
    };
    Some(Fault::new(FaultKind::Version, span, message).help(help))
}

#[cfg(test)]
mod tests;
