//! The language in which a service's tools are written: what a spec says, and everything that is wrong with it.
//!
//! A pure library: text in, a model out. It reads no disk, no network and no clock, knows no service and never panics
//! on what it is given: a wrong spec gets every fault at once, each at its place.
//!
//! ```text
//! spec/*.yaml ── syntax ── load ── resolve ── check ── lower ── model
//! ```
//!
//! * `syntax` makes trees of YAML in which every node knows where it is written;
//! * `load` makes declarations of the trees: which keys there are and what kind of thing stands at each. YAML ends
//!   here;
//! * `resolve` looks every name up and gives every hole its type;
//! * `check` reports what is wrong although names and types are right: what contradicts itself, goes in a circle, is
//!   the same as another in Rust or is of no use;
//! * `lower` puts the [`model`] together, plain data. It reports nothing;
//! * [`display`] prints parts of the model as the language writes them, for messages, docs and findings;
//! * [`mod@format`] writes a spec's YAML in one form, and [`language`] tells editors what may stand where.

mod check;
mod circles;
pub mod display;
pub mod fault;
pub mod format;
pub mod language;
mod load;
mod lower;
pub mod meant;
mod migrate;
pub mod model;
pub mod names;
mod resolve;
pub mod source;
pub mod syntax;

pub use check::{is_free, is_free_method};
pub use fault::{Fault, FaultKind, Faults};
pub use load::entries;
pub use migrate::migrate;
pub use resolve::constant::{is_date, is_date_time};
pub use resolve::types::is_word;
pub use source::{Place, SourceFile, Span};

/// Reads a spec.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load(files: &[SourceFile]) -> Result<model::Spec, Faults> {
    language::understands(files)?;
    let sink = fault::Sink::default();
    let declared = load::load(files, &sink);
    let resolved = resolve::resolve(&declared, &sink);
    check::check(&declared, &resolved, &sink);
    let spec = lower::lower(&declared, resolved);
    match (sink.into_faults(), spec) {
        (Some(faults), _) => Err(faults),
        (None, Some(spec)) => Ok(spec),
        // Whatever is left out was reported, so this is a slip of the reader; it is told rather than panicked over.
        (None, None) => Err(Faults::internal()),
    }
}
