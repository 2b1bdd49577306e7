//! Each key of a spec misspelt, left out, or with something else in its place: what is told of a slip stands at the
//! slip, with few other faults that follow from it, and nothing panics.

use std::collections::BTreeSet;
use std::ops::Range;

use tool_spec::{FaultKind, SourceFile, Span};

use crate::fixture;

/// A key of the language and its value, by their places in a file.
struct Pair {
    file: usize,
    key: Range<usize>,
    value: Range<usize>,
}

/// The words that are keys of the language.
fn keys() -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
        if let Some(properties) = value.get("properties").and_then(|properties| properties.as_object()) {
            keys.extend(properties.keys().cloned());
        }
        value.as_object().into_iter().flatten().for_each(|(_, inner)| collect(inner, keys));
    }
    let mut keys = BTreeSet::new();
    collect(&serde_json::from_str(&tool_spec::language::schema()).unwrap(), &mut keys);
    keys
}

/// Where the value ends that begins here: before the next key of its map or of one around it.
fn end_of_value(text: &str, key: usize, start: usize) -> usize {
    let line = text[..key].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text[line..key].trim_start_matches([' ', '-']);
    if before.is_empty() {
        let column = key - line;
        let lines = text[start..].split_inclusive('\n').scan(start, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let inside =
            |line: &str| line.trim().is_empty() || line.len() - line.trim_start_matches([' ', '-']).len() > column;
        return lines.skip(1).find(|(_, line)| !inside(line)).map_or(text.len(), |(at, _)| at) - 1;
    }
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in text[start..].char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' | ',' if !quoted && depth == 0 => return start + at,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn pairs(files: &[SourceFile]) -> Vec<Pair> {
    let keys = keys();
    let mut pairs = Vec::new();
    for (file, SourceFile { text, .. }) in files.iter().enumerate() {
        for (colon, _) in text.match_indices(':').filter(|(at, _)| text[at + 1..].starts_with([' ', '\n'])) {
            let start = text[..colon].rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
            let before = text[..start].trim_end_matches(' ');
            let begins = before.is_empty() || before.ends_with(['\n', '{', ',', '-']);
            if begins && keys.contains(&text[start..colon]) {
                let value = colon + 1..end_of_value(text, start, colon + 1);
                pairs.push(Pair { file, key: start..colon, value });
            }
        }
    }
    pairs
}

/// The faults of a spec with this in the place of that: how many there are, whether one is on the line of the key, and
/// the report.
fn told(files: &[SourceFile], pair: &Pair, range: Range<usize>, instead: &str) -> Option<(usize, bool, String)> {
    let mut files = files.to_vec();
    files[pair.file].text.replace_range(range, instead);
    let faults = tool_spec::load(&files).err()?;
    let report = faults.render(&files, false);
    let file = &files[pair.file];
    let line = file.place(pair.key.start).line;
    let here = |span: Span| span.file == pair.file && file.place(span.start).line == line;
    let here = faults.iter().any(|fault| fault.kind == FaultKind::UnknownKey && fault.span.is_some_and(here));
    Some((faults.len(), here, report))
}

/// As many faults there may be: the key itself, and names that were to be declared under it.
const OF_A_MISSPELLING: usize = 3;

fn fixtures() -> [Vec<SourceFile>; 3] {
    ["behaviours", "models", "plain"].map(fixture)
}

#[test]
fn a_misspelt_key_is_told_at_its_place_with_little_else() {
    let (mut wrong, mut count) = (String::new(), 0);
    for files in fixtures() {
        for pair in pairs(&files) {
            let word = &files[pair.file].text[pair.key.clone()];
            let misspelt = format!("{word}{}", &word[word.len() - 1..]);
            // A key of the language may be an author's name too, which is not a fault where it stands.
            let Some((faults, true, report)) = told(&files, &pair, pair.key.clone(), &misspelt) else { continue };
            count += 1;
            if faults > OF_A_MISSPELLING {
                wrong += &format!("## {misspelt}\n{report}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 300, "{count}");
}

/// Eight kinds of things that may stand at a key by mistake.
const WRONG: [&str; 8] = [" []", " {}", " ~", " [{a: b}]", " \"$\"", " 5", " true", " {a: b}"];

#[test]
fn whatever_stands_at_a_key_is_taken_or_told() {
    let (files, mut seen, mut count) = (fixture("behaviours"), BTreeSet::new(), 0);
    for pair in pairs(&files) {
        let text = &files[pair.file].text;
        // A key is read the same wherever it stands so deep, so each is tried once there.
        let column = files[pair.file].place(pair.key.start).column;
        if seen.insert((pair.file, column, &text[pair.key.clone()])) {
            let left_out = told(&files, &pair, pair.key.start..pair.value.end, "");
            let wrong = WRONG.map(|instead| told(&files, &pair, pair.value.clone(), instead));
            count += wrong.iter().chain([&left_out]).filter(|told| told.is_some()).count();
        }
    }
    assert!(count > 1000, "{count}");
}
