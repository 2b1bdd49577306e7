//! Values of enums, taken and answered.

use super::finding::{Found, Spot};
use super::names::{Paired, pair};
use super::rule::rules;
use super::texts;
use tool_spec::model::{EnumValue, Type};
use tool_spec::names::camel;

rules! { "Enums":
    INPUT_ADDED = "input-enum-value-added" [Compatible Compatible Compatible => Minor]
        "A parameter takes one more value."
        why "Callers can say more than before.";
    INPUT_REMOVED = "input-enum-value-removed" [Breaking Breaking Compatible => Major]
        "A parameter no longer takes a value."
        why "The Rust variant is gone, and calls by name with it are refused."
        instead "Keep it while the service takes it; if the service no longer does, send what comes nearest.";
    OUTPUT_ADDED = "output-enum-value-added" [Compatible Compatible None => Minor]
        "Answers are known to hold one more value."
        why "Rust callers who matched it as an unknown one now get a variant. Enums are open, so every `match` \
            already has an arm for what it does not know.";
    OUTPUT_REMOVED = "output-enum-value-removed" [Breaking Dangerous None => Major]
        "Answers are no longer known to hold a value."
        why "The Rust variant is gone. Should the service send the value after all, it comes as an unknown one."
        instead "Leave it: a variant that never comes does no harm.";
    RENAMED = "enum-value-renamed" [Breaking Breaking None => Major]
        "A value that is sent as before, or described as before, has another name."
        why "The Rust variant has another name, and calls by name with the old one are refused."
        instead "Keep the name; only what is sent follows the service (`sends`).";
    RESPELT = "enum-value-respelt" [None Breaking None => Major]
        "A value has another name that is the same in Rust."
        why "The Rust variant is the one that it was, but calls by name with the old name are refused."
        instead "Keep the name; only what is sent follows the service (`sends`).";
    REORDERED = "enum-values-reordered" [Dangerous Compatible None => Minor]
        "The values of an enum stand in another order."
        why "Rust's enums compare by that order: callers who sort by it, or ask which is the greater, get another \
            answer."
        instead "Keep the order, and put new values at the end.";
    SENT_DIFFERENTLY = "enum-value-sent-differently" [Dangerous Dangerous Dangerous => Minor]
        "A value is sent to the service under another name."
        why "Calls go on as before, but the service gets another word and may mean another thing by it."
        instead "Check against the service what each word does.";
}

pub(super) fn compare(
    found: &mut Found<'_>,
    spot: &Spot,
    (base, was): (&Type, &[EnumValue]),
    (head, is): (&Type, &[EnumValue]),
) {
    let (goes_in, comes_out) = (base.goes_in && head.goes_in, base.comes_out && head.comes_out);
    let Paired { both, gone, new } = pair(was, is, &[&|value, other| value.name == other.name, &same_value]);
    for (value, other) in both {
        let spot = spot.between(&format!("enum.{}", value.name), &format!("enum.{}", other.name));
        if value.name == other.name {
            sent_differently(found, &spot, value, other);
            texts::about(found, &texts::ENUM_VALUE, &spot, &other.name, (&value.about, &other.about));
        } else {
            renamed(found, &spot, &head.name, value, other);
        }
    }
    order(found, spot, &head.name, was, is);
    for value in gone {
        let spot = spot.at(&format!("enum.{}", value.name));
        let message = format!("`{}` is no value of `{}` any more", value.name, head.name);
        // Where both hold, what stops callers is the worse news.
        let rule = if goes_in { &INPUT_REMOVED } else { &OUTPUT_REMOVED };
        found.unset(rule, &spot, message, &value.name);
    }
    for value in new {
        let spot = spot.at(&format!("enum.{}", value.name));
        let message = format!("`{}` is a new value of `{}`", value.name, head.name);
        let rule = if comes_out && !goes_in { &OUTPUT_ADDED } else { &INPUT_ADDED };
        found.set(rule, &spot, message, &value.name);
    }
}

/// Tells the order of those values that both sides have.
fn order(found: &mut Found<'_>, spot: &Spot, name: &str, was: &[EnumValue], is: &[EnumValue]) {
    let of_both = |these: &[EnumValue], those: &[EnumValue]| -> String {
        let names = these.iter().map(|value| value.name.as_str());
        let shared: Vec<&str> = names.filter(|name| those.iter().any(|other| other.name == *name)).collect();
        shared.join(", ")
    };
    found.differs(&REORDERED, &spot.at("enum"), (of_both(was, is), of_both(is, was)), |_, _| {
        format!("the values of `{name}` stand in another order")
    });
}

fn renamed(found: &mut Found<'_>, spot: &Spot, model: &str, base: &EnumValue, head: &EnumValue) {
    let rule = if camel(&base.name) == camel(&head.name) { &RESPELT } else { &RENAMED };
    let message = format!("`{}` of `{model}` is called `{}` now", base.name, head.name);
    if base.sent() == head.sent() {
        return found.changed(rule, spot, message, &base.name, &head.name);
    }
    // Who accepts a new name does not accept with it that the service gets another word.
    let both = |value: &EnumValue| format!("{}, sent as {}", value.name, value.sent());
    found.changed(rule, spot, message, both(base), both(head));
    sent_differently(found, spot, base, head);
}

fn same_value(base: &EnumValue, head: &EnumValue) -> bool {
    base.sent() == head.sent() || camel(&base.name) == camel(&head.name) || base.about == head.about
}

fn sent_differently(found: &mut Found<'_>, spot: &Spot, base: &EnumValue, head: &EnumValue) {
    found.differs(&SENT_DIFFERENTLY, &spot.at("sends"), (base.sent(), head.sent()), |was, is| {
        format!("`{}` is sent as `{is}` and was sent as `{was}`", head.name)
    });
}
