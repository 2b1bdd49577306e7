//! When a default is worked out: before the requests are chosen, or, where it is looked up, for them.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{ParamDecl, SourceDecl};
use crate::source::At;

/// Reports defaults that are never used, or that need what comes after them.
pub(super) fn check(tool: &Checked<'_>) {
    for param in &tool.decl.params {
        let Some(Some(default)) = &param.default else { continue };
        if param.required {
            let message = format!("`{}` is required, so its default would never be used", param.name.value);
            tool.report(FaultKind::Contradiction, default.span, message);
        } else {
            needed(tool, param, default);
        }
    }
}

/// Defaults are worked out from the first parameter to the last, so one may look only at those before it and at those
/// that have none.
fn needed(tool: &Checked<'_>, param: &ParamDecl, default: &At<SourceDecl>) {
    let is_asked = default.value.asks().is_some();
    if let Some(name) = default.value.needs().into_iter().find(|name| !is_asked && tool.decl.is_asked(name.as_str())) {
        let message = format!("`{}` is looked up when the request is made, after this default", name.value);
        let fault = Fault::new(FaultKind::Contradiction, name.span, message);
        return tool.sink.report(fault.help("work it out among the `values`, which come after the look-ups"));
    }
    let needs = default.value.needs();
    if needs.is_empty() {
        return;
    }
    let behind = tool.decl.params.iter().skip_while(|other| other.name.value != param.name.value);
    for other in behind.filter(|other| other.default.is_some()) {
        if let Some(name) = needs.iter().find(|name| name.value == other.name.value) {
            let itself = other.name.value == param.name.value;
            let message = if itself {
                format!("the default of `{}` looks at `{}` itself", param.name.value, name.value)
            } else {
                format!("`{}` has a default too, which is worked out after this one", name.value)
            };
            let fault = Fault::new(FaultKind::Contradiction, name.span, message);
            tool.sink.report(if itself { fault } else { fault.help(format!("put `{}` first", name.value)) });
        }
    }
}
