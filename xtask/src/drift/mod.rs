//! `drift`: how the spec differs from the OpenAPI document that the service publishes, both ways.
//!
//! What is held against the document is all that any tool can send of an operation, and all that any tool reads of its
//! answer. `compare` is a function of document and spec alone; this file reads both, and the errata, and tells what
//! comes of it.
//!
//! ```text
//! document ── shape ─┐
//!                    ├─ operation ── walk ── findings ── errata ── report ── text · markdown · json
//! spec ─ sending ─ form ─┘
//! ```

mod compare;
mod errata;
mod finding;
mod fit;
mod form;
mod operation;
mod output;
mod report;
mod sending;
mod shape;
mod walk;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use spec_diff::Side;
use tool_spec::source::SourceFile;

use crate::ended::{Ended, Failed};
use crate::generate;
use crate::openapi::Document;
use crate::tree;
pub(crate) use errata::ERRATA;
use output::{Format, print};
use report::Report;

/// Something differs.
const DIFFERS: u8 = 1;
/// It could not be found out.
const FAILED: u8 = 101;

/// Holds the spec against an OpenAPI document.
#[derive(Args, Debug)]
#[command(after_help = "\
It ends with 0 if nothing differs but what spec/errata.yaml excuses, 1 if something does, and 101 if it could not be \
found out.")]
pub(crate) struct Options {
    /// The OpenAPI document that the service publishes
    #[arg(value_name = "OPENAPI.json")]
    document: PathBuf,
    /// How to tell it
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// Tell too which share of operations and fields the spec covers
    #[arg(long)]
    summary: bool,
}

pub(crate) fn run(options: &Options, root: &Path, out: &mut impl Write) -> Ended {
    let failed = |wrong: &[String]| {
        let told: Vec<String> = wrong.iter().map(|wrong| format!("error: {}", wrong.trim_end())).collect();
        Failed { told: told.join("\n"), code: FAILED }
    };
    let (report, faults) = compared(&options.document, root).map_err(|wrong| failed(&[wrong]))?;
    write!(out, "{}", print(&report, options.format, options.summary))?;
    let wrong = report.wrong.iter().map(|wrong| format!("{}: {wrong}", options.document.display()));
    let wrong: Vec<String> = wrong.chain(faults).collect();
    if !wrong.is_empty() {
        Err(failed(&wrong))
    } else if report.open().next().is_some() {
        Err(Failed::silently(DIFFERS))
    } else {
        Ok(())
    }
}

/// The report, and what is wrong with the errata: without them nobody can say what fails, but the differences are what
/// they are.
fn compared(document: &Path, root: &Path) -> Result<(Report, Option<String>), String> {
    let document = Document::open(document)?;
    let files = generate::spec_files(root).map_err(|error| error.to_string())?;
    let side = Side::load(&files)
        .map_err(|faults| format!("the spec cannot be understood:\n\n{}", faults.render(&files, false)))?;
    let mut report = compare::compare(&document, &side);
    let text = tree::text(root, ERRATA).map_err(|error| error.to_string())?;
    let Some(text) = text else { return Ok((report, None)) };
    let errata = SourceFile { path: ERRATA.to_owned(), text };
    let whole = report.wrong.is_empty();
    let faults = errata::excuse(&mut report.findings, &errata, whole).err();
    let faults = faults.map(|faults| {
        format!("{ERRATA} cannot be used as it is:\n\n{}", faults.render(std::slice::from_ref(&errata), false))
    });
    Ok((report, faults))
}

#[cfg(test)]
mod tests;
