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

/// A behaviour that a spec asks for and an emitter does not know: a fault of the generator, not of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmitError(pub String);

impl std::fmt::Display for EmitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EmitError {}

/// Every file that is generated, in the order of the paths.
///
/// # Errors
/// When the spec asks for something that the check lets through and the generator cannot make.
pub fn emit(spec: &Spec) -> Result<Vec<Output>, EmitError> {
    let mut files = rust::emit(spec)?;
    files.extend(docs::emit(spec));
    let schemas = schema::emit(spec);
    files.extend(schemas.iter().map(docs::shown));
    files.extend(schemas);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
