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
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { line, column }
    }
}

/// A value and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> At<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        At { value, span }
    }
}

impl At<String> {
    pub(crate) fn as_str(&self) -> &str {
        &self.value
    }
}
