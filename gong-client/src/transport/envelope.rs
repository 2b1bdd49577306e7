//! What any answer may hold beside its own fields: whether it is a success, its messages, the request's id, or a page
//! of HTML in its place.

use serde_json::Value;

use crate::base::raw_answer::RawAnswer;
use crate::base::service::SERVICE;
use crate::base::text::excerpt;
use crate::decode::scan;

/// Whether the status is a success.
pub(crate) fn is_success(raw: &RawAnswer) -> bool {
    (200..300).contains(&raw.status()) && html_title(raw).is_none()
}

/// Whether an error says that nothing matched: with the service's own text, or with one of the request's.
pub(crate) fn is_nothing_found(raw: &RawAnswer, texts: &[&str]) -> bool {
    let service = &SERVICE;
    raw.status() == service.nothing_found_status
        && messages(raw)
            .iter()
            .any(|message| texts.iter().chain([&service.nothing_found_message]).any(|text| message.contains(text)))
}

/// Whether Gong itself says that there is no such thing.
pub(crate) fn is_not_found(raw: &RawAnswer) -> bool {
    raw.status() == 404 && html_title(raw).is_none()
}

/// Gong's id of the request, by which its support finds it: the body's. The header's is the trace's, which may be
/// another one and is better than none.
pub(crate) fn request_id(raw: &RawAnswer) -> Option<String> {
    const LONGEST: usize = 100;
    let told = scan::find_text(raw.bytes(), SERVICE.error_request_id);
    let id = told.or_else(|| raw.header("x-traceid").map(str::to_owned))?;
    Some(excerpt(&id, LONGEST))
}

/// What Gong said. The list of the envelope, or the fields that its sign-in uses.
pub(crate) fn messages(raw: &RawAnswer) -> Vec<String> {
    let Ok(Value::Object(body)) = raw.json() else { return Vec::new() };
    let listed = match body.get(SERVICE.error_messages) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Null) | None => {
            ["message", "error", "error_description"].iter().filter_map(|key| body.get(*key)).collect()
        }
        Some(single) => vec![single],
    };
    listed.into_iter().filter(|value| !value.is_null()).map(as_text).collect()
}

/// What else Gong said, by the fields that an error keeps.
pub(crate) fn details(raw: &RawAnswer) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(body)) = raw.json() else { return Vec::new() };
    let field = |name: &&'static str| Some((*name, body.get(*name).filter(|value| !value.is_null()).map(as_text)?));
    SERVICE.error_details.iter().filter_map(field).filter(|(_, text)| !text.trim().is_empty()).collect()
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The title of a page, if the answer is one.
pub(crate) fn html_title(raw: &RawAnswer) -> Option<String> {
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
mod tests;
