//! `check`: whether the spec is right, and nothing else: nothing is emitted, compared or written.

use std::io::Write;
use std::path::Path;

use crate::ended::Ended;
use crate::generate;

/// Checks the spec and tells its faults as `generate` does.
pub(crate) fn run(root: &Path, out: &mut impl Write) -> Ended {
    let spec = generate::load(&generate::spec_files(root)?)?;
    writeln!(out, "The spec is right: {} tools in {} groups.", spec.tools().count(), spec.groups.len())?;
    Ok(())
}

#[cfg(test)]
mod tests;
