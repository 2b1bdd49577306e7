//! Models that hold themselves. In a list or a map that is well; as a plain field no such value could end.

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, TypeKindDecl};
use crate::lower::types::Types;
use crate::model::Ty;

/// Reports every field by which a model holds itself.
pub(crate) fn check(declared: &Declared, types: &Types<'_>, sink: &Sink) {
    for decl in &declared.types {
        let Some(TypeKindDecl::Model(fields)) = &decl.kind else { continue };
        let known = types.fields(decl.name.as_str()).unwrap_or_default();
        for field in fields {
            let known = known.iter().find(|known| known.name == field.name.value);
            let Some(Ty::Model(model)) = known.and_then(|known| known.ty.as_ref()) else { continue };
            if holds(model, decl.name.as_str(), types) {
                let message = format!("`{}` would hold itself by `{}`", decl.name.value, field.name.value);
                let fault = Fault::new(FaultKind::Contradiction, field.name.span, message);
                sink.report(fault.help("make it a list, or another model"));
            }
        }
    }
}

/// Whether a value of one model always has room for one of the other.
fn holds(from: &str, model: &str, types: &Types<'_>) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        if name == model {
            return true;
        }
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        left.extend(types.fields(name).unwrap_or_default().iter().filter_map(|field| match &field.ty {
            Some(Ty::Model(name)) => Some(name.as_str()),
            _ => None,
        }));
    }
    false
}
