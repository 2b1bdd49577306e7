//! What is wrong with a spec: all of it at once, each fault at its place and with a way to mend it.

use std::cell::RefCell;
use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{SourceFile, Span};

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
    pub(crate) fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Fault { kind, message: message.into(), span: Some(span), help: None, related: Vec::new() }
    }

    pub(crate) fn nowhere(kind: FaultKind, message: impl Into<String>) -> Self {
        Fault { kind, message: message.into(), span: None, help: None, related: Vec::new() }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the known name nearest to the one that was written, or else lists a few known names.
    pub(crate) fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if nearest(written, &known).is_none() && (1..=12).contains(&known.len()) {
            return self.help(format!("there is {}", listed(&known)));
        }
        self.perhaps(written, &known)
    }

    /// As [`Fault::did_you_mean`], where the message lists what there is.
    pub(crate) fn perhaps(self, written: &str, known: &[&str]) -> Self {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    pub(crate) fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// The known name that a slip of the keyboard or of the case would turn into the written one.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let simple = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let written = simple(written);
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &simple(name)), *name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 5)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Names in back quotes, with commas between them.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Where every stage puts the faults it finds. Shared, because a reader of one part reports while others hold theirs.
#[derive(Debug, Default)]
pub(crate) struct Sink(RefCell<Vec<Fault>>);

impl Sink {
    pub(crate) fn report(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    /// How many were reported so far: more of them after a reader than before it means that it left something out.
    pub(crate) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// All faults in the order of their places, or none.
    pub(crate) fn into_faults(self) -> Option<Faults> {
        let mut list = self.0.into_inner();
        list.sort_by(|a, b| (a.span, a.kind, &a.message).cmp(&(b.span, b.kind, &b.message)));
        list.dedup_by(|a, b| a.span == b.span && a.message == b.message);
        if list.is_empty() { None } else { Some(Faults { list }) }
    }
}

/// Everything that is wrong with a spec: one fault at least.
#[derive(Clone, Debug)]
pub struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    /// A part of the spec was left out and nothing was reported.
    pub(crate) fn internal() -> Self {
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

    /// A report for people: each fault with its file, line and column, the line itself and a way to mend it. `files` are
    /// those that were loaded; `color` is for a terminal.
    #[must_use]
    pub fn render(&self, files: &[SourceFile], color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
        let mut out = String::new();
        for fault in &self.list {
            out.push_str(&renderer.render(&[group(fault, files)]));
            out.push_str("\n\n");
        }
        let count = self.list.len();
        out.push_str(&format!("{count} {} in the spec\n", if count == 1 { "fault" } else { "faults" }));
        out
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.list.iter().map(|fault| fault.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for Faults {}

/// One fault as the renderer wants it: a title, an excerpt of each file that it touches, and the help.
fn group<'a>(fault: &'a Fault, files: &'a [SourceFile]) -> Group<'a> {
    let mut group =
        Level::ERROR.primary_title(fault.message.as_str()).id(fault.kind.as_str()).elements(snippets(fault, files));
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn snippets<'a>(fault: &'a Fault, files: &'a [SourceFile]) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let primary = fault.span.iter().map(|span| (*span, AnnotationKind::Primary, None));
    let related = fault.related.iter().map(|(span, label)| (*span, AnnotationKind::Context, Some(label.as_str())));
    let mut by_file: Vec<(usize, Vec<annotate_snippets::Annotation<'a>>)> = Vec::new();
    for (span, kind, label) in primary.chain(related) {
        let annotation = kind.span(span.start..span.end).label(label);
        match by_file.iter_mut().find(|(file, _)| *file == span.file) {
            Some((_, annotations)) => annotations.push(annotation),
            None => by_file.push((span.file, vec![annotation])),
        }
    }
    by_file
        .into_iter()
        .filter_map(|(file, annotations)| {
            let file = files.get(file)?;
            Some(Snippet::source(file.text.as_str()).path(file.path.as_str()).annotations(annotations))
        })
        .collect()
}
