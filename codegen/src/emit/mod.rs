//! What is made of a checked spec: files, each a pure function of the model.

pub mod docs;
pub mod example;
pub mod rust;
pub mod schema;

use crate::model::Spec;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where, relative to the repository.
    pub path: String,
    /// All of it.
    pub contents: String,
}

/// Every file that is generated, in the order of the paths.
#[must_use]
pub fn emit(spec: &Spec) -> Vec<Output> {
    let mut files = rust::emit(spec);
    files.extend(docs::emit(spec));
    let schemas = schema::emit(spec);
    files.extend(schemas.iter().map(docs::shown));
    files.extend(schemas);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}
