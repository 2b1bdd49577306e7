//! Saves an answer from one broken item: the item is taken out of the bytes, and the rest is read again.
//!
//! Only an element of a list that is a field of the answer itself counts as an item; whatever else cannot be read makes the
//! whole answer a broken one. Nothing of this runs unless decoding has failed.

use std::fmt;
use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use crate::error::{Error, ErrorKind};
use crate::json_place;
use crate::runtime::record::AnyAnswer;

/// An element of an answer's list that could not be read.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
/// let page = gong.calls().list().send().await?;
/// for item in page.unreadable() {
///     eprintln!("{item}, in {}", item.json());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Unreadable {
    path: String,
    message: String,
    json: String,
}

impl Unreadable {
    /// The place in Gong's answer, such as `calls[3].duration`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The whole element as it came, such as all of `calls[3]`. It may not even be JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({"path": self.path, "message": self.message, "json": self.json})
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be read: {}", self.path, self.message)
    }
}

impl fmt::Debug for Unreadable {
    /// Without the element, which can be long and is other people's conversation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unreadable {{ {}: {}, {} bytes }}", self.path, self.message, self.json.len())
    }
}

/// The error for somebody who needs every item.
pub(crate) fn missed(item: &Unreadable) -> Error {
    Error::new(ErrorKind::BrokenAnswer, format!("an item of the answer is not what it should be: {item}.")).with(
        |inner| {
            inner.json_path = Some(item.path.clone());
            inner.sent = true;
            inner.repeatable = true;
        },
    )
}

/// Reads an answer without its broken items, and tells which those are; `None` if it is broken elsewhere.
#[cold]
pub(crate) fn decode(bytes: &[u8], answer: &mut dyn AnyAnswer) -> Option<Vec<Unreadable>> {
    let mut bytes = bytes.to_vec();
    let mut unreadable = Vec::new();
    // Each turn makes a null of an element that was none, so there are no more turns than elements.
    loop {
        match answer.read(&bytes) {
            Ok(()) => return Some(unreadable),
            Err(cause) => unreadable.push(take_out(&mut bytes, &cause)?),
        }
    }
}

/// Puts a null, which a list passes over, in the place of the element that could not be read. So the others keep their
/// numbers.
fn take_out(bytes: &mut Vec<u8>, cause: &serde_json::Error) -> Option<Unreadable> {
    const NULL: &[u8] = b"null";
    let place = json_place::offset(bytes, cause.line(), cause.column());
    let Element { range, path } = Scan { json: bytes, at: 0 }.element_around(place)?;
    let element = bytes.get(range.clone())?;
    if element == NULL || !is_one(element) {
        return None;
    }
    // Further in, if it is known.
    let (within, _) = json_place::place(bytes, cause.line(), cause.column());
    let path = if within.starts_with(&path) { within } else { path };
    let json = String::from_utf8_lossy(element).into_owned();
    bytes.splice(range, NULL.iter().copied());
    let told = cause.to_string();
    let message = told.split_once(" at line ").map_or(told.as_str(), |(message, _)| message).to_owned();
    Some(Unreadable { path, message, json })
}

/// Whether this is one element for sure. Where a quote is missing, texts and what is between them change places, and the
/// end of an element that is found then may be that of another: such a one has the seam of two elements within a text.
fn is_one(element: &[u8]) -> bool {
    if serde_json::from_slice::<IgnoredAny>(element).is_ok() {
        return true;
    }
    let mut scan = Scan { json: element, at: 0 };
    while let Some(byte) = scan.next() {
        if byte == b'"' {
            let begin = scan.at;
            if scan.string().is_none() || has_seam(element.get(begin..scan.at).unwrap_or_default()) {
                return false;
            }
        }
    }
    true
}

/// Whether there is the end of an object, a comma and the beginning of another.
fn has_seam(text: &[u8]) -> bool {
    let signs: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    signs.windows(3).any(|three| three == b"},{")
}

/// An element of a list at the top.
struct Element {
    range: Range<usize>,
    path: String,
}

/// A walk over JSON that is whole at the top and may be broken further down.
struct Scan<'j> {
    json: &'j [u8],
    at: usize,
}

impl Scan<'_> {
    /// The element of a list at the top that this place belongs to.
    fn element_around(&mut self, place: usize) -> Option<Element> {
        self.expect(b'{')?;
        loop {
            self.expect(b'"')?;
            let begin = self.at;
            self.string()?;
            let name = self.json.get(begin..self.at - 1)?;
            self.expect(b':')?;
            match self.peek()? {
                b'[' => {
                    if let Some((index, range)) = self.in_list(place)? {
                        let path = format!("{}[{index}]", String::from_utf8_lossy(name));
                        return Some(Element { range, path });
                    }
                }
                _ => self.value()?,
            }
            self.expect(b',')?;
        }
    }

    /// Goes past a list, unless this place belongs to one of its elements. `None` is a list that is broken itself.
    fn in_list(&mut self, place: usize) -> Option<Option<(usize, Range<usize>)>> {
        self.expect(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Some(None);
        }
        let mut index = 0;
        loop {
            self.peek()?;
            let begin = self.at;
            self.value()?;
            let end = self.at;
            let next = self.peek().filter(|next| matches!(next, b',' | b']'))?;
            if (begin..=end).contains(&place) {
                return Some(Some((index, begin..end)));
            }
            self.at += 1;
            index += 1;
            if next == b']' {
                return Some(None);
            }
        }
    }

    /// Goes past a value: its brackets match and its texts end, whatever else is in it.
    fn value(&mut self) -> Option<()> {
        let mut open = Vec::new();
        let begin = self.at;
        loop {
            match self.next()? {
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                byte @ (b'}' | b']') if open.pop() != Some(byte) => return None,
                b'"' => self.string()?,
                b',' | b':' if open.is_empty() => return None,
                // Outside of texts there are none.
                b'\\' => return None,
                _ => {}
            }
            let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':') || byte.is_ascii_whitespace();
            if open.is_empty() && self.json.get(self.at).is_none_or(ends) {
                return (self.at > begin).then_some(());
            }
        }
    }

    /// Goes past a text whose opening quote was passed.
    fn string(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.json.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no white space, before which it stops.
    fn peek(&mut self) -> Option<u8> {
        while self.json.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.json.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }
}

#[cfg(test)]
#[path = "salvage_tests.rs"]
mod tests;
