//! What the checks of a tool have in common.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, ParamDecl, SourceDecl, ToolDecl};
use crate::model::Ty;
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

    /// The parameter of this name.
    pub(super) fn param(&self, name: &str) -> Option<&ParamDecl> {
        self.decl.params.iter().find(|param| param.name.value == name)
    }

    /// The type of a parameter, if it could be read.
    pub(super) fn ty(&self, name: &str) -> Option<Ty> {
        self.types.quietly(self.param(name)?.ty.as_ref()?)
    }

    /// Whether a parameter is there whatever a caller gives. Of a boolean that is not enough to be `true`.
    pub(super) fn is_always_given(&self, name: &str) -> bool {
        let always = matches!(
            self.decl.default(name),
            Some(SourceDecl::Constant(_) | SourceDecl::Fresh | SourceDecl::Now | SourceDecl::DaysAgo(_))
        );
        (always || self.param(name).is_some_and(|param| param.required)) && self.ty(name) != Some(Ty::Boolean)
    }

    /// Whether the answer and the service could be read, so that what they lack of pages is really not there.
    pub(super) fn knows_pages(&self) -> bool {
        let answer = self.decl.answer.as_ref().and_then(|answer| self.types.fields(answer.as_str()));
        answer.is_some() && self.declared.paging().is_some()
    }
}
