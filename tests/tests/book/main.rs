//! The pages under `docs/` and those at the top: links lead somewhere, and the book has every page.

// A page that cannot be read fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod built;
#[path = "../../common/cargo.rs"]
mod cargo;
#[allow(dead_code, reason = "the book is looked at; nothing in it is clicked")]
#[path = "../../../gong-cli/tests/auth/chromium.rs"]
mod chromium;
#[path = "../../common/skipped.rs"]
mod skipped;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where the pages of the reference find the schemas. `cargo xtask book` copies these into the book.
const SCHEMAS: &str = "gong-client/src/generated/schemas";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every page, relative to the repository.
fn pages() -> Vec<PathBuf> {
    let top = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "STYLE.md"];
    let top = top.map(PathBuf::from);
    let book = below(&root().join("docs"), "md");
    let book = book.iter().map(|path| path.strip_prefix(root()).unwrap().to_owned());
    top.into_iter().chain(book).collect()
}

/// The files in a folder and below it whose names end so.
fn below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|other| other == extension) {
                files.push(entry.path());
            }
        }
    }
    files
}

/// The lines of a page that are no block of code.
fn prose(text: &str) -> String {
    let mut code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if !code {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The targets of links.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let after = prose.match_indices("](").filter(|(at, _)| !prose[..*at].ends_with('\\'));
    after.filter_map(|(at, _)| prose[at + 2..].split_once(')').map(|(link, _)| link.to_owned())).collect()
}

/// What a heading is linked by.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text
        .lines()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
    headings
        .map(|heading| {
            let kept = heading
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
                .collect::<String>();
            kept.trim().replace(' ', "-")
        })
        .collect()
}

fn joined(page: &Path, link: &str) -> PathBuf {
    let mut path = page.parent().unwrap().to_owned();
    for step in Path::new(link).components() {
        match step {
            Component::ParentDir => assert!(path.pop(), "{link} leaves the repository"),
            step => path.push(step),
        }
    }
    path
}

#[test]
fn every_link_leads_to_a_page_and_a_heading() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        for link in links(&text).into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { page.clone() } else { joined(&page, path) };
            let found = root().join(&target);
            if page.starts_with("docs") && !target.starts_with("docs") && !target.starts_with(SCHEMAS) {
                wrong.push(format!("{}: {link} leads out of the book", page.display()));
            }
            if !found.exists() {
                wrong.push(format!("{}: {link} leads to no file", page.display()));
            } else if !anchor.is_empty()
                && found.is_file()
                && !anchors(&fs::read_to_string(&found).unwrap()).contains(anchor)
            {
                wrong.push(format!("{}: {link} leads to no heading", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_book_has_every_page_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed = links(&summary);
    let once: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "a page is there twice");
    for page in pages() {
        let Ok(page) = page.strip_prefix("docs") else { continue };
        let name = page.to_str().unwrap().to_owned();
        assert!(name == "SUMMARY.md" || once.contains(&name), "docs/SUMMARY.md has no line for {name}");
    }
}

/// The Rust files of every crate.
fn sources() -> Vec<PathBuf> {
    let crates = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path().join("src"));
    crates.filter(|folder| folder.is_dir()).flat_map(|folder| below(&folder, "rs")).collect()
}

#[test]
fn every_page_with_rust_is_compiled() {
    let compiled: String = sources().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for page in pages().into_iter().filter(|page| !page.starts_with("docs/reference")) {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        let included = compiled.contains(&format!("../{}\")]", page.display()));
        assert!(included || !text.contains("```rust"), "the Rust of {} is in no documentation test", page.display());
    }
}

/// `#[test]` functions are left out of documentation tests, so the page's test is a test of its own.
#[test]
fn the_test_that_the_guide_shows_is_one_that_runs() {
    let page = fs::read_to_string(root().join("docs/guide/testing.md")).unwrap();
    let test = fs::read_to_string(root().join("tests/tests/own_code.rs")).unwrap();
    let (_, code) = test.split_once("\n\n").unwrap();
    assert!(
        page.contains(&format!("```rust\n{code}```\n")),
        "docs/guide/testing.md does not show tests/tests/own_code.rs"
    );
}

/// The reference shows what the generated methods show, whose documentation is tested.
#[test]
fn the_rust_of_the_reference_is_that_of_the_methods() {
    let generated = below(&root().join("gong-client/src/generated"), "rs");
    let generated: String = generated.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let documented: BTreeSet<&str> =
        generated.lines().filter_map(|line| line.trim_start().strip_prefix("///")).map(str::trim).collect();
    let mut blocks = 0;
    for page in pages().into_iter().filter(|page| page.starts_with("docs/reference")) {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        for block in text.split("```rust\n").skip(1) {
            blocks += 1;
            for line in block.split("```").next().unwrap().lines() {
                let uses = documented.contains(line.trim()) || documented.contains(format!("# {line}").as_str());
                assert!(uses, "{}: no method shows {line}", page.display());
            }
        }
    }
    assert!(blocks > 30, "{blocks}");
}
