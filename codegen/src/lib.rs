//! Everything that mentions a tool of a spec: Rust, reference pages, JSON Schemas, a catalog and skills for agents.
//!
//! A pure library: a checked [`Spec`] in, [`Output`]s out. It cannot fail, reads neither YAML nor the disk, and each
//! kind of file is a module of its own:
//!
//! ```text
//!                       ┌─ rust ──── the bindings of the client, and its catalog
//! tool_spec::model ─────┼─ schema ── what a tool takes and answers, for agents
//!                       ├─ docs ──── the reference
//!                       └─ skills ── what agents with a shell read
//! ```

mod client;
pub mod docs;
pub mod example;
pub mod rust;
pub mod schema;
pub mod skills;
mod words;

use tool_spec::model::Spec;

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
    files.extend(schema::emit(spec));
    files.extend(skills::emit(spec));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}
