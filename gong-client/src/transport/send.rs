//! The one place that talks to the network: one request, sent once, and its answer as it came.

use crate::auth::credentials::Signer;
use crate::base::error::{Error, ErrorKind, Phase, Result};
use crate::base::raw_answer::RawAnswer;
use crate::transport::prepared::{Content, Prepared};
use crate::transport::shared::Shared;

/// As much memory is set aside for an answer on its own word, and no more.
const TRUSTED_LENGTH: usize = 8 * 1024 * 1024;

/// Sends a request once.
pub(crate) async fn send(client: &Shared, prepared: &Prepared, signer: &Signer<'_>) -> Result<RawAnswer> {
    let host = signer.host().unwrap_or(client.host());
    let failed = |cause, phase| failure(cause, phase, prepared, host.as_str());
    let mut request = client.http().request(prepared.method.to_http(), host.url(&prepared.target));
    for (name, value) in &prepared.headers {
        request = request.header(name, value);
    }
    if let Some(content) = &prepared.content {
        request = request.header("content-type", content.kind()).body(match content {
            Content::Json(json) => json.to_string().into_bytes(),
            Content::Bytes { bytes, .. } => bytes.clone(),
        });
    }
    let mut response = signer.sign(request).send().await.map_err(|cause| failed(cause, Phase::Waiting))?;
    let status = response.status().as_u16();
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let limit = client.answer_limit();
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(announced.min(TRUSTED_LENGTH).min(limit));
    let read_failed = |cause| failed(cause, Phase::Reading).with(|inner| inner.status = Some(status));
    while let Some(piece) = response.chunk().await.map_err(read_failed)? {
        if bytes.len().saturating_add(piece.len()) > limit {
            return Err(too_large(prepared, status, limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(RawAnswer::new(status, headers, bytes, client.decoded_limit()))
}

/// What a failure of the connection means.
fn failure(cause: reqwest::Error, phase: Phase, prepared: &Prepared, host: &str) -> Error {
    let cause = cause.without_url();
    let phase = if cause.is_connect() { Phase::Connecting } else { phase };
    let sent = phase != Phase::Connecting && !cause.is_builder();
    let because = innermost(&cause);
    let (kind, message) = match phase {
        _ if cause.is_builder() => (ErrorKind::Config, format!("the request cannot be made: {because}.")),
        Phase::Connecting if cause.is_timeout() => {
            (ErrorKind::Timeout, format!("no connection to {host} came about in time; nothing was sent."))
        }
        Phase::Connecting => (ErrorKind::Connection, format!("no connection to {host}: {because}; nothing was sent.")),
        Phase::Waiting if cause.is_timeout() => {
            (ErrorKind::Timeout, format!("{host} did not begin to answer {prepared} in time."))
        }
        Phase::Reading if cause.is_timeout() => {
            (ErrorKind::Timeout, format!("{host} began to answer {prepared} and did not end in time."))
        }
        Phase::Reading if cause.is_body() || cause.is_decode() => {
            (ErrorKind::Connection, format!("the answer of {host} to {prepared} broke off: {because}."))
        }
        _ => (ErrorKind::Connection, format!("the connection to {host} broke during {prepared}: {because}.")),
    };
    Error::new(kind, message).with(|inner| {
        inner.sent = sent;
        inner.phase = Some(phase);
        inner.repeatable = prepared.repeatable;
        inner.source = Some(cause.into());
    })
}

fn too_large(prepared: &Prepared, status: u16, limit: usize) -> Error {
    let message = format!(
        "the answer to {prepared} is larger than the {limit} bytes that this client takes; ask for less at once, or \
         raise `answer_limit`."
    );
    Error::new(ErrorKind::Decode, message).with(|inner| {
        inner.status = Some(status);
        inner.sent = true;
        inner.repeatable = prepared.repeatable;
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
