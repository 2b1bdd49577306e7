//! What a caller's value may be: its type, and whether it is sent. For parameters and for fields of the models in them.

use super::finding::{Found, Spot};
use super::names::Names;
use super::rule::{Rule, rules};
use super::{limits, rust};
use tool_spec::model::{Limits, Ty};

rules! { "Types of what callers give":
    TYPE_CHANGED = "param-type-changed" [Breaking Breaking Dangerous => Major]
        "A parameter, or a field of one, has another type."
        why "What callers give today is of the wrong type, in Rust and in JSON."
        instead "Add a parameter of the new type beside the old one, and deprecate the old one in its description.";
    TYPE_NARROWED = "param-type-narrowed" [Breaking Breaking Compatible => Major]
        "A parameter, or a field of one, has a type that fewer values have."
        why "The Rust type is another one, and calls by name with a value that was fine may be refused."
        instead "Keep the type and say in the description which values make sense.";
    BECAME_ENUM = "param-became-enum" [Breaking Breaking Compatible => Major]
        "A parameter, or a field of one, that took any text takes one of some values."
        why "The Rust type is another one, and calls by name with any other text are refused."
        instead "Name the values that the service knows in the description.";
    TYPE_WIDENED = "param-type-widened" [Breaking Compatible Compatible => Major]
        "A parameter, or a field of one, has a type that more values have."
        why "All JSON that was fine still is, but the Rust type is another one, so Rust callers may no longer compile."
        instead "Gather such changes for one version that breaks anyway.";
    CHECK_ADDED = "param-check-added" [Dangerous Breaking Compatible => Major]
        "A parameter, or a field of one, is held to a form that it was not held to."
        why "It is text as before, but text of another form is refused before it is sent."
        instead "Check the form only if the service refuses everything else too.";
    CHECK_REMOVED = "param-check-removed" [Compatible Compatible Compatible => Minor]
        "A parameter, or a field of one, is no longer held to a form."
        why "Text that was refused before it was sent is sent now; if it is wrong, the service says so rather than \
            the client."
        instead "Nothing, if the service really takes it.";
    ID_KIND_CHANGED = "param-id-kind-changed" [Breaking None None => Major]
        "A parameter, or a field of one, takes the id of something else."
        why "An id looks the same in JSON, but each kind is a type of its own in Rust."
        instead "If the old kind was wrong, this is a repair: say so in the changelog.";
    CSV_BECAME_LIST = "param-csv-became-list" [None Breaking None => Major]
        "A list that was written as text with commas is written as a list."
        why "Calls by name that give the text are refused, or their text is taken for a single element: it need not be \
            one that may be split."
        instead "Keep the form that the published contract has.";
    LIST_FORM_CHANGED = "param-list-form-changed" [None Dangerous None => Minor]
        "A list is written as text with commas."
        why "The client still reads a list too, but the schema that agents are given says text, and other servers take \
            only that."
        instead "Keep the form that the published contract has.";
    NO_LONGER_SENT = "param-became-notice" [Breaking Dangerous Dangerous => Major]
        "A value that was sent is no longer sent; the answer says so."
        why "It has no setter any more, so Rust callers who give it no longer compile. Calls by name go on, but \
            without what the caller asked for."
        instead "Say in the changelog what callers can do instead.";
    NOW_SENT = "param-notice-removed" [Compatible Compatible Dangerous => Minor]
        "A value that was not sent is sent now."
        why "Callers who gave it although it had no effect see one."
        instead "Nothing; it does what they asked for.";
    NOTICE_CHANGED = "param-notice-changed" [None Compatible None => Patch]
        "What the answer says of a value that is not sent changed."
        why "Agents read it and act on it.";
}

