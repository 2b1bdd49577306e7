//! Requests of the caller's own making. They go to the account's own host and to no other: a path that could lead
//! elsewhere, or be read in two ways, is refused before anything is sent.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::sync::Arc;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::method::Method;
use crate::base::raw_answer::RawAnswer;
use crate::base::text::is_header_value;
use crate::call::request::add_pair;
use crate::input::nesting;
use crate::input::upload::Upload;
use crate::transport::exchange::exchange;
use crate::transport::form::Form;
use crate::transport::plan::PlannedRequest;
use crate::transport::prepared::{Content, Prepared};
use crate::transport::shared::Shared;

/// A request of the caller's own making; see [`Client::request`](crate::Client::request).
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct RawRequest {
    client: Arc<Shared>,
    method: Method,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    content: Option<Content>,
}

impl RawRequest {
    pub(crate) fn new(client: Arc<Shared>, method: Method, path: String) -> Self {
        RawRequest { client, method, path, query: String::new(), headers: Vec::new(), content: None }
    }

    /// Adds to the query, encoded.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        add_pair(&mut self.query, name.as_ref(), value.as_ref());
        self
    }

    /// Adds a header. Those that sign and frame the request are the client's own.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Carries JSON.
    pub fn json(mut self, body: Value) -> Self {
        self.content = Some(Content::Json(body));
        self
    }

    /// Carries bytes of this content type.
    pub fn body(mut self, bytes: impl Into<Vec<u8>>, content_type: impl Into<String>) -> Self {
        self.content = Some(Content::Bytes { bytes: bytes.into(), kind: content_type.into() });
        self
    }

    /// Carries a form, with this text as a part.
    pub fn part(self, name: impl AsRef<str>, text: impl Into<String>) -> Self {
        self.form(|form| form.text(name.as_ref(), text))
    }

    /// Carries a form, with this file as a part.
    pub fn file(self, name: impl AsRef<str>, upload: Upload) -> Self {
        self.form(|form| form.file(name.as_ref(), upload))
    }

    /// Adds to the form that it carries; other content goes.
    fn form(mut self, add: impl FnOnce(&mut Form)) -> Self {
        let mut form = match self.content {
            Some(Content::Form(form)) => form,
            _ => Form::default(),
        };
        add(&mut form);
        self.content = Some(Content::Form(form));
        self
    }

    /// Sends it.
    ///
    /// # Errors
    ///
    /// Any status but 2xx is an error; [`Error::answer`] has the answer.
    pub async fn send(self) -> Result<RawAnswer> {
        let (client, prepared) = self.prepare()?;
        let received = exchange(&client, prepared, &mut |_| Ok(())).await?;
        received.raw.ok_or_else(|| Error::new(ErrorKind::Decode, "there is no answer."))
    }

    /// The request that [`send`](Self::send) would send.
    pub fn dry_run(self) -> Result<PlannedRequest> {
        let (client, prepared) = self.prepare()?;
        Ok(PlannedRequest::new(&client, prepared))
    }

    fn prepare(self) -> Result<(Arc<Shared>, Prepared)> {
        if let Some(fault) = path_fault(&self.path) {
            return Err(Error::refused_because(format!("the path `{}` {fault}.", self.path)));
        }
        if let Some(fault) = self.headers.iter().find_map(|(name, value)| header_fault(name, value)) {
            return Err(Error::refused_because(fault));
        }
        if let Some(fault) = self.content.as_ref().and_then(Content::fault) {
            return Err(Error::refused_because(fault));
        }
        if let Some(Content::Json(body)) = &self.content {
            nesting::check(body)?;
        }
        let bare = Prepared::new(self.method, self.path, &self.query);
        let prepared = Prepared { headers: self.headers, content: self.content, ..bare };
        Ok((self.client, prepared))
    }
}

/// Why a header is refused.
fn header_fault(name: &str, value: &str) -> Option<String> {
    const OWN: [&str; 8] = [
        "authorization",
        "proxy-authorization",
        "host",
        "content-length",
        "content-type",
        "transfer-encoding",
        "connection",
        "cookie",
    ];
    if OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Some(format!("the header `{name}` is the client's own."));
    }
    let token = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    if !token || !is_header_value(value) {
        return Some("a header has characters that it cannot carry.".to_owned());
    }
    None
}

/// Why a path is refused.
fn path_fault(path: &str) -> Option<&'static str> {
    if path.contains("://") && !path.starts_with('/') {
        return Some(
            "is an address; give the path alone, such as /v2/users, since requests go to the account's own host",
        );
    }
    if !path.starts_with('/') {
        return Some("must begin with /");
    }
    if path.starts_with("//") {
        return Some("must not begin with //, which names another host");
    }
    if path.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return Some("must not hold spaces or control characters");
    }
    if path.contains('#') {
        return Some("must not hold #");
    }
    let path = path.split('?').next().unwrap_or_default();
    // What a server makes of a path may be decoded more than once on the way, so every reading of it must be harmless.
    let mut reading = path.to_owned();
    loop {
        if let Some(fault) = reading_fault(&reading) {
            return Some(fault);
        }
        let next = percent_decode_str(&reading).decode_utf8_lossy().into_owned();
        if next == reading {
            return None;
        }
        if next.matches('/').count() != reading.matches('/').count() {
            return Some("must not hold an encoded slash");
        }
        reading = next;
    }
}

/// Why one reading of a path is refused.
fn reading_fault(path: &str) -> Option<&'static str> {
    if path.contains(['\\', '@']) {
        return Some("must not hold a backslash or @, even encoded");
    }
    if path.contains(['?', '#']) || path.contains(char::is_control) {
        return Some("must not hold ?, # or control characters in an encoded form");
    }
    // A segment's parameters begin with a semicolon, and some servers cut them off before they look for `..`.
    let dots = |segment: &str| matches!(segment.split(';').next().unwrap_or_default().trim(), "." | "..");
    if path.split('/').any(dots) {
        return Some("must not hold . or .. as a segment, even encoded");
    }
    if path.contains("//") {
        return Some("must not hold //");
    }
    None
}

#[cfg(test)]
mod tests;
