//! Parameters: which there are, whether they must be given and what stands in for them.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Found, Spot};
use super::names::{Names, pair};
use super::rule::rules;
use super::{inputs, texts, wire, words};
use tool_spec::display::path;
use tool_spec::model::{Param, Plan, Source, Tool, Value};

rules! { "Parameters":
    ADDED_OPTIONAL = "param-added-optional" [Compatible Compatible Compatible => Minor]
        "A parameter is new, and may be left out."
        why "Callers can say more than before; calls that leave it out go on as they were.";
    ADDED_REQUIRED = "param-added-required" [Breaking Breaking Compatible => Major]
        "A parameter is new and must be given."
        why "Every call so far lacks it, and is refused before anything is sent. No compiler says so."
        instead "Make it optional, with a default or a look-up that stands in for it.";
    REMOVED = "param-removed" [Breaking Breaking Compatible => Major]
        "A parameter is gone."
        why "Its setter is no longer there, and calls by name that give it are refused as misspelt."
        instead "Keep it with a `notice` that says that it has no effect, and remove it in a later version.";
    RENAMED = "param-renamed" [Breaking Breaking None => Major]
        "A parameter that is sent in the same place has another name."
        why "Its setter has another name, and calls by name with the old one are refused as misspelt."
        instead "Keep the name; the description can say what it is better than a name can.";
    BECAME_REQUIRED = "param-became-required" [Breaking Breaking None => Major]
        "A parameter that could be left out must be given."
        why "Calls that leave it out are refused before anything is sent. No compiler says so."
        instead "Leave it optional and give it a default, or a rule (`need`) if another parameter may take its place.";
    BECAME_OPTIONAL = "param-became-optional" [Compatible Compatible None => Minor]
        "A parameter that had to be given may be left out."
        why "Calls that give it go on as they were.";
    EXTRA_CHANGED = "param-contract-changed" [None Compatible None => Patch]
        "Whether the published contract has a parameter is said otherwise."
        why "The reference marks parameters that the contract lacks; callers of other servers with the same contract \
            go by that."
        instead "Nothing; `tests/contract.csv` says which it has.";
    DEFAULT_ADDED = "param-default-added" [Dangerous Dangerous Dangerous => Minor]
        "A parameter has a default that it lacked."
        why "Calls that leave it out send something now where they sent nothing."
        instead "Say in its description what happens without it, and in the changelog since when.";
    DEFAULT_CHANGED = "param-default-changed" [Dangerous Dangerous Dangerous => Minor]
        "A parameter has another default."
        why "Calls that leave it out send something else than before, and nobody is told."
        instead "Say so in the changelog; better, leave the default and let callers who want the other value give it.";
    DEFAULT_REMOVED = "param-default-removed" [Dangerous Dangerous Dangerous => Minor]
        "A parameter lost its default."
        why "Calls that leave it out no longer send it; what the service does then is the service's choice."
        instead "Keep the default, or find out what the service does without the value and write it down.";
    LOOKUP_ADDED = "look-up-added" [Dangerous Dangerous Dangerous => Minor]
        "A value that is left out is now asked of the service."
        why "A call costs one request more, may need one scope more, and can fail where it did not."
        instead "Say so in the description. A caller who gives the value is not concerned.";
    LOOKUP_CHANGED = "look-up-changed" [Dangerous Dangerous Dangerous => Minor]
        "A value that is left out is asked of the service in another way."
        why "The same call may find another value, or none."
        instead "Try both ways on the same data, and say in the changelog where they differ.";
    LOOKUP_REMOVED = "look-up-removed" [Dangerous Dangerous Dangerous => Minor]
        "A value that is left out is no longer asked of the service."
        why "Calls that relied on it go without the value, or with another one."
        instead "Keep it, or say what callers have to give now.";
    VALUE_CHANGED = "value-worked-out-differently" [Dangerous Dangerous Dangerous => Minor]
        "A value that no caller gives is worked out in another way."
        why "The same call sends another value than before. If it is a key, the service takes a repeated call for a \
            new one."
        instead "Leave keys as they are; for other values, say in the changelog what is different.";
}

