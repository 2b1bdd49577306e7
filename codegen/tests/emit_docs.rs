//! The reference that comes from the fixtures, by what each section tells, and that its links lead somewhere. The whole
//! of what comes from the real spec is committed.
#![allow(clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod fixture;

use std::collections::BTreeMap;

use codegen::docs;
use fixture::{ALL, contents, spec};

/// Holds sections of a page against what they were. Each is named by its heading, after those of the sections around
/// it.
fn check(name: &str, fixture: &str, page: &str, sections: &[&[&str]]) {
    let pages = docs::emit(&spec(fixture));
    let text = contents(&pages, page);
    let shown: Vec<String> = sections.iter().map(|path| path.iter().fold(text.to_owned(), section)).collect();
    insta::assert_snapshot!(name, shown.concat());
}

/// From this heading to the next that is not below it.
fn section(text: String, heading: &&str) -> String {
    let Some((_, rest)) = text.split_once(&format!("{heading}\n")) else { panic!("no `{heading}` in\n{text}") };
    let depth = |line: &str| line.chars().take_while(|letter| *letter == '#').count();
    let next = |line: &&str| (1..=depth(heading)).contains(&depth(line));
    let end = rest.lines().take_while(|line| !next(line)).map(|line| line.len() + 1).sum::<usize>();
    format!("{heading}\n{}", rest.get(..end).unwrap_or(rest))
}

#[test]
fn a_tool_tells_its_parameters_and_what_comes_back() {
    let of_routes = |heading| ["## gong_routes", heading];
    check(
        "tool",
        "behaviours",
        "/reads.md",
        &[
            &of_routes("### Parameters"),
            &of_routes("### What comes back"),
            &of_routes("### Notes"),
            &["## gong_keep", "Every answer says in `notices`:"],
        ],
    );
}

#[test]
fn a_tool_whose_calls_cost_credits_says_so_and_no_other_does() {
    let pages = docs::emit(&spec("behaviours"));
    let says = |tool: &str| section(contents(&pages, "/reads.md").to_owned(), &tool).contains("costs credits");
    assert!(says("## gong_coaching"));
    assert!(!says("## gong_routes"));
}

#[test]
fn parameters_tell_their_types_limits_defaults_and_rules() {
    check("params", "models", "reference/things.md", &[&["## gong_things_put", "### Parameters"]]);
    check("defaults", "behaviours", "/writes.md", &[&["## gong_defaults", "### Parameters"]]);
    check("files", "behaviours", "/writes.md", &[&["## gong_upload", "### Parameters"]]);
    check("default_times", "behaviours", "/reads.md", &[&["## gong_coaching", "### Parameters"]]);
}

#[test]
fn an_example_stands_in_rust_at_a_shell_and_by_name() {
    check("example", "models", "reference/things.md", &[&["## gong_things_put", "### Examples"]]);
}

#[test]
fn what_is_sent_is_told_request_by_request() {
    for (name, page, tool) in [
        ("sent_conditions", "/reads.md", "## gong_routes"),
        ("sent_filter", "/reads.md", "## gong_keep"),
        ("sent_lookup", "/reads.md", "## gong_coaching"),
        ("sent_repeated", "/writes.md", "## gong_defaults"),
        ("sent_chunks", "/writes.md", "## gong_chunks"),
        ("sent_outcomes", "/writes.md", "## gong_outcomes"),
        ("sent_steps", "/writes.md", "## gong_steps"),
        ("sent_form", "/writes.md", "## gong_upload"),
    ] {
        check(name, "behaviours", page, &[&[tool, "### What is sent"]]);
    }
}

#[test]
fn models_and_enums_have_tables() {
    check("models", "models", "models/things.md", &[&["## OutKind"], &["## Thing"], &["## ThingType"]]);
}

#[test]
fn the_first_page_lists_everything() {
    check(
        "index",
        "plain",
        "reference/README.md",
        &[&["## Tools"], &["## Models"], &["## Kinds of ids"], &["## Scopes"]],
    );
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
