//! The Rust of a client that mentions tools: its `src/generated`. What it calls of the client's own is named from the
//! crate's root, so the client may be of any name.
//!
//! One file here for each thing that is made: the list of modules, the ids, the service, the catalog, the models and
//! the groups of tools. Of a group: the accessor (`group`), the builders of calls (`builder`) and what makes their
//! parameters a tool (`tool`, with its limits in `check`, its defaults in `fill` and what it sends in `run`).
//!
//! Generated code calls whatever is not its own by a module: what the runtime and Rust have by `rt`, models by
//! `models`, ids by
//! `ids`. A module's name is in small letters and a type's is not, so no name of an author's hides any of these.

mod builder;
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
mod paging;
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
mod words;

use super::Output;
use tool_spec::model::Spec;
use words::Names;

/// The files of a client's `src/generated`, the schemas aside.
#[must_use]
pub fn emit(spec: &Spec) -> Vec<Output> {
    let names = Names::new(spec);
    let mut files = index::emit(spec);
    files.push(ids::emit(spec));
    files.push(service::emit(spec));
    files.push(catalog::emit(spec));
    files.extend(models::emit(spec, &names));
    files.extend(spec.groups.iter().map(|group| group::emit(spec, &names, group)));
    files
}
