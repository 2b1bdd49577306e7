//! The pages under `docs/` and those at the top: links lead somewhere, and the book has every page.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a page that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every page, relative to the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(PathBuf::from).into();
    let mut folders = vec![PathBuf::from("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
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

/// The guide's Rust is tested through `src/lib.rs`, which must know of each page.
#[test]
fn every_page_of_the_guide_is_compiled() {
    let lib = fs::read_to_string(root().join("tests/src/lib.rs")).unwrap();
    for page in pages().iter().filter(|page| page.starts_with("docs/guide")) {
        assert!(
            lib.contains(&format!("../../{}", page.display())),
            "tests/src/lib.rs does not include {}",
            page.display()
        );
    }
}
