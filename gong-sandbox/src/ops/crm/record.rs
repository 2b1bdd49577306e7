//! What a record of each kind has by itself, and whether a line of a file is one.
//!
//! Fields and which of them are mandatory follow Gong's document, and so does the text for one that is missing. That a
//! value of another type makes a line fail is a guess, and so are the other texts. Declared fields may hold anything.

use serde_json::{Map, Value};

use crate::{clock, record::RecordedRequest};

/// The kinds of records that are uploaded.
pub(super) const KINDS: [&str; 6] = ["ACCOUNT", "CONTACT", "DEAL", "LEAD", "BUSINESS_USER", "STAGE"];

#[derive(Debug, Clone, Copy)]
enum Holds {
    Text,
    Flag,
    Number,
    Texts,
    DateTime,
    Status,
}

use Holds::{DateTime, Flag, Number, Status, Text, Texts};

type Field = (&'static str, Holds);

const EVERY: &[Field] = &[("objectId", Text), ("modifiedDate", DateTime), ("isDeleted", Flag), ("url", Text)];
const ACCOUNT: &[Field] = &[("name", Text), ("domains", Texts)];
const PERSON: &[Field] =
    &[("emailAddress", Text), ("firstName", Text), ("lastName", Text), ("title", Text), ("phoneNumber", Text)];
const CONTACT: &[Field] = &[("accountId", Text)];
const DEAL: &[Field] = &[
    ("accountId", Text),
    ("ownerId", Text),
    ("name", Text),
    ("createdDate", DateTime),
    ("closeDate", Text),
    ("status", Status),
    ("stage", Text),
    ("amount", Number),
];
const LEAD: &[Field] = &[("convertedToDealId", Text), ("convertedToContactId", Text), ("convertedToAccountId", Text)];
const BUSINESS_USER: &[Field] = &[("emailAddress", Text)];
const STAGE: &[Field] = &[("name", Text), ("isActive", Flag), ("sortOrder", Number)];

fn own_fields(kind: &str) -> impl Iterator<Item = Field> {
    let (one, other): (&[Field], &[Field]) = match kind {
        "ACCOUNT" => (ACCOUNT, &[]),
        "CONTACT" => (PERSON, CONTACT),
        "DEAL" => (DEAL, &[]),
        "LEAD" => (PERSON, LEAD),
        "BUSINESS_USER" => (BUSINESS_USER, &[]),
        "STAGE" => (STAGE, &[]),
        _ => (&[], &[]),
    };
    EVERY.iter().chain(one).chain(other).copied()
}

/// Whether Gong knows the field without its being declared.
pub(super) fn is_own(kind: &str, name: &str) -> bool {
    own_fields(kind).any(|(known, _)| known == name)
}

/// What stands in fields that a record leaves out.
pub(super) fn defaults(kind: &str, record: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let id = record.get("objectId").and_then(Value::as_str).unwrap_or_default();
    match kind {
        "ACCOUNT" => vec![("name", format!("Account_#{id}").into())],
        "DEAL" => vec![("name", format!("Deal_#{id}").into()), ("status", "OPEN".into()), ("amount", 0.into())],
        _ => Vec::new(),
    }
}

/// A line of an uploaded file, see [`crate::lines`].
pub(crate) fn check_line(request: &RecordedRequest, line: &str) -> Result<Value, String> {
    let kind = request.query_value("objectType").unwrap_or_default();
    let value: Value = serde_json::from_str(line).map_err(|_| "Failed to parse the JSON object".to_string())?;
    let record = value.as_object().ok_or("The line is not a JSON object")?;
    let is_missing = |name: &&&str| matches!(record.get(**name), None | Some(Value::Null)) || record[**name] == "";
    if let Some(name) = mandatory(kind, record).iter().find(is_missing) {
        return Err(format!("Mandatory field [{name}] is missing or empty"));
    }
    for (name, holds) in own_fields(kind) {
        if record.get(name).is_some_and(|value| !value.is_null() && !holds.allows(value)) {
            return Err(format!("Field [{name}] {}", holds.rule()));
        }
    }
    let id = record.get("objectId").and_then(Value::as_str).unwrap_or_default();
    if !is_object_id(id) {
        return Err(
            "Field [objectId] should be at most 64 letters, digits and dashes, or an e-mail address".to_string()
        );
    }
    Ok(value)
}

fn mandatory(kind: &str, record: &Map<String, Value>) -> &'static [&'static str] {
    let deleted = record.get("isDeleted") == Some(&Value::Bool(true));
    match kind {
        "STAGE" => &["objectId", "name"],
        "BUSINESS_USER" if !deleted => &["objectId", "modifiedDate", "emailAddress"],
        _ => &["objectId", "modifiedDate"],
    }
}

fn is_object_id(id: &str) -> bool {
    let plain = id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    id.chars().count() <= 64 && (plain || id.contains('@'))
}

impl Holds {
    fn allows(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Texts => value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string)),
            Self::DateTime => value.as_str().is_some_and(|text| !text.contains('.') && clock::instant(text).is_some()),
            Self::Status => matches!(value.as_str(), Some("WON" | "LOST" | "OPEN")),
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Text => "should be a string",
            Self::Flag => "should be true or false",
            Self::Number => "should be a number",
            Self::Texts => "should be an array of strings",
            Self::DateTime => "should be an ISO-8601 date-time without milliseconds",
            Self::Status => "should be one of WON, LOST, OPEN",
        }
    }
}
