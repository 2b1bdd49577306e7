//! An answer that is a success, and how it becomes what it should be.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::json_place;
use crate::base::raw_answer::RawAnswer;
use crate::base::service::{SERVICE, TITLE};
use crate::base::text::Redactor;
use crate::decode::memory;
use crate::decode::record::AnyAnswer;
use crate::decode::salvage::{self, Unreadable};
use crate::transport::envelope;
use crate::transport::prepared::Prepared;

/// The status of an answer that has no body by its nature.
const NO_CONTENT: u16 = 204;

/// An answer that is a success.
#[derive(Debug)]
pub(crate) struct Received {
    /// `None` in a dry run.
    pub(crate) raw: Option<RawAnswer>,
    /// What it says is not in its body.
    pub(crate) empty: Option<Empty>,
    repeatable: bool,
    pub(crate) request_id: Option<String>,
    pub(crate) redactor: Arc<Redactor>,
}

/// Why there is nothing in an answer.
#[derive(Debug)]
pub(crate) enum Empty {
    /// Nothing was sent.
    DryRun,
    /// Nothing matched.
    NothingFound,
    /// Gong had done it at an earlier try, whose answer was lost. It tells these fields.
    DoneBefore(Map<String, Value>),
    /// Nothing is left to remove after an earlier try, whose answer was lost.
    Gone,
}

/// What reading an answer gave beside the answer itself.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The elements that could not be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// How much memory the answer takes.
    pub(crate) size: usize,
}

impl Received {
    pub(crate) fn new(raw: RawAnswer, empty: Option<Empty>, prepared: &Prepared, redactor: Arc<Redactor>) -> Self {
        let request_id = envelope::request_id(&raw).map(|id| redactor.redact(&id).into_owned());
        Received { raw: Some(raw), empty, repeatable: prepared.repeatable, request_id, redactor }
    }

    /// The answer of a request that was not sent.
    pub(crate) fn nothing() -> Self {
        let redactor = Arc::new(Redactor::new([""; 0]));
        Received { raw: None, empty: Some(Empty::DryRun), repeatable: true, request_id: None, redactor }
    }

    /// Reads the answer as the type it should be. If that may be done `partly`, elements of its lists that cannot be
    /// read are reported; otherwise they are an error, and so is what was damaged on its way, which may come whole at
    /// another try.
    pub(crate) fn decode(&self, answer: &mut dyn AnyAnswer, partly: bool) -> Result<Reading> {
        let Some(raw) = self.raw.as_ref().filter(|_| self.empty.is_none()) else {
            return self.decode_nothing(answer);
        };
        // No bytes must not become an empty list, which would be taken for the truth. So an answer without bytes is
        // accepted only with status 204, or where the model has no fields.
        if is_empty(raw) && (raw.status() == NO_CONTENT || !answer.has_fields()) {
            answer.read(b"{}").map_err(|cause| broken(cause, raw, self.repeatable))?;
            return self.decode_nothing(answer);
        }
        match memory::within(raw.room(), || answer.read(raw.bytes())) {
            Some((Ok(()), size)) => Ok(Reading { unreadable: Vec::new(), size }),
            Some((Err(cause), _)) => self.decode_again(raw, answer, cause, partly),
            None => Err(self.no_room(raw)),
        }
    }

    /// An answer without fields, but for the request's id and what the refusal of a repetition tells of the first try.
    fn decode_nothing(&self, answer: &mut dyn AnyAnswer) -> Result<Reading> {
        let mut told = match &self.empty {
            Some(Empty::DoneBefore(told)) => told.clone(),
            _ => Map::new(),
        };
        if let Some(id) = &self.request_id {
            told.insert(SERVICE.error_request_id.to_owned(), id.as_str().into());
        }
        answer.read_nothing(&told).map(|()| Reading::default()).map_err(|cause| {
            Error::new(ErrorKind::Decode, "an answer without fields is none.")
                .with(|inner| inner.source = Some(cause.into()))
        })
    }

    /// Reads part by part what could not be read at once.
    #[cold]
    fn decode_again(
        &self,
        raw: &RawAnswer,
        answer: &mut dyn AnyAnswer,
        cause: serde_json::Error,
        partly: bool,
    ) -> Result<Reading> {
        let raw = raw.redacted(&self.redactor);
        // Of the answer without secrets, so that none is in what is said of it.
        let cause = answer.read(raw.bytes()).err().unwrap_or(cause);
        if !cause.is_data() {
            return Err(broken(cause, &raw, self.repeatable));
        }
        let Some((read, size)) = memory::within(raw.room(), || answer.read_in_parts(raw.bytes())) else {
            return Err(self.no_room(&raw));
        };
        match read {
            Ok(unreadable) if unreadable.is_empty() || partly => Ok(Reading { unreadable, size }),
            Ok(unreadable) => {
                let error = broken(cause, &raw, self.repeatable);
                Err(match unreadable.first() {
                    Some(item) => salvage::because_of(item, error),
                    None => error,
                })
            }
            Err(known) => Err(broken(known.unwrap_or(cause), &raw, self.repeatable)),
        }
    }

    fn no_room(&self, raw: &RawAnswer) -> Error {
        Error::no_room(raw.bytes().len(), raw.room()).with(|inner| {
            inner.status = Some(raw.status());
            inner.request_id = self.request_id.clone();
            inner.repeatable = self.repeatable;
        })
    }
}

fn is_empty(raw: &RawAnswer) -> bool {
    raw.bytes().trim_ascii().is_empty()
}

/// The error of an answer that is not what it should be.
fn broken(cause: serde_json::Error, raw: &RawAnswer, repeatable: bool) -> Error {
    let (path, around) = json_place::place(raw.bytes(), cause.line(), cause.column());
    let place = json_place::said(&path);
    let message = if is_empty(raw) {
        format!("the answer is empty, though {TITLE} says with {} that all went well.", raw.status())
    } else {
        format!("the answer is not what it should be{place}: {cause}, near `{around}`.")
    };
    Error::new(ErrorKind::Decode, message).with(|inner| {
        inner.status = Some(raw.status());
        inner.request_id = envelope::request_id(raw);
        inner.json_path = Some(path);
        inner.answer = Some(raw.clone());
        inner.sent = true;
        inner.repeatable = repeatable;
        // What is no JSON was damaged on its way; what is JSON of another shape will come like that again.
        inner.damaged = cause.is_syntax() || cause.is_eof();
        inner.source = Some(cause.into());
    })
}