/// Pairs what is gone with what is new: new names by old ones. Parameters pair that are sent in the same places,
/// whatever their types are now, and those that are sent nowhere if they are of the same type and described in the same
/// words; values and what steps take, if they come from the same.
pub(super) fn renames(base: &Tool, head: &Tool, names: &Names) -> BTreeMap<String, String> {
    let gone = base.params.iter().filter(|param| !has(head, &param.name));
    let new = head.params.iter().filter(|param| !has(base, &param.name));
    let same = |param: &Param, other: &Param| names.ty(&param.ty) == other.ty && param.required == other.required;
    let pairs = pair(
        gone,
        new,
        &[
            &|param, other| same(param, other) && sent_alike(base, head, param, other),
            &|param, other| sent_alike(base, head, param, other),
            &|param, other| same(param, other) && param.about == other.about && sent_nowhere(base, head, param, other),
        ],
    );
    let params = pairs.both.into_iter().map(|(param, other)| (param.name.clone(), other.name.clone())).collect();
    worked_out(Names { params, ..names.clone() }, base, head)
}

/// Whether both are sent, and in the same places.
fn sent_alike(base: &Tool, head: &Tool, param: &Param, other: &Param) -> bool {
    let places = places(base, &param.name);
    !places.is_empty() && self::places(head, &other.name) == places
}

fn sent_nowhere(base: &Tool, head: &Tool, param: &Param, other: &Param) -> bool {
    places(base, &param.name).is_empty() && places(head, &other.name).is_empty()
}

/// The new names of parameters, and those of values and of what steps take: names of the author's own, which nobody
/// else sees.
fn worked_out(mut names: Names, base: &Tool, head: &Tool) -> BTreeMap<String, String> {
    let (was, is) = (sources(base), sources(head));
    let lacks = |list: &[(String, String)], name: &str| list.iter().all(|(other, _)| other != name);
    let mut new: Vec<&(String, String)> = is.iter().filter(|(name, _)| lacks(&was, name)).collect();
    for (name, source) in was.iter().filter(|(name, _)| lacks(&is, name)) {
        if let Some(index) = new.iter().position(|(_, other)| *other == names.text(source)) {
            names.params.insert(name.clone(), new.remove(index).0.clone());
        }
    }
    names.params
}

/// The names of values and of what steps take, and where each comes from.
fn sources(tool: &Tool) -> Vec<(String, String)> {
    let values = tool.values.iter().map(|value| (value.name.clone(), value.to_string()));
    let steps = match &tool.plan {
        Plan::Steps(steps) => steps.as_slice(),
        Plan::Cases(_) => &[],
    };
    let taken = steps.iter().enumerate().flat_map(|(index, step)| {
        step.take.iter().map(move |take| (take.name.clone(), format!("{index} {}", path(&take.path))))
    });
    values.chain(taken).collect()
}

fn has(tool: &Tool, param: &str) -> bool {
    tool.params.iter().any(|other| other.name == param)
}

/// Every place in which a parameter is sent.
fn places(tool: &Tool, param: &str) -> BTreeSet<String> {
    let requests = tool.requests().into_iter();
    let sent = requests.flat_map(|request| {
        let target = wire::target(request);
        wire::leaves(request, &Names::default()).0.into_iter().filter_map(move |leaf| match leaf.what {
            wire::What::Hole(name) if name == param => {
                let filters = leaf.text.strip_prefix(&format!("${param}")).unwrap_or_default();
                Some(format!("{target} {} {filters}", leaf.place))
            }
            _ => None,
        })
    });
    sent.collect()
}

/// Compares the parameters of a tool and its worked-out values.
pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    for param in &base.params {
        let new = names.param(&param.name);
        let pair = spot.between(&format!("params.{}", param.name), &format!("params.{new}"));
        match head.params.iter().find(|other| other.name == new) {
            Some(other) => one(found, &pair, param, other, names),
            None => found.unset(&REMOVED, &pair, format!("`{}` is gone", param.name), &param.name),
        }
    }
    let renamed: BTreeSet<&String> = names.params.values().collect();
    for param in head.params.iter().filter(|param| !has(base, &param.name) && !renamed.contains(&param.name)) {
        added(found, &spot.at(&format!("params.{}", param.name)), param);
    }
    values(found, spot, base, head, names);
}

