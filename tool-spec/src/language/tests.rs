//! Editors are told by the schema what the loader tells.

use std::path::Path;

use crate::fault::{FaultKind, Sink};
use crate::load::entries::json;
use crate::source::SourceFile;

fn spec_in(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("tools"), folder.join("types")] {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            // What is meant of a spec lies beside it and is no part of it.
            let is_beside = path.ends_with("errata.yaml") || path.ends_with("accepted-breaks.yaml");
            if path.extension().is_some_and(|extension| extension == "yaml") && !is_beside {
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

#[test]
fn the_page_of_the_language_says_where_each_table_goes() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec-language.md");
    let page = std::fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    assert!(super::page(&page).is_ok_and(|made| made == page), "run `cargo xtask generate`");
    let wrong = |there: &str, instead: &str| super::page(&page.replace(there, instead)).unwrap_err();
    let lacks = "has no table of the keys of `rule`: put `<!-- keys of rule -->\n<!-- end of keys -->\n` there";
    assert_eq!(wrong("<!-- keys of rule -->", ""), lacks);
    assert!(wrong("keys of rule", "keys of rules").starts_with("has a table of the keys of `rules`, which is no map"));
    let ends = "does not say where the table of the keys of `service` ends: put `<!-- end of keys -->` there";
    assert_eq!(wrong("<!-- end of keys -->", ""), ends);
}
