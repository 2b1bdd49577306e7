//! Tools as a whole: which there are, what they are called and what they do to the company's data.

use std::collections::BTreeMap;

use super::finding::{Found, Spot};
use super::names::{Names, Paired, pair};
use super::rule::rules;
use super::wire;
use tool_spec::model::{Effect, Group, Spec, Tool};

rules! { "Tools":
    TOOL_ADDED = "tool-added" [Compatible Compatible Compatible => Minor]
        "A tool is new."
        why "Callers have one more method, and agents one more tool to choose from. Nothing that worked stops working."
        instead "Nothing; see that its title and its description set it apart from its neighbours, as agents choose \
            by them.";
    TOOL_REMOVED = "tool-removed" [Breaking Breaking Compatible => Major]
        "A tool is gone."
        why "Its method is no longer there, so Rust callers no longer compile; who calls it by name is told that \
            there is no such tool."
        instead "Deprecate it first (`deprecated: Use … instead.`) and remove it in a later version.";
    DEPRECATED_TOOL_REMOVED = "deprecated-tool-removed" [Breaking Dangerous Compatible => Major]
        "A tool that was deprecated is gone."
        why "Rust callers no longer compile. Callers were warned, but some of them may not have listened."
        instead "See that the version before this one already said what to use instead.";
    TOOL_RENAMED = "tool-renamed" [None Breaking None => Major]
        "A tool that sends the same as before has another name."
        why "Who calls it by name is told that there is no such tool; prompts and stored plans of agents name the old \
            one."
        instead "Keep the name. The published names are a contract; a better title or description does as much for \
            agents.";
    METHOD_RENAMED = "tool-method-renamed" [Breaking None None => Major]
        "A tool's Rust method has another name."
        why "Rust callers of the old method no longer compile, nor do those who name its parameter structure."
        instead "Keep the method's name.";
    TOOL_MOVED = "tool-moved" [Breaking None None => Major]
        "A tool belongs to another group."
        why "Its method hangs on another accessor, so Rust callers no longer compile. Callers by name notice nothing."
        instead "Leave it in its group; the reference can point to it from the other one.";
    TOOL_DEPRECATED = "tool-deprecated" [Compatible Compatible None => Minor]
        "A tool is deprecated."
        why "Rust callers get a warning when they compile, and agents read that they should use something else."
        instead "Say what to use instead, and keep the tool for a version at least.";
    TOOL_UNDEPRECATED = "tool-undeprecated" [Compatible Compatible None => Patch]
        "A tool is no longer deprecated."
        why "A warning goes away. Who moved to what was named instead needs not move back."
        instead "Say in the changelog why it stays.";
    DEPRECATION_CHANGED = "deprecation-changed" [Compatible Compatible None => Patch]
        "What is said about a deprecated tool changed."
        why "Callers may be sent to another tool than before."
        instead "Nothing; see that the tool named there does what this one did.";
    READ_BECAME_WRITE = "effect-read-to-write" [Dangerous Breaking Dangerous => Major]
        "A tool that only read now changes data."
        why "Agents' hosts run tools that only read without asking anybody, and the client repeats them after a lost \
            connection; neither is safe any more."
        instead "Leave the tool that reads as it is and add one that writes.";
    BECAME_DESTRUCTIVE = "effect-became-destructive" [Dangerous Breaking Dangerous => Major]
        "A tool now removes data."
        why "Whoever allowed it to run did so because it removed nothing."
        instead "Add a tool for the removal and leave this one as it is.";
    EFFECT_SOFTENED = "effect-softened" [Dangerous Dangerous Dangerous => Minor]
        "A tool does less to the company's data than it was said to do."
        why "Hosts of agents run it with fewer questions, or none, and the client repeats it where it did not: if it \
            changes something after all, it does so unasked, and twice."
        instead "Make sure that it is so: a tool that is wrongly said to read is repeated and run unasked.";
    CONFIRM_CHANGED = "confirm-changed" [None Breaking None => Major]
        "A call by name of a tool that removes is confirmed by another value."
        why "Who gives the old confirmation is refused before anything is sent."
        instead "Keep the value, unless people are shown another one.";
    CONTRACT_CHANGED = "tool-contract-changed" [None Compatible None => Patch]
        "Whether the published contract has a tool is said otherwise."
        why "The reference marks tools that the contract lacks; callers of other servers with the same contract go by \
            that."
        instead "Nothing; `tests/contract.csv` says which it has.";
    CREDITS_CHANGED = "tool-credits-changed" [Compatible Compatible None => Minor]
        "Whether a call costs credits is said otherwise."
        why "Nothing that worked stops working, and who calls it may want to call it less, or more."
        instead "Nothing; see that the changelog says from when on it costs them.";
}

/// A tool and the group it is in.
pub(super) type Entry<'a> = (&'a Group, &'a Tool);

