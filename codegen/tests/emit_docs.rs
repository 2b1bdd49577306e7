//! The reference that comes from the fixtures, as it is read, and that its links lead somewhere.

mod emit_docs_fixture;

use std::collections::BTreeMap;

use codegen::docs;
use emit_docs_fixture::{ALL, joined, spec};

/// Holds the pages of a fixture whose paths have `part` in them against what they were.
fn check(name: &str, fixture: &str, part: &str) {
    insta::assert_snapshot!(name, joined(&docs::emit(&spec(fixture)), part));
}

#[test]
fn plain() {
    check("plain", "plain", "");
}

#[test]
fn reads() {
    check("reads", "behaviours", "/reads.md");
}

#[test]
fn writes() {
    check("writes", "behaviours", "/writes.md");
}

#[test]
fn models() {
    check("models", "models", "/things.md");
}

#[test]
fn links_lead_to_pages_and_headings() {
    for fixture in ALL {
        let pages: BTreeMap<String, String> =
            docs::emit(&spec(fixture)).into_iter().map(|page| (page.path, page.contents)).collect();
        for (path, text) in &pages {
            for link in links(text).filter(|link| !link.ends_with(".json")) {
                let (page, heading) = link.split_once('#').unwrap_or((link, ""));
                let page = if page.is_empty() { path.clone() } else { beside(path, page) };
                let target =
                    pages.get(&page).unwrap_or_else(|| panic!("{path} links to {link}, and there is no {page}"));
                let found = target
                    .lines()
                    .any(|line| line.strip_prefix("## ").is_some_and(|text| text.to_lowercase() == heading));
                assert!(heading.is_empty() || found, "{path} links to {link}, and there is no such heading");
            }
        }
    }
}

/// Targets of the links in a page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = text.split("](");
    let mut before = ends.next().unwrap_or_default();
    ends.filter_map(move |after| {
        let escaped = std::mem::replace(&mut before, after).ends_with('\\');
        after.split_once(')').map(|(link, _)| link).filter(|_| !escaped)
    })
}

/// The path of a page that another links to.
fn beside(path: &str, link: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in link.split('/') {
        match step {
            ".." => steps.truncate(steps.len() - 1),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
