//! An answer as JSON text, without a [`Value`] in between. `serde_json` writes what is rare: numbers with a fraction,
//! and texts in which something must be escaped. That most have none is seen many bytes at once here, where its writer
//! looks at each, and the names of fields are there as they are written: together that is half of the work.

use serde::Serialize;
use serde_json::Value;

use crate::decode::slot::{Record, Shown, Slot};

/// Members that come after those of a record, in place of its own of the same name.
pub(crate) type Others = [(&'static str, Value)];

/// Writes a record; `None` if that takes more than `most` bytes.
pub(crate) fn of_record(record: &dyn Record, others: &Others, most: usize) -> Option<String> {
    let mut writer = Writer { text: Vec::new(), most };
    writer.enclose(*b"{}", |writer| {
        record.each(&mut |key, slot| {
            if others.iter().all(|(other, _)| *other != key.name) {
                writer.field(key.json, slot);
            }
        });
        others.iter().for_each(|(key, value)| writer.entry(key, value));
    });
    if writer.is_full() { None } else { String::from_utf8(writer.text).ok() }
}

struct Writer {
    text: Vec<u8>,
    most: usize,
}

impl Writer {
    /// Whether there is more than there may be: then nothing is written but brackets.
    fn is_full(&self) -> bool {
        self.text.len() > self.most
    }

    fn value(&mut self, shown: Shown<'_>) {
        match shown {
            Shown::Absent => self.text.extend_from_slice(b"null"),
            Shown::Bool(true) => self.text.extend_from_slice(b"true"),
            Shown::Bool(false) => self.text.extend_from_slice(b"false"),
            Shown::Int(number) => self.text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
            Shown::Float(number) => self.json(&number),
            Shown::Text(text) => self.string(text),
            Shown::Date(day) => self.json(&day.to_string()),
            Shown::Any(json) => self.json(json),
            Shown::List(list) => self.enclose(*b"[]", |writer| {
                list.each(&mut |item| {
                    if !writer.is_full() {
                        writer.text.push(b',');
                        writer.value(item.show());
                    }
                });
            }),
            Shown::Record(record) => {
                self.enclose(*b"{}", |writer| record.each(&mut |key, slot| writer.field(key.json, slot)));
            }
            Shown::Map(entries) => {
                self.enclose(*b"{}", |writer| entries.each(&mut |key, slot| writer.entry(key, slot)));
            }
        }
    }

    /// Writes elements, each after a comma. The first bracket takes the place of the first comma.
    fn enclose(&mut self, [open, close]: [u8; 2], elements: impl FnOnce(&mut Self)) {
        let begin = self.text.len();
        elements(self);
        match self.text.get_mut(begin) {
            Some(comma) => *comma = open,
            None => self.text.push(open),
        }
        self.text.push(close);
    }

    /// A field, by its [name](super::slot::Key::json).
    fn field(&mut self, name: &str, slot: &dyn Slot) {
        let shown = slot.show();
        if !matches!(shown, Shown::Absent) && !self.is_full() {
            self.text.extend_from_slice(name.as_bytes());
            self.value(shown);
        }
    }

    /// A member whose name is data.
    fn entry(&mut self, name: &str, slot: &dyn Slot) {
        let shown = slot.show();
        if !matches!(shown, Shown::Absent) && !self.is_full() {
            self.text.push(b',');
            self.string(name);
            self.text.push(b':');
            self.value(shown);
        }
    }

    fn string(&mut self, text: &str) {
        let is_escaped = |byte: u8| u8::from(byte < b' ' || byte == b'"' || byte == b'\\');
        // Not `any`, which stops at the first and so looks at one after the other.
        if text.bytes().fold(0, |found, byte| found | is_escaped(byte)) != 0 {
            return self.json(text);
        }
        self.text.push(b'"');
        self.text.extend_from_slice(text.as_bytes());
        self.text.push(b'"');
    }

    fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Texts, numbers and values can be written, and a list of bytes takes whatever comes.
        let _ = serde_json::to_writer(&mut self.text, value);
    }
}

#[cfg(test)]
mod tests;
