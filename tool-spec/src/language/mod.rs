//! The language as one table: which keys there are, what stands at each, and what it is for. The table is made of the
//! same declarations as the loader (`load::decl`); the order of a table is that in which [`crate::format`] writes the
//! keys, and [`schema`] and the tables of the page of the language are made of it.

mod json;
mod page;

#[cfg(test)]
mod tests;

use crate::fault::{Faults, Sink};
use crate::load::decl::{GroupDecl, ServiceDecl, TypeDecl};
use crate::load::kind::Kind;
use crate::load::kinds::Named;
use crate::source::SourceFile;

pub(crate) use crate::load::shape::{Holds, Key, Part, Role, Shape};
pub use crate::load::version::VERSION;

/// Whether the spec is written in this version of the language. Loading a spec asks this by itself.
///
/// # Errors
/// Which version it is written in, and what to do about it.
pub fn understands(files: &[SourceFile]) -> Result<(), Faults> {
    let sink = Sink::default();
    crate::load::version::unknown(files).into_iter().for_each(|fault| sink.report(fault));
    sink.into_faults().map_or(Ok(()), Err)
}

/// Where the JSON Schema of the language lies.
pub const SCHEMA: &str = "spec/schema.json";

/// The JSON Schema of the spec language, for editors.
#[must_use]
pub fn schema() -> String {
    json::text()
}

/// Where the page of the language lies.
pub const PAGE: &str = "docs/spec-language.md";

/// The page of the language, its tables of keys made of the language.
///
/// # Errors
/// What the page lacks, or has that the language does not know.
pub fn page(text: &str) -> Result<String, String> {
    page::with_tables(text)
}

/// The first line of a spec file, by which editors find the schema.
#[must_use]
pub fn modeline(path: &str) -> String {
    let below = path.split('/').skip_while(|step| *step != "spec").count().saturating_sub(2);
    format!("# yaml-language-server: $schema={}schema.json", "../".repeat(below))
}

/// What a file of the spec holds: the service's, a group of tools, and types.
pub(crate) static SERVICE: Holds = ServiceDecl::HOLDS;
/// See [`SERVICE`].
pub(crate) static GROUP: Holds = GroupDecl::HOLDS;
/// See [`SERVICE`].
pub(crate) static TYPES: Holds = Named::<TypeDecl>::HOLDS;

/// Every map with keys of its own.
fn shapes() -> Vec<&'static Shape> {
    fn add(holds: &'static Holds, shapes: &mut Vec<&'static Shape>) {
        let shape = holds.shape().filter(|shape| shapes.iter().all(|other| other.name != shape.name));
        if let Some(shape) = shape {
            shapes.push(shape);
            shape.keys().for_each(|key| add(&key.holds, shapes));
        }
        holds.inner().into_iter().for_each(|inner| add(inner, shapes));
    }
    let mut shapes = Vec::new();
    [&SERVICE, &GROUP, &TYPES].into_iter().for_each(|holds| add(holds, &mut shapes));
    shapes
}
