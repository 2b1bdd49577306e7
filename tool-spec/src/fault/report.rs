//! Faults as people read them.

use std::cell::OnceCell;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Fault, Faults};
use crate::source::{Lines, SourceFile, Span};

/// So many faults are shown. Whoever has mended these sees the next.
const SHOWN: usize = 100;
/// Places that lie further apart than so many lines are shown each by itself.
const APART: usize = 60;

impl Faults {
    /// A report for people: each fault with its file, line and column, the line itself and a way to mend it. `files`
    /// are those that were loaded; `color` is for a terminal. The first hundred are shown, and all are counted.
    #[must_use]
    pub fn render(&self, files: &[SourceFile], color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
        let files: Vec<File<'_>> = files.iter().map(|file| File { file, lines: OnceCell::new() }).collect();
        let mut out = String::new();
        for fault in self.list.iter().take(SHOWN) {
            out.push_str(&renderer.render(&[group(fault, &files)]));
            out.push_str("\n\n");
        }
        let count = self.list.len();
        let shown = if count > SHOWN { format!("; the first {SHOWN} are shown") } else { String::new() };
        out.push_str(&format!("{count} {} in the spec{shown}\n", if count == 1 { "fault" } else { "faults" }));
        out
    }
}

/// A file and, once a fault is in it, its lines.
struct File<'a> {
    file: &'a SourceFile,
    lines: OnceCell<Lines<'a>>,
}

impl<'a> File<'a> {
    fn lines(&self) -> &Lines<'a> {
        self.lines.get_or_init(|| Lines::of(&self.file.text))
    }
}

/// A place that a fault touches, and what is said of it.
struct Mark<'a> {
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// One fault as the renderer wants it: a title, excerpts of the files that it touches, and the help.
fn group<'a>(fault: &'a Fault, files: &[File<'a>]) -> Group<'a> {
    let snippets = excerpts(fault, files).into_iter().filter_map(|marks| snippet(&marks, files));
    let mut group = Level::ERROR.primary_title(fault.message.as_str()).id(fault.kind.as_str()).elements(snippets);
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The places of a fault, those together that lie near each other. The fault's own place is in the first.
fn excerpts<'a>(fault: &'a Fault, files: &[File<'_>]) -> Vec<Vec<Mark<'a>>> {
    let own = fault.span.iter().map(|span| Mark { span: *span, kind: AnnotationKind::Primary, label: None });
    let related = fault.related.iter().map(|(span, label)| Mark {
        span: *span,
        kind: AnnotationKind::Context,
        label: Some(label.as_str()),
    });
    let mut marks: Vec<Mark<'_>> = own.chain(related).collect();
    marks.sort_by_key(|mark| mark.span);
    let line = |span: Span| files.get(span.file).map_or(0, |file| file.lines().line(span.start));
    let mut excerpts: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        let near = |last: &Mark<'_>| last.span.file == mark.span.file && line(mark.span) - line(last.span) <= APART;
        match excerpts.last_mut() {
            Some(excerpt) if excerpt.last().is_some_and(near) => excerpt.push(mark),
            _ => excerpts.push(vec![mark]),
        }
    }
    let is_own = |excerpt: &Vec<Mark<'_>>| excerpt.iter().any(|mark| Some(mark.span) == fault.span);
    excerpts.sort_by_key(|excerpt| !is_own(excerpt));
    excerpts
}

/// The lines of a file that have these marks, and no others: the renderer walks through all that it is given.
fn snippet<'a>(marks: &[Mark<'a>], files: &[File<'a>]) -> Option<Snippet<'a, Annotation<'a>>> {
    let file = files.get(marks.first()?.span.file)?;
    let lines = file.lines();
    let first = lines.line(marks.first()?.span.start);
    let last = marks.iter().map(|mark| lines.line(mark.span.end)).max()?;
    let (from, to) = (lines.start(first), lines.start(last + 1));
    let annotations = marks.iter().map(|mark| {
        let span = mark.span.start.saturating_sub(from)..mark.span.end.saturating_sub(from);
        mark.kind.span(span).label(mark.label)
    });
    let text = file.file.text.get(from..to)?;
    Some(Snippet::source(text).line_start(first + 1).path(file.file.path.as_str()).annotations(annotations))
}
