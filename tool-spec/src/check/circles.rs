//! Models that hold themselves, and tools that ask themselves. In a list or a map a model may hold itself; as a plain
//! field no such value could end.

use std::collections::BTreeMap;

use crate::circles::{Walk, Ways, walk, written};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, ToolDecl, TypeDecl, TypeKindDecl};
use crate::model::Ty;
use crate::resolve::types::Types;
use crate::source::Span;

/// Reports every circle of models by which one holds itself.
pub(super) fn models(declared: &Declared, types: &Types<'_>, sink: &Sink) {
    let index = |(index, decl): (usize, &'_ TypeDecl)| (decl.name.value.clone(), index);
    let indices: BTreeMap<String, usize> = declared.types.iter().enumerate().map(index).collect();
    let ways: Ways = declared.types.iter().map(|decl| held(decl, types, &indices)).collect();
    for circle in walk(&ways).circles {
        let names: Vec<&str> = circle
            .iter()
            .filter_map(|(member, _)| declared.types.get(*member))
            .map(|decl| decl.name.as_str())
            .collect();
        let (Some(first), Some((_, span))) = (names.first(), circle.first()) else { continue };
        let message = format!("`{first}` would hold itself: {}", written(&names));
        let help = "make one of these fields a list, or give it another model";
        let fault = Fault::new(FaultKind::Contradiction, *span, message).help(help);
        sink.report(
            circle.iter().skip(1).take(3).fold(fault, |fault, (_, span)| fault.related(*span, "by this field")),
        );
    }
}

/// Reports tools whose sources lead back to them.
pub(super) fn tools(declared: &Declared, asks: &Walk, sink: &Sink) {
    let tools: Vec<&ToolDecl> = declared.tools().collect();
    for circle in &asks.circles {
        let names: Vec<&str> =
            circle.iter().filter_map(|(member, _)| tools.get(*member)).map(|tool| tool.name.as_str()).collect();
        let (Some(first), Some((_, span))) = (names.first(), circle.first()) else { continue };
        let message = format!("`{first}` asks itself: {}", written(&names));
        let fault = Fault::new(FaultKind::Contradiction, *span, message);
        sink.report(fault.help("take one of these look-ups away, or let another tool be asked"));
    }
}

/// The models for one of which a value of this one always has room, and the fields that do.
fn held(decl: &TypeDecl, types: &Types<'_>, indices: &BTreeMap<String, usize>) -> Vec<(usize, Span)> {
    let (Some(TypeKindDecl::Model(fields)), Some(known)) = (&decl.kind, types.fields(decl.name.as_str())) else {
        return Vec::new();
    };
    let by_field = fields.iter().zip(known).filter_map(|(field, known)| match &known.ty {
        Some(Ty::Model(model)) => Some((*indices.get(model)?, field.name.span)),
        _ => None,
    });
    by_field.collect()
}
