//! The forms in which a body or an answer comes.

/// Whether a media type is JSON, or may be.
pub(crate) fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.ends_with("/json") || kind.ends_with("+json") || matches!(kind.as_str(), "*/*" | "application/*")
}
