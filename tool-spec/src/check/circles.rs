//! Models that hold themselves, and tools that ask themselves. In a list or a map a model may hold itself; as a plain
//! field no such value could end.

use std::collections::BTreeMap;

use crate::circles::{Walk, Ways, walk, written};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, ToolDecl, TypeDecl};
use crate::model::Ty;
use crate::resolve::types::Types;
use crate::source::Span;

/// Reports every circle of models by which one holds itself.
pub(super) fn models(declared: &Declared, types: &Types<'_>, sink: &Sink) {
    let index = |(index, decl): (usize, &'_ TypeDecl)| (decl.name.value.clone(), index);
    let indices: BTreeMap<String, usize> = declared.types.iter().enumerate().map(index).collect();
    let ways: Ways = declared.types.iter().map(|decl| held(decl, types, &indices)).collect();
    let name = |index: usize| declared.types.get(index).map(|decl| decl.name.as_str());
    for circle in walk(&ways).circles {
        let Some(fault) = fault(&circle, name, "would hold") else { continue };
        let fields = circle.iter().skip(1).take(3);
        let fault = fields.fold(fault, |fault, (_, span)| fault.related(*span, "by this field"));
        sink.report(fault.help("make one of these fields a list, or give it another model"));
    }
}

/// Reports tools whose sources lead back to them.
pub(super) fn tools(declared: &Declared, asks: &Walk, sink: &Sink) {
    let tools: Vec<&ToolDecl> = declared.tools().collect();
    let name = |index: usize| tools.get(index).map(|tool| tool.name.as_str());
    for fault in asks.circles.iter().filter_map(|circle| fault(circle, name, "asks")) {
        sink.report(fault.help("take one of these look-ups away, or let another tool be asked"));
    }
}

/// What a circle's first member does to itself, at the step that leads away from it.
fn fault<'d>(circle: &[(usize, Span)], name: impl Fn(usize) -> Option<&'d str>, does: &str) -> Option<Fault> {
    let names: Vec<&str> = circle.iter().filter_map(|(member, _)| name(*member)).collect();
    let (first, (_, span)) = (names.first()?, circle.first()?);
    let message = format!("`{first}` {does} itself: {}", written(&names));
    Some(Fault::new(FaultKind::Contradiction, *span, message))
}

/// The models for one of which a value of this one always has room, and the fields that do.
fn held(decl: &TypeDecl, types: &Types<'_>, indices: &BTreeMap<String, usize>) -> Vec<(usize, Span)> {
    let fields = types.fields(decl.name.as_str()).unwrap_or_default().iter();
    let by_field = fields.filter_map(|field| match &field.ty {
        Some(Ty::Model(model)) => Some((*indices.get(model)?, field.decl.name.span)),
        _ => None,
    });
    by_field.collect()
}
