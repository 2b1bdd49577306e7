//! Text that somebody else wrote, made fit to be shown: no secret in it, nothing that a terminal or a page would obey,
//! and no longer than a person reads.

mod printable;
mod redact;

pub(crate) use printable::is_header_value;
pub use printable::{excerpt, is_unprintable, printable};
pub use redact::Redactor;
