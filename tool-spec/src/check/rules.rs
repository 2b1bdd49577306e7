//! What parameters demand of each other.

use super::tool::Checked;
use crate::fault::FaultKind;
use crate::load::decl::RuleDecl;
use crate::model::Ty;
use crate::source::At;

/// Reports rules that always hold and orders of what has none.
pub(super) fn check(tool: &Checked<'_>) {
    let param = |name: &At<String>| tool.decl.params.iter().find(|param| param.name.value == name.value);
    for rule in &tool.decl.rules {
        match rule {
            RuleDecl::Need { any_of, .. } => {
                for name in any_of.iter().filter(|name| param(name).is_some_and(|param| param.required)) {
                    let message = format!("`{}` is required, so this rule always holds", name.value);
                    tool.report(FaultKind::Contradiction, name.span, message);
                }
            }
            RuleDecl::Order([first, second]) => {
                let ty = |name| tool.types.quietly(param(name)?.ty.as_ref()?);
                if let (Some(one), Some(other)) = (ty(first), ty(second)) {
                    order(tool, [first, second], (&one, &other));
                }
            }
        }
    }
}

fn order(tool: &Checked<'_>, [first, second]: [&At<String>; 2], (one, other): (&Ty, &Ty)) {
    if first.value == second.value {
        let message = "`order` is about two parameters, and this is one";
        tool.report(FaultKind::Contradiction, second.span, message);
    } else if let Some(asked) = [first, second].into_iter().find(|name| tool.decl.is_asked(name.as_str())) {
        let message = format!("`{}` is looked up after the rules were checked", asked.value);
        tool.report(FaultKind::Contradiction, asked.span, message);
    } else if one != other || !matches!(one, Ty::DateTime | Ty::Date) {
        let message = format!("`order` is for two dates or two instants, and these are `{one}` and `{other}`");
        tool.report(FaultKind::Type, second.span, message);
    }
}
