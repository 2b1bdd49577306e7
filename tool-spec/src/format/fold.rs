//! Text on one line, or on several.

use saphyr_parser::ScalarStyle;

use super::piece::Scalar;
use crate::load::constant::plain_json;
use crate::model::Json;

/// As wide as the Rust beside it.
pub(super) const WIDTH: usize = 120;

/// The scalar on one line, if it can be there.
pub(super) fn one_line(scalar: &Scalar) -> Option<String> {
    let block = matches!(scalar.style, ScalarStyle::Folded | ScalarStyle::Literal);
    if !block && !scalar.raw.contains('\n') {
        return Some(scalar.raw.clone());
    }
    if scalar.text.chars().any(char::is_control) || scalar.text.is_empty() {
        return None;
    }
    match scalar.style {
        ScalarStyle::Plain => Some(scalar.text.clone()),
        _ if plain(&scalar.text) && !is_quoted(scalar) => Some(scalar.text.clone()),
        _ => Some(quoted(&scalar.text)),
    }
}

fn is_quoted(scalar: &Scalar) -> bool {
    matches!(scalar.style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether the text says the same without quotes, outside of braces.
#[must_use]
pub fn plain(text: &str) -> bool {
    let begins = |c: char| !c.is_whitespace() && !"-?:,[]{}#&*!|>'\"%@`".contains(c);
    text.starts_with(begins)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(char::is_control)
        && matches!(plain_json(text), Json::String(_))
}

/// Whether the text can be on several lines that are one paragraph.
pub(super) fn foldable(text: &str) -> bool {
    let mut words = text.split(' ');
    text.contains(' ')
        && words.all(|word| !word.is_empty())
        && !text.chars().any(|c| c.is_control() || (c.is_whitespace() && c != ' '))
        && matches!(plain_json(text), Json::String(_))
}

/// The text's words on lines of at most `width`, none of which begins with a word that would mean something there.
#[must_use]
pub fn lines(text: &str, width: usize, means: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if means(word) || line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
