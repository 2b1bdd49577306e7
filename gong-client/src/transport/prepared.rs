//! A request as it is sent to any host, with any credentials.

use std::fmt;

use serde_json::Value;

use crate::base::method::Method;
use crate::base::text::is_header_value;
use crate::transport::form::{self, Form};
use crate::transport::repeated::Repeated;

/// A request without host and credentials.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// The tool that sends it.
    pub(crate) tool: Option<&'static str>,
    pub(crate) method: Method,
    /// Path and query, encoded.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Option<Content>,
    /// The scopes it needs.
    pub(crate) scopes: Vec<&'static str>,
    /// Texts of a 404 that is an empty answer; `None` if there are none.
    pub(crate) nothing_found: Option<&'static [&'static str]>,
    /// It may change something.
    pub(crate) changes: bool,
    /// It may be sent twice without harm.
    pub(crate) repeatable: bool,
    /// It removes: a repetition of it that finds nothing counts as done.
    pub(crate) removes: bool,
    /// It carries a key by which Gong knows what it has already, and this is how it refuses a repetition.
    pub(crate) repeated: Option<Repeated>,
}

impl Prepared {
    /// A request that carries nothing, which may be sent twice if it only gets something.
    pub(crate) fn new(method: Method, path: String, query: &str) -> Self {
        let mut target = path;
        if !query.is_empty() {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(query);
        }
        let reads = method == Method::Get;
        Prepared {
            tool: None,
            method,
            target,
            headers: Vec::new(),
            content: None,
            scopes: Vec::new(),
            nothing_found: None,
            changes: !reads,
            repeatable: reads,
            removes: false,
            repeated: None,
        }
    }

    /// The path without the query, which may hold personal data and so stays out of messages.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Whether a part of it can be read no more, so that it cannot be sent again.
    pub(crate) fn is_spent(&self) -> bool {
        matches!(&self.content, Some(Content::Form(form)) if form.is_spent())
    }
}

impl fmt::Display for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path())
    }
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Json(Value),
    Bytes { bytes: Vec<u8>, kind: String },
    Form(Form),
}

impl Content {
    /// What of it cannot be sent.
    pub(crate) fn fault(&self) -> Option<String> {
        match self {
            Content::Bytes { kind, .. } if !is_header_value(kind) => {
                Some("the content type has characters that a header cannot carry.".to_owned())
            }
            Content::Form(form) => form.fault(),
            Content::Json(_) | Content::Bytes { .. } => None,
        }
    }

    pub(crate) fn kind(&self) -> &str {
        match self {
            Content::Json(_) => "application/json",
            Content::Bytes { kind, .. } => kind,
            Content::Form(_) => form::KIND,
        }
    }
}
