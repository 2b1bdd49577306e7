//! An answer as JSON text, without a [`Value`] in between. `serde_json` writes what is rare: numbers with a fraction,
//! and texts in which something must be escaped. That most have none is seen many bytes at once here, where its writer
//! looks at each, and the names of fields are there as they are written: together that is half of the work. What
//! every field needs is inlined by force: left to itself the compiler calls it, and does a twelfth more.

use serde::Serialize;
use serde_json::Value;

use crate::decode::excerpt::{ALL, Excerpt, Fields, Wanted};
use crate::decode::slot::{Key, List, Record, Shown, Slot};

/// Members that come after those of a record, in place of its own of the same name.
pub(crate) type Others = [(&'static str, Value)];

/// Writes a record; `None` if that takes more than `most` bytes.
pub(crate) fn of_record(record: &dyn Record, others: &Others, most: usize) -> Option<String> {
    let mut writer = Writer::new(most);
    writer.enclose(['{', '}'], |writer, comma| {
        record.each(|key, slot| {
            if others.iter().all(|(other, _)| *other != key.name) {
                writer.field(comma, key, slot, ALL);
            }
        });
        others.iter().for_each(|(key, value)| writer.entry(comma, key, value, ALL));
    });
    if writer.is_full() { None } else { Some(writer.text) }
}

/// As [`of_record`], of an answer whose items are in this field: what is wanted of it. What stands beside the items
/// stays.
pub(crate) fn of_part(
    record: &dyn Record,
    items: Option<&str>,
    wanted: &Wanted,
    others: &Others,
    most: usize,
) -> Option<Excerpt> {
    let (mut writer, mut items_of) = (Writer::new(most), (0, 0));
    writer.enclose(['{', '}'], |writer, comma| {
        record.each(|key, slot| match (items, slot.show()) {
            _ if others.iter().any(|(other, _)| *other == key.name) => {}
            (Some(items), Shown::List(list)) if items == key.name => {
                writer.name(comma, key);
                items_of = writer.items(list, wanted);
            }
            (Some(_), _) => writer.field(comma, key, slot, ALL),
            (None, _) => {
                if let Some(fields) = wanted.fields.of(key.name) {
                    writer.field(comma, key, slot, fields);
                }
            }
        });
        others.iter().for_each(|(key, value)| writer.entry(comma, key, value, ALL));
    });
    if writer.is_full() {
        return None;
    }
    let (items, left_out) = items_of;
    Some(Excerpt { text: writer.text, items, left_out })
}

struct Writer {
    text: String,
    most: usize,
}

/// The comma before an element: the first has none.
struct Comma {
    is_due: bool,
}

impl Comma {
    /// Whether it is due; the next one is.
    fn is_due(&mut self) -> bool {
        std::mem::replace(&mut self.is_due, true)
    }
}

impl Writer {
    fn new(most: usize) -> Self {
        Writer { text: String::new(), most }
    }

    /// Whether there is more than there may be: then no element of a list and no entry is written any more. A record's
    /// fields are, of which there are few.
    fn is_full(&self) -> bool {
        self.text.len() > self.most
    }

    /// A value. What most of them are is written here, with what that needs and no more.
    #[inline(always)]
    fn value(&mut self, shown: Shown<'_>) {
        match shown {
            Shown::Int(number) => self.text.push_str(itoa::Buffer::new().format(number)),
            Shown::Text(text) => self.string(text),
            other => self.other_value(other),
        }
    }

    #[inline(never)]
    fn other_value(&mut self, shown: Shown<'_>) {
        match shown {
            Shown::Int(_) | Shown::Text(_) => self.value(shown),
            Shown::Absent => self.text.push_str("null"),
            Shown::Bool(true) => self.text.push_str("true"),
            Shown::Bool(false) => self.text.push_str("false"),
            Shown::Float(number) => self.json(&number),
            Shown::Date(day) => self.json(&day.to_string()),
            Shown::Any(json) => self.json(json),
            Shown::List(list) => self.enclose(['[', ']'], |writer, comma| {
                list.each(&mut |item| {
                    if !writer.is_full() {
                        writer.comma(comma);
                        writer.value(item.show());
                    }
                });
            }),
            Shown::Record(record) => {
                self.enclose(['{', '}'], |writer, comma| {
                    record.each(|key, slot| writer.field(comma, key, slot, ALL));
                });
            }
            Shown::Map(entries) => {
                self.enclose(['{', '}'], |writer, comma| {
                    entries.each(&mut |key, slot| writer.entry(comma, key, slot, ALL));
                });
            }
        }
    }

    /// What is wanted of a value. That it is all is seen here, before anything else is done.
    #[inline(always)]
    fn wanted(&mut self, shown: Shown<'_>, fields: &Fields) {
        if fields.is_all() { self.value(shown) } else { self.picked(shown, fields) }
    }

    fn picked(&mut self, shown: Shown<'_>, fields: &Fields) {
        match shown {
            Shown::List(list) => self.enclose(['[', ']'], |writer, comma| {
                list.each(&mut |item| {
                    if !writer.is_full() {
                        writer.comma(comma);
                        writer.wanted(item.show(), fields);
                    }
                });
            }),
            Shown::Record(record) => self.enclose(['{', '}'], |writer, comma| {
                record.each(|key, slot| {
                    if let Some(fields) = fields.of(key.name) {
                        writer.field(comma, key, slot, fields);
                    }
                });
            }),
            Shown::Map(entries) => self.enclose(['{', '}'], |writer, comma| {
                entries.each(&mut |key, slot| {
                    if let Some(fields) = fields.of(key) {
                        writer.entry(comma, key, slot, fields);
                    }
                });
            }),
            Shown::Any(json) => self.json(&fields.picked(json)),
            scalar => self.value(scalar),
        }
    }

    /// The wanted items: as many as fit, and at least the first. Gives how many these are, and how many more there are.
    fn items(&mut self, list: &dyn List, wanted: &Wanted) -> (usize, usize) {
        let (begin, mut count, mut kept, mut left_out) = (self.text.len(), 0, 0, 0);
        self.enclose(['[', ']'], |writer, comma| {
            list.each(&mut |item| {
                count += 1;
                if count <= wanted.skip || writer.is_full() {
                    return;
                }
                let end = writer.text.len();
                if left_out == 0 {
                    writer.comma(comma);
                    writer.wanted(item.show(), &wanted.fields);
                }
                let is_too_much = writer.text.len().saturating_sub(begin) > wanted.bytes;
                if left_out > 0 || (is_too_much && kept > 0) {
                    // Between two elements, so between two letters.
                    writer.text.truncate(end);
                    left_out += 1;
                } else {
                    kept += 1;
                }
            });
        });
        (kept, left_out)
    }

    /// Writes elements, with a comma between them.
    #[inline(always)]
    fn enclose(&mut self, [open, close]: [char; 2], elements: impl FnOnce(&mut Self, &mut Comma)) {
        self.text.push(open);
        elements(self, &mut Comma { is_due: false });
        self.text.push(close);
    }

    #[inline(always)]
    fn comma(&mut self, comma: &mut Comma) {
        if comma.is_due() {
            self.text.push(',');
        }
    }

    #[inline(always)]
    fn name(&mut self, comma: &mut Comma, key: &Key) {
        let name = if comma.is_due() { key.json } else { key.json.strip_prefix(',').unwrap_or(key.json) };
        self.text.push_str(name);
    }

    /// What is wanted of a field.
    #[inline(always)]
    fn field(&mut self, comma: &mut Comma, key: &Key, slot: &dyn Slot, fields: &Fields) {
        let shown = slot.show();
        if !matches!(shown, Shown::Absent) {
            self.name(comma, key);
            self.wanted(shown, fields);
        }
    }

    /// A member whose name is data.
    fn entry(&mut self, comma: &mut Comma, name: &str, slot: &dyn Slot, fields: &Fields) {
        let shown = slot.show();
        if !matches!(shown, Shown::Absent) && !self.is_full() {
            self.comma(comma);
            self.string(name);
            self.text.push(':');
            self.wanted(shown, fields);
        }
    }

    #[inline(always)]
    fn string(&mut self, text: &str) {
        match specials(text.as_bytes()) {
            0 => {
                self.text.push('"');
                self.text.push_str(text);
                self.text.push('"');
            }
            QUOTED => self.quoted(text),
            _ => self.json(text),
        }
    }

    /// A text that has quotation marks or backslashes: what is between them is copied as it is.
    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        let mut copied = 0;
        for at in memchr::memchr2_iter(b'"', b'\\', text.as_bytes()) {
            self.text.push_str(text.get(copied..at).unwrap_or_default());
            self.text.push('\\');
            copied = at;
        }
        self.text.push_str(text.get(copied..).unwrap_or_default());
        self.text.push('"');
    }

    fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Texts, numbers and values can be written.
        self.text.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}

/// What must be escaped by a backslash before it, and what must be written in another way.
const QUOTED: u8 = 1;
const CONTROL: u8 = 2;

/// How many bytes are looked at as one.
const BLOCK: usize = 16;

/// Which kinds of bytes that must be escaped are in a text.
fn specials(bytes: &[u8]) -> u8 {
    let special = |byte: &u8| (u8::from(*byte == b'"' || *byte == b'\\') * QUOTED) | (u8::from(*byte < b' ') * CONTROL);
    let Some(last) = bytes.last_chunk::<BLOCK>() else {
        return bytes.iter().fold(0, |found, byte| found | special(byte));
    };
    // All of them, not up to the first: then many bytes are one step. So is the last block, which overlaps the one
    // before it; byte by byte what is left over would take as long as the rest.
    let mut found = [0; BLOCK];
    let blocks = bytes.chunks_exact(BLOCK).filter_map(|block| block.first_chunk::<BLOCK>());
    for block in blocks.chain([last]) {
        found.iter_mut().zip(block).for_each(|(found, byte)| *found |= special(byte));
    }
    found.iter().fold(0, |all, one| all | one)
}

#[cfg(test)]
mod tests;
