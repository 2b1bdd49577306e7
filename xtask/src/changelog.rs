//! `changelog`: the diff as an entry of CHANGELOG.md.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use spec_diff::{Report, Version, changelog};

use crate::diff;
use crate::tree;

/// How to use it.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask changelog [OPTIONS] [BASE] [HEAD]

Writes what changed between two states of the spec (see `cargo xtask diff`) into CHANGELOG.md, by
whom it concerns. An entry for the same version is replaced.

Options:
  --version VERSION   The version of the entry; without it, the one in Cargo.toml if it is high
                      enough for the change, or else the least that is
  --print             Only show it
  --root DIR          The repository, if it is not this one
";

const PATH: &str = "CHANGELOG.md";
const HEAD: &str = "# Changelog\n";

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    root: PathBuf,
    states: Vec<String>,
    version: Option<String>,
    print: bool,
    help: bool,
}

/// Writes the entry.
pub(crate) fn run(args: &[String], root: &Path, out: &mut impl Write, err: &mut impl Write) -> io::Result<ExitCode> {
    let found = parse(args, root).and_then(|options| {
        if options.help {
            return Ok((options, None));
        }
        let state = |index: usize| options.states.get(index).map(String::as_str);
        match diff::report(&options.root, state(0), state(1))? {
            (report, None) => Ok((options, Some(report))),
            (_, Some(wrong)) => Err(wrong),
        }
    });
    match found {
        Ok((_, None)) => out.write_all(USAGE.as_bytes())?,
        Ok((_, Some(report))) if report.findings.is_empty() => writeln!(out, "{}", report.verdict())?,
        Ok((options, Some(report))) => {
            let title = options.version.clone().unwrap_or_else(|| title(&report));
            let entry = changelog(&report, &title);
            if options.print {
                out.write_all(entry.as_bytes())?;
            } else {
                write_entry(&options.root, &title, &entry)?;
                writeln!(out, "Wrote the entry for {title} into {PATH}.")?;
            }
        }
        Err(wrong) => {
            writeln!(err, "error: {}", wrong.trim_end())?;
            return Ok(ExitCode::from(101));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &[String], root: &Path) -> Result<Options, String> {
    let mut options = Options { root: root.to_owned(), ..Options::default() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--help" | "-h" => options.help = true,
            "--print" => options.print = true,
            "--version" => options.version = Some(version(&value()?)?),
            "--root" => options.root = PathBuf::from(value()?),
            other if other.starts_with('-') => return Err(format!("`changelog` has no argument `{other}`")),
            state if options.states.len() < 2 => options.states.push(state.to_owned()),
            other => return Err(format!("`changelog` compares two states, and `{other}` is a third")),
        }
    }
    Ok(options)
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
    let path = root.join(PATH);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
        text => text.map_err(|error| tree::at(PATH, error))?,
    };
    fs::write(&path, with_entry(&text, title, entry)).map_err(|error| tree::at(PATH, error))
}

/// The changelog with the entry in the place of that for the same version, or before all others.
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
        Some(part) => *part = entry.to_owned(),
        None => parts.insert(1, entry.to_owned()),
    }
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{parse, with_entry};

    #[test]
    fn a_version_that_is_none_is_refused_before_anything_is_written() {
        let of = |version: &str| parse(&["--version".to_owned(), version.to_owned()], Path::new("/repository"));
        for wrong in ["not a version", "", "1", "1.2", "v1.2.3", " 1.2.3", "1.2.3.4"] {
            let said = of(wrong).unwrap_err();
            assert!(said.contains(&format!("`{wrong}` is no version")), "{said}");
        }
        assert_eq!(of("0.2.0-rc.1").unwrap().version.as_deref(), Some("0.2.0-rc.1"));
    }

    #[test]
    fn the_newest_entry_stands_first_and_an_old_one_of_its_version_goes() {
        let first = with_entry("# Changelog\n", "0.1.0", "## 0.1.0\n\n- One.\n");
        assert_eq!(first, "# Changelog\n\n## 0.1.0\n\n- One.\n");
        let second = with_entry(&first, "0.2.0", "## 0.2.0\n\n- Two.\n");
        assert_eq!(second, "# Changelog\n\n## 0.2.0\n\n- Two.\n\n## 0.1.0\n\n- One.\n");
        let again = with_entry(&second, "0.2.0", "## 0.2.0\n\n- Three.\n");
        assert_eq!(again, "# Changelog\n\n## 0.2.0\n\n- Three.\n\n## 0.1.0\n\n- One.\n");
    }
}
