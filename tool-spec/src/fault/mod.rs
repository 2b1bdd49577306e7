//! What is wrong with a spec: all of it at once, each fault at its place and with a way to mend it.

mod report;
mod sink;
mod suggest;

use std::fmt;

use crate::source::Span;

pub use sink::Sink;
pub(crate) use suggest::Known;
pub use suggest::nearest;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What sort of thing.
    pub kind: FaultKind,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; nowhere if a whole file is missing.
    pub span: Option<Span>,
    /// What would be right.
    pub help: Option<String>,
    /// Other places that have to do with it, and what they are.
    pub related: Vec<(Span, String)>,
}

/// Sorts of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The file is not YAML, or more of YAML than the spec language uses.
    Yaml,
    /// A file, a key or a sentence that must be there is not.
    Missing,
    /// A key that does not exist.
    UnknownKey,
    /// A name that nothing has.
    UnknownName,
    /// A name, a key or a value that is there twice, or that is the same as another once it is Rust.
    Clash,
    /// Something that nothing uses.
    Unused,
    /// Text that cannot be read as what it should be.
    Syntax,
    /// A value, a type or a limit that does not fit.
    Type,
    /// Things that may not stand together, or not without another.
    Contradiction,
    /// Another version of the language than the one that is known.
    Version,
}

impl FaultKind {
    /// Whether it follows from all that an entry says, rather than from one place of it.
    pub fn is_conclusion(self) -> bool {
        matches!(self, FaultKind::Missing | FaultKind::Unused | FaultKind::Contradiction)
    }

    /// The word that reports show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FaultKind::Yaml => "yaml",
            FaultKind::Missing => "missing",
            FaultKind::UnknownKey => "unknown-key",
            FaultKind::UnknownName => "unknown-name",
            FaultKind::Clash => "clash",
            FaultKind::Unused => "unused",
            FaultKind::Syntax => "syntax",
            FaultKind::Type => "type",
            FaultKind::Contradiction => "contradiction",
            FaultKind::Version => "version",
        }
    }
}

impl Fault {
    /// A fault at a place.
    pub fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Fault { kind, message: message.into(), span: Some(span), help: None, related: Vec::new() }
    }

    /// A fault that has no place, as a file that is missing.
    pub fn nowhere(kind: FaultKind, message: impl Into<String>) -> Self {
        Fault { kind, message: message.into(), span: None, help: None, related: Vec::new() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place, and what it has to do with this.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// Names in back quotes, with commas between them.
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Everything that is wrong with a spec: one fault at least.
#[derive(Clone, Debug)]
pub struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    /// A part of the spec was left out and nothing was reported.
    pub fn internal() -> Self {
        let message = "the generator left out a part of the spec without saying why; this is a bug of the generator";
        Faults { list: vec![Fault::nowhere(FaultKind::Syntax, message)] }
    }

    /// How many there are.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, in the order of files and places.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.list.iter().map(|fault| fault.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for Faults {}
