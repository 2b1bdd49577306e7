//! A request that Gong turns down: a status and the short texts that go into `errors`.

use std::fmt::Display;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) texts: Vec<String>,
    /// A header beside the envelope.
    pub(crate) header: Option<(&'static str, String)>,
    /// Fields of the envelope beside `errors`, such as the address of a remedy.
    pub(crate) details: &'static [(&'static str, &'static str)],
}

impl Refusal {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, texts: vec![text.into()], header: None, details: &[] }
    }

    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self::new(400, text)
    }

    /// Several faults of one request.
    pub(crate) fn all_bad(texts: Vec<String>) -> Self {
        Self { texts, ..Self::bad("") }
    }

    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(404, text)
    }

    /// Says more than the text, in these fields of the envelope.
    pub(crate) fn with_details(mut self, details: &'static [(&'static str, &'static str)]) -> Self {
        self.details = details;
        self
    }

    /// The items that were asked for; a list of none is a 404 in many operations.
    pub(crate) fn if_none<T>(items: Vec<T>, text: &str) -> Result<Vec<T>, Self> {
        if items.is_empty() { Err(Self::not_found(text)) } else { Ok(items) }
    }

    /// The body is no JSON, or JSON of another shape than the operation takes.
    pub(crate) fn unreadable() -> Self {
        Self::bad("Json parse error")
    }

    pub(crate) fn missing_scope(scope: impl Display) -> Self {
        Self::new(401, format!("You don't have permission to use '{scope}' in your app."))
    }

    /// No credentials, or unknown ones.
    pub(crate) fn unknown_credentials() -> Self {
        let text = "Validate credentials failed. Please check your credentials and try again.";
        let challenge = "Basic realm=\"Gong.io API\"".to_string();
        Self { header: Some(("www-authenticate", challenge)), ..Self::new(401, text) }
    }

    /// An operation that the sandbox does not have.
    pub(crate) fn lacking(method: &str, path: &str) -> Self {
        let text = format!("the sandbox does not have {method} {path}: if Gong does, try it with an account at Gong");
        Self::new(501, text)
    }

    pub(crate) fn too_many_requests(retry_after: impl Display) -> Self {
        Self { header: Some(("retry-after", retry_after.to_string())), ..Self::new(429, "API request limit exceeded") }
    }
}
