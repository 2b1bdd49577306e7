//! The book as it is built, in a browser: on a phone no page is wider than the screen, and no link within it is dead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::cargo::cargo;
use crate::chromium::Chromium;
use crate::skipped::skipped;
use crate::{below, root};

/// The width of a phone, in pixels.
const PHONE: u64 = 390;

/// The whole book for a printer, the list of its pages without a script, and what a server shows where there is no
/// page.
const NO_PAGES: [&str; 3] = ["print.html", "toc.html", "404.html"];

const TEST: &str = "the built book in a browser";

/// Builds the book there; false where nothing is installed to do it.
fn built(folder: &Path) -> bool {
    if !Command::new("mdbook").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return false;
    }
    let mut book = cargo(&["xtask", "book", "--dest-dir"]);
    let output = book.arg(folder).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn the_built_book_fits_a_phone_and_no_link_in_it_is_dead() {
    let folder = tempfile::tempdir().unwrap();
    if !built(folder.path()) {
        return skipped(TEST, "mdBook (cargo install mdbook --version 0.5.4 --locked)");
    }
    let Some(mut chromium) = Chromium::start() else {
        return skipped(TEST, "Chromium (apt-get install chromium-headless-shell)");
    };
    chromium.ask(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": PHONE, "height": 844, "deviceScaleFactor": 1, "mobile": false}),
    );
    let pages =
        below(folder.path(), "html").into_iter().filter(|page| !NO_PAGES.iter().any(|name| page.ends_with(name)));
    let (mut wrong, mut anchors, mut links) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for page in pages {
        let url = format!("file://{}", page.display());
        chromium.open(&url);
        chromium.heading("");
        let width = chromium.value("document.documentElement.scrollWidth").as_u64().unwrap();
        if width > PHONE {
            wrong.push(format!("{url} is {width} pixels wide"));
        }
        let ids = chromium.value("[...document.querySelectorAll('[id]')].map(element => element.id)");
        anchors.insert(url.clone(), words(&ids));
        let found = words(&chromium.value("[...document.querySelectorAll('a[href]')].map(a => a.href)"));
        links.extend(found.into_iter().filter(|link| link.starts_with("file:")).map(|link| (url.clone(), link)));
    }
    assert!(anchors.len() > 30 && links.len() > 1000, "{} pages, {} links", anchors.len(), links.len());
    for (page, link) in links {
        let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let known = anchors.get(file);
        let there = known.is_some() || Path::new(file.trim_start_matches("file://")).is_file();
        if !there || !(anchor.is_empty() || known.is_none_or(|known| known.contains(anchor))) {
            wrong.push(format!("{page}: {link} is dead"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn words(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}
