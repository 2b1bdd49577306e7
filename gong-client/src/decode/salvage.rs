//! Saves an answer from its broken items: its parts are read one by one, and numbers as they are written where text is
//! expected.
//!
//! Only an element of a list that is a field of the answer itself counts as an item; whatever else cannot be read makes
//! the whole answer a broken one. Nothing of this runs unless decoding has failed.

use std::fmt;

use serde::de::{self, IgnoredAny};
use serde_json::{Value, json};

use crate::base::error::{Error, ErrorKind};
use crate::base::json_place;
use crate::base::text::excerpt;
use crate::decode::memory;
use crate::decode::read;
use crate::decode::scan::Scan;
use crate::decode::slot::{Bracket, List, Opened, Slot};
use crate::decode::wire::{Null, without_place};

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

/// The error for somebody who needs every item of what was read.
pub(crate) fn missed(item: &Unreadable) -> Error {
    let error = Error::new(ErrorKind::Decode, "").with(|inner| {
        inner.sent = true;
        inner.repeatable = true;
    });
    because_of(item, error)
}

/// The error of an answer that is broken because of this item.
pub(crate) fn because_of(item: &Unreadable, error: Error) -> Error {
    error.with(|inner| {
        inner.message = format!("an item of the answer is not what it should be: {item}.");
        inner.json_path = Some(item.path.clone());
    })
}

/// Why an answer cannot be read, if that is known; `None` if it is not clear what its parts are.
pub(crate) type Broken = Option<serde_json::Error>;

/// The most memory that a reported element costs, by name too, beyond its text and the copy of it.
const TOLD: usize = 1024;

/// Reads an answer part by part: what its fields hold, and of its lists each element by itself, so that one that cannot
/// be read is reported and the others are there. Each byte is looked at a fixed number of times, however many elements
/// are broken.
#[cold]
pub(crate) fn read(slot: &mut dyn Slot, bytes: &[u8]) -> Result<Vec<Unreadable>, Broken> {
    let mut scan = Scan::new(bytes);
    let mut unreadable = Vec::new();
    let Some(Opened::Record(record)) = slot.open(Bracket::Object) else { return Err(None) };
    let mut came = 0;
    let mut more = scan.enter(b'{', b'}').ok_or(None)?;
    while more {
        let name = scan.name().ok_or(None)?;
        let mut bit = 0;
        let mut slot = record.field(&name, &mut bit);
        let is_list = scan.peek() == Some(b'[');
        match slot.as_mut().and_then(|slot| if is_list { slot.open(Bracket::List) } else { None }) {
            Some(Opened::List(list)) => read_list(list, &name, &mut scan, &mut unreadable)?,
            _ => match read_field(slot, &mut scan)? {
                Null::No => {}
                Null::Yes => bit = 0,
            },
        }
        came |= bit;
        more = scan.goes_on(b'}').ok_or(None)?;
    }
    match (scan.peek(), record.missing(came)) {
        (Some(_), _) => Err(None),
        (None, Some(name)) => Err(Some(placed(&de::Error::missing_field(name), bytes, bytes.len()))),
        (None, None) => Ok(unreadable),
    }
}

/// Reads a field of the answer itself.
fn read_field(slot: Option<&mut (dyn Slot + '_)>, scan: &mut Scan<'_>) -> Result<Null, Broken> {
    let range = scan.value().ok_or(None)?;
    let json = scan.json.get(range.clone()).unwrap_or_default();
    let Some(slot) = slot else {
        let is_json = std::str::from_utf8(json).is_ok_and(|json| serde_json::from_str::<IgnoredAny>(json).is_ok());
        return if is_json { Ok(Null::No) } else { Err(None) };
    };
    read::read_exactly(slot, json).map_err(|cause| {
        let at = range.start + json_place::offset(json, cause.line(), cause.column());
        cause.is_data().then(|| placed(&cause, scan.json, at))
    })
}

/// The same error, with its line and column counted from the start of the whole answer.
fn placed(cause: &serde_json::Error, bytes: &[u8], at: usize) -> serde_json::Error {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    de::Error::custom(format!("{} at line {line} column {column}", without_place(cause)))
}

/// Reads the list that the scan is before, of this name.
fn read_list(
    list: &mut dyn List,
    name: &str,
    scan: &mut Scan<'_>,
    unreadable: &mut Vec<Unreadable>,
) -> Result<(), Broken> {
    let mut more = scan.enter(b'[', b']').ok_or(None)?;
    let mut index = 0;
    while more {
        let range = scan.value().ok_or(None)?;
        let json = scan.json.get(range).unwrap_or_default();
        if let Err(cause) = read_element(list, json) {
            let told = (!memory::is_full() && is_one(json)).then(|| Unreadable::new(name, index, json, &cause));
            unreadable.push(told.filter(Unreadable::has_room).ok_or(None)?);
        }
        index += 1;
        more = scan.goes_on(b']').ok_or(None)?;
    }
    Ok(())
}

fn read_element(list: &mut dyn List, json: &[u8]) -> serde_json::Result<()> {
    let Some(slot) = list.push() else { return Err(de::Error::custom("there is no room for it")) };
    match read::read_exactly(slot, json) {
        Ok(Null::No) => {}
        Ok(Null::Yes) => list.take_back(),
        Err(cause) => {
            list.take_back();
            return Err(cause);
        }
    }
    Ok(())
}

impl Unreadable {
    fn new(name: &str, index: usize, json: &[u8], cause: &serde_json::Error) -> Self {
        let (within, _) = json_place::place(json, cause.line(), cause.column());
        let dot = if within.is_empty() || within.starts_with('[') { "" } else { "." };
        Unreadable {
            path: excerpt(&format!("{name}[{index}]{dot}{within}"), json_place::LONGEST),
            message: without_place(cause),
            json: String::from_utf8_lossy(json).into_owned(),
        }
    }

    fn has_room(&self) -> bool {
        memory::take(TOLD + 2 * self.json.len())
    }
}

/// Whether this is one element for sure. Where a quote is missing, texts and what is between them change places, and
/// the end of an element that is found then may be that of another: such a one has the seam of two elements within a
/// text.
fn is_one(element: &[u8]) -> bool {
    if serde_json::from_slice::<IgnoredAny>(element).is_ok() {
        return true;
    }
    let mut scan = Scan::new(element);
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

#[cfg(test)]
#[path = "salvage_tests.rs"]
mod tests;
