//! What comes back: the answer of a tool with what is to be known about it, and the answer as bytes.

use std::ops::Deref;

use crate::base::raw_answer::RawAnswer;
use crate::decode::salvage::Unreadable;

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
