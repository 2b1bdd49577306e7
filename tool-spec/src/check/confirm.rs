//! What removes something is confirmed by a value that its caller gives in any case.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::model::Effect;
use crate::resolve::types::is_word;

/// Reports a confirmation of what removes nothing, and one that cannot be given a second time.
pub(super) fn check(tool: &Checked<'_>) {
    let Some(confirm) = &tool.decl.confirm else { return };
    if tool.decl.effect.is_some_and(|effect| effect != Effect::Destructive) {
        let message = "`confirm` is for a tool that removes something";
        let fault = Fault::new(FaultKind::Contradiction, confirm.span, message);
        tool.sink.report(fault.help("say `effect: destructive`, or drop `confirm`"));
    }
    let Some(param) = tool.decl.params.iter().find(|param| param.name.value == confirm.value) else { return };
    if !param.required {
        let message = format!("`{}` confirms a call, so it must be `required: true`", confirm.value);
        let fault = Fault::new(FaultKind::Contradiction, param.name.span, message);
        tool.sink.report(fault.related(confirm.span, "used here"));
    }
    if param.ty.as_ref().and_then(|ty| tool.types.quietly(ty)).is_some_and(|ty| !is_word(&ty)) {
        let message = format!("`{}` is no single value, which could be given a second time", confirm.value);
        tool.report(FaultKind::Type, confirm.span, message);
    }
}
