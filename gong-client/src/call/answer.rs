//! What comes back: the answer of a tool with what is to be known about it, and the answer as bytes.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::Value;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::text::Redactor;
use crate::decode::salvage::Unreadable;
use crate::decode::{memory, record};

/// The answer of a tool.
///
/// It dereferences to the answer itself.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    pub(crate) value: T,
    pub(crate) notices: Vec<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) raw: Vec<RawAnswer>,
    pub(crate) unreadable: Vec<Unreadable>,
    /// Whether it has lists, and Gong sent no element of any.
    pub(crate) is_empty: bool,
}

impl<T> Answer<T> {
    /// What the caller should know about this answer: a parameter that Gong has no field for, a date that was moved.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Gong's id of the last request, which its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The answers as they came, one a request, with the fields that this version does not know.
    #[must_use]
    pub fn raw(&self) -> &[RawAnswer] {
        &self.raw
    }

    /// The elements of its lists that could not be read, and so are missing from them.
    ///
    /// One broken item does not lose its page. [`raw`](Self::raw) has it as it came.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// The answer alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same, around what is made of the value.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Answer<U> {
        let Answer { value, notices, request_id, raw, unreadable, is_empty } = self;
        Answer { value: make(value), notices, request_id, raw, unreadable, is_empty }
    }
}

/// An answer with nothing beside its value, for tests of code that takes answers.
///
/// ```
/// # use gong_client::{Answer, models::UsersPage};
/// let page: UsersPage = serde_json::from_str(r#"{"users": [{"id": "1", "active": true}]}"#)?;
/// let answer = Answer::from(page);
/// assert_eq!((answer.users.len(), answer.notices().len()), (1, 0));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<T> From<T> for Answer<T> {
    fn from(value: T) -> Self {
        Answer {
            value,
            notices: Vec::new(),
            request_id: None,
            raw: Vec::new(),
            unreadable: Vec::new(),
            is_empty: false,
        }
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// An answer as it came.
///
/// A clone is cheap and shares the bytes.
#[derive(Clone)]
pub struct RawAnswer(Arc<Raw>);

struct Raw {
    status: u16,
    headers: Vec<(String, String)>,
    bytes: Vec<u8>,
    /// How much memory its decoded form may take.
    room: usize,
}

impl RawAnswer {
    pub(crate) fn new(status: u16, headers: Vec<(String, String)>, bytes: Vec<u8>, room: usize) -> Self {
        RawAnswer(Arc::new(Raw { status, headers, bytes, room }))
    }

    pub(crate) fn room(&self) -> usize {
        self.0.room
    }

    /// The answer without secrets: what anything that is told of it must come from.
    pub(crate) fn redacted(&self, redactor: &Redactor) -> Self {
        let headers = self.0.headers.iter().map(|(name, value)| (name.clone(), redactor.redact(value).into_owned()));
        let bytes = match redactor.redact(&String::from_utf8_lossy(&self.0.bytes)) {
            Cow::Owned(text) => text.into_bytes(),
            Cow::Borrowed(_) => self.0.bytes.clone(),
        };
        RawAnswer::new(self.0.status, headers.collect(), bytes, self.0.room)
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The headers, names in lower case. A value that is no text is shown as far as it is.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.0.headers
    }

    /// The first header of this name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.0.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The body, as far as it is text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.bytes).into_owned()
    }

    /// The body as JSON; an error with the place if it is none, or if it would take more memory than
    /// [`ClientBuilder::decoded_limit`](crate::ClientBuilder::decoded_limit) allows. An empty body is `null`.
    pub fn json(&self) -> Result<Value> {
        if self.0.bytes.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        let mut json = Value::Null;
        let read = memory::within(self.0.room, || record::read_any(&mut json, &self.0.bytes));
        let Some((read, _)) = read else { return Err(Error::no_room(self.0.bytes.len(), self.0.room)) };
        read.map(|_| json).map_err(|cause| {
            let (path, around) = crate::base::json_place::place(&self.0.bytes, cause.line(), cause.column());
            Error::new(ErrorKind::Decode, format!("the answer is not JSON: {cause}, near `{around}`.")).with(|inner| {
                inner.status = Some(self.0.status);
                inner.json_path = Some(path);
                inner.sent = true;
                inner.source = Some(cause.into());
            })
        })
    }
}

impl fmt::Debug for RawAnswer {
    /// Without the body, which can be long and is other people's conversation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawAnswer {{ status: {}, {} bytes }}", self.0.status, self.0.bytes.len())
    }
}
