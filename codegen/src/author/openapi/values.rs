//! The values of an enum as the spec can name them.

use super::told::{Place, Told};
use tool_spec::names::camel;

/// A value: what it is called, and what is sent if that is something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MadeValue {
    pub(super) name: String,
    pub(super) sends: Option<String>,
}

/// What signs are called in a name.
const SIGNS: [(char, &str); 14] = [
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('<', "less"),
    ('>', "greater"),
    ('=', "equal"),
    ('!', "not"),
    ('%', "percent"),
    ('&', "and"),
    ('|', "or"),
    ('#', "hash"),
    ('.', "dot"),
    ('~', "tilde"),
];

/// The values, each with a name of its own in Rust. What cannot be a value is told.
pub(super) fn cleaned(texts: &[&str], told: &Told, place: &Place) -> Vec<MadeValue> {
    let mut values: Vec<MadeValue> = Vec::new();
    // What Rust calls a value that is not known.
    let mut taken: Vec<String> = vec!["Other".to_owned()];
    for text in apart(texts, told, place) {
        if text.trim() != text || text.is_empty() || text.chars().any(hidden) {
            told.left_out(format!("the value {text:?}, which cannot be written"), place);
            continue;
        }
        if values.iter().any(|value| value.name == text || value.sends.as_deref() == Some(text)) {
            continue;
        }
        let name = named(text, &taken);
        taken.push(camel(&name));
        let sends = (name != text).then(|| text.to_owned());
        if sends.is_some() {
            told.guessed(
                format!("its value `{text}` is called `{name}`, as Rust could not tell it from another"),
                place,
            );
        }
        values.push(MadeValue { name, sends });
    }
    values
}

/// A name that none of the others has.
fn named(text: &str, taken: &[String]) -> String {
    let free = |name: &str| !camel(name).is_empty() && !taken.contains(&camel(name));
    if free(text) {
        return text.to_owned();
    }
    let spelt: String = text
        .chars()
        .map(|sign| match SIGNS.iter().find(|(known, _)| *known == sign) {
            Some((_, word)) => format!(" {word} "),
            None => sign.to_string(),
        })
        .collect();
    let spelt = spelt.split_whitespace().collect::<Vec<_>>().join("_");
    let spelt = if camel(&spelt).is_empty() { "value".to_owned() } else { spelt };
    let numbered = (2..).map(|number| format!("{spelt}_{number}"));
    [spelt.clone(), format!("{spelt}_value")].into_iter().chain(numbered).find(|name| free(name)).unwrap_or(spelt)
}

/// Values one by one, where a document has written several into one text.
fn apart<'t>(texts: &[&'t str], told: &Told, place: &Place) -> Vec<&'t str> {
    let word = |text: &&str| !text.contains(char::is_whitespace);
    match texts {
        [only] if parts(only).len() > 1 && parts(only).iter().all(word) => {
            told.guessed(format!("its only value `{only}` is taken for {}", parts(only).len()), place);
            parts(only)
        }
        _ => {
            let is_list = |text: &&str| parts(text).len() > 1 && parts(text).iter().all(|part| texts.contains(part));
            let (lists, values): (Vec<&str>, Vec<&str>) = texts.iter().partition(|text| is_list(text));
            for list in lists {
                told.left_out(format!("the value `{list}`, which is others in one text"), place);
            }
            values
        }
    }
}

/// The texts that one text joins.
fn parts(text: &str) -> Vec<&str> {
    let by = if text.contains(" / ") { " / " } else { "," };
    text.split(by).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a character is not to be seen, so that a name with it could be taken for another.
pub(super) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
