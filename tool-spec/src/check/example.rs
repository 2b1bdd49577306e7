//! The example of a tool, which is held to what a caller is held to.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind, listed};
use crate::load::constant::ConstantKind;
use crate::load::decl::{ConditionDecl, ParamDecl, RuleDecl};
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
    let value = |name: &str| members.iter().find(|(key, _)| key.value == name).map(|(_, value)| value);
    let given = |name: &str| value(name).is_some_and(|value| value.json() != false);
    for param in required().filter(|param| value(param.name.as_str()).is_none()) {
        let message = format!("the example lacks `{}`, which is required", param.name.value);
        tool.report(FaultKind::Missing, example.span, message);
    }
    let holds = |when: &At<ConditionDecl>| match value(&when.value.param) {
        Some(value) => when.value.holds_for(value),
        None => tool.decl.may_hold_without(&when.value),
    };
    for rule in tool.decl.rules.iter().filter(|rule| rule.when().is_none_or(holds)) {
        let names = rule.params().iter().map(At::as_str);
        // A name that no parameter has was told.
        let params: Vec<&ParamDecl> = names.filter_map(|name| tool.param(name)).collect();
        let has: Vec<&str> = params.iter().map(|param| param.name.as_str()).filter(|name| given(name)).collect();
        match rule {
            // A default may give what is demanded.
            RuleDecl::Need { any_of, .. }
                if has.is_empty() && !params.is_empty() && params.iter().all(|param| param.default.is_none()) =>
            {
                let names: Vec<&str> = any_of.iter().map(At::as_str).collect();
                let message = format!("a rule demands one of {}, and the example has none", listed(&names));
                tool.report(FaultKind::Missing, example.span, message);
            }
            RuleDecl::Exclude { .. } if has.len() > 1 => {
                let message = format!("a rule allows only one of {}, and the example has them all", listed(&has));
                tool.report(FaultKind::Contradiction, example.span, message);
            }
            RuleDecl::Need { .. } | RuleDecl::Exclude { .. } | RuleDecl::Order { .. } => {}
        }
    }
}