/// Pairs tools by name, and what is left by what they send.
pub(super) fn paired<'a>(base: &'a Spec, head: &'a Spec) -> Paired<Entry<'a>> {
    pair(
        base.tools(),
        head.tools(),
        &[
            &|(_, base), (_, head)| base.name == head.name,
            &|(_, base), (_, head)| same(base, head),
            &|(_, base), (_, head)| same_operation(base, head),
        ],
    )
}

/// Whether two tools of different names send the same and take the same.
fn same(base: &Tool, head: &Tool) -> bool {
    let params = |tool: &Tool| tool.params.iter().map(|param| param.name.clone()).collect::<Vec<_>>();
    params(base) == params(head) && wire::tool_text(base) == wire::tool_text(head)
}

/// Whether two tools of different names ask for the same operations, and most of their parameters are the same.
fn same_operation(base: &Tool, head: &Tool) -> bool {
    let operations = |tool: &Tool| -> Vec<String> { tool.requests().into_iter().map(wire::target).collect() };
    let shared = base.params.iter().filter(|param| head.params.iter().any(|other| other.name == param.name)).count();
    operations(base) == operations(head) && shared * 2 >= base.params.len().max(head.params.len())
}

/// New names of tools by old ones.
pub(super) fn renames(both: &[(Entry<'_>, Entry<'_>)]) -> BTreeMap<String, String> {
    let pairs = both.iter().map(|((_, base), (_, head))| (base.name.clone(), head.name.clone()));
    pairs.filter(|(base, head)| base != head).collect()
}

/// Tells which tools came and went.
pub(super) fn alone(found: &mut Found<'_>, gone: &[Entry<'_>], new: &[Entry<'_>]) {
    for (_, tool) in gone {
        let rule = if tool.deprecated.is_some() { &DEPRECATED_TOOL_REMOVED } else { &TOOL_REMOVED };
        found.unset(rule, &Spot::new(&tool.name), format!("`{}` is gone", tool.name), &tool.name);
    }
    for (_, tool) in new {
        found.set(&TOOL_ADDED, &Spot::new(&tool.name), format!("`{}` is new", tool.name), &tool.name);
    }
}

/// Compares what a tool is called and what it does.
pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: Entry<'_>, head: Entry<'_>, names: &Names) {
    let ((base_group, base), (head_group, head)) = (base, head);
    let name = &head.name;
    found.differs(&TOOL_RENAMED, spot, (&base.name, name), |was, is| format!("`{was}` is called `{is}` now"));
    found.differs(&TOOL_MOVED, spot, (&base_group.name, &head_group.name), |was, is| {
        format!("`{name}` moved from `{was}` to `{is}`")
    });
    found.differs(&METHOD_RENAMED, &spot.at("method"), (&base.method, &head.method), |was, is| {
        format!("the method `{was}` of `{name}` is `{is}` now")
    });
    found.differs(&CONTRACT_CHANGED, &spot.at("extra"), (base.extra, head.extra), |_, _| {
        format!("the contract {} `{name}`", if head.extra { "lacks" } else { "has" })
    });
    found.differs(&CREDITS_CHANGED, &spot.at("credits"), (base.credits, head.credits), |_, _| {
        format!("a call of `{name}` costs {}", if head.credits { "credits" } else { "no credits" })
    });
    let confirmed =
        |param: Option<&str>| param.map_or_else(|| "the tool's name".to_owned(), |param| format!("${param}"));
    let was = confirmed(base.confirm.as_deref().map(|param| names.param(param)));
    found.differs(&CONFIRM_CHANGED, &spot.at("confirm"), (was, confirmed(head.confirm.as_deref())), |was, is| {
        format!("a call of `{name}` by name is confirmed by {is} and was by {was}")
    });
    let was = base.deprecated.as_ref().map(|was| names.text(was));
    let turns = [
        (&TOOL_DEPRECATED, format!("`{name}` is deprecated")),
        (&DEPRECATION_CHANGED, format!("`{name}` is deprecated in other words")),
        (&TOOL_UNDEPRECATED, format!("`{name}` is no longer deprecated")),
    ];
    found.optional(&spot.at("deprecated"), (was, head.deprecated.as_ref()), turns);
    effect(found, spot, base, head);
}

fn effect(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool) {
    let rule = match (base.effect, head.effect) {
        (Effect::Read, Effect::Write) => &READ_BECAME_WRITE,
        (Effect::Read | Effect::Write, Effect::Destructive) => &BECAME_DESTRUCTIVE,
        (Effect::Destructive, Effect::Read | Effect::Write) | (Effect::Write, Effect::Read) => &EFFECT_SOFTENED,
        _ => return,
    };
    let (was, is) = (base.effect.as_str(), head.effect.as_str());
    found.changed(rule, &spot.at("effect"), format!("the effect of `{}` was {was} and is {is}", head.name), was, is);
}
