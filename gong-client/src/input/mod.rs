//! What a caller gives: read from JSON, held to its limits, and written into a request. It never sends anything and never
//! sees an answer.

pub(crate) mod body;
pub(crate) mod check;
pub(crate) mod json;
pub(crate) mod nesting;
pub(crate) mod object;
pub(crate) mod text;
