//! Text that nobody would write: it is refused with a fault, and nothing panics.

use tool_spec::SourceFile;

use crate::{fixture, told};

/// Loads a fixture in which one file has other text, and renders its faults, in colour too.
fn survives(files: &[SourceFile], index: usize, text: String) {
    let mut files = files.to_vec();
    files[index].text = text;
    if let Err(faults) = tool_spec::load(&files) {
        let report = faults.render(&files, false);
        assert!(report.contains("fault") && !report.contains("a bug of the generator"), "{report}");
        assert!(faults.render(&files, true).contains("fault"));
    }
}

#[test]
fn files_that_end_anywhere() {
    for name in ["plain", "behaviours", "models"] {
        let files = fixture(name);
        for (index, file) in files.iter().enumerate() {
            for (end, _) in file.text.char_indices().step_by(if name == "plain" { 3 } else { 67 }) {
                survives(&files, index, file.text[..end].to_owned());
            }
        }
    }
}

#[test]
fn files_with_a_character_too_many_or_too_few() {
    let strange =
        ["\0", "\t", "\n", "\r", ":", "-", "{", "}", "[", "]", "$", "|", "&a", "*a", "!", "#", "\"", "'", "é", "<"];
    let files = fixture("behaviours");
    let mut next = 0usize;
    for (index, file) in files.iter().enumerate() {
        for (at, c) in file.text.char_indices().step_by(43) {
            let (before, after) = (&file.text[..at], &file.text[at + c.len_utf8()..]);
            survives(&files, index, format!("{before}{after}"));
            let extra = strange[next % strange.len()];
            next += 1;
            survives(&files, index, format!("{before}{extra}{after}"));
            survives(&files, index, format!("{before}{extra}{c}{after}"));
        }
    }
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems() {
    let mut files = fixture("behaviours");
    for file in &mut files {
        file.text = format!("\u{feff}{}", file.text.replace('\n', "\r\n"));
    }
    assert_eq!(told(&files), "nothing is wrong\n");
    files[1].text = files[1].text.replace("items: users", "items: üsers");
    let told = told(&files);
    assert!(told.contains("items: üsers") && told.contains("^^^^^"), "{told}");
}

#[test]
fn files_that_are_something_else() {
    let deep = "[".repeat(5000);
    let wide = format!("about: {}", "list<".repeat(5000));
    let others = [
        "",
        "\u{feff}",
        "a",
        "[]",
        "{}",
        "- a",
        "--- a\n--- b",
        "a: &x 1\nb: *x",
        "!!str a: b",
        "? [a]\n: b",
        "\r\n\r\n",
        "a: \"\\x\"",
    ];
    let files = fixture("plain");
    for index in 0..files.len() {
        for text in others.iter().copied().chain([deep.as_str(), wide.as_str()]) {
            survives(&files, index, text.to_owned());
        }
    }
    assert!(told(&[]).contains("the spec has no file that says what the service is"));
}
