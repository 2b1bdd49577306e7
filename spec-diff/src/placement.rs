//! Where a request puts what: parameters, values and constants in its path, its query and its body.

use super::finding::{Found, Spot};
use super::names::{Names, Paired, pair};
use super::rule::{Rule, rules};
use super::wire::{self, Leaf, What};
use tool_spec::model::{Param, Request, Spec, Tool, Ty};

rules! { "What is sent where":
    MOVED = "param-moved-on-wire" [Dangerous Dangerous Dangerous => Minor]
        "A parameter or a value is sent in another place."
        why "Callers give it as before, but the service ignores what is in the wrong place, and says nothing."
        instead "Run the end-to-end tests of this tool; say where the service documents the place.";
    NO_LONGER_SENT = "param-no-longer-sent" [Dangerous Dangerous Dangerous => Minor]
        "A parameter or a value is no longer sent by a request."
        why "Calls that give it go on, but without it."
        instead "Give it a `notice`, so that the answer says so, or carry it out on our side (`keep`).";
    NEWLY_SENT = "param-newly-sent" [Compatible Compatible Dangerous => Minor]
        "A request sends a parameter or a value that it did not send."
        why "Calls that gave it without effect see one."
        instead "Nothing, if the service does with it what the description says.";
    FILTERED = "param-sent-otherwise" [Dangerous Dangerous Dangerous => Minor]
        "A parameter is changed differently on its way out."
        why "The same call sends another value: a day may be in where it was out."
        instead "Say in the changelog what is different at the edges.";
    CONSTANT_ADDED = "constant-added" [Dangerous Dangerous Dangerous => Minor]
        "A request sends one more constant."
        why "Every call asks for something that it did not ask for."
        instead "Run the end-to-end tests of this tool.";
    CONSTANT_CHANGED = "constant-changed" [Dangerous Dangerous Dangerous => Minor]
        "A request sends another constant."
        why "Every call asks for something else than before."
        instead "Run the end-to-end tests of this tool.";
    CONSTANT_REMOVED = "constant-removed" [Dangerous Dangerous Dangerous => Minor]
        "A request no longer sends a constant."
        why "The service falls back to what it does without it."
        instead "Run the end-to-end tests of this tool.";
    PART_CHANGED = "request-part-changed" [Dangerous Dangerous Dangerous => Minor]
        "A part of a request that depends on a parameter changed."
        why "The same call sends something else."
        instead "Read the requests side by side.";
    EMPTY_KEY = "request-empty-key-changed" [None None Dangerous => Patch]
        "A key is sent even when it holds nothing, or no longer is."
        why "To the service an empty object may mean \"everything\", and a missing one an error."
        instead "Try both against the service.";
}

/// A request on both sides, and the tools it belongs to.
pub(super) struct Sides<'a> {
    pub(super) tools: (&'a Tool, &'a Tool),
    pub(super) requests: (&'a Request, &'a Request),
}

pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, sides: &Sides<'_>, names: &Names) {
    let (base, always_before) = wire::leaves(sides.requests.0, names);
    let (head, always) = wire::leaves(sides.requests.1, &Names::default());
    let in_place = |was: &Leaf, is: &Leaf| was.place == is.place && in_place(&was.what, &is.what).is_some();
    let Paired { both, gone, new } = pair(&base, &head, &[&in_place, &moved]);
    for (was, is) in both {
        differs(found, spot, was, is);
    }
    for leaf in gone {
        alone(found, spot, leaf, sides, names, false);
    }
    for leaf in new {
        alone(found, spot, leaf, sides, names, true);
    }
    found.names(
        |place| spot.at(place),
        (&always_before, &always),
        (&EMPTY_KEY, |place| format!("`{place}` is sent even when it holds nothing")),
        (&EMPTY_KEY, |place| format!("`{place}` is not sent when it holds nothing")),
    );
}

