//! What an answer's status, headers and body mean: success, "nothing matched", or which error.

use std::time::{Duration, SystemTime};

use crate::base::error::{Error, ErrorKind, SAID};
use crate::base::raw_answer::RawAnswer;
use crate::base::service::TITLE;
use crate::base::text::excerpt;
use crate::base::time::DateTime;
use crate::transport::envelope::{details, html_title, messages, request_id};
use crate::transport::prepared::Prepared;
use crate::transport::retry_after;

/// Longest part of an answer's text in a message, where nothing in it was said for a person to read.
const EXCERPT: usize = 200;

/// What is known beside the answer itself.
#[derive(Debug)]
pub(crate) struct Circumstances<'a> {
    /// The host that was asked.
    pub(crate) host: &'a str,
    /// Whether an access token was shown rather than a key.
    pub(crate) token: bool,
    pub(crate) now: SystemTime,
}

/// The error that an answer is.
pub(crate) fn error(raw: RawAnswer, prepared: &Prepared, circumstances: &Circumstances<'_>) -> Error {
    let status = raw.status();
    let title = html_title(&raw);
    let messages = messages(&raw);
    let scope = missing_scope(status, &messages);
    let damaged = prepared.repeated.is_some_and(|form| form.may_be_damaged(&raw));
    let kind = match kind(status, title.is_some(), scope.is_some()) {
        ErrorKind::Forbidden if names_licence(&messages) => ErrorKind::MissingLicence,
        _ if prepared.repeated.is_some_and(|form| form.fields_of(&raw).is_some()) => ErrorKind::Conflict,
        kind if kind != ErrorKind::ProxyPage && damaged => ErrorKind::Decode,
        kind => kind,
    };
    let wait = retry_after::of(&raw, circumstances.now);
    let said = said(&raw, &messages, title.as_deref());
    let speaker = if title.is_some() { "An HTML page" } else { TITLE };
    let message = match kind {
        ErrorKind::Redirect => redirect(&raw, circumstances.host),
        ErrorKind::MissingScope => format!(
            "the credentials lack the scope `{}`, which {prepared} needs; grant it and sign in again.",
            scope.as_deref().unwrap_or_default()
        ),
        ErrorKind::RateLimited => limit_reached(wait, circumstances.now, &format!("{speaker} says: {said}")),
        ErrorKind::Unauthorized | ErrorKind::Forbidden | ErrorKind::MissingLicence => {
            not_allowed(kind, status, prepared, circumstances, &format!("{speaker} says: {said}"))
        }
        kind => sentence(kind, status, prepared, circumstances.host, &said),
    };
    Error::new(kind, message).with(|inner| {
        inner.status = Some(status);
        inner.request_id = request_id(&raw);
        inner.messages = messages;
        inner.details = details(&raw);
        inner.missing_scope = scope;
        inner.retry_after = wait;
        inner.sent = true;
        inner.repeatable = prepared.repeatable;
        inner.damaged = damaged;
        inner.answer = Some(raw);
    })
}

/// What it means that the credentials or what they may do are not enough, and who said what.
fn not_allowed(
    kind: ErrorKind,
    status: u16,
    prepared: &Prepared,
    circumstances: &Circumstances<'_>,
    said: &str,
) -> String {
    let host = circumstances.host;
    match kind {
        ErrorKind::Unauthorized if circumstances.token => format!(
            "{TITLE} does not accept the access token: it has expired or was revoked, or its account is not on {host}; \
             sign in again, and use the base URL that comes with the token. {said}"
        ),
        ErrorKind::Unauthorized => format!(
            "{TITLE} does not accept the access key and its secret: they are wrong, expired or deleted, or the account \
             is not on {host}. {said}"
        ),
        ErrorKind::MissingLicence => {
            format!("{TITLE} refuses {prepared} because a licence is missing; an administrator can assign it. {said}")
        }
        _ => {
            let scopes = match prepared.scopes.as_slice() {
                [] => String::new(),
                scopes => format!("; scope {}", scopes.join(", ")),
            };
            format!(
                "{TITLE} forbids {prepared} (status {status}{scopes}) to this account, user or network address. {said}"
            )
        }
    }
}

