//! What a handler reads from: the request after it was let in, with readers that refuse as Gong does.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    access::Grant,
    clock::{self, Seconds},
    lines::Lines,
    multipart::UploadedPart,
    refusal::Refusal,
};

/// A request that was let in and could be read.
#[derive(Debug)]
pub(crate) struct Input {
    /// When it was let in.
    pub(crate) now: Seconds,
    pub(crate) method: &'static str,
    /// The path of the operation, with its placeholder.
    pub(crate) path: &'static str,
    /// What stood in the path's placeholder.
    pub(crate) captured: String,
    /// The query parameters that the operation knows.
    pub(crate) query: Vec<(String, String)>,
    /// Where the page that is asked for begins.
    pub(crate) cursor: Option<String>,
    /// The JSON body; null where there is none.
    pub(crate) body: Value,
    /// The parts of a multipart body.
    pub(crate) parts: Vec<UploadedPart>,
    /// The lines of its file, for an operation that has it read line by line.
    pub(crate) lines: Arc<Lines>,
    pub(crate) grant: Grant,
}

impl Input {
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    pub(crate) fn required_param(&self, name: &str) -> Result<&str, Refusal> {
        self.param(name).ok_or_else(|| Refusal::bad(format!("{name} parameter is missing")))
    }

    /// A parameter that has to be there and is a number.
    pub(crate) fn long_param(&self, name: &str) -> Result<i64, Refusal> {
        let text = self.required_param(name)?;
        text.parse().map_err(|_| not_a_long(name))
    }

    /// One of a fixed set of words. The text for any other is a guess.
    pub(crate) fn word_param(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Refusal> {
        let Some(text) = self.param(name) else { return Ok(None) };
        let known = words.iter().find(|word| **word == text);
        known.copied().map(Some).ok_or_else(|| Refusal::bad(format!("{name} should be one of {}", words.join(", "))))
    }

    pub(crate) fn required_word_param(&self, name: &str, words: &[&'static str]) -> Result<&'static str, Refusal> {
        self.required_param(name)?;
        Ok(self.word_param(name, words)?.unwrap_or_default())
    }

    pub(crate) fn flag_param(&self, name: &str) -> Result<bool, Refusal> {
        match self.param(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Refusal::bad(format!("{name} should be a valid boolean"))),
        }
    }

    pub(crate) fn instant_param(&self, name: &str) -> Result<Option<Seconds>, Refusal> {
        self.param(name).map(|text| instant(name, text)).transpose()
    }

    /// What stood in the path's placeholder, if it can be an id: digits, up to 20 of them. The text is that of another
    /// operation's refusal.
    pub(crate) fn captured_id(&self) -> Result<&str, Refusal> {
        let id = &self.captured;
        let is_id = (1..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
        if is_id { Ok(id) } else { Err(Refusal::bad("id should be a valid Long")) }
    }

    /// A file of a multipart body. A part without a file name is a plain field of the form to the kind of server that
    /// words its refusals as Gong does.
    pub(crate) fn part(&self, name: &str) -> Result<&UploadedPart, Refusal> {
        let part = self.parts.iter().find(|part| part.name == name && part.file_name.is_some());
        part.ok_or_else(|| Refusal::bad(format!("{name} part is missing")))
    }

    pub(crate) fn fields(&self) -> Result<Fields<'_>, Refusal> {
        match &self.body {
            Value::Object(members) => Ok(Fields { members, prefix: "" }),
            _ => Err(Refusal::unreadable()),
        }
    }

    /// The body's `filter`, which the operations that have one insist on.
    pub(crate) fn filter(&self) -> Result<Fields<'_>, Refusal> {
        match self.body.get("filter") {
            Some(Value::Object(members)) => Ok(Fields { members, prefix: "filter." }),
            None | Some(Value::Null) if self.body.is_object() => Err(Refusal::bad("filter: must not be null")),
            _ => Err(Refusal::unreadable()),
        }
    }
}

/// The members of one JSON object of the body. A null counts as absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a> {
    members: &'a Map<String, Value>,
    prefix: &'static str,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Self, Refusal> {
        let members = value.as_object().ok_or_else(Refusal::unreadable)?;
        Ok(Self { members, prefix: "" })
    }

    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// Refuses with one text for each of these that is missing.
    pub(crate) fn demand(&self, names: &[&str]) -> Result<(), Refusal> {
        // Both wordings were seen on the wire: this one inside filters, the other outside.
        let verb = if self.prefix.is_empty() { "must" } else { "may" };
        let texts: Vec<String> = names
            .iter()
            .filter(|name| self.value(name).is_none())
            .map(|name| format!("{}{name}: {verb} not be null", self.prefix))
            .collect();
        if texts.is_empty() { Ok(()) } else { Err(Refusal::all_bad(texts)) }
    }

    /// A string; a number is taken for one, as Gong's reader does.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        self.value(name).map(scalar).transpose()
    }

    pub(crate) fn required_text(&self, name: &str) -> Result<String, Refusal> {
        self.demand(&[name])?;
        Ok(self.text(name)?.unwrap_or_default())
    }

    /// A list to filter by; that an empty one is no filter is a guess.
    pub(crate) fn filter_texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        Ok(self.texts(name)?.filter(|texts| !texts.is_empty()))
    }

    /// A list of at least one and at most so many.
    pub(crate) fn sized_texts(&self, name: &str, most: usize) -> Result<Vec<String>, Refusal> {
        let texts = self.texts(name)?.unwrap_or_default();
        check_size(name, texts.len(), most)?;
        Ok(texts)
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        self.list(name)?.map(|values| values.iter().map(scalar).collect()).transpose()
    }

    pub(crate) fn list(&self, name: &str) -> Result<Option<&'a Vec<Value>>, Refusal> {
        self.value(name).map(|value| value.as_array().ok_or_else(Refusal::unreadable)).transpose()
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.value(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(Refusal::unreadable),
        }
    }

    /// One of a fixed set of words; any other word makes the whole body unreadable.
    pub(crate) fn one_of(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Refusal> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let known = words.iter().find(|word| **word == text);
        known.copied().map(Some).ok_or_else(Refusal::unreadable)
    }

    pub(crate) fn instant(&self, name: &str) -> Result<Option<Seconds>, Refusal> {
        let text = self.text(name)?;
        text.map(|text| instant(&format!("{}{name}", self.prefix), &text)).transpose()
    }

    /// A bare date, as the midnight it begins at.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Seconds>, Refusal> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let refusal = || Refusal::bad(format!("{}{name}: '{text}' is not a valid date", self.prefix));
        clock::day(&text).map(Some).ok_or_else(refusal)
    }
}

pub(crate) fn check_size(name: &str, size: usize, most: usize) -> Result<(), Refusal> {
    if (1..=most).contains(&size) {
        return Ok(());
    }
    Err(Refusal::bad(format!("{name}: size must be between 1 and {most}")))
}

/// Ids are numbers to Gong, though texts in most bodies.
pub(crate) fn check_long(name: &str, id: &str) -> Result<(), Refusal> {
    id.parse::<i64>().map(drop).map_err(|_| not_a_long(name))
}

fn not_a_long(name: &str) -> Refusal {
    Refusal::bad(format!("{name} should be a valid Long"))
}

fn scalar(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(Refusal::unreadable()),
    }
}

fn instant(name: &str, text: &str) -> Result<Seconds, Refusal> {
    clock::instant(text).ok_or_else(|| Refusal::bad(format!("{name}: '{text}' is not a valid ISO-8601 date-time")))
}
