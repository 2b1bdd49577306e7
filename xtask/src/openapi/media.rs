//! The forms in which a body or an answer comes.

use serde_json::Value;

use super::json::{members, names};
use tool_spec::fault::listed;

/// The media type of a form with files.
pub(crate) const FORM: &str = "multipart/form-data";

/// Whether a media type is JSON, or may be.
pub(crate) fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.ends_with("/json") || kind.ends_with("+json") || matches!(kind.as_str(), "*/*" | "application/*")
}

/// The JSON among the forms of a body or an answer, the plain one before others.
pub(crate) fn json(of: &Value) -> Option<(&str, &Value)> {
    let all = || members(of, "content");
    all().find(|(kind, _)| *kind == "application/json").or_else(|| all().find(|(kind, _)| is_json(kind)))
}

/// The form of a body whose media type begins so.
pub(crate) fn form<'v>(of: &'v Value, kind: &str) -> Option<(&'v str, &'v Value)> {
    members(of, "content").find(|(other, _)| other.starts_with(kind))
}

/// All forms of a body or an answer, in words.
pub(crate) fn forms(of: &Value) -> String {
    match names(of, "content").as_slice() {
        [] => "nothing that is named".to_owned(),
        kinds => listed(kinds),
    }
}
