//! The generator of everything that follows from the spec of Gong's tools.
//!
//! A pure library: text in, text out. It reads no disk, no network and no clock, and it never panics on what it is given:
//! a wrong spec gets every fault at once, each at its place.
//!
//! ```text
//! spec/*.yaml ── syntax ── load ── check ── lower ── model ── emit ── (path, contents)
//! ```
//!
//! * `syntax` makes trees of YAML in which every node knows where it is written;
//! * `load` makes declarations of the trees: which keys there are and what kind of thing stands at each;
//! * `check` holds the declarations' names against each other as they will be in Rust;
//! * `lower` looks every name up and gives every hole its type: the [`model`];
//! * [`emit`] makes files of the model, and of nothing else;
//! * [`diff`] compares two models and says what the change does to whom.

pub mod author;
mod check;
mod circles;
pub mod diff;
pub mod emit;
pub mod fault;
pub mod format;
pub mod language;
mod load;
mod lower;
pub mod model;
pub mod names;
pub mod source;
mod syntax;

pub use fault::{Fault, FaultKind, Faults};
pub use source::{Place, SourceFile, Span};

/// Reads a spec.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load(files: &[SourceFile]) -> Result<model::Spec, Faults> {
    language::understands(files)?;
    let sink = fault::Sink::default();
    let declared = load::load(files, &sink);
    let types = lower::types::Types::of(&declared, &sink);
    check::check(&declared, &types, &sink);
    let spec = lower::lower(&declared, &types, &sink);
    match (sink.into_faults(), spec) {
        (Some(faults), _) => Err(faults),
        (None, Some(spec)) => Ok(spec),
        // Whatever is left out was reported, so this is a slip of the generator; it is told rather than panicked over.
        (None, None) => Err(Faults::internal()),
    }
}
