//! The one place that talks to the network. Everything that is sent goes through [`exchange`], which is where limits, retries
//! and traces belong.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answer::RawAnswer;
use crate::catalog;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::method::Method;
use crate::runtime::record;
use crate::{json_place, verdict};

/// A request without host and credentials.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    /// Path and query, encoded.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Option<Content>,
    /// The scopes it needs.
    pub(crate) scopes: Vec<&'static str>,
    /// Texts of a 404 that is an empty answer; `None` if there are none.
    pub(crate) nothing_found: Option<&'static [&'static str]>,
    /// It may be sent twice without harm.
    pub(crate) repeatable: bool,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Json(Value),
    Bytes { bytes: Vec<u8>, kind: String },
}

impl Content {
    pub(crate) fn kind(&self) -> &str {
        match self {
            Content::Json(_) => "application/json",
            Content::Bytes { kind, .. } => kind,
        }
    }
}

/// Sends a request and judges the answer.
pub(crate) async fn exchange(client: &Client, prepared: Prepared) -> Result<Received> {
    let raw = send(client, &prepared).await?;
    if verdict::is_success(&raw) {
        return Ok(Received { raw: Some(raw), empty: false, repeatable: prepared.repeatable });
    }
    if prepared.nothing_found.is_some_and(|texts| verdict::is_nothing_found(&raw, texts)) {
        return Ok(Received { raw: Some(raw), empty: true, repeatable: prepared.repeatable });
    }
    Err(verdict::error(raw, &prepared, client.base_url(), client.environment().now()))
}

async fn send(client: &Client, prepared: &Prepared) -> Result<RawAnswer> {
    let url = client.url(&prepared.target)?;
    let mut request = client.http().request(prepared.method.to_http(), url);
    for (name, value) in &prepared.headers {
        request = request.header(name, value);
    }
    if let Some(content) = &prepared.content {
        request = request.header("content-type", content.kind()).body(match content {
            Content::Json(json) => json.to_string().into_bytes(),
            Content::Bytes { bytes, .. } => bytes.clone(),
        });
    }
    let request = client.credentials().sign(request);
    let response = request.send().await.map_err(|cause| failure(cause, client, prepared.repeatable))?;
    let status = response.status().as_u16();
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let bytes = response.bytes().await.map_err(|cause| {
        failure(cause, client, prepared.repeatable).with(|inner| {
            inner.sent = true;
            inner.status = Some(status);
        })
    })?;
    Ok(RawAnswer::new(status, headers, bytes.into()))
}

/// What a failure of the connection means.
fn failure(cause: reqwest::Error, client: &Client, repeatable: bool) -> Error {
    let cause = cause.without_url();
    let host = client.base_url();
    let sent = !cause.is_connect() && !cause.is_builder();
    let (kind, message) = if cause.is_timeout() {
        let again = if sent && !repeatable { " Gong may have acted on the request all the same." } else { "" };
        (ErrorKind::Timeout, format!("{host} did not answer in time.{again}"))
    } else if cause.is_builder() {
        (ErrorKind::Config, format!("the request cannot be made: {}.", innermost(&cause)))
    } else if sent {
        (ErrorKind::Connection, format!("the connection to {host} broke: {}.", innermost(&cause)))
    } else {
        (ErrorKind::Connection, format!("no connection to {host}: {}.", innermost(&cause)))
    };
    Error::new(kind, message).with(|inner| {
        inner.sent = sent;
        inner.repeatable = repeatable;
        inner.source = Some(cause.into());
    })
}

/// The cause of all causes, which says most.
fn innermost(cause: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = cause;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// An answer that is a success.
#[derive(Debug)]
pub struct Received {
    /// `None` in a dry run.
    raw: Option<RawAnswer>,
    /// It says that there is nothing, with the status of an error.
    empty: bool,
    repeatable: bool,
}

impl Received {
    /// The answer of a request that was not sent.
    pub(crate) fn nothing() -> Self {
        Received { raw: None, empty: true, repeatable: true }
    }

    pub(crate) fn raw(&self) -> Option<&RawAnswer> {
        self.raw.as_ref()
    }

    pub(crate) fn into_raw(self) -> Option<RawAnswer> {
        self.raw
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.raw.as_ref().and_then(verdict::request_id)
    }

    /// The answer as the type it should be.
    pub fn decode<A: DeserializeOwned>(self) -> Result<A> {
        let Some(raw) = self.raw.as_ref().filter(|_| !self.empty) else { return self.decode_nothing() };
        record::from_bytes(raw.bytes()).map_err(|cause| broken(cause, raw, self.repeatable))
    }

    /// An answer without fields, but for the request's id.
    fn decode_nothing<A: DeserializeOwned>(self) -> Result<A> {
        let id = self.request_id().map(|id| (catalog::service().error_request_id.to_owned(), Value::from(id)));
        let object = Value::Object(id.into_iter().collect());
        serde_json::from_value(object).map_err(|cause| {
            Error::new(ErrorKind::BrokenAnswer, "an answer without fields is none.")
                .with(|inner| inner.source = Some(cause.into()))
        })
    }
}

/// The error of an answer that is not what it should be.
fn broken(cause: serde_json::Error, raw: &RawAnswer, repeatable: bool) -> Error {
    let (path, around) = json_place::place(raw.bytes(), cause.line(), cause.column());
    let place = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
    Error::new(
        ErrorKind::BrokenAnswer,
        format!("the answer is not what it should be{place}: {cause}, near `{around}`."),
    )
    .with(|inner| {
        inner.status = Some(raw.status());
        inner.request_id = verdict::request_id(raw);
        inner.json_path = Some(path);
        inner.answer = Some(raw.clone());
        inner.sent = true;
        inner.repeatable = repeatable;
        inner.source = Some(cause.into());
    })
}
