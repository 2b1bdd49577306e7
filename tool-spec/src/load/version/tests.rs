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
