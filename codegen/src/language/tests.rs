//! The table says what the loader reads: no more, and no less.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{DECLARED, GROUP, Holds, SERVICE, Shape};
use crate::load::entries::seen;
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

/// What the loader looks for while it reads these specs.
fn read() -> Keys {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/fixtures/plain", "tests/fixtures/behaviours", "tests/fixtures/models", "../spec"] {
        crate::load(&spec_in(&root.join(folder))).unwrap();
    }
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
