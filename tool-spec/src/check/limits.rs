//! Limits of parameters and fields.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, LimitsDecl};
use crate::model::Ty;
use crate::resolve::types::{Types, element};

/// Reports every limit that does not fit what it is a limit of.
pub(super) fn check(declared: &Declared, types: &Types<'_>, sink: &Sink) {
    for decl in &declared.types {
        for field in types.fields(decl.name.as_str()).unwrap_or_default() {
            limits(&field.decl.limits, field.ty.as_ref(), sink);
        }
    }
    for tool in declared.tools() {
        for param in tool.params.iter().filter(|param| !param.limits.written.is_empty()) {
            let ty = param.ty.as_ref().and_then(|ty| types.quietly(ty));
            sink.partially(tool.partial, || limits(&param.limits, ty.as_ref(), sink));
        }
    }
}

/// Reports limits that do not fit the type or that nothing can hold.
fn limits(declared: &LimitsDecl, ty: Option<&Ty>, sink: &Sink) {
    for written_limit in &declared.written {
        let Some(ty) = ty else { break };
        let (fits, wanted) = match written_limit.value {
            "min" | "max" => (matches!(ty, Ty::Integer | Ty::Number), "a number"),
            "min_length" | "max_length" => (matches!(ty, Ty::String | Ty::Email | Ty::Url | Ty::Id(_)), "text"),
            "unique" => (element(ty).is_some(), "a list"),
            "max_bytes" | "formats" => (*ty == Ty::File, "a file"),
            _ => (element(ty).is_some() || matches!(ty, Ty::Map(_)), "a list or a map"),
        };
        if !fits {
            let message = format!("`{}` limits {wanted}, and this is `{ty}`", written_limit.value);
            sink.report(Fault::new(FaultKind::Type, written_limit.span, message));
        }
    }
    let numbers = declared.limits.numbers();
    let number = |key: &str| numbers.iter().find(|(name, _)| *name == key)?.1;
    for (least, most) in [("min", "max"), ("min_length", "max_length"), ("min_items", "max_items")] {
        let cannot_hold = number(most).is_some_and(|most| number(least).is_some_and(|least| least > most));
        if let Some(at) = declared.written.iter().find(|at| cannot_hold && at.value == most) {
            let message = format!("nothing can hold this: `{most}` is less than its `min`");
            sink.report(Fault::new(FaultKind::Contradiction, at.span, message));
        }
    }
}
