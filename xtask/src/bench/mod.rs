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

use std::io::{self, Write};
use std::path::Path;

use count::Counter;
use program::Cargo;
use table::Row;

use crate::ended::Ended;

/// The parts of the table, by the names that the command line takes.
pub(crate) const PARTS: [&str; 7] = ["calls", "decode", "validate", "items", "doors", "generate", "build"];

/// Measures these parts, or all, and prints them.
pub(crate) fn run(parts: &[String], root: &Path, out: &mut impl Write, err: &mut impl Write) -> Ended {
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let cargo = Cargo::new(root);
    let mut rows = Vec::new();
    if ["calls", "decode", "validate", "items", "doors"].into_iter().any(wanted) {
        let counter = Counter::find();
        writeln!(err, "Counting with {counter}.")?;
        let subject = cargo.bench("gong-client", "ratios")?;
        match counter {
            Counter::Nothing => {
                writeln!(err, "Neither `perf` nor `valgrind` counts here: all of these rows are LEFT OUT.")?
            }
            _ => {
                let measure = call::Measure { counter, subject };
                for (part, rows_of) in call::PARTS {
                    if wanted(part) {
                        writeln!(err, "{part} …")?;
                        rows.extend(rows_of(&measure)?);
                    }
                }
                if wanted("doors") {
                    writeln!(err, "doors …")?;
                    rows.extend(doors::rows(&measure, &cargo)?);
                }
            }
        }
    }
    if wanted("generate") {
        writeln!(err, "generate …")?;
        rows.extend(generate::rows(&cargo)?);
    }
    if wanted("build") {
        writeln!(err, "build …")?;
        rows.extend(build::rows(&cargo)?);
    }
    print(&rows, out)?;
    Ok(())
}

fn print(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    write!(out, "{}", table::render(rows))?;
    let missed = rows.iter().filter(|row| row.met() == Some(false)).count();
    writeln!(out, "\n{} rows, {missed} of them miss their target. docs/performance.md explains each.", rows.len())
}
