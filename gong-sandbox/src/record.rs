//! What arrived: every request as it came, what became of it, and what was wrong with it that Gong would not say.

use std::{fmt, time::Duration};

use serde_json::Value;

use crate::{media, multipart::UploadedPart};

/// Whether a path belongs to the OAuth server rather than the API.
pub(crate) fn is_oauth(path: &str) -> bool {
    path.starts_with("/oauth2/")
}

/// A request as it arrived, and what became of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RecordedRequest {
    /// The method.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query, decoded, in the order it was sent.
    pub query: Vec<(String, String)>,
    /// The headers, names in lower case. `Debug` leaves the credentials out.
    pub headers: Vec<(String, String)>,
    /// The body; nothing if a fault came before it was read, or if it is one of several parts.
    pub body: Vec<u8>,
    /// The parts of a multipart body, of which only this is kept. None of one that is malformed or broke off.
    pub parts: Vec<UploadedPart>,
    /// How long the sandbox had been up when it arrived, on Tokio's clock.
    pub arrived: Duration,
    /// Whether the work was done and went well: a write was carried out, a read was answered. What
    /// a fault then did to the answer makes no difference.
    pub carried_out: bool,
    /// The status that went out, or was to go out when the other end hung up. `None` while the
    /// request is under way and when the connection was reset instead.
    pub status: Option<u16>,
    /// The fault that struck it, see [`Fault::name`](crate::Fault::name).
    pub fault: Option<&'static str>,
}

impl RecordedRequest {
    /// The value of a header; the name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a query parameter.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that may stand in the query or in a body that is a form.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let type_ = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let form = if type_.starts_with("application/x-www-form-urlencoded") {
            form_urlencoded::parse(&self.body).into_owned().collect()
        } else {
            Vec::new()
        };
        let mut pairs = self.query.iter().chain(&form);
        pairs.find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.clone())
    }

    pub(crate) fn bearer_token(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// The cursor, from where Gong looks for it: the query of a GET, the body of anything else.
    pub(crate) fn cursor(&self) -> Option<String> {
        if self.method == "GET" {
            return self.query_value("cursor").filter(|cursor| !cursor.is_empty()).map(str::to_string);
        }
        self.json()?.get("cursor")?.as_str().map(str::to_string)
    }

    /// The body as JSON, if it is any.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| match name.as_str() {
                "authorization" | "cookie" => (name.as_str(), "<kept out>"),
                _ => (name.as_str(), value.as_str()),
            })
            .collect();
        let mut form = f.debug_struct("RecordedRequest");
        form.field("method", &self.method).field("path", &self.path);
        if is_oauth(&self.path) || media::is_media(&self.path) {
            // Codes, tokens, secrets and signatures all travel in these.
            form.field("query", &"<kept out>").field("body", &"<kept out>");
        } else {
            form.field("query", &self.query).field("body", &String::from_utf8_lossy(&self.body));
        }
        form.field("parts", &self.parts)
            .field("headers", &headers)
            .field("carried_out", &self.carried_out)
            .field("status", &self.status)
            .field("fault", &self.fault)
            .finish()
    }
}

/// Something a strict sandbox found in a request that Gong would ignore in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Method and path of the request.
    pub request: String,
    /// What was wrong.
    pub message: String,
}
