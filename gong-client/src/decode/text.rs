//! An answer as JSON text, without a [`Value`] in between. `serde_json` writes what is rare: numbers with a fraction,
//! and texts in which something must be escaped. That most have none is seen many bytes at once here, where its writer
//! looks at each, and the names of fields are there as they are written: together that is half of the work.

use serde::Serialize;
use serde_json::Value;

use crate::decode::slot::{Record, Shown, Slot};

/// Members that come after those of a record, in place of its own of the same name.
pub(crate) type Others = [(&'static str, Value)];

/// Writes a record; `None` if that takes more than so many bytes.
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
mod tests {
    use super::*;
    use crate::decode::record::record;
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Note {
        text: Option<String>,
        number: Option<i64>,
        share: Option<f64>,
        done: Option<bool>,
        notes: Vec<Note>,
        counts: BTreeMap<String, i64>,
        any: Option<Value>,
    }
    record! { Note {
        text: "text", number: "a-number", share: "share", done: "done", notes: "notes", counts: "counts", any: "any"
    } }

    fn text(note: &Note, others: &Others) -> Option<String> {
        of_record(note, others, usize::MAX)
    }

    fn any_note() -> impl Strategy<Value = Note> {
        let text = || ".{0,20}|[\"\\\\a\u{0}-\u{20}]{0,5}";
        let leaf = (
            (proptest::option::of(text()), proptest::option::of(any::<i64>()), proptest::option::of(-1e300..1e300)),
            (proptest::option::of(any::<bool>()), proptest::collection::btree_map(text(), any::<i64>(), 0..3)),
            proptest::option::of(text().prop_map(|text| json!([text, null, {"k": 0.5}]))),
        )
            .prop_map(|((text, number, share), (done, counts), any)| Note {
                text,
                number,
                share,
                done,
                notes: Vec::new(),
                counts,
                any,
            });
        leaf.prop_recursive(3, 12, 3, |inner| {
            (inner.clone(), proptest::collection::vec(inner, 0..3)).prop_map(|(note, notes)| Note { notes, ..note })
        })
    }

    proptest! {
        #[test]
        fn the_text_is_that_of_serde_json_to_the_letter(note in any_note()) {
            prop_assert_eq!(text(&note, &[]).unwrap(), serde_json::to_string(&note).unwrap());
        }
    }

    #[test]
    fn others_come_last_and_in_place_of_fields_of_their_names() {
        let note = Note { number: Some(1), done: Some(true), ..Note::default() };
        let others = [("done", json!(["a"])), ("more", json!(null))];
        let whole = text(&note, &others).unwrap();
        assert_eq!(whole, r#"{"a-number":1,"notes":[],"counts":{},"done":["a"],"more":null}"#);
    }

    #[test]
    fn a_text_has_at_most_so_many_bytes() {
        let note = Note { text: Some("x".repeat(100)), ..Note::default() };
        let length = text(&note, &[]).unwrap().len();
        assert!(of_record(&note, &[], length).is_some());
        assert_eq!(of_record(&note, &[], length - 1), None);
    }
}
