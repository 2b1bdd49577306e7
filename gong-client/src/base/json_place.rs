//! Where in a JSON text a decoder gave up: the path to the place, and the bytes around it. Looked for only after a
//! failure, so that success pays nothing.

use crate::base::text::excerpt;

/// A path is cut to this many characters: more of a deep nesting or a long name helps nobody.
pub(crate) const LONGEST: usize = 200;

/// The path to the place at this line and column (both from 1, as `serde_json` counts), and the text around it.
pub(crate) fn place(json: &[u8], line: usize, column: usize) -> (String, String) {
    at(json, offset(json, line, column))
}

/// The path to the place after `end` bytes, and the text around it.
pub(crate) fn at(json: &[u8], end: usize) -> (String, String) {
    (path(json.get(..end).unwrap_or(json)), around(json, end))
}

/// The path as sentences say it, such as ` at `calls[1].id``; nothing for the whole text.
pub(crate) fn said(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" at `{path}`") }
}

/// How many bytes come before that place.
pub(crate) fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let start: usize = json.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    json.len().min(start + column)
}

/// A container that the scan is inside of.
enum Inside {
    /// At the value of this key; before the first key there is none.
    Object { key: Option<String>, value: bool },
    /// At this element; before the first there is none.
    List { index: usize, begun: bool },
}

/// The path to the value at the end of `json`, which is the beginning of a JSON text.
fn path(json: &[u8]) -> String {
    let mut stack: Vec<Inside> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += 1;
        match (byte, stack.last_mut()) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => {}
            (b'}' | b']', _) => drop(stack.pop()),
            (b':', Some(Inside::Object { value, .. })) => *value = true,
            (b',', Some(Inside::Object { value, .. })) => *value = false,
            (b',', Some(Inside::List { index, .. })) => *index += 1,
            (_, inside) => {
                let is_key = matches!(inside, Some(Inside::Object { value: false, .. }));
                if let Some(Inside::List { begun, .. }) = inside {
                    *begun = true;
                }
                match byte {
                    b'{' => stack.push(Inside::Object { key: None, value: false }),
                    b'[' => stack.push(Inside::List { index: 0, begun: false }),
                    b'"' => {
                        let text = string(json, &mut at);
                        if let (true, Some(Inside::Object { key, .. })) = (is_key, inside) {
                            *key = Some(text);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    show(&stack)
}

/// The text of a string whose opening quote is just before `at`; goes past its closing quote.
fn string(json: &[u8], at: &mut usize) -> String {
    let start = *at;
    while let Some(&byte) = json.get(*at) {
        match byte {
            b'\\' => *at += 2,
            b'"' => break,
            _ => *at += 1,
        }
    }
    let text = json.get(start..(*at).min(json.len())).unwrap_or_default();
    *at += 1;
    String::from_utf8_lossy(text).into_owned()
}

fn show(stack: &[Inside]) -> String {
    let mut path = String::new();
    for inside in stack {
        match inside {
            Inside::Object { key: Some(key), .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Inside::List { index, begun: true } => path.push_str(&format!("[{index}]")),
            Inside::Object { key: None, .. } | Inside::List { begun: false, .. } => {}
        }
        // As long as this it is cut anyway.
        if path.len() > 8 * LONGEST {
            break;
        }
    }
    excerpt(&path, LONGEST)
}

/// The bytes around a place, on one line.
fn around(json: &[u8], place: usize) -> String {
    const BEFORE: usize = 60;
    const AFTER: usize = 20;
    let from = place.saturating_sub(BEFORE);
    let to = json.len().min(place + AFTER);
    let text = String::from_utf8_lossy(json.get(from..to).unwrap_or_default());
    excerpt(&text, BEFORE + AFTER)
}

#[cfg(test)]
mod tests;
