//! Answers: their models, their fields, and what is done to them before the caller gets them.

use std::collections::BTreeSet;

use super::finding::{Found, Spot};
use super::names::{self, Names, Paired, between};
use super::rule::{Rule, rules};
use super::{rust, texts};
use tool_spec::model::{Expected, Field, Items, Keep, Tool, Ty};

rules! { "Answers":
    ANSWER_CHANGED = "answer-model-changed" [Breaking Dangerous None => Major]
        "A tool answers with another model."
        why "The Rust type of the answer is another one. Which fields came and went is told beside it."
        instead "Change the model's fields instead, or add a tool.";
    FIELD_ADDED = "output-field-added" [Compatible Compatible None => Minor]
        "An answer has a new field."
        why "Callers can read more. The models are `non_exhaustive`, so no Rust caller has named all fields.";
    FIELD_REMOVED = "output-field-removed" [Breaking Breaking None => Major]
        "A field of an answer is gone."
        why "Rust callers who read it no longer compile; others no longer find it described, and may rely on \
            something that is not promised."
        instead "Keep it while the service sends it; if the service no longer does, leave it as one that is never \
            there for a version.";
    FIELD_RENAMED = "output-field-renamed" [Breaking Breaking None => Major]
        "A field of an answer, described as before, has another name."
        why "A field carries the service's own name: if the service renamed it, callers find nothing under the old one."
        instead "Keep both while the service sends both.";
    FIELD_BECAME_OPTIONAL = "output-field-became-optional" [Breaking Breaking None => Major]
        "A field that every answer had may be missing."
        why "In Rust it becomes an `Option`, so callers no longer compile; others may find nothing where there always \
            was something."
        instead "Keep `always` while the service sends the field in every answer.";
    FIELD_BECAME_ALWAYS = "output-field-became-always" [Breaking Dangerous None => Major]
        "A field that could be missing is in every answer."
        why "In Rust it is no longer an `Option`, so callers no longer compile. An item that comes without it is set \
            aside, and told."
        instead "Be sure that the service never leaves it out, and gather such changes for a version that breaks \
            anyway.";
    LIST_PRESENCE_CHANGED = "output-list-presence-changed" [None Dangerous None => Minor]
        "A list of an answer may be missing where it was always there, or the other way round."
        why "In Rust a list that is missing is an empty one. In JSON it is one or the other, and readers may rely on \
            that."
        instead "Say what the service does.";
    FIELD_TYPE_CHANGED = "output-field-type-changed" [Breaking Breaking None => Major]
        "A field of an answer has another type."
        why "Whoever reads it gets something else than expected."
        instead "If the service changed it, say so in the changelog; if the spec was wrong, this repairs it.";
    FIELD_RETYPED = "output-field-retyped" [Breaking Compatible None => Major]
        "A field of an answer is the same text in JSON and another type in Rust."
        why "Rust callers who pass it on no longer compile; nobody else notices."
        instead "Gather such changes for one version that breaks anyway.";
    FIELD_FORMAT_CHANGED = "output-field-format-changed" [None Dangerous None => Minor]
        "A field of an answer is text of another form."
        why "Rust callers get a `String` as before. Who read it as an address may no longer be able to."
        instead "Say which form the service sends.";
    ITEMS_ADDED = "items-added" [Compatible Compatible None => Minor]
        "A tool's answer has items that can be gone through."
        why "Rust callers get `items()`, and the command line a table.";
    ITEMS_REMOVED = "items-removed" [Breaking Dangerous None => Major]
        "A tool's answer no longer has items to go through, or no longer in pages."
        why "`items()` or `pages()` is gone, so Rust callers no longer compile; others get one page and no more."
        instead "Keep `items`.";
    ITEMS_CHANGED = "items-changed" [Breaking Dangerous None => Major]
        "The items of a tool's answer are others."
        why "`items()` yields another type, or goes through another list."
        instead "Add a tool for the other items.";
    PAGES_ADDED = "pages-added" [Compatible Compatible None => Minor]
        "A tool's answer comes in pages."
        why "Rust callers get `pages()`. Who takes the first answer for all there is misses the rest."
        instead "Say in the description that there are pages.";
    PAGING_CHANGED = "paging-changed" [None Breaking Dangerous => Major]
        "The next page is asked for with another parameter."
        why "`items()` and `pages()` take care of it. Who gives the cursor by the old parameter's name gets another \
            page than they asked for."
        instead "Leave the parameter as it is.";
    NEWEST_ADDED = "newest-first-added" [Compatible Compatible None => Minor]
        "A tool's items can be had newest first."
        why "Rust callers get `newest_first()`, callers by name and the command line the same by its name.";
    NEWEST_CHANGED = "newest-first-changed" [Dangerous Dangerous Dangerous => Minor]
        "Newest first, a tool's items are asked for by other parameters, or lie in time by another field."
        why "The same loop asks the service for other ranges: it may get items in another order, twice or not at all."
        instead "Try it on recorded pages: every item once, and none older than the one after it.";
    NEWEST_REMOVED = "newest-first-removed" [Breaking Breaking None => Major]
        "A tool's items can no longer be had newest first."
        why "`newest_first()` is gone, so Rust callers no longer compile; by name it is refused."
        instead "Keep it while the items lie in time.";
    WAIT_ADDED = "wait-added" [Compatible Compatible None => Minor]
        "A job that a tool tells of can be waited for."
        why "Rust callers get `wait()`, callers by name and the command line the same by its name.";
    WAIT_CHANGED = "wait-changed" [Dangerous Dangerous None => Minor]
        "Who waits for a job goes by another field, or by other values of it."
        why "A wait that ended goes on, or ends while the job is under way; a failure may be taken for the end, or the \
            other way round."
        instead "See that every value that ends a job is named.";
    WAIT_REMOVED = "wait-removed" [Breaking Breaking None => Major]
        "A job that a tool tells of can no longer be waited for."
        why "`wait()` is gone, so Rust callers no longer compile; by name it is refused."
        instead "Keep it while the answer says how the job stands.";
    FILTER_ADDED = "keep-added" [Dangerous Dangerous None => Minor]
        "Items are filtered before the caller gets them."
        why "Calls that got an item may no longer get it."
        instead "Filter only by a parameter that the caller gives.";
    FILTER_CHANGED = "keep-changed" [Dangerous Dangerous None => Minor]
        "Items are filtered in another way."
        why "The same call may get other items."
        instead "Say in the changelog which items come and go.";
    FILTER_REMOVED = "keep-removed" [Dangerous Dangerous None => Minor]
        "Items are no longer filtered."
        why "Calls get items that were kept from them."
        instead "Say so in the changelog.";
    EXPECTS_CHANGED = "expects-changed" [None Compatible None => Minor]
        "Ids that an answer lacks are named, or no longer, or found in another field."
        why "Callers are told otherwise that something which they asked for is not there.";
}

pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    if names.model(&base.answer) != head.answer {
        let spot = spot.at("answer");
        let message = format!("`{}` answers with `{}` and did with `{}`", head.name, head.answer, base.answer);
        found.changed(&ANSWER_CHANGED, &spot, message, &base.answer, &head.answer);
        let (was, is) = (found.base.spec.fields(&base.answer), found.head.spec.fields(&head.answer));
        fields(found, &spot, was, is, names);
    }
    items(found, &spot.at("items"), base, head, names);
    paging(found, &spot.at("paging"), base, head, names);
    let name = &head.name;
    let was = base.newest_first.as_ref().map(|timeline| names.text(&timeline.to_string()));
    let turns = [
        (&NEWEST_ADDED, format!("the items of `{name}` can be had newest first")),
        (&NEWEST_CHANGED, format!("newest first, the items of `{name}` are had in another way")),
        (&NEWEST_REMOVED, format!("the items of `{name}` can no longer be had newest first")),
    ];
    found.optional(&spot.at("newest_first"), (was, head.newest_first.as_ref()), turns);
    let turns = [
        (&WAIT_ADDED, format!("the job that `{name}` tells of can be waited for")),
        (&WAIT_CHANGED, format!("the job that `{name}` tells of is waited for in another way")),
        (&WAIT_REMOVED, format!("the job that `{name}` tells of can no longer be waited for")),
    ];
    found.optional(&spot.at("wait"), (base.wait.as_ref(), head.wait.as_ref()), turns);
    keep(found, spot, &base.keep, &head.keep, names);
    let text = |expects: &[Expected]| expects.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let texts = (names.text(&text(&base.expects)), text(&head.expects));
    found.differs(&EXPECTS_CHANGED, &spot.at("expects"), texts, |_, _| {
        format!("`{name}` tells otherwise which ids its answer lacks")
    });
}

fn items(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let name = &head.name;
    let text = |items: &Items, model: &str| format!("{}: list<{model}>", items.field);
    match (&base.items, &head.items) {
        (None, Some(is)) => found.set(&ITEMS_ADDED, spot, format!("`{name}` has items"), &is.field),
        (Some(was), None) => found.unset(&ITEMS_REMOVED, spot, format!("`{name}` has no items any more"), &was.field),
        (Some(was), Some(is)) => {
            let texts = (text(was, names.model(&was.model)), text(is, &is.model));
            found.differs(&ITEMS_CHANGED, spot, texts, |_, _| format!("`{name}` has other items"));
        }
        (None, None) => {}
    }
}