/// What another refusal means, with what was said.
fn sentence(kind: ErrorKind, status: u16, prepared: &Prepared, host: &str, said: &str) -> String {
    match kind {
        ErrorKind::ProxyPage => {
            format!("an HTML page came instead of an answer to {prepared} (status {status}): {said}")
        }
        ErrorKind::NotFound => format!("{TITLE} does not find what {prepared} asks for: {said}"),
        ErrorKind::Conflict => {
            format!("{TITLE} has what {prepared} would add already, or its state does not allow it: {said}")
        }
        ErrorKind::Decode if status < 500 => {
            format!("{TITLE} refuses {prepared} (status {status}), and in words that came damaged: {said}")
        }
        ErrorKind::BadRequest => format!("{TITLE} refuses {prepared} as it is (status {status}): {said}"),
        ErrorKind::Timeout => {
            format!("{TITLE} waited for the whole of {prepared} and gave up (status {status}): {said}")
        }
        ErrorKind::Server if status == 500 => format!(
            "{TITLE} failed at {prepared} (status 500), as it also does where the licence for it is missing: {said}"
        ),
        ErrorKind::Server if status == 501 => format!("{host} does not have {prepared} (status 501): {said}"),
        ErrorKind::Server => format!("{TITLE} cannot serve {prepared} at the moment (status {status}): {said}"),
        _ => format!("{TITLE} answers {prepared} with a status that means nothing here ({status}): {said}"),
    }
}

fn limit_reached(wait: Option<Duration>, now: SystemTime, said: &str) -> String {
    match wait {
        Some(wait) => format!(
            "the account's limit of requests is reached; come back in {} seconds, at {}. {said}",
            wait.as_millis().div_ceil(1000),
            DateTime::from(now + wait)
        ),
        None => format!("the account's limit of requests is reached, and {TITLE} does not tell for how long. {said}"),
    }
}

/// Whether it is about a licence, however it is spelt.
fn names_licence(messages: &[String]) -> bool {
    messages.iter().any(|message| {
        let message = message.to_ascii_lowercase();
        message.contains("licen") || message.contains("seat")
    })
}

fn kind(status: u16, html: bool, scope: bool) -> ErrorKind {
    match status {
        429 => ErrorKind::RateLimited,
        300..400 => ErrorKind::Redirect,
        401 | 403 if scope => ErrorKind::MissingScope,
        // Gong or a proxy in front of it: either way these credentials do not work.
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        _ if html => ErrorKind::ProxyPage,
        402 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        408 => ErrorKind::Timeout,
        409 => ErrorKind::Conflict,
        400..500 => ErrorKind::BadRequest,
        500..600 => ErrorKind::Server,
        _ => ErrorKind::Decode,
    }
}

/// What was said, in a sentence or an excerpt.
fn said(raw: &RawAnswer, messages: &[String], title: Option<&str>) -> String {
    let mut said = match (messages, title) {
        ([], Some(title)) => excerpt(title, EXCERPT),
        ([], None) => excerpt(&raw.text(), EXCERPT),
        (messages, _) => excerpt(&messages.join("; "), SAID),
    };
    if said.is_empty() {
        "it gives no reason".clone_into(&mut said);
    }
    if !said.ends_with(['.', '!', '?', '…', ')']) {
        said.push('.');
    }
    said
}

/// The scope in Gong's sentence about a missing one.
fn missing_scope(status: u16, messages: &[String]) -> Option<String> {
    if !matches!(status, 401 | 403) {
        return None;
    }
    messages.iter().filter(|message| message.contains("permission")).find_map(|message| {
        let is_scope = |word: &&str| word.starts_with("api:") && !word.contains(char::is_whitespace);
        message.split(['\'', '"', '`', '\u{2018}', '\u{2019}']).find(is_scope).map(str::to_owned)
    })
}

/// Where a redirect points, as the base URL to set.
fn redirect(raw: &RawAnswer, base_url: &str) -> String {
    let target = raw.header("location").and_then(|location| {
        let base = reqwest::Url::parse(base_url).ok()?;
        base.join(location).ok()
    });
    match target.filter(reqwest::Url::has_host).map(|target| target.origin().ascii_serialization()) {
        Some(host) => {
            format!(
                "{base_url} points to {host}, and redirects are not followed, because credentials go to the account's \
                 own host alone. If that is the account's host, set the base URL to {host}."
            )
        }
        None => {
            format!("{base_url} points elsewhere without saying where; set the base URL to the account's own host.")
        }
    }
}

#[cfg(test)]
mod tests;
