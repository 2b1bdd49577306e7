//! The values of an enum as the spec can name them.

use super::names::hidden;
use super::told::Place;
use crate::draft::words;
use crate::openapi::{Apart, apart};
use tool_spec::model::EnumValue;
use tool_spec::names::camel;

/// What signs are called in a name.
const SIGNS: &str = "+plus -minus *star /slash <less >greater =equal !not %percent &and |or #hash .dot ~tilde";

/// The values, each with a name of its own in Rust. What cannot be a value is told.
pub(super) fn cleaned(texts: &[&str], place: &Place<'_>) -> Vec<EnumValue> {
    let mut values: Vec<EnumValue> = Vec::new();
    // What Rust calls a value that is not known.
    let mut taken: Vec<String> = vec!["Other".to_owned()];
    for text in one_by_one(texts, place) {
        if text.trim() != text || text.is_empty() || text.chars().any(hidden) {
            place.left_out(format!("the value {text:?}, which cannot be written"));
            continue;
        }
        if values.iter().any(|value| value.name == text || value.sends.as_deref() == Some(text)) {
            continue;
        }
        let name = named(text, &taken);
        taken.push(camel(&name));
        let sends = (name != text).then(|| text.to_owned());
        if sends.is_some() {
            place.guessed(format!("its value `{text}` is called `{name}`, as Rust could not tell it from another"));
        }
        values.push(EnumValue { about: words::of_value(&name), name, sends });
    }
    values
}

/// A name that none of the others has.
fn named(text: &str, taken: &[String]) -> String {
    let free = |name: &str| !camel(name).is_empty() && !taken.contains(&camel(name));
    if free(text) {
        return text.to_owned();
    }
    let word = |sign: char| SIGNS.split(' ').find_map(|word| word.strip_prefix(sign));
    let spelt: String =
        text.chars().map(|sign| word(sign).map_or_else(|| sign.to_string(), |word| format!(" {word} "))).collect();
    let spelt = spelt.split_whitespace().collect::<Vec<_>>().join("_");
    let spelt = if camel(&spelt).is_empty() { "value".to_owned() } else { spelt };
    let numbered = (2..).map(|number| format!("{spelt}_{number}"));
    [spelt.clone(), format!("{spelt}_value")].into_iter().chain(numbered).find(|name| free(name)).unwrap_or(spelt)
}

/// Values one by one, where a document has written several into one text.
fn one_by_one<'t>(texts: &[&'t str], place: &Place<'_>) -> Vec<&'t str> {
    let Apart { values, joined, repeated } = apart(texts);
    if let Some(joined) = joined {
        place.guessed(format!("its only value `{joined}` is taken for {}", values.len()));
    }
    for list in repeated {
        place.left_out(format!("the value `{list}`, which is others in one text"));
    }
    values
}
