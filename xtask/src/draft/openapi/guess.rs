//! What a text or a number most likely is, where the document does not say so: an id, an address, an instant.

use serde_json::Value;

use super::names::singular;
use super::told::Place;
use crate::openapi::Schema;
use tool_spec::model::{Spec, Ty};
use tool_spec::names::{camel, field_ident, snake};
use tool_spec::{is_date, is_date_time};

/// An id of so many digits and more is one of a service that numbers its things.
const DIGITS: usize = 10;

/// What models of any thing are called beside it.
const GENERIC: [&str; 14] = [
    "answer", "basic", "data", "detail", "details", "dto", "full", "info", "item", "minimal", "model", "response",
    "result", "summary",
];

/// What a value that is being read is called, and where it stands.
#[derive(Clone)]
pub(super) struct At<'a> {
    /// Its name in the document.
    pub(super) field: &'a str,
    /// What a type that the document has no name for is called.
    pub(super) hint: String,
    pub(super) place: Place<'a>,
    /// What is known of its surroundings.
    pub(super) around: Around<'a>,
}

/// What is known of where a value stands.
#[derive(Clone, Copy)]
pub(super) enum Around<'a> {
    /// In a model of this name.
    Model(&'a str),
    /// In a path, behind this word.
    Path(&'a str),
    Nothing,
}

/// The type of a text.
pub(super) fn text(schema: &Schema<'_>, at: &At<'_>, spec: &Spec) -> Ty {
    match schema.text("format") {
        Some("date-time") => return Ty::DateTime,
        Some("date") => return Ty::Date,
        Some("email" | "idn-email") => return Ty::Email,
        Some("uri" | "url" | "iri") => return Ty::Url,
        Some("string" | "") | None => {}
        Some(other) => {
            at.place.left_out(format!("not held to the format `{other}`"));
            return Ty::String;
        }
    }
    let example = example(schema).and_then(Value::as_str);
    if let Some(kind) = known_id(at, spec) {
        at.place.guessed(format!("an id of the kind `{kind}`, by its name"));
        return Ty::Id(kind);
    }
    let numbered = |text: &str| text.len() >= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(kind) = new_id(at, spec).filter(|_| example.is_some_and(numbered)) {
        at.place.guessed(format!("an id of the new kind `{kind}`, by its name and its digits"));
        return Ty::Id(kind);
    }
    let name = snake(at.field);
    let ends = |words: &[&str]| words.iter().any(|word| name == *word || name.ends_with(&format!("_{word}")));
    let says = |wanted: fn(&str) -> bool| example.is_none_or(wanted);
    let guessed = if ends(&["email", "email_address", "emails", "email_addresses"]) && says(|text| text.contains('@')) {
        Ty::Email
    } else if ends(&["url", "urls"]) && says(|text| text.starts_with("http") && !text.contains('{')) {
        Ty::Url
    } else if example.is_some_and(is_date_time)
        || (says(is_date_time) && (ends(&["date_time"]) || tells_instant(schema)))
    {
        Ty::DateTime
    } else if example.is_some_and(is_date) {
        Ty::Date
    } else {
        return Ty::String;
    };
    at.place.guessed(format!("`{guessed}`, by its name or what the document shows of it"));
    guessed
}

/// The type of a whole number, which may be an id.
pub(super) fn integer(schema: &Schema<'_>, at: &At<'_>, spec: &Spec) -> Ty {
    if let Some(kind) = known_id(at, spec) {
        at.place.guessed(format!("an id of the kind `{kind}`, by its name; it is sent as text"));
        return Ty::Id(kind);
    }
    match new_id(at, spec) {
        Some(kind) if schema.text("format") == Some("int64") => {
            at.place.guessed(format!("an id of the new kind `{kind}`, by its name; it is sent as text"));
            Ty::Id(kind)
        }
        _ => Ty::Integer,
    }
}

/// The value that the document shows of a schema.
fn example<'d>(schema: &Schema<'d>) -> Option<&'d Value> {
    schema.get("example").or_else(|| schema.get("examples").and_then(|examples| examples.get(0)))
}

/// Whether the document says that it is an instant. Its words are read here and not taken over.
fn tells_instant(schema: &Schema<'_>) -> bool {
    let Some(text) = schema.text("description").map(str::to_lowercase) else { return false };
    let names = ["iso-8601", "iso 8601", "iso8601", "rfc-3339", "rfc 3339", "rfc3339"];
    names.iter().any(|name| text.contains(name)) && !text.contains("duration") && text.contains("time")
}

/// The kind of id that the service has and that the name is one of: `primaryUserId` of a user.
pub(super) fn known_id(at: &At<'_>, spec: &Spec) -> Option<String> {
    let thing = thing(at)?;
    let kinds = spec.service.ids.iter().map(|kind| kind.name.as_str());
    kinds
        .filter(|kind| thing == *kind || thing.ends_with(&format!("_{kind}")))
        .max_by_key(|kind| kind.len())
        .map(str::to_owned)
}

/// The kind of id that the name would be one of.
fn new_id(at: &At<'_>, spec: &Spec) -> Option<String> {
    let is_name = |thing: &str| thing.starts_with(|c: char| c.is_ascii_lowercase()) && field_ident(thing) == thing;
    // A kind of id and a type share one list of names in Rust.
    let free = |thing: &str| spec.declared(&format!("{}Id", camel(thing))).is_none();
    thing(at).filter(|thing| is_name(thing) && free(thing))
}

/// What a name is the id of.
fn thing(at: &At<'_>) -> Option<String> {
    let name = snake(at.field);
    let named = name.strip_suffix("_ids").or(name.strip_suffix("_id")).filter(|thing| !thing.is_empty());
    if let Some(thing) = named {
        return Some(thing.to_owned());
    }
    if !matches!(name.as_str(), "id" | "ids") {
        return None;
    }
    match at.around {
        Around::Model(name) | Around::Path(name) => {
            let name = snake(name);
            let mut words: Vec<&str> = name.split('_').collect();
            while words.len() > 1 && words.last().is_some_and(|word| GENERIC.contains(word)) {
                words.pop();
            }
            while words.len() > 1 && words.first().is_some_and(|word| GENERIC.contains(word)) {
                words.remove(0);
            }
            Some(singular(&words.join("_")).to_owned()).filter(|thing| !thing.is_empty())
        }
        Around::Nothing => None,
    }
}
