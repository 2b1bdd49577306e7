//! A report in the form that its reader wants.

mod github;
mod json;
mod markdown;
mod sarif;
mod text;

pub use github::github;
pub use json::{json, place};
pub use markdown::{cell, escape, markdown};
pub use sarif::sarif;
pub use text::text;

use super::{Finding, Report};

/// A form: it makes a text of a report that ends with a line break.
pub type Format = fn(&Report) -> String;

/// The forms, by their names.
pub const FORMATS: [(&str, Format); 5] =
    [("text", text), ("markdown", markdown), ("json", json), ("sarif", sarif), ("github", github)];

/// Where a finding is, in words.
fn places(finding: &Finding) -> String {
    let side =
        |place: &Option<super::Location>| place.as_ref().map_or_else(|| "not there".to_owned(), ToString::to_string);
    format!("base {}, head {}", side(&finding.base), side(&finding.head))
}

/// How much of a value is shown: a description is longer than a line, and what is told is that it changed.
const SHOWN: usize = 200;

/// What was and what is, where the message does not say it: with the word for each, on one line and cut where it is
/// long.
fn values(finding: &Finding) -> Vec<(&'static str, String)> {
    let both = [("was", &finding.was), ("is", &finding.is)].into_iter();
    let given: Vec<(&str, &String)> = both.filter_map(|(word, value)| Some((word, value.as_ref()?))).collect();
    let says_it = |value: &str| matches!(value, "true" | "false") || finding.message.contains(value);
    if given.iter().all(|(_, value)| says_it(value)) {
        return Vec::new();
    }
    given.into_iter().map(|(word, value)| (word, one_line(value))).collect()
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => {
            format!("{}… ({} characters in all)", line.get(..at).unwrap_or_default(), line.chars().count())
        }
        None => line,
    }
}

/// What it does to each audience, in words.
fn levels(finding: &Finding) -> String {
    let rule = finding.rule;
    format!("Rust: {}, by name: {}, service: {}", rule.rust, rule.names, rule.service)
}

/// A number and what it counts.
#[must_use]
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
