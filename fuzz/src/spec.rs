//! Specs: the reader, the formatter and the generator.

use std::ops::Range;

use spec_diff::{Places, Side};
use tool_spec::SourceFile;

macro_rules! fixture {
    ($($path:literal),*) => {
        &[$(($path, include_str!(concat!("../../tool-spec/tests/fixtures/", $path)))),*]
    };
}

/// Right specs, by the paths and the texts of their files.
const FIXTURES: [&[(&str, &str)]; 3] = [
    fixture!("plain/gong.yaml", "plain/tools/calls.yaml", "plain/types/calls.yaml"),
    fixture!("models/gong.yaml", "models/tools/things.yaml", "models/types/things.yaml"),
    fixture!(
        "behaviours/gong.yaml",
        "behaviours/tools/reads.yaml",
        "behaviours/tools/writes.yaml",
        "behaviours/types/all.yaml"
    ),
];

/// The files of a right spec.
fn files(fixture: &[(&str, &str)]) -> Vec<SourceFile> {
    let path = |path: &str| format!("spec/{}", path.split_once('/').map_or(path, |(_, below)| below));
    fixture.iter().map(|(at, text)| SourceFile { path: path(at), text: (*text).to_owned() }).collect()
}

/// Any text in place of each file of a spec: it is understood, or all that is wrong is told at its place.
pub fn read(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let right = files(FIXTURES[0]);
    for index in 0..right.len() {
        let mut files = right.clone();
        text.clone_into(&mut files[index].text);
        loads(&files);
        if let Ok(formed) = tool_spec::format::format(&files[index]) {
            files[index].text = formed;
            let again = tool_spec::format::format(&files[index]).expect("what is in form can be brought into form");
            assert_eq!(again, files[index].text, "in form at once");
        }
    }
}

/// A right spec with changes that the input chooses. Whatever is accepted of it generates Rust and JSON that can be
/// read, and can be compared with what it was.
pub fn generate(data: &[u8]) {
    let [which, edits @ ..] = data else { return };
    let before = files(FIXTURES[usize::from(*which) % FIXTURES.len()]);
    let mut after = before.clone();
    edits.chunks_exact(5).for_each(|edit| change(&mut after, edit));
    let Some(spec) = loads(&after) else { return };
    for file in codegen::emit(&spec) {
        let wrong = match file.path.rsplit('.').next() {
            Some("rs") => syn::parse_file(&file.contents).err().map(|error| error.to_string()),
            Some("json") => {
                serde_json::from_str::<serde_json::Value>(&file.contents).err().map(|error| error.to_string())
            }
            _ => None,
        };
        assert_eq!(wrong, None, "{}:\n{}", file.path, file.contents);
    }
    let side = |files| Side { spec: loads(files).expect("it was right"), places: Places::of(files) };
    let _ = spec_diff::compare(&side(&before), &side(&after));
}

/// The spec, or nothing where its faults were told as they should be.
fn loads(files: &[SourceFile]) -> Option<tool_spec::model::Spec> {
    let faults = match tool_spec::load(files) {
        Ok(spec) => return Some(spec),
        Err(faults) => faults,
    };
    assert!(faults.iter().next().is_some(), "refused without a word");
    for span in faults.iter().filter_map(|fault| fault.span) {
        assert!(files[span.file].text.get(span.start..span.end).is_some(), "{span:?} is no place in the file");
    }
    let told = faults.render(files, true);
    assert!(!told.contains("a bug of the generator"), "{told}");
    None
}

/// Changes a line of a file: what to do, to which file and line of it, and with which line of any file and word of it.
fn change(files: &mut [SourceFile], edit: &[u8]) {
    let [what, file, line, donor, word] = edit else { return };
    let pick = |byte: &u8, of: usize| usize::from(*byte) % of.max(1);
    let all: Vec<String> = files.iter().flat_map(|file| file.text.lines().map(str::to_owned)).collect();
    let donor = &all[pick(donor, all.len())];
    let file = pick(file, files.len());
    let file = &mut files[file];
    let mut lines: Vec<String> = file.text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return;
    }
    let (at, last) = (pick(line, lines.len()), lines.len() - 1);
    match what % 5 {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, donor.clone()),
        2 => {
            let indent = lines[at].len() - lines[at].trim_start().len();
            lines[at] = " ".repeat(indent) + donor.trim_start();
        }
        3 => lines.swap(at, last.min(at + 1)),
        _ => {
            let theirs = words(donor);
            let ours = words(&lines[at]);
            if let (Some(new), Some(old)) = (theirs.get(pick(word, theirs.len())), ours.get(pick(line, ours.len()))) {
                let new = donor[new.clone()].to_owned();
                lines[at].replace_range(old.clone(), &new);
            }
        }
    }
    file.text = lines.join("\n") + "\n";
}

/// Where the words of a line are: what stands between punctuation.
fn words(line: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || "_$-.".contains(c);
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| is_part(*c)) {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end += c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    words
}
