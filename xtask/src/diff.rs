//! `diff`: what a change of the spec does to whom.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use spec_diff::{Format, Level, Report, Side, Versions, docs, explain, print, rule, rules};
use tool_spec::FaultKind;
use tool_spec::language::VERSION;

use crate::diff_state::{ACCEPTED, Read, State};

/// How to use it.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask diff [OPTIONS] [BASE] [HEAD]

Compares two states of the spec: a git revision, or a folder that holds spec/. Without HEAD it is
the working tree; without BASE, what the working tree has in common with main.

Options:
  --format FORM     text (as is), markdown, json, sarif or github
  --fail-on LEVEL   breaking (as is), dangerous, compatible or never
  --bump            Also fail if the version in Cargo.toml is too low for the change
  --explain ID      Tell about a rule
  --rules           Tell about all of them, as docs/diff-rules.md does
  --root DIR        The repository, if it is not this one

It ends with 0 if nothing is at that level or above, 100 if something is, and 101 if it could not
be found out. A finding whose fingerprint is in spec/accepted-breaks.yaml fails nothing.
";

/// Something was found.
const FOUND: u8 = 100;
/// It could not be found out.
const FAILED: u8 = 101;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Help,
    Rules,
    Explain(String),
    Compare(Options),
}

/// What to compare, and how to tell it.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    root: PathBuf,
    base: Option<String>,
    head: Option<String>,
    format: Format,
    /// The level that fails; nothing does if there is none.
    fail_on: Option<Level>,
    bump: bool,
}

/// Compares, and tells it.
pub(crate) fn run(args: &[String], root: &Path, out: &mut impl Write, err: &mut impl Write) -> io::Result<ExitCode> {
    let told = parse(args, root).and_then(|asked| match asked {
        Asked::Help => Ok(Told { text: USAGE.to_owned(), code: 0, wrong: None }),
        Asked::Rules => Ok(Told { text: docs(), code: 0, wrong: None }),
        Asked::Explain(id) => Ok(Told { text: explained(&id)?, code: 0, wrong: None }),
        Asked::Compare(options) => compared(&options),
    });
    let Told { text, code, wrong } =
        told.unwrap_or_else(|wrong| Told { text: String::new(), code: FAILED, wrong: Some(wrong) });
    out.write_all(text.as_bytes())?;
    if let Some(wrong) = wrong {
        writeln!(err, "error: {}", wrong.trim_end())?;
    }
    Ok(ExitCode::from(code))
}

/// What is printed, and what is complained of.
struct Told {
    text: String,
    code: u8,
    wrong: Option<String>,
}

fn parse(args: &[String], root: &Path) -> Result<Asked, String> {
    let mut options = Options {
        root: root.to_owned(),
        base: None,
        head: None,
        format: Format::Text,
        fail_on: Some(Level::Breaking),
        bump: false,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--help" | "-h" => return Ok(Asked::Help),
            "--rules" => return Ok(Asked::Rules),
            "--explain" => return Ok(Asked::Explain(value()?.clone())),
            "--root" => options.root = PathBuf::from(value()?),
            "--bump" => options.bump = true,
            "--format" => {
                let name = value()?;
                let forms = "text, markdown, json, sarif and github";
                options.format =
                    Format::named(name).ok_or_else(|| format!("there is no format `{name}` but {forms}"))?;
            }
            "--fail-on" => options.fail_on = level(value()?)?,
            other if other.starts_with('-') => return Err(format!("`diff` has no argument `{other}`\n\n{USAGE}")),
            state if options.base.is_none() => options.base = Some(state.to_owned()),
            state if options.head.is_none() => options.head = Some(state.to_owned()),
            other => return Err(format!("`diff` compares two states, and `{other}` is a third")),
        }
    }
    Ok(Asked::Compare(options))
}

fn level(name: &str) -> Result<Option<Level>, String> {
    let named = Level::ALL.into_iter().find(|level| *level != Level::None && level.as_str() == name);
    match named {
        None if name == "never" => Ok(None),
        None => Err(format!("there is no level `{name}` but breaking, dangerous, compatible and never")),
        level => Ok(level),
    }
}

fn explained(id: &str) -> Result<String, String> {
    rule(id).map(explain).ok_or_else(|| {
        let near: Vec<&str> = rules().iter().map(|rule| rule.id).filter(|known| is_near(id, known)).collect();
        let near = if near.is_empty() { String::new() } else { format!("; there is {}", near.join(", ")) };
        format!("there is no rule `{id}`{near}. `cargo xtask diff --rules` tells about all")
    })
}

/// Whether a rule's name shares most words with what was written.
fn is_near(written: &str, known: &str) -> bool {
    let words = written.split('-').filter(|word| known.split('-').any(|other| other == *word)).count();
    words * 2 > known.split('-').count().max(written.split('-').count())
}

