//! `bench`: what the client and the generator cost, beside the least that the same work can cost. It prints a table and
//! judges nothing by the clock: work is counted in instructions wherever a counter is to be had, so that a busy machine
//! gives the same table as an idle one. docs/performance.md explains each row.

mod build;
mod call;
mod count;
mod doors;
mod generate;
mod program;
mod table;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;

use call::Measure;
use count::Counter;
use program::Cargo;

use crate::ended::Ended;

/// The parts of the table, by the names that the command line takes.
pub(crate) const PARTS: [&str; 7] = ["calls", "decode", "validate", "items", "doors", "generate", "build"];

pub(crate) fn run(parts: &[String], root: &Path, out: &mut impl Write, err: &mut impl Write) -> Ended {
    let wanted: Vec<&str> =
        PARTS.into_iter().filter(|part| parts.is_empty() || parts.iter().any(|wanted| wanted == part)).collect();
    let cargo = Cargo::new(root);
    let is_counted = |part: &str| !matches!(part, "generate" | "build");
    let mut measure = None;
    if wanted.iter().any(|part| is_counted(part)) {
        let counter = Counter::find();
        writeln!(err, "Counting with {counter}.")?;
        if counter == Counter::Nothing {
            writeln!(err, "Neither `perf` nor `valgrind` counts here: all of these rows are LEFT OUT.")?;
        } else {
            measure = Some(Measure { counter, subject: cargo.bench("gong-client", "ratios")? });
        }
    }
    let mut rows = Vec::new();
    for part in wanted.into_iter().filter(|part| measure.is_some() || !is_counted(part)) {
        writeln!(err, "{part} …")?;
        rows.extend(match (part, &measure) {
            ("calls", Some(measure)) => call::calls(measure)?,
            ("decode", Some(measure)) => call::decode(measure)?,
            ("validate", Some(measure)) => call::validate(measure)?,
            ("items", Some(measure)) => call::items(measure)?,
            ("doors", Some(measure)) => doors::rows(measure, &cargo)?,
            ("generate", _) => generate::rows(&cargo)?,
            _ => build::rows(&cargo)?,
        });
    }
    write!(out, "{}", table::render(&rows))?;
    let missed = rows.iter().filter(|row| row.met() == Some(false)).count();
    writeln!(out, "\n{} rows, {missed} of them miss their target. docs/performance.md explains each.", rows.len())?;
    Ok(())
}
