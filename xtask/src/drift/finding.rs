//! What differs, where, and what to do about it.

use std::fmt;

use spec_diff::Location;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Kind {
    /// The document has it, and the spec does not.
    Missing,
    /// The spec has it, and the document does not.
    Unknown,
    /// Both have it, each with another type.
    Type,
    /// The document wants it, and the spec may leave it out.
    Required,
    /// The spec wants it, and the document does not.
    Optional,
    /// The document calls it deprecated, and the spec does not.
    Deprecated,
    /// The spec calls it deprecated, and the document does not.
    NotDeprecated,
}

impl Kind {
    /// The word for it, in reports and in the file of errata.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Missing => "missing",
            Kind::Unknown => "unknown",
            Kind::Type => "type",
            Kind::Required => "required",
            Kind::Optional => "optional",
            Kind::Deprecated => "deprecated",
            Kind::NotDeprecated => "not-deprecated",
        }
    }
}

/// A place in what is sent or answered: an operation, a part of it, and a path into that part, as
/// `POST /v2/calls > body > parties[].userId`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At {
    /// The operation and the part of it.
    part: String,
    path: String,
}

impl At {
    pub(super) fn operation(operation: &str) -> Self {
        At { part: operation.to_owned(), path: String::new() }
    }

    pub(super) fn part(&self, name: &str) -> Self {
        At { part: format!("{} > {name}", self.part), path: String::new() }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        At { path, ..self.clone() }
    }

    /// The elements of a list.
    pub(super) fn elements(&self) -> Self {
        At { path: format!("{}[]", self.path), ..self.clone() }
    }

    /// The values of an object whose keys are free.
    pub(super) fn values(&self) -> Self {
        At { path: format!("{}{{}}", self.path), ..self.clone() }
    }

    /// Whether it is a field of the whole, and not of a field.
    pub(super) fn is_outermost(&self) -> bool {
        !self.path.contains(['.', '[', '{'])
    }

    /// One value of those that it may have.
    pub(super) fn value(&self, value: &str) -> String {
        format!("{self} = {value}")
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.part)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " > {}", self.path) }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// Where in what is sent or answered, such as `POST /v2/calls > body > title`.
    pub(crate) at: String,
    /// What differs, in one sentence without a full stop.
    pub(crate) message: String,
    pub(crate) instead: String,
    pub(crate) tools: Vec<String>,
    /// Where the spec says it, or what would hold it there.
    pub(crate) place: Option<Location>,
    /// Why it is no drift, if `spec/errata.yaml` says so.
    pub(crate) excused: Option<String>,
}
