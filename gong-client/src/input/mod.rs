//! What a caller gives: read from JSON, held to its limits, and written into a request. It never sends anything and
//! never sees an answer.

// What of the language a spec uses is the spec's affair; the specs of the tests together use all of it.
#![allow(dead_code)]

pub(crate) mod body;
pub(crate) mod check;
pub(crate) mod files;
pub(crate) mod json;
pub(crate) mod nesting;
pub(crate) mod object;
pub(crate) mod text;
pub(crate) mod upload;
