//! What a terminal or a page may be given of a text that somebody else wrote.

use std::borrow::Cow;

/// Whether a terminal or a page would obey this character instead of showing it: control characters, which begin escape
/// sequences, and those that turn the direction of writing or cannot be seen at all.
#[must_use]
pub fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether a header can carry it: printable ASCII, and spaces.
pub(crate) fn is_header_value(text: &str) -> bool {
    text.chars().all(|letter| (' '..='~').contains(&letter))
}

/// The text with `\u{fffd}` in the place of every character that is obeyed rather than shown. Line breaks and tabs
/// stay.
///
/// ```
/// use gong_client::text::printable;
///
/// assert_eq!(printable("a\u{1b}]52;c;aGk=\u{7}b"), "a\u{fffd}]52;c;aGk=\u{fffd}b");
/// ```
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let obeyed = |letter: char| is_unprintable(letter) && !matches!(letter, '\n' | '\t');
    match text.contains(obeyed) {
        true => text.chars().map(|letter| if obeyed(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect(),
        false => Cow::Borrowed(text),
    }
}

/// The text on one line, printable, and cut to a number of characters; then it says how many more there were.
///
/// ```
/// use gong_client::text::excerpt;
///
/// assert_eq!(excerpt("what  was\nsaid", 20), "what was said");
/// assert_eq!(excerpt("what was said", 8), "what was… (5 more characters)");
/// ```
#[must_use]
pub fn excerpt(text: &str, most: usize) -> String {
    // So is every id of a request, and each answer has one.
    if text.len() <= most && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_owned();
    }
    let mut line = String::new();
    let mut length = 0;
    let mut letters = text.trim().char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if length == most {
            let more = text.trim().get(at..).unwrap_or_default().chars().count();
            let line = line.trim_end();
            return format!("{line}… ({more} more characters)");
        }
        length += 1;
        if !letter.is_whitespace() {
            line.push(if is_unprintable(letter) { char::REPLACEMENT_CHARACTER } else { letter });
            continue;
        }
        line.push(' ');
        while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
    }
    line
}

#[cfg(test)]
mod tests;