/// Compares whether a caller must give something. The rules are for what must be given now, and for what need not.
pub(super) fn required(
    found: &mut Found<'_>,
    spot: &Spot,
    name: &str,
    sides: (bool, bool),
    [became_required, became_optional]: [&'static Rule; 2],
) {
    let (rule, how) = match sides.1 {
        true => (became_required, "must be given"),
        false => (became_optional, "may be left out"),
    };
    found.differs(rule, &spot.at("required"), sides, |_, _| format!("`{name}` {how} now"));
}

pub(super) fn ty(found: &mut Found<'_>, spot: &Spot, name: &str, (base, head): (&Ty, &Ty), names: &Names) {
    let base = &names.ty(base);
    // By their words: that a model became an enum is told of the model.
    if base.to_string() == head.to_string() {
        return;
    }
    let same_rust = rust::argument(base) == rust::argument(head);
    let rule = match (base, head) {
        _ if id_kinds(base, head) => &ID_KIND_CHANGED,
        _ if same_rust && plain_list(base) == plain_list(head) && has_csv(base) => &CSV_BECAME_LIST,
        _ if same_rust && plain_list(base) == plain_list(head) => &LIST_FORM_CHANGED,
        _ if same_rust && takes(head, base) => &CHECK_REMOVED,
        _ if same_rust => &CHECK_ADDED,
        (Ty::String, Ty::Enum(_)) => &BECAME_ENUM,
        _ if takes(head, base) => &TYPE_WIDENED,
        _ if takes(base, head) => &TYPE_NARROWED,
        _ => &TYPE_CHANGED,
    };
    let (was, is) = (base.to_string(), head.to_string());
    found.changed(rule, &spot.at("type"), format!("`{name}` was `{was}` and is `{is}`"), was, is);
}

pub(super) fn held(
    found: &mut Found<'_>,
    spot: &Spot,
    name: &str,
    limits: (&Limits, &Limits),
    (was, is): (&Option<String>, &Option<String>),
) {
    limits::compare(found, spot, name, limits.0, limits.1);
    let turns = [
        (&NO_LONGER_SENT, format!("`{name}` is no longer sent")),
        (&NOTICE_CHANGED, format!("other words say that `{name}` is not sent")),
        (&NOW_SENT, format!("`{name}` is sent now")),
    ];
    found.optional(&spot.at("notice"), (was.as_ref(), is.as_ref()), turns);
}

/// Whether two types differ in kinds of ids only.
fn id_kinds(base: &Ty, head: &Ty) -> bool {
    match (base, head) {
        (Ty::Id(base), Ty::Id(head)) => base != head,
        (Ty::List(base), Ty::List(head)) | (Ty::Csv(base), Ty::Csv(head)) | (Ty::Map(base), Ty::Map(head)) => {
            id_kinds(base, head)
        }
        _ => false,
    }
}

/// The type with every `csv` as a list.
fn plain_list(ty: &Ty) -> Ty {
    match ty {
        Ty::List(of) | Ty::Csv(of) => Ty::List(Box::new(plain_list(of))),
        Ty::Map(of) => Ty::Map(Box::new(plain_list(of))),
        other => other.clone(),
    }
}

/// Whether some of it is text with commas.
fn has_csv(ty: &Ty) -> bool {
    match ty {
        Ty::Csv(_) => true,
        Ty::List(of) | Ty::Map(of) => has_csv(of),
        _ => false,
    }
}

/// Whether all JSON that the narrow type takes is taken by the wide one.
fn takes(wide: &Ty, narrow: &Ty) -> bool {
    match (wide, narrow) {
        (Ty::Json, _) | (Ty::Number, Ty::Integer) => true,
        (Ty::String, Ty::Email | Ty::Url | Ty::Date | Ty::DateTime | Ty::Enum(_)) => true,
        (Ty::Id(_), Ty::String | Ty::Email | Ty::Url | Ty::Date | Ty::DateTime | Ty::Enum(_) | Ty::Integer) => true,
        (Ty::List(wide) | Ty::Csv(wide), Ty::List(narrow))
        | (Ty::Csv(wide), Ty::Csv(narrow))
        | (Ty::Map(wide), Ty::Map(narrow)) => takes(wide, narrow),
        _ => wide == narrow,
    }
}
