//! OpenAPI documents: read, their operations found, their references followed, their schemas seen as one thing. What is
//! made of them, a draft or a comparison, is made elsewhere.

mod document;
pub(crate) mod json;
pub(crate) mod media;
mod params;
mod schema;
mod values;

pub(crate) use document::{Document, Found, Operation, VERBS};
pub(crate) use params::{Slip, holes, params};
pub(crate) use schema::{Field, Schema, all_say};
pub(crate) use values::{Apart, apart};
