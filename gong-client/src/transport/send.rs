//! The one place that talks to the network: one request, sent once, and its answer as it came.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::credentials::Signer;
use crate::base::endpoint::Endpoint;
use crate::base::error::{Error, ErrorKind, Phase, Result};
use crate::base::raw_answer::RawAnswer;
use crate::base::service::TITLE;
use crate::transport::form::{self, Sent};
use crate::transport::prepared::{Content, Prepared};
use crate::transport::shared::Shared;

/// As much memory is set aside for an answer on its own word, and no more.
const TRUSTED_LENGTH: usize = 8 * 1024 * 1024;

/// Sends a request once.
pub(crate) async fn send(client: &Shared, prepared: &Prepared, signer: &Signer<'_>) -> Result<RawAnswer> {
    let host = signer.host().unwrap_or(&client.host);
    let (request, sent) = built(client, prepared, host);
    let failed = |cause: Cause, phase| {
        let error = failure(cause, phase, prepared, host.as_str());
        match &sent {
            Some(sent) => of_upload(error, sent, prepared),
            None => error,
        }
    };
    let moved = || sent.as_ref().map_or(0, |sent| sent.bytes());
    let response = unless_silent(client.read_timeout, moved, signer.sign(request).send()).await;
    let mut response = response.map_err(|cause| failed(cause, Phase::Waiting))?;
    let status = response.status().as_u16();
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let limit = client.answer_limit;
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(announced.min(TRUSTED_LENGTH).min(limit));
    let read_failed = |cause| failed(cause, Phase::Reading).with(|inner| inner.status = Some(status));
    while let Some(piece) = unless_silent(client.read_timeout, || 0, response.chunk()).await.map_err(read_failed)? {
        if bytes.len().saturating_add(piece.len()) > limit {
            return Err(too_large(prepared, status, limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(RawAnswer::new(status, headers, bytes, client.decoded_limit))
}

/// The request, and what becomes of its body if that is sent as it is read. Such a one may take as long as it moves.
fn built(client: &Shared, prepared: &Prepared, host: &Endpoint) -> (reqwest::RequestBuilder, Option<Arc<Sent>>) {
    let mut request = client.http.request(prepared.method.to_http(), host.url(&prepared.target));
    for (name, value) in &prepared.headers {
        request = request.header(name, value);
    }
    let (kind, body) = match &prepared.content {
        Some(Content::Form(form)) => {
            let (one, other) = (client.environment.random(), client.environment.random());
            let boundary = format!("{one:016x}{other:016x}");
            let (body, sent) = form.body(&boundary);
            let kind = format!("{}; boundary={boundary}", form::KIND);
            return (request.header("content-type", kind).body(body), Some(sent));
        }
        Some(content @ Content::Json(json)) => (content.kind(), json.to_string().into_bytes()),
        Some(Content::Bytes { bytes, kind }) => (kind.as_str(), bytes.clone()),
        None => return (request.timeout(client.timeout), None),
    };
    (request.timeout(client.timeout).header("content-type", kind).body(body), None)
}

/// Why nothing comes back.
pub(crate) enum Cause {
    /// Nothing moved for too long.
    Silence,
    Broken(reqwest::Error),
}

/// What comes of some work on a connection, unless nothing moves for so long.
pub(crate) async fn unless_silent<T>(
    longest: Duration,
    moved: impl Fn() -> u64,
    work: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, Cause> {
    let mut work = pin!(work);
    loop {
        let before = moved();
        match tokio::time::timeout(longest, &mut work).await {
            Ok(done) => return done.map_err(Cause::Broken),
            Err(_) if moved() > before => {}
            Err(_) => return Err(Cause::Silence),
        }
    }
}

/// What it means that a request with a file failed: the file's own fault, or how far it came.
fn of_upload(error: Error, sent: &Sent, prepared: &Prepared) -> Error {
    if let Some(fault) = sent.fault() {
        let message = format!("{fault}. {prepared} was broken off, and {TITLE} got no whole file.");
        return Error::new(ErrorKind::File, message).with(|inner| inner.sent = true);
    }
    let (bytes, total) = (sent.bytes(), sent.total);
    if error.may_have_been_sent() { error.context(format!("{bytes} of its {total} bytes were sent.")) } else { error }
}

/// What a failure of the connection means.
fn failure(cause: Cause, phase: Phase, prepared: &Prepared, host: &str) -> Error {
    let cause = match cause {
        Cause::Silence => None,
        Cause::Broken(cause) => Some(cause.without_url()),
    };
    let is = |test: fn(&reqwest::Error) -> bool| cause.as_ref().is_some_and(test);
    let phase = if is(reqwest::Error::is_connect) { Phase::Connecting } else { phase };
    let timed_out = cause.as_ref().is_none_or(reqwest::Error::is_timeout);
    let sent = phase != Phase::Connecting && !is(reqwest::Error::is_builder);
    let because = cause.as_ref().map(innermost).unwrap_or_default();
    let (kind, message) = match phase {
        _ if is(reqwest::Error::is_builder) => (ErrorKind::Config, format!("the request cannot be made: {because}.")),
        Phase::Connecting if timed_out => {
            (ErrorKind::Timeout, format!("no connection to {host} came about in time; nothing was sent."))
        }
        Phase::Connecting => (ErrorKind::Connection, format!("no connection to {host}: {because}; nothing was sent.")),
        Phase::Waiting if timed_out => {
            (ErrorKind::Timeout, format!("{host} did not begin to answer {prepared} in time."))
        }
        Phase::Reading if timed_out => {
            (ErrorKind::Timeout, format!("{host} began to answer {prepared} and did not end in time."))
        }
        Phase::Reading if is(|cause| cause.is_body() || cause.is_decode()) => {
            (ErrorKind::Connection, format!("the answer of {host} to {prepared} broke off: {because}."))
        }
        _ => (ErrorKind::Connection, format!("the connection to {host} broke during {prepared}: {because}.")),
    };
    Error::new(kind, message).with(|inner| {
        inner.sent = sent;
        inner.phase = Some(phase);
        inner.repeatable = prepared.repeatable;
        inner.source = cause.map(Into::into);
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
