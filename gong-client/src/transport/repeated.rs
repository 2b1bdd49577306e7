//! How the service says that it has what a request would add already.

use serde_json::{Map, Value};

use crate::base::raw_answer::RawAnswer;
use crate::transport::envelope;

/// An error that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Repeated {
    pub(crate) status: u16,
    /// Words of its message. `{field}` in them stands for a word that an answer would have in this field.
    pub(crate) message: &'static str,
}

impl Repeated {
    /// A conflict, whatever its words.
    pub(crate) const CONFLICT: Repeated = Repeated { status: 409, message: "" };

    /// The fields that such an error tells; `None` if this is another one.
    pub(crate) fn fields_of(&self, raw: &RawAnswer) -> Option<Map<String, Value>> {
        if raw.status() != self.status {
            return None;
        }
        if self.message.is_empty() {
            return Some(Map::new());
        }
        envelope::messages(raw).iter().find_map(|message| self.fields(message))
    }

    /// Whether this may be such an error whose words were damaged on their way.
    pub(crate) fn may_be_damaged(&self, raw: &RawAnswer) -> bool {
        let readable = serde_json::from_slice::<serde::de::IgnoredAny>(raw.bytes()).is_ok();
        raw.status() == self.status && !self.message.is_empty() && !readable
    }

    fn fields(&self, message: &str) -> Option<Map<String, Value>> {
        let Some((before, rest)) = self.message.split_once('{') else {
            return message.contains(self.message).then(Map::new);
        };
        let (field, after) = rest.split_once('}')?;
        // What the caller chose may stand earlier in the message, and hold the same words.
        let (_, told) = message.rsplit_once(before)?;
        let end = told.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(told.len());
        let (word, rest) = told.split_at(end);
        (!word.is_empty() && rest.starts_with(after)).then(|| Map::from_iter([(field.to_owned(), word.into())]))
    }
}

#[cfg(test)]
mod tests;
