//! Limits of what a caller gives: numbers, lengths, lists and files.

use super::finding::{Found, Spot};
use super::rule::{Rule, rules};
use tool_spec::model::Limits;

rules! { "Limits":
    VALUE_SET = "value-limit-set" [Dangerous Breaking None => Major]
        "A number is held to a limit that it was not held to."
        why "Calls with a number beyond it are refused before they are sent."
        instead "Set a limit only where the service itself refuses: then nobody loses a call that worked.";
    VALUE_TIGHTENED = "value-limit-tightened" [Dangerous Breaking None => Major]
        "A number's limit is narrower."
        why "Calls with a number between the old limit and the new are refused before they are sent."
        instead "Follow the service's own limit; leave it to the service to refuse more.";
    VALUE_RELAXED = "value-limit-relaxed" [Compatible Compatible Compatible => Minor]
        "A number's limit is wider."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    VALUE_REMOVED = "value-limit-removed" [Compatible Compatible Compatible => Minor]
        "A number is no longer held to a limit."
        why "Calls that were refused are sent now; if a number is too great, the service says so rather than the \
            client."
        instead "Make sure that the service has no limit there.";
    LENGTH_SET = "length-limit-set" [Dangerous Breaking None => Major]
        "Text is held to a length that it was not held to."
        why "Calls with longer or shorter text are refused before they are sent."
        instead "Set a limit only where the service itself refuses.";
    LENGTH_TIGHTENED = "length-limit-tightened" [Dangerous Breaking None => Major]
        "A text's limit is narrower."
        why "Calls with text between the old limit and the new are refused before they are sent."
        instead "Follow the service's own limit.";
    LENGTH_RELAXED = "length-limit-relaxed" [Compatible Compatible Compatible => Minor]
        "A text's limit is wider."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    LENGTH_REMOVED = "length-limit-removed" [Compatible Compatible Compatible => Minor]
        "Text may be of any length."
        why "Calls that were refused are sent now; the service may cut or refuse what is too long."
        instead "Make sure that the service has no limit there.";
    ITEMS_SET = "items-limit-set" [Dangerous Breaking None => Major]
        "A list is held to a number of elements that it was not held to."
        why "Calls with more or fewer elements are refused before they are sent."
        instead "Split the request instead (`chunk`), so that callers need not know the limit.";
    ITEMS_TIGHTENED = "items-limit-tightened" [Dangerous Breaking None => Major]
        "A list may hold fewer elements, or must hold more."
        why "Calls between the old limit and the new are refused before they are sent."
        instead "Split the request instead (`chunk`).";
    ITEMS_RELAXED = "items-limit-relaxed" [Compatible Compatible Compatible => Minor]
        "A list may hold more elements, or need not hold as many."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    ITEMS_REMOVED = "items-limit-removed" [Compatible Compatible Compatible => Minor]
        "A list may hold any number of elements."
        why "Calls that were refused are sent now. Without `min_items` an empty list is sent too, and may mean \
            \"all\" to the service."
        instead "Make sure what the service does with an empty list and with a long one.";
    UNIQUE_ADDED = "unique-added" [Dangerous Breaking None => Major]
        "A list may hold no element twice."
        why "Calls that name something twice are refused before they are sent."
        instead "Let it be, if the service takes it.";
    UNIQUE_REMOVED = "unique-removed" [Compatible Compatible Compatible => Minor]
        "A list may hold an element twice."
        why "Calls that were refused are sent now."
        instead "Make sure what the service does with an element that is there twice.";
    FILE_SET = "file-limit-set" [Dangerous Breaking None => Major]
        "A file is held to a size or to formats that it was not held to."
        why "Calls with a larger file, or one of another format, are refused before they are sent."
        instead "Set a limit only where the service itself refuses.";
    FILE_TIGHTENED = "file-limit-tightened" [Dangerous Breaking None => Major]
        "A file may be less large, or not of a format that it may have been of."
        why "Calls with a file that was taken are refused before they are sent."
        instead "Follow the service's own limit.";
    FILE_RELAXED = "file-limit-relaxed" [Compatible Compatible Compatible => Minor]
        "A file may be larger, or of one more format."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    FILE_REMOVED = "file-limit-removed" [Compatible Compatible Compatible => Minor]
        "A file may be of any size, or of any format."
        why "Calls that were refused are sent now; the service refuses what it does not take only after all of it was \
            sent."
        instead "Make sure that the service has no limit there.";
}

/// The rules of one kind of limits: set, tightened, relaxed, removed.
fn kind(name: &str) -> [&'static Rule; 4] {
    match name {
        "min" | "max" => [&VALUE_SET, &VALUE_TIGHTENED, &VALUE_RELAXED, &VALUE_REMOVED],
        "max_bytes" => [&FILE_SET, &FILE_TIGHTENED, &FILE_RELAXED, &FILE_REMOVED],
        "min_length" | "max_length" => [&LENGTH_SET, &LENGTH_TIGHTENED, &LENGTH_RELAXED, &LENGTH_REMOVED],
        _ => [&ITEMS_SET, &ITEMS_TIGHTENED, &ITEMS_RELAXED, &ITEMS_REMOVED],
    }
}

/// Compares the formats of a file, of which any will do where none is named.
fn formats(found: &mut Found<'_>, spot: &Spot, name: &str, (base, head): (&[String], &[String])) {
    let text = |formats: &[String]| formats.join(", ");
    match (base, head) {
        ([], []) => {}
        ([], head) => found.set(&FILE_SET, spot, format!("`{name}` is one of {} now", text(head)), text(head)),
        (base, []) => {
            let message = format!("`{name}` may be of any format, and was one of {}", text(base));
            found.unset(&FILE_REMOVED, spot, message, text(base));
        }
        (base, head) => found.names(
            |_| spot.clone(),
            (base, head),
            (&FILE_RELAXED, |format| format!("`{name}` may be `{format}` too")),
            (&FILE_TIGHTENED, |format| format!("`{name}` may no longer be `{format}`")),
        ),
    }
}

pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, name: &str, base: &Limits, head: &Limits) {
    for ((key, was), (_, is)) in base.numbers().into_iter().zip(head.numbers()) {
        let [set, tightened, relaxed, removed] = kind(key);
        let became = if (is > was) == key.starts_with("min") { tightened } else { relaxed };
        let (before, now) = (was.unwrap_or_default(), is.unwrap_or_default());
        let turns = [
            (set, format!("`{name}` has a `{key}` of {now} now")),
            (became, format!("the `{key}` of `{name}` was {before} and is {now}")),
            (removed, format!("`{name}` has no `{key}` any more, which was {before}")),
        ];
        found.optional(&spot.at(key), (was, is), turns);
    }
    formats(found, &spot.at("formats"), name, (&base.formats, &head.formats));
    match (base.unique, head.unique) {
        (false, true) => found.add(&UNIQUE_ADDED, &spot.at("unique"), format!("`{name}` may hold no element twice")),
        (true, false) => found.add(&UNIQUE_REMOVED, &spot.at("unique"), format!("`{name}` may hold an element twice")),
        _ => {}
    }
}
