//! An answer as it came: its status, its headers and its bytes.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::base::text::Redactor;

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

    /// The answer without secrets. Whatever an error or an event shows of an answer comes from this.
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
}

impl fmt::Debug for RawAnswer {
    /// Without the body, which can be long and is other people's conversation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawAnswer {{ status: {}, {} bytes }}", self.0.status, self.0.bytes.len())
    }
}
