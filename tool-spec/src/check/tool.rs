//! What the checks of a tool have in common.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::ToolDecl;
use crate::resolve::names::Uses;
use crate::resolve::types::Types;
use crate::source::Span;

/// A tool, and what is needed to look at it.
pub(super) struct Checked<'a> {
    pub(super) decl: &'a ToolDecl,
    pub(super) uses: &'a Uses,
    pub(super) types: &'a Types<'a>,
    pub(super) sink: &'a Sink,
}

impl Checked<'_> {
    pub(super) fn report(&self, kind: FaultKind, span: Span, message: impl Into<String>) {
        self.sink.report(Fault::new(kind, span, message));
    }
}
