//! To be written.

use super::Output;
use crate::model::Spec;

/// No files yet.
#[must_use]
pub fn emit(_: &Spec) -> Vec<Output> {
    Vec::new()
}
