//! `diff`: what a change of the spec does to whom.

use std::io::Write;
use std::path::Path;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use spec_diff::output::{FORMATS, Format};
use spec_diff::{Level, Report, Versions, docs, explain, rule, rules};
use tool_spec::fault::nearest;

use crate::diff_state::{ACCEPTED, Read, State};
use crate::ended::{Ended, Failed};

/// Something was found.
const FOUND: u8 = 100;
/// It could not be found out.
const FAILED: u8 = 101;

/// Compares two states of the spec: git revisions, or folders that hold spec/.
#[derive(Args, Debug)]
#[command(after_help = "\
It ends with 0 if nothing is at that level or above, 100 if something is, and 101 if it could not be found out. \
A finding whose fingerprint is in spec/accepted-breaks.yaml fails nothing.")]
pub(crate) struct Options {
    /// The state before; without it, what the working tree has in common with main
    base: Option<String>,
    /// The state after; without it, the working tree
    head: Option<String>,
    /// How to tell it
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = formats())]
    format: Format,
    /// The level that fails
    #[arg(long, value_name = "LEVEL", default_value = "breaking")]
    #[arg(value_parser = ["breaking", "dangerous", "compatible", "never"])]
    fail_on: String,
    /// Also fail if the version in Cargo.toml is too low for the change
    #[arg(long)]
    bump: bool,
    /// Tell about a rule
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Tell about all of them, as docs/diff-rules.md does
    #[arg(long)]
    rules: bool,
}

pub(crate) fn run(options: &Options, root: &Path, out: &mut impl Write) -> Ended {
    if let Some(id) = &options.explain {
        write!(out, "{}", explained(id).map_err(failed)?)?;
    } else if options.rules {
        write!(out, "{}", docs())?;
    } else {
        let (report, wrong) = report(root, options.base.as_deref(), options.head.as_deref())?;
        write!(out, "{}", (options.format)(&report))?;
        wrong.map_or(Ok(()), Err)?;
        // `never` is no level.
        let level = Level::ALL.into_iter().find(|level| level.to_string() == options.fail_on);
        if level.is_some_and(|level| report.reaches(level)) || options.bump && !report.version_is_enough() {
            return Err(Failed::silently(FOUND));
        }
    }
    Ok(())
}

fn failed(wrong: String) -> Failed {
    Failed { told: format!("error: {wrong}"), code: FAILED }
}

fn explained(id: &str) -> Result<String, String> {
    rule(id).map(explain).ok_or_else(|| {
        let known: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        let near = nearest(id, &known).map(|near| format!("; did you mean `{near}`?")).unwrap_or(".".to_owned());
        format!("there is no rule `{id}`{near} `cargo xtask diff --rules` tells about all")
    })
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(FORMATS.map(|(name, _)| name));
    names.try_map(|wanted| {
        let format = FORMATS.into_iter().find(|(name, _)| *name == wanted);
        format.map(|(_, format)| format).ok_or("there is no such form")
    })
}

/// Compares two states of the repository's spec. Beside the report stands what is wrong with the file of accepted
/// findings: without it nobody can say what fails, but the findings are what they are. A side that can be read is
/// described even if the other cannot.
pub(crate) fn report(root: &Path, base: Option<&str>, head: Option<&str>) -> Result<(Report, Option<Failed>), Failed> {
    let base = base.map_or_else(|| State::merge_base(root), |name| State::named(root, name));
    let head = head.map_or_else(|| Ok(State::working_tree(root)), |name| State::named(root, name));
    // The base is what it was; the head is being written.
    let base = base.and_then(|state| state.read(root, OLDER));
    let head = head.and_then(|state| state.read(root, "Mend that first; `cargo xtask check` tells the same."));
    let (base, head) = match (base, head) {
        (Ok(base), Ok(head)) => (base, head),
        (base, head) => {
            let told = [("base", base), ("head", head)].map(|(side, read)| match read {
                Ok(Read { name, side: spec, .. }) => format!("the {side}, {name}, is fine: {}", spec.summary()),
                Err(wrong) => format!("the {side} cannot be compared: {wrong}"),
            });
            return Err(failed(told.join("\n")));
        }
    };
    let versions = base.version.zip(head.version).map(|(base, head)| Versions { base, head });
    let mut report = Report::of(&base.side, &head.side, versions);
    let wrong = head.accepted.as_ref().and_then(|file| {
        let faults = report.accept(file, base.accepted.as_ref()).err()?;
        let faults = faults.render(std::slice::from_ref(file), false);
        Some(failed(format!("{ACCEPTED} cannot be used as it is:\n\n{faults}")))
    });
    Ok((report, wrong))
}

/// What may be done about a base that is not understood.
const OLDER: &str = "If it is written in an older form of the language, name a later state, whose spec \
                     `cargo xtask check` understands.";

#[test]
fn a_rule_that_is_nearly_right_is_named() {
    let wrong = explained("param-become-required").unwrap_err();
    assert!(wrong.contains("param-became-required"), "{wrong}");
    assert!(explained("tool-added").unwrap().starts_with("tool-added\n"));
}