/// Tells what is sent otherwise, or in another place.
fn differs(found: &mut Found<'_>, spot: &Spot, base: &Leaf, head: &Leaf) {
    let (was, is, place) = (&base.text, &head.text, &head.place);
    if base.place != *place {
        let message = format!("`{was}` is sent as `{place}` and was as `{}`", base.place);
        found.changed(&MOVED, &spot.between(&base.place, place), message, &base.place, place);
    } else if let Some(rule) = in_place(&base.what, &head.what).filter(|_| was != is) {
        found.changed(rule, &spot.at(place), format!("`{place}` was `{was}` and is `{is}`"), was, is);
    }
}

/// What tells that one thing took another's place; nothing if that is quite another.
fn in_place(base: &What, head: &What) -> Option<&'static Rule> {
    match (base, head) {
        (What::Constant, What::Constant) => Some(&CONSTANT_CHANGED),
        (What::Hole(before), What::Hole(after)) => (before == after).then_some(&FILTERED),
        (What::Constant, What::Hole(_)) | (What::Hole(_), What::Constant) => None,
        _ => Some(&PART_CHANGED),
    }
}

/// Whether a thing is sent in one place instead of another.
fn moved(base: &Leaf, head: &Leaf) -> bool {
    let key = |place: &str| place.rsplit('.').next().map(str::to_owned);
    match (&base.what, &head.what) {
        (What::Hole(before), What::Hole(after)) => before == after,
        (What::Constant, What::Constant) => base.text == head.text && key(&base.place) == key(&head.place),
        (What::Other | What::Has { .. }, _) => base.what == head.what && base.text == head.text,
        _ => false,
    }
}

/// Tells what only one side sends: the head if it came, or else the base.
fn alone(found: &mut Found<'_>, spot: &Spot, leaf: &Leaf, sides: &Sides<'_>, names: &Names, came: bool) {
    let (base, head) = sides.tools;
    let (spot, place, text) = (spot.at(&leaf.place), &leaf.place, &leaf.text);
    let (rule, message) = match &leaf.what {
        What::Constant if came => (&CONSTANT_ADDED, format!("`{place}` is sent as {text}")),
        What::Constant => (&CONSTANT_REMOVED, format!("`{place}` is no longer sent, which was {text}")),
        What::Hole(name) => {
            let before: Vec<&Param> = base.params.iter().filter(|param| names.param(&param.name) == name).collect();
            let after: Vec<&Param> = head.params.iter().filter(|param| param.name == *name).collect();
            let (own, other) = if came { (after, before) } else { (before, after) };
            // That a parameter came or went, or is sent at all, is told where it is declared.
            if !own.is_empty() && !other.iter().any(|param| param.notice.is_none()) {
                return;
            }
            match came {
                true => (&NEWLY_SENT, format!("`{name}` is sent as `{place}`")),
                false => (&NO_LONGER_SENT, format!("`{name}` is no longer sent as `{place}`")),
            }
        }
        What::Has { param, value } => {
            let known = match came {
                true => takes(&found.base.spec, base, |name| names.param(name) == param, value),
                false => takes(&found.head.spec, head, |name| name == param, value),
            };
            // That the value came or went is told where it is declared.
            if !known {
                return;
            }
            part(place, text, came)
        }
        What::Other => part(place, text, came),
    };
    match came {
        true => found.set(rule, &spot, message, text),
        false => found.unset(rule, &spot, message, text),
    }
}

fn part(place: &str, text: &str, came: bool) -> (&'static Rule, String) {
    let how = if came { "sent as" } else { "no longer sent, which was" };
    (&PART_CHANGED, format!("`{place}` is {how} `{text}`"))
}

/// Whether a tool has this list parameter, and it may hold this value.
fn takes(spec: &Spec, tool: &Tool, is_it: impl Fn(&str) -> bool, value: &str) -> bool {
    let param = tool.params.iter().find(|param| is_it(&param.name));
    param.is_some_and(|param| match &param.ty {
        Ty::List(of) | Ty::Csv(of) => match of.as_ref() {
            Ty::Enum(name) => spec.values(name).iter().any(|known| known.name == value),
            _ => true,
        },
        _ => true,
    })
}
