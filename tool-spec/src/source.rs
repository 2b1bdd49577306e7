//! Spec files as text, and places in them.

/// A file of the spec.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path with forward slashes, such as `spec/tools/calls.yaml`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// A stretch of a [`SourceFile`], in bytes. It never cuts a character in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file's index in the list that was loaded.
    pub file: usize,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// A line and a column, both counted from one, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl SourceFile {
    /// Where this byte is; the end of the text if it lies behind it.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        Lines::of(&self.text).place(byte.min(self.text.len()))
    }
}

/// Where the lines of a text begin: a line is found without walking through the text before it.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub fn of(text: &'t str) -> Self {
        // What is behind the last newline is no line but the end of the one before.
        let after = text.match_indices('\n').map(|(newline, _)| newline + 1).filter(|start| *start < text.len());
        Lines { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The line of a byte, counted from zero.
    pub fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The first byte of a line; the end of the text if there is no such line.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Where this byte is, as [`SourceFile::place`] says it.
    pub fn place(&self, byte: usize) -> Place {
        let line = self.line(byte);
        let before = self.text.get(self.start(line)..byte).unwrap_or_default();
        Place { line: line + 1, column: before.chars().count() + 1 }
    }
}

/// A value and where it is written.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> At<T> {
    /// What is written there.
    pub fn new(value: T, span: Span) -> Self {
        At { value, span }
    }
}

impl At<String> {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}
