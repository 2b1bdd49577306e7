//! An answer that is a success, and how it becomes what it should be.

use serde_json::{Map, Value};

use crate::answer::RawAnswer;
use crate::error::{Error, ErrorKind, Result};
use crate::runtime::record::AnyAnswer;
use crate::transport::Prepared;
use crate::{catalog, json_place, verdict};

/// The status of an answer that has no body by its nature.
const NO_CONTENT: u16 = 204;

/// An answer that is a success.
#[derive(Debug)]
pub(crate) struct Received {
    /// `None` in a dry run.
    raw: Option<RawAnswer>,
    /// What it says is not in its body.
    empty: Option<Empty>,
    repeatable: bool,
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
}

impl Received {
    pub(crate) fn new(raw: RawAnswer, empty: Option<Empty>, prepared: &Prepared) -> Self {
        Received { raw: Some(raw), empty, repeatable: prepared.repeatable }
    }

    /// The answer of a request that was not sent.
    pub(crate) fn nothing() -> Self {
        Received { raw: None, empty: Some(Empty::DryRun), repeatable: true }
    }

    pub(crate) fn raw(&self) -> Option<&RawAnswer> {
        self.raw.as_ref()
    }

    pub(crate) fn into_raw(self) -> Option<RawAnswer> {
        self.raw
    }

    pub(crate) fn was_done_before(&self) -> bool {
        matches!(self.empty, Some(Empty::DoneBefore(_)))
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.raw.as_ref().and_then(verdict::request_id)
    }

    /// Reads the answer as the type it should be.
    pub(crate) fn decode(&self, answer: &mut dyn AnyAnswer) -> Result<()> {
        let Some(raw) = self.raw.as_ref().filter(|_| self.empty.is_none()) else { return self.decode_nothing(answer) };
        // An empty list that nobody sent would be taken for the truth, so only who has nothing to say may say nothing.
        if is_empty(raw) && (raw.status() == NO_CONTENT || !answer.has_fields()) {
            return self.decode_nothing(answer);
        }
        answer.read(raw.bytes()).map_err(|cause| broken(cause, raw, self.repeatable))
    }

    /// An answer without fields, but for the request's id and what is told of an earlier try.
    fn decode_nothing(&self, answer: &mut dyn AnyAnswer) -> Result<()> {
        let mut object = match &self.empty {
            Some(Empty::DoneBefore(told)) => told.clone(),
            _ => Map::new(),
        };
        if let Some(id) = self.request_id() {
            object.insert(catalog::service().error_request_id.to_owned(), id.into());
        }
        let object = Value::Object(object);
        // By way of text, like any other answer, so that there is one decoder and not two.
        answer.read(object.to_string().as_bytes()).map_err(|cause| {
            Error::new(ErrorKind::BrokenAnswer, "an answer without fields is none.")
                .with(|inner| inner.source = Some(cause.into()))
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
        format!("the answer is empty, though Gong says with {} that all went well.", raw.status())
    } else {
        format!("the answer is not what it should be{place}: {cause}, near `{around}`.")
    };
    Error::new(ErrorKind::BrokenAnswer, message).with(|inner| {
        inner.status = Some(raw.status());
        inner.request_id = verdict::request_id(raw);
        inner.json_path = Some(path);
        inner.answer = Some(raw.clone());
        inner.sent = true;
        inner.repeatable = repeatable;
        // What is no JSON was damaged on its way; what is JSON of another shape will come like that again.
        inner.damaged = cause.is_syntax() || cause.is_eof();
        inner.source = Some(cause.into());
    })
}
