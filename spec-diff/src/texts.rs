//! What is told: titles, descriptions, notes and examples. Agents choose tools and fill parameters by them.

use std::collections::BTreeSet;

use super::finding::{Found, Spot};
use super::names::Names;
use super::rule::{Rule, rules};
use tool_spec::model::{Json, Tool};

rules! { "Texts":
    TITLE = "tool-title-changed" [None Compatible None => Patch]
        "A tool has another title."
        why "Menus and agents show it.";
    TOOL_ABOUT = "tool-description-changed" [Compatible Compatible None => Patch]
        "A tool's description changed in part."
        why "It is what agents choose a tool by; a word may decide."
        instead "Nothing; read it once as an agent would.";
    TOOL_REWRITTEN = "tool-description-rewritten" [Compatible Dangerous None => Patch]
        "More than half of the words of a tool's description are others."
        why "Agents may choose it where they did not, or no longer where they did."
        instead "Try the prompts that matter to you with the new text.";
    PARAM = "param-description-changed" [Compatible Compatible None => Patch]
        "A parameter's description changed in part."
        why "It is what agents fill a parameter by.";
    PARAM_REWRITTEN = "param-description-rewritten" [Compatible Dangerous None => Patch]
        "More than half of the words of a parameter's description are others."
        why "Agents may fill it with something else."
        instead "Try the prompts that matter to you with the new text.";
    MODEL = "model-description-changed" [Compatible Compatible None => Patch]
        "A model's description changed."
        why "It shows in the reference, in rustdoc and in schemas.";
    FIELD = "field-description-changed" [Compatible Compatible None => Patch]
        "The description of a model's field changed."
        why "It shows in the reference, in rustdoc and in schemas.";
    ENUM_VALUE = "enum-value-description-changed" [Compatible Compatible None => Patch]
        "The description of an enum's value changed."
        why "It is what agents choose a value by.";
    NOTICES = "notices-changed" [None Compatible None => Patch]
        "Answers carry other notices."
        why "Agents read them with every answer.";
    NOTES = "notes-changed" [Compatible Compatible None => Patch]
        "The notes of a tool changed."
        why "They say where the service differs from what a caller may expect.";
    EXAMPLE = "example-changed" [Compatible Compatible None => Patch]
        "A tool's example changed."
        why "Callers copy it.";
    REASON = "rule-reason-changed" [None Compatible None => Patch]
        "Another reason is given for what parameters demand of each other."
        why "A refused caller reads it.";
    TOLD = "failure-text-changed" [None Compatible None => Patch]
        "What is told when a look-up or a step fails changed."
        why "Agents read it to mend their call.";
    GROUP = "group-description-changed" [Compatible Compatible None => Patch]
        "The description of a group of tools changed."
        why "It heads the group's page and its module.";
    ID_KIND = "id-kind-description-changed" [Compatible None None => Patch]
        "The description of a kind of ids changed."
        why "It shows in the reference and in rustdoc.";
    SCOPE = "scope-description-changed" [None Compatible None => Patch]
        "The description of a scope changed."
        why "It shows in the reference, where people look up what to grant.";
    SERVICE = "service-description-changed" [None Compatible None => Patch]
        "The description of the service changed."
        why "It heads the reference.";
}

pub(super) fn of_tool(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    found.differs(&TITLE, &spot.at("title"), (&base.title, &head.title), |_, _| {
        format!("`{}` has another title", head.name)
    });
    about(found, &TOOL_ABOUT, spot, &head.name, (&base.about, &head.about));
    if example(&base.example, names) != head.example {
        let message = format!("`{}` has another example", head.name);
        found.changed(&EXAMPLE, &spot.at("example"), message, base.example.to_string(), head.example.to_string());
    }
}

/// An example of the base with the parameters' new names.
fn example(base: &Json, names: &Names) -> Json {
    match base.as_object() {
        Some(given) => given.iter().map(|(name, value)| (names.param(name).to_owned(), value.clone())).collect(),
        None => base.clone(),
    }
}

/// Compares two descriptions, by the rule for it or the one for descriptions that are nearly new.
pub(super) fn about(found: &mut Found<'_>, rule: &'static Rule, spot: &Spot, name: &str, (base, head): (&str, &str)) {
    if base == head {
        return;
    }
    let rewritten = match rule.id {
        id if id == TOOL_ABOUT.id => Some(&TOOL_REWRITTEN),
        id if id == PARAM.id => Some(&PARAM_REWRITTEN),
        _ => None,
    };
    match rewritten.filter(|_| is_rewritten(base, head)) {
        Some(rule) => {
            found.changed(rule, &spot.at("about"), format!("`{name}` is described anew"), base, head);
        }
        None => found.changed(rule, &spot.at("about"), format!("the description of `{name}` changed"), base, head),
    }
}

/// Whether less than half of the words of either text are in both.
fn is_rewritten(base: &str, head: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (base, head) = (words(base), words(head));
    base.intersection(&head).count() * 2 < base.len().max(head.len())
}

pub(super) fn list(
    found: &mut Found<'_>,
    rule: &'static Rule,
    spot: &Spot,
    name: &str,
    (base, head): (&[String], &[String]),
) {
    let what = if rule.id == NOTICES.id { "answers with other notices" } else { "has other notes" };
    found.differs(rule, spot, (base.join(" "), head.join(" ")), |_, _| format!("`{name}` {what}"));
}

pub(super) fn reason(found: &mut Found<'_>, spot: &Spot, name: &str, (base, head): (&str, &str)) {
    found.differs(&REASON, spot, (base, head), |_, _| format!("`{name}` gives another reason for what it needs"));
}

/// Compares what is told when something fails.
pub(super) fn told(found: &mut Found<'_>, spot: &Spot, name: &str, (base, head): (&str, &str)) {
    found.differs(&TOLD, spot, (base, head), |_, _| format!("`{name}` fails with other words"));
}
