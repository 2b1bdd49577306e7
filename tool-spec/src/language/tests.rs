//! The table says what the loader reads: no more, and no less.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{DECLARED, GROUP, Holds, SERVICE, Shape};
use crate::fault::{FaultKind, Sink};
use crate::load::entries::{json, seen};
use crate::source::SourceFile;

/// Keys by what the loader calls the map that has them.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn spec_in(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("tools"), folder.join("types")] {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push(SourceFile { path: path.to_str().unwrap().to_owned(), text });
            }
        }
    }
    files
}

fn specs() -> impl Iterator<Item = Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/fixtures/plain", "tests/fixtures/behaviours", "tests/fixtures/models", "../spec"];
    folders.into_iter().map(|folder| spec_in(&root.join(folder)))
}

/// What the loader looks for while it reads these specs.
fn read() -> Keys {
    specs().for_each(|files| drop(crate::load(&files).unwrap()));
    let mut keys = Keys::new();
    let named: BTreeSet<&str> = shapes().iter().map(|shape| shape.what).collect();
    for (what, key) in seen::keys() {
        // A tool goes by its name.
        let what = if named.contains(what.as_str()) { what } else { "a tool".to_owned() };
        keys.entry(what).or_default().insert(key.to_owned());
    }
    keys
}

fn shapes() -> Vec<&'static Shape> {
    let mut shapes = vec![&SERVICE, &GROUP, &DECLARED];
    let mut at = 0;
    while let Some(shape) = shapes.get(at).copied() {
        at += 1;
        for key in shape.keys() {
            let mut holds = &key.holds;
            while let Holds::Map(inner) | Holds::List(inner) | Holds::OneOrMore(inner) = holds {
                holds = inner;
            }
            if let Some(inner) = holds.shape().filter(|inner| !shapes.iter().any(|other| other.name == inner.name)) {
                shapes.push(inner);
            }
        }
    }
    shapes
}

#[test]
fn the_table_has_the_keys_that_the_loader_reads() {
    let mut table = Keys::new();
    for shape in shapes() {
        let keys = shape.keys().map(|key| key.name.to_owned());
        table.entry(shape.what.to_owned()).or_default().extend(keys);
    }
    assert_eq!(read(), table);
}

#[test]
fn keys_of_which_one_must_be_there_are_keys() {
    for shape in shapes() {
        for key in shape.one_of {
            assert!(shape.key(key).is_some(), "{} has no {key}", shape.name);
        }
    }
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&super::schema()).unwrap()).unwrap()
}

/// What is wrong with a file by the schema; nothing if it isn't YAML.
fn wrong(validator: &jsonschema::Validator, file: &SourceFile) -> Vec<String> {
    let Some(node) = crate::syntax::parse(file, 0, &Sink::default()) else { return Vec::new() };
    validator.iter_errors(&json(&node)).map(|error| format!("{} {error}", error.instance_path())).collect()
}

#[test]
fn every_spec_file_is_valid_by_the_schema() {
    let validator = validator();
    for file in specs().flatten() {
        assert_eq!(wrong(&validator, &file), Vec::<String>::new(), "{}", file.path);
    }
}

#[test]
fn a_key_that_the_loader_doesn_t_know_is_invalid_by_the_schema() {
    let (validator, mut misspelt) = (validator(), 0);
    for files in specs().take(3) {
        for index in 0..files.len() {
            for (at, _) in files[index].text.match_indices(": ").chain(files[index].text.match_indices(":\n")) {
                let mut files = files.clone();
                files[index].text.insert_str(at, "zz");
                let Err(faults) = crate::load(&files) else { continue };
                if faults.iter().any(|fault| fault.kind == FaultKind::UnknownKey) {
                    misspelt += 1;
                    let text = &files[index].text;
                    let line = text[..at].matches('\n').count() + 1;
                    assert!(!wrong(&validator, &files[index]).is_empty(), "{}:{line}", files[index].path);
                }
            }
        }
    }
    assert!(misspelt > 300, "{misspelt}");
}

/// The words that the page of the language has in code.
fn words_on_the_page() -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec-language.md");
    let page = std::fs::read_to_string(page).unwrap();
    let code =
        page.split('`').skip(1).step_by(2).flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'));
    code.map(str::to_owned).collect()
}

#[test]
fn the_page_of_the_language_has_every_key_and_every_word() {
    let (words, mut missing) = (words_on_the_page(), BTreeSet::new());
    for shape in shapes() {
        for key in shape.keys() {
            let mut wanted = vec![key.name];
            if let Holds::Word(values) = key.holds {
                wanted.extend(values);
            }
            missing.extend(wanted.into_iter().filter(|word| !words.contains(*word)).map(|word| (shape.name, word)));
        }
    }
    assert!(missing.is_empty(), "docs/spec-language.md lacks {missing:?}");
}
