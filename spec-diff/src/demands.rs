//! What parameters demand of each other, and which scopes a tool needs.

use super::finding::{Found, Spot};
use super::names::Names;
use super::rule::rules;
use super::{requests, texts};
use tool_spec::model::{Rule, Tool};

rules! { "Demands and scopes":
    NEED_ADDED = "need-rule-added" [Dangerous Breaking None => Major]
        "A tool wants at least one of some parameters."
        why "Calls without any of them are refused before they are sent."
        instead "Give one of them a default or a look-up.";
    NEED_NARROWED = "need-rule-narrowed" [Dangerous Breaking None => Major]
        "A parameter no longer counts as one of those of which one is needed."
        why "Calls that gave only this one are refused before they are sent."
        instead "Keep it among them, if the service takes it.";
    NEED_RELAXED = "need-rule-relaxed" [Compatible Compatible Compatible => Minor]
        "One more parameter counts as one of those of which one is needed."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    NEED_REMOVED = "need-rule-removed" [Compatible Compatible Compatible => Minor]
        "A tool no longer wants one of some parameters."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    ORDER_ADDED = "order-rule-added" [Dangerous Breaking None => Major]
        "One parameter must be before another."
        why "Calls with an empty or a reversed range are refused before they are sent."
        instead "Nothing, if the service refuses them too.";
    ORDER_REMOVED = "order-rule-removed" [Compatible Compatible Compatible => Minor]
        "One parameter need not be before another any more."
        why "Calls that were refused are sent now."
        instead "Make sure what the service does with a reversed range.";
    SCOPE_ADDED = "scope-added" [Dangerous Dangerous Breaking => Minor]
        "A tool needs a scope that it did not need."
        why "Whoever granted access without it gets a 403 until they grant it again."
        instead "Use a request that the old scopes allow; else say in the changelog which scope to grant.";
    SCOPE_REMOVED = "scope-removed" [Compatible Compatible Compatible => Patch]
        "A tool no longer needs a scope."
        why "Less access is enough than before."
        instead "Nothing; those who like to grant little may want to know.";
}

/// Compares a tool's demands.
pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let at = spot.at("rules");
    needs(found, &at, base, head, names);
    let orders = |tool: &Tool, names: &Names| -> Vec<String> {
        let orders = tool.rules.iter().filter(|rule| matches!(rule, Rule::Order { .. }));
        orders.map(|order| names.text(&order.to_string())).collect()
    };
    let name = &head.name;
    found.names(
        |_| at.clone(),
        (&orders(base, names), &orders(head, &Names::default())),
        (&ORDER_ADDED, |order| format!("`{name}` wants an `{order}`")),
        (&ORDER_REMOVED, |order| format!("`{name}` no longer wants an `{order}`")),
    );
    found.names(
        |scope| spot.at(&scope_place(if head.scopes.iter().any(|other| other == scope) { head } else { base }, scope)),
        (&base.scopes, &head.scopes),
        (&SCOPE_ADDED, |scope| format!("`{name}` needs the scope `{scope}`")),
        (&SCOPE_REMOVED, |scope| format!("`{name}` no longer needs the scope `{scope}`")),
    );
}

/// A `need` rule: its parameters by their new names, and the reason.
type Need = (Vec<String>, String);

fn needs(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let needs = |tool: &Tool, names: &Names| -> Vec<Need> {
        let needs = tool.rules.iter().filter_map(|rule| match rule {
            Rule::Need { any_of, because } => {
                Some((any_of.iter().map(|name| names.param(name).to_owned()).collect(), because.clone()))
            }
            Rule::Order { .. } => None,
        });
        needs.collect()
    };
    let (was, mut is) = (needs(base, names), needs(head, &Names::default()));
    let mut left = Vec::new();
    for need in was {
        match is.iter().position(|other| other.0 == need.0) {
            Some(index) => {
                let other = is.remove(index);
                texts::reason(found, spot, &head.name, (&need.1, &other.1));
            }
            None => left.push(need),
        }
    }
    for need in left {
        // The one that shares the most with it took its place.
        let shared = |other: &Need| other.0.iter().filter(|name| need.0.contains(name)).count();
        let nearest = (0..is.len()).filter_map(|index| Some((shared(is.get(index)?), index))).max();
        match nearest.filter(|(shared, _)| *shared > 0) {
            Some((_, index)) => need_changed(found, spot, &head.name, &need, &is.remove(index)),
            None => {
                let message = format!("`{}` no longer needs one of `{}`", head.name, need.0.join("`, `"));
                found.unset(&NEED_REMOVED, spot, message, need.0.join(", "));
            }
        }
    }
    for need in is {
        let message = format!("`{}` needs one of `{}`", head.name, need.0.join("`, `"));
        found.set(&NEED_ADDED, spot, message, need.0.join(", "));
    }
}

fn need_changed(found: &mut Found<'_>, spot: &Spot, tool: &str, was: &Need, is: &Need) {
    let narrowed = was.0.iter().any(|name| !is.0.contains(name));
    let rule = if narrowed { &NEED_NARROWED } else { &NEED_RELAXED };
    let message =
        format!("`{tool}` needs one of `{}`, where it was one of `{}`", is.0.join("`, `"), was.0.join("`, `"));
    found.changed(rule, spot, message, was.0.join(", "), is.0.join(", "));
}

/// Where a scope is written: at the first request that names it. A tool that is asked for a value may need others.
fn scope_place(tool: &Tool, scope: &str) -> String {
    let named = tool.requests().iter().position(|request| request.scopes.iter().any(|other| other == scope));
    named.map_or_else(|| "scopes".to_owned(), |index| format!("{}.scope", requests::place(&tool.plan, index)))
}
