//! `check`: whether the spec is right, and nothing else: nothing is emitted, compared or written.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::generate;

/// Checks the spec and tells its faults as `generate` does.
pub(crate) fn run(root: &Path, out: &mut impl Write, err: &mut impl Write) -> io::Result<ExitCode> {
    let sources = generate::spec_files(root)?;
    match generate::load(&sources) {
        Ok(spec) => {
            let tools: usize = spec.groups.iter().map(|group| group.tools.len()).sum();
            writeln!(out, "The spec is right: {tools} tools in {} groups.", spec.groups.len())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => {
            writeln!(err, "{}", wrong.trim_end())?;
            Ok(ExitCode::FAILURE)
        }
    }
}

#[cfg(test)]
mod tests;
