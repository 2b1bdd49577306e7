//! One form for every spec file: nothing that is said is lost, and a second time changes nothing.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy excepts test functions only.

use std::fs;
use std::path::Path;

use tool_spec::SourceFile;
use tool_spec::format::{FormatError, format};

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn formatted(path: &str, text: &str) -> String {
    format(&file(path, text)).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

/// Every spec file there is: ours and the fixtures'.
fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = ["../spec", "tests/fixtures/plain", "tests/fixtures/behaviours", "tests/fixtures/models"];
    let mut files = Vec::new();
    for spec in specs.map(|spec| root.join(spec)) {
        for below in ["", "tools", "types"] {
            for entry in fs::read_dir(spec.join(below)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "yaml") {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    files.push(file(
                        &format!("spec/{below}/{name}").replace("//", "/"),
                        &fs::read_to_string(&path).unwrap(),
                    ));
                }
            }
        }
    }
    files
}

#[test]
fn a_second_time_changes_nothing() {
    for file in files() {
        let once = formatted(&file.path, &file.text);
        no_more_to_do(&once, &formatted(&file.path, &once));
        assert!(once.lines().all(|line| line.chars().count() <= 120 && line.trim_end() == line), "{once}");
    }
}

#[track_caller]
fn no_more_to_do(one: &str, other: &str) {
    let differ = one.lines().zip(other.lines()).position(|(one, other)| one != other);
    let near =
        |text: &str| text.lines().skip(differ.unwrap_or(0).saturating_sub(3)).take(9).collect::<Vec<_>>().join("\n");
    assert!(one == other, "--- once\n{}\n--- twice\n{}", near(one), near(other));
}

#[test]
fn the_model_is_the_same_before_and_after() {
    for fixture in ["plain", "behaviours", "models"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture);
        let mut before = Vec::new();
        for below in ["", "tools", "types"] {
            for entry in fs::read_dir(root.join(below)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    before.push(file(
                        &format!("spec/{below}/{name}").replace("//", "/"),
                        &fs::read_to_string(&path).unwrap(),
                    ));
                }
            }
        }
        let after: Vec<SourceFile> =
            before.iter().map(|one| file(&one.path, &formatted(&one.path, &one.text))).collect();
        let model = |files: &[SourceFile]| format!("{:?}", tool_spec::load(files).unwrap());
        assert_eq!(model(&before), model(&after));
    }
}

/// Comments and empty lines wherever they may be: each comment is still there once, or the file is left alone.
#[test]
fn a_comment_anywhere_is_kept() {
    let (mut fine, mut refused) = (0, 0);
    for one in files() {
        let lines: Vec<&str> = one.text.lines().collect();
        for (number, indent) in (0..=lines.len()).step_by(13).zip([0usize, 2, 4, 6, 8].into_iter().cycle()) {
            let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            changed.insert(number, format!("{}# beside it", " ".repeat(indent)));
            changed.insert(number, String::new());
            check(&one.path, &changed.join("\n"), &mut fine, &mut refused);
            if let Some(line) = lines.get(number).filter(|line| !line.contains('#')) {
                let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                changed[number] = format!("{line}   # beside it");
                check(&one.path, &changed.join("\n"), &mut fine, &mut refused);
            }
        }
    }
    assert!(fine > 20 * refused, "{fine} were brought into form, {refused} were left alone");
}

fn check(path: &str, text: &str, fine: &mut usize, refused: &mut usize) {
    match format(&file(path, text)) {
        Ok(once) => {
            *fine += 1;
            // A `#` inside of folded text is text.
            assert_eq!(once.matches("# beside it").count(), 1, "{text}\n---\n{once}");
            no_more_to_do(&once, &formatted(path, &once));
        }
        Err(FormatError::Unsure(_)) => *refused += 1,
        Err(FormatError::Faults(_)) => {}
    }
}

#[test]
fn untidy_tools() {
    insta::assert_snapshot!(formatted(
        "spec/tools/calls.yaml",
        r#"# What a reader should know.

tools:
    # The only one.
    gong_calls_list:
        effect: read    # it changes nothing
        title:   List calls
        method: list
        about: "Lists calls that started in a date range, oldest first, one page at a time: without their participants, which another tool has."
        answer: CallsPage
        request:
            # Sent as it is.
            body: {filter: {callIds: $call_ids, fromDateTime: $from_date_time, toDateTime: $to_date_time, workspaceId: $workspace_id}}
            scope: api:calls:read
            post: /v2/calls
        notes:
        - Gong lists calls without their participants, and a sentence such as this one is far too long for a single line of it.
        - 'Colons: here.'
        -   >-
            Short
            folded.
        params:
            b: {about: It is b., type: string}   # by name


            a: {about: "It is a, first.", # why
                type: list<string>, default: [x,
                y], min_items: 1}
    gong_calls_get:
        method: get
about: Calls.
"#
    ));
}

#[test]
fn untidy_types_and_service() {
    insta::assert_snapshot!(formatted(
        "spec/types/all.yaml",
        "B:\n  fields:\n   z: {about: Z., type: string}\n   a:\n      about: |\n        Two\n          lines.\n      type: json\n  about: >\n    It is\n    b.\n# About a.\nA:\n  enum: {X: One., Y: {about: Two., sends: y}}\n  about: A.\n# The end.\n"
    ));
    insta::assert_snapshot!(formatted(
        "spec/gong.yaml",
        "about: Calls.\nservice: x\n\n\n\nscopes: {a: A.}\nids:\n   b: B.\n"
    ));
}

#[test]
fn a_key_without_a_value_stays_so() {
    for (line, right) in [
        ("A:", "A:"),
        ("A: {about: A., type string:}", "A: {about: A., type string:}"),
        ("A: {type: {about:}}", "A: {type: {about:}}"),
        ("A: {about: , type: b}", "A: {about:, type: b}"),
        ("A: {about, type: b}", "A: {about:, type: b}"),
        ("A: [about: , b]", "A: [{about:}, b]"),
    ] {
        let once = formatted("spec/gong.yaml", &format!("{line}\n"));
        assert!(once.ends_with(&format!("\n{right}\n")), "{line}: {once}");
        no_more_to_do(&once, &formatted("spec/gong.yaml", &once));
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for text in ["", "a: [", "a: 1\na: 2\n", "a: &x 1\n", "--- a\n--- b\n"] {
        assert!(matches!(format(&file("spec/gong.yaml", text)), Err(FormatError::Faults(_))), "{text}");
    }
}