fn compared(options: &Options) -> Result<Told, String> {
    let (report, wrong) = report(&options.root, options.base.as_deref(), options.head.as_deref())?;
    let found = options.fail_on.is_some_and(|level| report.reaches(level));
    let low = options.bump && !report.version_is_enough();
    let code = match wrong {
        Some(_) => FAILED,
        None if found || low => FOUND,
        None => 0,
    };
    Ok(Told { text: print(&report, options.format), code, wrong })
}

/// Compares two states of the repository's spec. Beside the report stands what is wrong with the file of accepted
/// findings: without it nobody can say what fails, but the findings are what they are.
///
/// # Errors
/// What kept it from being done; a side that can be read is described even if the other cannot.
pub(crate) fn report(root: &Path, base: Option<&str>, head: Option<&str>) -> Result<(Report, Option<String>), String> {
    let base = base.map_or_else(|| State::merge_base(root), |name| State::named(root, name));
    let head = head.map_or(Ok(State::WorkingTree), |name| State::named(root, name));
    let base = base.and_then(|state| state.read(root));
    let head = head.and_then(|state| state.read(root));
    let (base, head) = match (load(base, OLDER), load(head, "Mend that first; `cargo xtask check` tells the same.")) {
        (Ok(base), Ok(head)) => (base, head),
        (base, head) => {
            let told: Vec<String> =
                [("base", base), ("head", head)].map(|(side, loaded)| describe(side, loaded)).to_vec();
            return Err(told.join("\n"));
        }
    };
    let versions = base.read.version.zip(head.read.version).map(|(base, head)| Versions { base, head });
    let mut report = Report::of(&base.side, &head.side, versions);
    let wrong = head.read.accepted.as_ref().and_then(|file| {
        let faults = report.accept(file, base.read.accepted.as_ref()).err()?;
        let faults = faults.render(std::slice::from_ref(file), false);
        Some(format!("{ACCEPTED} cannot be used as it is:\n\n{faults}"))
    });
    Ok((report, wrong))
}

/// What may be done about a base that is not understood.
const OLDER: &str = "If it is written in an older form of the language, name a later state, whose spec `cargo xtask check` \
                     understands.";

/// A side as it was read and understood.
struct Loaded {
    read: Read,
    side: Side,
}

fn load(read: Result<Read, String>, remedy: &str) -> Result<Loaded, String> {
    let read = read?;
    match Side::load(&read.files) {
        Ok(side) => Ok(Loaded { read, side }),
        Err(faults) => {
            let step = match faults.iter().any(|fault| fault.kind == FaultKind::Version) {
                true => {
                    format!("Only states that are written in version {VERSION} can be compared here: name such a one.")
                }
                // The base is what it was; the head is being written.
                false => remedy.to_owned(),
            };
            let faults = faults.render(&read.files, false);
            Err(format!("the spec of {} cannot be understood:\n\n{faults}{step}", read.name))
        }
    }
}

fn describe(side: &str, loaded: Result<Loaded, String>) -> String {
    match loaded {
        Ok(Loaded { read, side: spec }) => format!("the {side}, {}, is fine: {}", read.name, spec.summary()),
        Err(wrong) => format!("the {side} cannot be compared: {wrong}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Options, parse};
    use spec_diff::{Format, Level};
    use std::path::Path;

    fn of(line: &str) -> Result<Asked, String> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&args, Path::new("/repository"))
    }

    #[test]
    fn two_states_and_how_to_tell_what_they_differ_in() {
        let asked = of("main HEAD --format github --fail-on dangerous --bump --root /other").unwrap();
        let options = Options {
            root: "/other".into(),
            base: Some("main".to_owned()),
            head: Some("HEAD".to_owned()),
            format: Format::Github,
            fail_on: Some(Level::Dangerous),
            bump: true,
        };
        assert_eq!(asked, Asked::Compare(options));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let wrong = |line: &str| of(line).unwrap_err().lines().next().unwrap().to_owned();
        assert_eq!(wrong("--format yaml"), "there is no format `yaml` but text, markdown, json, sarif and github");
        assert_eq!(wrong("--fail-on none"), "there is no level `none` but breaking, dangerous, compatible and never");
        assert_eq!(wrong("--fail-on"), "--fail-on needs a value");
        assert_eq!(wrong("--loud"), "`diff` has no argument `--loud`");
        assert_eq!(wrong("a b c"), "`diff` compares two states, and `c` is a third");
    }

    #[test]
    fn a_rule_that_is_nearly_right_is_named() {
        let wrong = super::explained("param-become-required").unwrap_err();
        assert!(wrong.contains("param-became-required"), "{wrong}");
        assert!(super::explained("tool-added").unwrap().starts_with("tool-added\n"));
    }
}