fn paging(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let name = &head.name;
    match (&base.paging, &head.paging) {
        (None, Some(_)) => found.changed(&PAGES_ADDED, spot, format!("`{name}` answers in pages"), "one page", "pages"),
        (Some(_), None) => {
            let message = format!("`{name}` no longer answers in pages");
            found.changed(&ITEMS_REMOVED, spot, message, "pages", "one page");
        }
        (Some(was), Some(is)) if names.param(was) != is => {
            let message = format!("the next page of `{name}` is asked for with `{is}` and was with `{was}`");
            found.changed(&PAGING_CHANGED, spot, message, was, is);
        }
        _ => {}
    }
}

fn keep(found: &mut Found<'_>, spot: &Spot, base: &[Keep], head: &[Keep], names: &Names) {
    let test = |filters: &[Keep], field: &str| {
        filters.iter().find(|filter| filter.field.field == field).map(|filter| filter.test.to_string())
    };
    let fields: BTreeSet<&str> = base.iter().chain(head).map(|filter| filter.field.field.as_str()).collect();
    for field in fields {
        let was = test(base, field).map(|was| names.text(&was));
        let turns = [
            (&FILTER_ADDED, format!("items are filtered by `{field}`")),
            (&FILTER_CHANGED, format!("items are filtered differently by `{field}`")),
            (&FILTER_REMOVED, format!("items are no longer filtered by `{field}`")),
        ];
        found.optional(&spot.at(&format!("keep.{field}")), (was, test(head, field)), turns);
    }
}

pub(super) fn fields(found: &mut Found<'_>, spot: &Spot, base: &[Field], head: &[Field], names: &Names) {
    let Paired { both, gone, new } = names::fields(base, head, names);
    for (field, other) in both {
        one(found, &between(spot, field, other), field, other, names);
    }
    for field in gone {
        found.unset(&FIELD_REMOVED, &between(spot, field, field), format!("`{}` is gone", field.name), &field.name);
    }
    for field in new {
        let message = format!("`{}` is new", field.name);
        found.set(&FIELD_ADDED, &between(spot, field, field), message, field.ty.to_string());
    }
}

fn one(found: &mut Found<'_>, spot: &Spot, base: &Field, head: &Field, names: &Names) {
    let name = &head.name;
    if base.name != head.name {
        found.changed(&FIELD_RENAMED, spot, format!("`{}` is called `{name}` now", base.name), &base.name, name);
    }
    if base.always != head.always {
        let rule: &'static Rule = match head.always {
            _ if rust::is_many(&head.ty) => &LIST_PRESENCE_CHANGED,
            true => &FIELD_BECAME_ALWAYS,
            false => &FIELD_BECAME_OPTIONAL,
        };
        let message = format!("`{name}` {}", if head.always { "is always there now" } else { "may be missing now" });
        found.changed(rule, &spot.at("always"), message, base.always.to_string(), head.always.to_string());
    }
    let was = names.ty(&base.ty);
    // By their words: that a model became an enum is told of the model.
    if was.to_string() != head.ty.to_string() {
        let same_rust = rust::ty(&was, rust::Way::Out) == rust::ty(&head.ty, rust::Way::Out);
        let rule = match (json(&was) == json(&head.ty), same_rust) {
            (true, true) => &FIELD_FORMAT_CHANGED,
            (true, false) => &FIELD_RETYPED,
            (false, _) => &FIELD_TYPE_CHANGED,
        };
        let (was, is) = (was.to_string(), head.ty.to_string());
        found.changed(rule, &spot.at("type"), format!("`{name}` was `{was}` and is `{is}`"), was, is);
    }
}

/// The type as JSON has it.
fn json(ty: &Ty) -> String {
    match ty {
        Ty::String | Ty::Email | Ty::Url | Ty::Id(_) | Ty::Date | Ty::DateTime | Ty::Enum(_) => "text".to_owned(),
        Ty::List(of) => format!("list of {}", json(of)),
        Ty::Map(of) => format!("map of {}", json(of)),
        other => other.to_string(),
    }
}

pub(super) fn sentences(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool) {
    texts::list(found, &texts::NOTICES, &spot.at("notices"), &head.name, (&base.notices, &head.notices));
    texts::list(found, &texts::NOTES, &spot.at("notes"), &head.name, (&base.notes, &head.notes));
}