fn added(found: &mut Found<'_>, spot: &Spot, param: &Param) {
    let ty = param.ty.to_string();
    if param.required {
        found.set(&ADDED_REQUIRED, spot, format!("`{}` is new and must be given", param.name), ty);
    } else {
        found.set(&ADDED_OPTIONAL, spot, format!("`{}` is new, and may be left out", param.name), ty);
        if let Some(source @ Source::Ask(_)) = &param.default {
            let message = format!("`{}` is asked of the service when it is left out", param.name);
            found.set(&LOOKUP_ADDED, &spot.at("default"), message, source.to_string());
        }
    }
}

fn one(found: &mut Found<'_>, spot: &Spot, base: &Param, head: &Param, names: &Names) {
    let name = &head.name;
    found.differs(&RENAMED, spot, (&base.name, name), |was, is| format!("`{was}` is called `{is}` now"));
    inputs::required(found, spot, name, (base.required, head.required), [&BECAME_REQUIRED, &BECAME_OPTIONAL]);
    found.differs(&EXTRA_CHANGED, &spot.at("extra"), (base.extra, head.extra), |_, _| {
        format!("the contract {} `{name}`", if head.extra { "lacks" } else { "has" })
    });
    inputs::ty(found, spot, name, (&base.ty, &head.ty), names);
    inputs::held(found, spot, name, (&base.limits, &head.limits), (&base.notice, &head.notice));
    source(found, &spot.at("default"), name, (base.default.as_ref(), head.default.as_ref()), names);
    texts::about(found, &texts::PARAM, spot, name, (&base.about, &head.about));
}

/// Compares what stands in for a value that is left out.
fn source(found: &mut Found<'_>, spot: &Spot, name: &str, sources: (Option<&Source>, Option<&Source>), names: &Names) {
    let (was, is) = (sources.0.map(|source| names.text(&source.to_string())), sources.1.map(ToString::to_string));
    if was == is {
        if let (Some(base), Some(head)) = sources {
            texts::told(found, spot, name, (&names.text(&words::source_texts(base)), &words::source_texts(head)));
        }
        return;
    }
    let asks = |source: Option<&Source>| matches!(source, Some(Source::Ask(_)));
    let looked_up = (&LOOKUP_ADDED, format!("`{name}` is asked of the service when it is left out"));
    let given = (&LOOKUP_REMOVED, format!("`{name}` is no longer asked of the service"));
    let turns = match (asks(sources.0), asks(sources.1)) {
        (true, true) => [looked_up, (&LOOKUP_CHANGED, format!("`{name}` is looked up differently")), given],
        (false, true) => [looked_up.clone(), looked_up, given],
        (true, false) => [looked_up, given.clone(), given],
        (false, false) => [
            (&DEFAULT_ADDED, format!("`{name}` has a default now")),
            (&DEFAULT_CHANGED, format!("`{name}` has another default")),
            (&DEFAULT_REMOVED, format!("`{name}` lost its default")),
        ],
    };
    found.optional(spot, (was, is), turns);
}

fn values(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    for value in &base.values {
        let new = names.param(&value.name);
        let spot = spot.between(&format!("values.{}", value.name), &format!("values.{new}"));
        let Some(other) = head.values.iter().find(|other| other.name == new) else {
            if let Source::Ask(_) = value.source {
                source(found, &spot, &value.name, (Some(&value.source), None), names);
            }
            continue;
        };
        if matches!(value.source, Source::Ask(_)) || matches!(other.source, Source::Ask(_)) {
            source(found, &spot, &value.name, (Some(&value.source), Some(&other.source)), names);
            if value.given.as_deref().map(|given| names.param(given)) == other.given.as_deref() {
                continue;
            }
        }
        if names.text(&value.to_string()) != other.to_string() {
            let message = format!("`{}` is worked out differently", value.name);
            found.changed(&VALUE_CHANGED, &spot, message, value.to_string(), other.to_string());
        }
    }
    let known = |value: &&Value| base.values.iter().any(|other| names.param(&other.name) == value.name);
    for value in head.values.iter().filter(|value| !known(value)) {
        // Where it is sent is told there; what it costs is told here.
        if let Source::Ask(_) = value.source {
            let spot = spot.at(&format!("values.{}", value.name));
            source(found, &spot, &value.name, (None, Some(&value.source)), names);
        }
    }
}
