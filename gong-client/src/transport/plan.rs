//! What a dry run shows: the requests that a call would send.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::base::method::Method;
use crate::transport::prepared::{Content, Prepared};
use crate::transport::shared::Shared;

/// A request that a call would send.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlannedRequest {
    /// The method.
    pub method: Method,
    /// The address.
    pub url: String,
    /// The headers; secrets are shown as `<hidden>`.
    pub headers: Vec<(String, String)>,
    /// The JSON body, if there is one. Of a form it is the list of its parts; of a file among them the name, the size
    /// and the type.
    pub body: Option<Value>,
    /// What it is for, if it is not the call itself: a look-up of something that the caller left out. Values that only
    /// its answer would give are shown as `<…>` in the requests after it.
    pub purpose: Option<String>,
}

impl PlannedRequest {
    /// How this request of this client would look.
    pub(crate) fn new(client: &Shared, prepared: Prepared) -> Self {
        let mut headers = vec![
            ("authorization".to_owned(), "<hidden>".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
            ("user-agent".to_owned(), client.user_agent.clone()),
        ];
        headers.extend(prepared.headers);
        headers.extend(prepared.content.as_ref().map(|content| ("content-type".to_owned(), content.kind().to_owned())));
        let hidden = |text: String| match client.redactor.redact(&text) {
            Cow::Owned(hidden) => hidden,
            Cow::Borrowed(_) => text,
        };
        PlannedRequest {
            method: prepared.method,
            url: hidden(format!("{}{}", client.host.as_str(), prepared.target)),
            headers: headers.into_iter().map(|(name, value)| (name, hidden(value))).collect(),
            body: prepared.content.map(|content| match content {
                Content::Json(json) => json,
                Content::Form(form) => form.planned(),
                Content::Bytes { bytes, .. } => format!("<{} bytes>", bytes.len()).into(),
            }),
            purpose: None,
        }
    }

    /// All of it as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.as_str().into());
        }
        let mut shown = Map::new();
        shown.insert("method".to_owned(), self.method.as_str().into());
        shown.insert("url".to_owned(), self.url.as_str().into());
        shown.insert("headers".to_owned(), headers.into());
        if let Some(body) = &self.body {
            shown.insert("body".to_owned(), body.clone());
        }
        if let Some(purpose) = &self.purpose {
            shown.insert("purpose".to_owned(), purpose.as_str().into());
        }
        shown.into()
    }
}
