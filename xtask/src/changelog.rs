//! `changelog`: the diff as an entry of CHANGELOG.md.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use spec_diff::{Report, Version, changelog};

use crate::diff;
use crate::ended::Ended;
use crate::tree;

const PATH: &str = "CHANGELOG.md";
const HEAD: &str = "# Changelog\n";

/// The heading of what people write into an entry, after what the spec gives.
const BY_HAND: &str = "### Beyond the spec\n";

/// Compares two states of the spec as `diff` does, and writes an entry by whom it concerns. One for the same version is
/// replaced, but for its section `Beyond the spec`.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The state before; without it, what the working tree has in common with main
    base: Option<String>,
    /// The state after; without it, the working tree
    head: Option<String>,
    /// The version of the entry; without it, the one in Cargo.toml if it is high enough, or else the least that is
    #[arg(long, value_parser = version)]
    version: Option<String>,
    /// Only show it
    #[arg(long)]
    print: bool,
}

pub(crate) fn run(options: &Options, root: &Path, out: &mut impl Write) -> Ended {
    let (report, wrong) = diff::report(root, options.base.as_deref(), options.head.as_deref())?;
    wrong.map_or(Ok(()), Err)?;
    if report.findings.is_empty() {
        writeln!(out, "{}", report.verdict())?;
        return Ok(());
    }
    let title = options.version.clone().unwrap_or_else(|| title(&report));
    let entry = changelog(&report, &title);
    if options.print {
        out.write_all(entry.as_bytes())?;
    } else {
        write_entry(root, &title, &entry)?;
        writeln!(out, "Wrote the entry for {title} into {PATH}.")?;
    }
    Ok(())
}

/// A version as Cargo writes it.
fn version(text: &str) -> Result<String, String> {
    let parsed = Version::parse(text).filter(|_| text.trim() == text);
    parsed.map(|_| text.to_owned()).ok_or_else(|| format!("`{text}` is no version: write one such as 0.2.0"))
}

/// The version that the change will have.
fn title(report: &Report) -> String {
    match (report.versions, report.needed()) {
        (Some(versions), Some(needed)) => versions.head.max(needed).to_string(),
        _ => "Unreleased".to_owned(),
    }
}

fn write_entry(root: &Path, title: &str, entry: &str) -> io::Result<()> {
    let text = tree::text(root, PATH)?.unwrap_or_else(|| HEAD.to_owned());
    fs::write(root.join(PATH), with_entry(&text, title, entry)).map_err(|error| tree::at(PATH, error))
}

/// The changelog with the entry in the place of that for the same version, or before all others. What stands by hand in
/// the old one stays.
fn with_entry(text: &str, title: &str, entry: &str) -> String {
    let mut parts: Vec<String> = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("## ") {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    let head = format!("## {title}\n");
    match parts.iter_mut().skip(1).find(|part| part.starts_with(&head)) {
        Some(part) => {
            let by_hand = part.find(BY_HAND).and_then(|at| part.get(at..)).unwrap_or_default();
            *part = format!("{}\n\n{by_hand}", entry.trim_end());
        }
        None => parts.insert(1, entry.to_owned()),
    }
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests;
