//! A request that Gong turns down: a status and the short texts that go into `errors`.

use std::fmt::Display;

/// Why a request was turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) texts: Vec<String>,
    pub(crate) retry_after: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, texts: vec![text.into()], retry_after: None }
    }

    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self::new(400, text)
    }

    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(404, text)
    }

    /// The body is no JSON, or JSON of another shape than the operation takes.
    pub(crate) fn unreadable() -> Self {
        Self::bad("Json parse error")
    }

    pub(crate) fn missing_scope(scope: impl Display) -> Self {
        Self::new(401, format!("You don't have permission to use '{scope}' in your app."))
    }

    pub(crate) fn too_many_requests(retry_after: u64) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(429, "API request limit exceeded") }
    }
}
