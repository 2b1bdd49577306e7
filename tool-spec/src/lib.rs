//! The language in which a service's tools are written: what a spec says, and everything that is wrong with it.
//!
//! A pure library: text in, a model out. It reads no disk, no network and no clock, knows no service and never panics on
//! what it is given: a wrong spec gets every fault at once, each at its place.
//!
//! ```text
//! spec/*.yaml ── syntax ── load ── check ── lower ── model
//! ```
//!
//! * `syntax` makes trees of YAML in which every node knows where it is written;
//! * `load` makes declarations of the trees: which keys there are and what kind of thing stands at each;
//! * `check` holds the declarations' names against each other as they will be in Rust;
//! * `lower` looks every name up and gives every hole its type: the [`model`];
//! * [`format`] writes a spec's YAML in one form, and [`language`] tells editors what may stand where.

mod check;
mod circles;
pub mod fault;
pub mod format;
pub mod language;
mod load;
mod lower;
pub mod model;
pub mod names;
pub mod source;
pub mod syntax;

pub use check::{is_free, is_free_method};
pub use fault::{Fault, FaultKind, Faults};
pub use load::entries;
pub use lower::constant::{is_date, is_date_time};
pub use lower::types::is_word;
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
        // Whatever is left out was reported, so this is a slip of the reader; it is told rather than panicked over.
        (None, None) => Err(Faults::internal()),
    }
}
