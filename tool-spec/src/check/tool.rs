//! What the checks of a tool have in common.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, ToolDecl};
use crate::resolve::names::Uses;
use crate::resolve::types::Types;
use crate::source::Span;

/// A tool, and what is needed to look at it.
pub(super) struct Checked<'a> {
    pub(super) declared: &'a Declared,
    pub(super) decl: &'a ToolDecl,
    pub(super) uses: &'a Uses,
    pub(super) types: &'a Types<'a>,
    pub(super) sink: &'a Sink,
}

impl Checked<'_> {
    pub(super) fn report(&self, kind: FaultKind, span: Span, message: impl Into<String>) {
        self.sink.report(Fault::new(kind, span, message));
    }

    /// Whether the answer and the service could be read, so that what they lack of pages is really not there.
    pub(super) fn knows_pages(&self) -> bool {
        let answer = self.decl.answer.as_ref().and_then(|answer| self.types.fields(answer.as_str()));
        answer.is_some() && self.declared.paging().is_some()
    }
}
