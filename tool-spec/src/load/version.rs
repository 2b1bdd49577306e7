//! Which version of the language a spec is written in. It is looked at before anything else: what is right in one
//! version may be wrong in another, so a spec of another version is told that and nothing more.

use super::entries::{json, word};
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
    let NodeKind::Map(pairs) = &root.kind else { return None };
    match pairs.iter().find(|(key, _)| word(key) == Some("language")) {
        Some((_, value)) => Some((json(value).as_u64()?, value.span)),
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
mod tests {
    use super::{refused, written};
    use crate::source::{SourceFile, Span};

    fn version(text: &str) -> Option<u64> {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let files = [file("spec/tools/calls.yaml", "language: 7\n"), file("spec/acme.yaml", text)];
        written(&files).map(|(version, _)| version)
    }

    #[test]
    fn a_spec_that_says_no_version_is_of_the_first() {
        assert_eq!(version("service: acme\n"), Some(1));
        assert_eq!(version("service: acme\nlanguage: 3\n"), Some(3));
    }

    #[test]
    fn what_is_no_version_is_left_to_the_reader_of_the_file() {
        for text in ["language: one\n", "language: 1.5\n", "language:\n", "language: [1]\n", "- language\n", "{"] {
            assert_eq!(version(text), None, "{text}");
        }
    }

    #[test]
    fn a_later_generator_says_what_to_do_about_an_older_spec() {
        let span = Span { file: 0, start: 0, end: 0 };
        let told = |version| refused(version, span, 2).map(|fault| (fault.message, fault.help.unwrap()));
        let (message, help) = told(1).unwrap();
        assert_eq!(message, "this spec is written in version 1 of the language, and this generator reads version 2");
        assert!(help.ends_with("with `cargo xtask fmt-spec --migrate`"), "{help}");
        assert!(told(3).unwrap().1.starts_with("update the generator"));
        assert_eq!((told(2), told(0)), (None, None));
    }
}
