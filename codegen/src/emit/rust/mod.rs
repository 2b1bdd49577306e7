//! The Rust of gong-client that mentions tools: `src/generated`.
//!
//! One file here for each thing that is made: the list of modules, the ids, the service, the catalog, the models and the
//! groups of tools. Of a group: the accessor (`group`), the parameters (`params`) and what makes them a tool
//! (`tool`, with its limits in `check`, its defaults in `fill` and what it sends in `run`).

mod catalog;
mod check;
mod docs;
mod exchange;
mod file;
mod fill;
mod group;
mod ids;
mod index;
mod keep;
mod layout;
mod models;
mod notice;
mod params;
mod request;
mod reshape;
mod run;
mod scope;
mod service;
mod source;
mod template;
mod text;
mod tool;
mod types;

use super::{EmitError, Output};
use crate::model::Spec;

/// The folder of the generated code.
const FOLDER: &str = "gong-client/src/generated";

/// The files of gong-client's `src/generated`, the schemas aside.
///
/// # Errors
/// When the spec asks for something that the check lets through and this emitter cannot make.
pub fn emit(spec: &Spec) -> Result<Vec<Output>, EmitError> {
    let mut files = index::emit(spec)?;
    files.push(ids::emit(spec)?);
    files.push(service::emit(spec)?);
    files.push(catalog::emit(spec)?);
    files.extend(models::emit(spec)?);
    for group in &spec.groups {
        files.push(group::emit(spec, group)?);
    }
    Ok(files)
}
