//! The example of a tool, which is held to what a caller is held to.

use std::collections::BTreeSet;

use super::tool::Checked;
use crate::fault::{Fault, FaultKind, listed};
use crate::load::constant::ConstantKind;
use crate::load::decl::{ParamDecl, RuleDecl};
use crate::source::At;

/// Reports an example that is missing, or that lacks what must be given.
pub(super) fn check(tool: &Checked<'_>) {
    let required = || tool.decl.params.iter().filter(|param| param.required);
    let Some(example) = &tool.decl.example else {
        if let Some(param) = required().next() {
            let message = format!("`{}` needs an `example`", tool.decl.name.value);
            let fault = Fault::new(FaultKind::Missing, tool.decl.name.span, message);
            tool.sink.report(fault.related(param.name.span, "as this is required"));
        }
        return;
    };
    let ConstantKind::Object(members) = &example.kind else { return };
    let keys: BTreeSet<&str> = members.iter().map(|(key, _)| key.as_str()).collect();
    let given = |param: &&ParamDecl| keys.contains(param.name.as_str());
    for param in required().filter(|param| !given(param)) {
        let message = format!("the example lacks `{}`, which is required", param.name.value);
        tool.report(FaultKind::Missing, example.span, message);
    }
    for rule in &tool.decl.rules {
        let RuleDecl::Need { any_of, .. } = rule else { continue };
        let demanded = |param: &&ParamDecl| any_of.iter().any(|any| any.value == param.name.value);
        let mut params = tool.decl.params.iter().filter(demanded).peekable();
        // A default may give what is demanded.
        if params.peek().is_some() && !params.any(|param| param.default.is_some() || given(&param)) {
            let names: Vec<&str> = any_of.iter().map(At::as_str).collect();
            let message = format!("a rule demands one of {}, and the example has none", listed(&names));
            tool.report(FaultKind::Missing, example.span, message);
        }
    }
}
