//! What an answer's status, headers and body mean: success, "nothing matched", or which error.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::base::error::{Error, ErrorKind};
use crate::base::service::TITLE;
use crate::base::text::excerpt;
use crate::base::time::DateTime;
use crate::call::answer::RawAnswer;
use crate::catalog;
use crate::decode::scan;
use crate::transport::retry_after;
use crate::transport::send::Prepared;

/// Longest part of an answer's text in a message, …
const EXCERPT: usize = 200;

/// … and of what was said for a person to read.
const SAID: usize = 1000;

pub(crate) fn is_success(raw: &RawAnswer) -> bool {
    (200..300).contains(&raw.status()) && html_title(raw).is_none()
}

/// Whether an error says that nothing matched: with the service's own text, or with one of the request's.
pub(crate) fn is_nothing_found(raw: &RawAnswer, texts: &[&str]) -> bool {
    let service = catalog::service();
    raw.status() == service.nothing_found_status
        && messages(raw)
            .iter()
            .any(|message| texts.iter().chain([&service.nothing_found_message]).any(|text| message.contains(text)))
}

/// Gong's id of the request, by which its support finds it: the body's. The header's is the trace's, which may be
/// another one and is better than none.
pub(crate) fn request_id(raw: &RawAnswer) -> Option<String> {
    const LONGEST: usize = 100;
    let told = scan::find_text(raw.bytes(), catalog::service().error_request_id);
    let id = told.or_else(|| raw.header("x-traceid").map(str::to_owned))?;
    Some(excerpt(&id, LONGEST))
}

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
    let damaged = prepared.repeated.is_some_and(|form| form.may_be_told_by(&raw));
    let kind = match kind(status, title.is_some(), scope.is_some()) {
        ErrorKind::Forbidden if names_licence(&messages) => ErrorKind::MissingLicence,
        _ if prepared.repeated.is_some_and(|form| form.told_by(&raw).is_some()) => ErrorKind::Conflict,
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
            "{TITLE} does not accept the access token: it has expired or was revoked, or its account is not on {host}; sign in \
             again, and use the base URL that comes with the token. {said}"
        ),
        ErrorKind::Unauthorized => format!(
            "{TITLE} does not accept the access key and its secret: they are wrong, expired or deleted, or the account is not on \
             {host}. {said}"
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
        // Whoever says so, and in whatever form: with these credentials it does not work.
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

/// What Gong said. The list of the envelope, or the fields that its sign-in uses.
pub(crate) fn messages(raw: &RawAnswer) -> Vec<String> {
    let Ok(Value::Object(body)) = raw.json() else { return Vec::new() };
    let listed = match body.get(catalog::service().error_messages) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Null) | None => {
            ["message", "error", "error_description"].iter().filter_map(|key| body.get(*key)).collect()
        }
        Some(single) => vec![single],
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    listed.into_iter().filter(|value| !value.is_null()).map(text).collect()
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
                "{base_url} points to {host}, and redirects are not followed, because credentials go to the account's own host \
                 alone. If that is the account's host, set the base URL to {host}."
            )
        }
        None => {
            format!("{base_url} points elsewhere without saying where; set the base URL to the account's own host.")
        }
    }
}

/// The title of a page, if the answer is one.
fn html_title(raw: &RawAnswer) -> Option<String> {
    let declared = || raw.header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("text/html"));
    match raw.bytes().trim_ascii_start().first() {
        Some(b'<') => {}
        // JSON, whatever it is called.
        Some(b'{' | b'[') => return None,
        _ if declared() => {}
        _ => return None,
    }
    let text = raw.text();
    // ASCII alone is folded, so that places in the folded text are places in the text.
    let folded = text.to_ascii_lowercase();
    let title = folded.find("<title").and_then(|tag| {
        let start = tag + folded.get(tag..)?.find('>')? + 1;
        let end = start + folded.get(start..)?.find("</title")?;
        Some(text.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    Some(title.filter(|title| !title.is_empty()).unwrap_or_else(|| "a page without a title".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(status: u16, headers: &[(&str, &str)], body: &str) -> RawAnswer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        RawAnswer::new(status, headers, body.as_bytes().to_vec(), usize::MAX)
    }

    #[test]
    fn what_was_said_is_found_in_every_form() {
        let said = |body| messages(&raw(400, &[], body));
        assert_eq!(said(r#"{"errors": ["a", null, {"b": 1}]}"#), ["a", r#"{"b":1}"#]);
        assert_eq!(said(r#"{"errors": "a"}"#), ["a"]);
        assert_eq!(said(r#"{"error": "invalid_grant", "error_description": "used"}"#), ["invalid_grant", "used"]);
        for none in ["", "oops", "[]", "{}", r#"{"errors": []}"#] {
            assert!(said(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_scope_is_named_in_quotes_of_any_kind() {
        let scope = |text: &str| missing_scope(401, &[text.to_owned()]);
        for quoted in ["'api:x:y'", "\"api:x:y\"", "\u{2018}api:x:y\u{2019}", "`api:x:y`"] {
            assert_eq!(
                scope(&format!("You don't have permission to use {quoted} in your app.")).as_deref(),
                Some("api:x:y")
            );
        }
        assert_eq!(scope("access token has been revoked"), None);
        assert_eq!(missing_scope(400, &["no permission for 'api:x'".to_owned()]), None);
    }

    #[test]
    fn titles_are_found_whatever_is_around_them() {
        let title = |body| html_title(&raw(502, &[], body));
        assert_eq!(title("<html><title lang=en>A\n B</title>").as_deref(), Some("A B"));
        for odd in ["<", "<title", "<title>", "<title>x", "<TITLE></TITLE>", "<p>\u{130}"] {
            assert_eq!(title(odd).as_deref(), Some("a page without a title"), "{odd}");
        }
        assert_eq!(title("{}"), None);
    }
}
