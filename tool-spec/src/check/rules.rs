//! What parameters demand of each other: rules that always hold, that never can, or that another rule says already.

use super::requests::{Decides, condition};
use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{ConditionDecl, RuleDecl, SourceDecl};
use crate::model::{Json, Ty};
use crate::source::At;

/// Reports them, and orders of what has none.
pub(super) fn check(tool: &Checked<'_>) {
    for (index, rule) in tool.decl.rules.iter().enumerate() {
        if let Some(when) = rule.when() {
            condition(tool, when, Decides::Rule);
        }
        // Where both ends of an `order` are the same, it says so in its own words.
        if !matches!(rule, RuleDecl::Order { .. }) && twice(tool, rule.params()) {
            continue;
        }
        if let (Some(other), Some(name)) = (said_by(tool, index, rule), rule.params().first()) {
            let fault = Fault::new(FaultKind::Contradiction, name.span, "another rule says all that this one says");
            tool.sink.report(match other.params().first() {
                Some(other) => fault.related(other.span, "this one"),
                None => fault,
            });
            continue;
        }
        match rule {
            RuleDecl::Need { any_of, .. } => need(tool, any_of, rule.when()),
            RuleDecl::Exclude { of, .. } => exclude(tool, of),
            RuleDecl::Order { ends: [first, second], .. } => order(tool, [first, second], rule.when()),
        }
    }
}

fn twice(tool: &Checked<'_>, names: &[At<String>]) -> bool {
    let again =
        names.iter().enumerate().find(|(index, name)| has(names.get(..*index).unwrap_or_default(), name.as_str()));
    if let Some((_, name)) = again {
        tool.report(FaultKind::Clash, name.span, format!("the rule names `{}` twice", name.value));
    }
    again.is_some()
}

/// A rule that is never kept where this one is broken; of two that say the same, the first.
fn said_by<'a>(tool: &Checked<'a>, index: usize, rule: &RuleDecl) -> Option<&'a RuleDecl> {
    let mut others = tool.decl.rules.iter().enumerate().filter(|(other, _)| *other != index);
    others.find(|(at, other)| implies(other, rule) && (*at < index || !implies(rule, other))).map(|(_, other)| other)
}

/// Whether a rule is kept wherever another is.
fn implies(other: &RuleDecl, rule: &RuleDecl) -> bool {
    let same_when = rule.when().is_some_and(|when| holds_with(other, &when.value));
    if other.when().is_some() && !same_when {
        return false;
    }
    match (other, rule) {
        (RuleDecl::Need { any_of: few, .. }, RuleDecl::Need { any_of: many, .. })
        | (RuleDecl::Exclude { of: many, .. }, RuleDecl::Exclude { of: few, .. }) => {
            few.iter().all(|name| has(many, name.as_str()))
        }
        (RuleDecl::Order { ends: one, .. }, RuleDecl::Order { ends: other, .. }) => {
            one.iter().zip(other).all(|(one, other)| one.value == other.value)
        }
        _ => false,
    }
}

/// Whether a rule holds on this very condition.
fn holds_with(rule: &RuleDecl, when: &ConditionDecl) -> bool {
    rule.when().is_some_and(|other| other.value == *when)
}

fn has(names: &[At<String>], name: &str) -> bool {
    names.iter().any(|other| other.value == name)
}

fn need(tool: &Checked<'_>, any_of: &[At<String>], when: Option<&At<ConditionDecl>>) {
    for name in any_of {
        let always = if tool.param(name.as_str()).is_some_and(|param| param.required) {
            "is required"
        } else if tool.is_always_given(name.as_str()) {
            "always has a value"
        } else {
            continue;
        };
        let message = format!("`{}` {always}, so this rule always holds", name.value);
        tool.report(FaultKind::Contradiction, name.span, message);
    }
    // What is compared and is no enum was told.
    let is_read = |when: &ConditionDecl| when.value.is_none() || matches!(tool.ty(&when.param), Some(Ty::Enum(_)));
    if let Some(when) = when.filter(|when| is_read(&when.value) && has(any_of, &when.value.param)) {
        let message =
            format!("where `{}` holds, `{}` is given, so this rule always holds", when.value, when.value.param);
        tool.report(FaultKind::Contradiction, when.span, message);
    }
}

fn exclude(tool: &Checked<'_>, of: &[At<String>]) {
    if let [only] = of {
        let message = "`exclude` is about two parameters or more, and this is one";
        return tool.report(FaultKind::Contradiction, only.span, message);
    }
    for name in of {
        let why = match tool.decl.default(name.as_str()) {
            _ if is_demanded(tool, name.as_str()) => "must be given, so none of the others ever could be",
            // What is looked up comes after the rules, and `false` counts as not given.
            Some(default) if default.asks().is_none() && !is_false(default) => {
                "has a default, which counts as given, so none of the others ever could be"
            }
            _ => continue,
        };
        tool.report(FaultKind::Contradiction, name.span, format!("`{}` {why}", name.value));
    }
    // What must be given together on some condition.
    let conditions = tool.decl.rules.iter().filter(|rule| matches!(rule, RuleDecl::Need { .. }));
    let never = conditions.filter_map(RuleDecl::when).find_map(|when| {
        let given =
            |name: &str| when.value.param == name || demands(tool, name).any(|rule| holds_with(rule, &when.value));
        let mut together = of.iter().filter(|name| given(name.as_str()));
        Some((when, together.next()?, together.next()?))
    });
    if let Some((when, one, other)) = never {
        let message = format!(
            "`{}` and `{}` must both be given where `{}` holds, and this rule excludes that",
            one.value, other.value, when.value
        );
        tool.sink
            .report(Fault::new(FaultKind::Contradiction, other.span, message).related(when.span, "this condition"));
    }
}

/// The rules that demand this parameter alone.
fn demands<'a>(tool: &Checked<'a>, name: &str) -> impl Iterator<Item = &'a RuleDecl> {
    tool.decl.rules.iter().filter(move |rule| {
        let RuleDecl::Need { any_of, .. } = rule else { return false };
        matches!(any_of.as_slice(), [only] if only.value == name)
    })
}

/// Whether a caller must give a parameter, and if it is a boolean as `true`.
fn is_demanded(tool: &Checked<'_>, name: &str) -> bool {
    let required = tool.param(name).is_some_and(|param| param.required) && tool.ty(name) != Some(Ty::Boolean);
    required || demands(tool, name).any(|rule| rule.when().is_none())
}

fn is_false(default: &SourceDecl) -> bool {
    matches!(default, SourceDecl::Constant(constant) if constant.json() == Json::Bool(false))
}

fn order(tool: &Checked<'_>, [first, second]: [&At<String>; 2], when: Option<&At<ConditionDecl>>) {
    if let Some(when) = when.filter(|when| [first, second].iter().any(|name| name.value == when.value.param)) {
        let message = "an `order` holds only where both are given anyway: leave the `when` out";
        tool.report(FaultKind::Contradiction, when.span, message);
    }
    let (Some(one), Some(other)) = (tool.ty(first.as_str()), tool.ty(second.as_str())) else { return };
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
