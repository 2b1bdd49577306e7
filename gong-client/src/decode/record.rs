//! Models of answers: objects whose `null` is absent, whose unknown fields are passed over, and whose numbers may be
//! text.
//!
//! `record!` stands in for serde's derive. It only says where a field's value goes; one walk over JSON, in
//! [`super::wire`], serves every model, so two hundred models are little code and quick to build, and decode as fast as
//! derived ones.

use std::any::Any;

use serde_json::{Map, Value};

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::service::SERVICE;
use crate::decode::excerpt::{Excerpt, Wanted};
use crate::decode::read;
use crate::decode::salvage::{self, Broken, Unreadable};
use crate::decode::slot::{Bracket, Opened, Shown, Slot};
use crate::decode::text;
use crate::decode::wire;

/// Makes a struct a [`Record`]: `record! { Call { id: "id" always 0, title: "title" } }`. A field that every object
/// must have bears a number of its own, below 64.
macro_rules! record {
    ($name:ident { $($field:ident: $key:literal $(always $number:literal)?),* $(,)? }) => {
        impl $crate::decode::slot::Record for $name {
            fn field(
                &mut self,
                name: &str,
                bit: &mut u64,
            ) -> ::std::option::Option<&mut dyn $crate::decode::slot::Slot> {
                let _ = &bit;
                match name {
                    $($key => {
                        $(*bit = 1 << $number;)?
                        Some(&mut self.$field)
                    })*
                    _ => None,
                }
            }

            fn missing(&self, came: u64) -> ::std::option::Option<&'static str> {
                let _ = came;
                // An id that is empty is none, and isn't shown.
                $($(if came & 1 << $number == 0 || $crate::decode::slot::is_absent(&self.$field) {
                    return Some($key);
                })?)*
                None
            }

            fn fields(&self, take: &mut $crate::decode::slot::Take<'_>) {
                const KEYS: &[$crate::decode::slot::Key] =
                    &[$($crate::decode::slot::Key { name: $key, json: concat!(",\"", $key, "\":") }),*];
                take(KEYS, &[$(&self.$field),*]);
            }
        }

        impl $crate::decode::slot::Slot for $name {
            fn expects(&self) -> &'static $crate::decode::slot::Expects {
                &const { $crate::decode::slot::Expects::a(concat!("an object (", stringify!($name), ")")) }
            }

            fn put(&mut self, scalar: $crate::decode::slot::Scalar<'_>) -> bool {
                // It is empty already: a place that has one makes a new one, or none for a null.
                matches!(scalar, $crate::decode::slot::Scalar::Null)
            }

            fn open(
                &mut self,
                _: $crate::decode::slot::Bracket,
            ) -> ::std::option::Option<$crate::decode::slot::Opened<'_>> {
                Some($crate::decode::slot::Opened::Record(self))
            }

            fn show(&self) -> $crate::decode::slot::Shown<'_> {
                $crate::decode::slot::Shown::Record(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::decode::wire::read_new(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::decode::wire::write($crate::decode::slot::Slot::show(self), serializer)
            }
        }
    };
}
pub(crate) use record;

/// An answer, whatever its type.
pub(crate) trait AnyAnswer: Slot + Any + Send {
    /// Becomes one that says nothing.
    fn clear(&mut self);
}

impl<T: Slot + Default + Any + Send> AnyAnswer for T {
    fn clear(&mut self) {
        *self = T::default();
    }
}

/// An answer as what it is: a tool is only ever given one that it made.
pub(crate) fn of_type<A: AnyAnswer>(answer: &mut dyn AnyAnswer) -> Result<&mut A> {
    let answer: &mut dyn Any = answer;
    answer.downcast_mut().ok_or_else(|| Error::new(ErrorKind::Decode, "the answer is one of another tool."))
}

// Not methods of the trait: they would be compiled once an answer's type.
impl dyn AnyAnswer + '_ {
    /// Becomes what these bytes say; nothing is left of an earlier try.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> serde_json::Result<()> {
        self.clear();
        read::read_whole(self, bytes)
    }

    /// As [`read`](Self::read), [part by part](salvage::read).
    pub(crate) fn read_in_parts(&mut self, bytes: &[u8]) -> Result<Vec<Unreadable>, Broken> {
        self.clear();
        salvage::read(self, bytes)
    }

    /// Becomes an answer that says nothing but this.
    pub(crate) fn read_nothing(&mut self, told: &Map<String, Value>) -> serde_json::Result<()> {
        self.clear();
        // By way of text, like any other answer, so that there is one decoder and not two.
        told.iter().try_for_each(|(name, value)| read_field(self, name, value.to_string().as_bytes()))
    }

    /// Whether it has more to say than the request's id.
    pub(crate) fn has_fields(&self) -> bool {
        let Shown::Record(record) = self.show() else { return true };
        let mut found = false;
        record.each(|key, _| found |= key.name != SERVICE.error_request_id);
        found
    }

    /// Whether it has lists, and no element in any.
    pub(crate) fn is_empty(&self) -> bool {
        let Shown::Record(record) = self.show() else { return false };
        let (mut lists, mut elements) = (false, false);
        record.each(|_, field| {
            if let Shown::List(list) = field.show() {
                lists = true;
                list.each(&mut |_| elements = true);
            }
        });
        lists && !elements
    }

    /// Hands over the texts at the end of this path of fields, whose lists are gone through.
    pub(crate) fn texts_at(&self, path: &[&str], take: &mut dyn FnMut(&str)) {
        texts_at(self, path, take);
    }

    /// Shows it; `None` if there is no [room] for that.
    pub(crate) fn to_json(&self) -> Option<Value> {
        wire::to_value(self.show())
    }

    /// As [`to_json`](Self::to_json) as text, of at most so many bytes, with other members after its own.
    pub(crate) fn to_text(&self, others: &text::Others, most: usize) -> Option<String> {
        match self.show() {
            Shown::Record(record) => text::of_record(record, others, most),
            _ => None,
        }
    }

    /// What is wanted of it, whose items are in this field, as text.
    pub(crate) fn to_excerpt(
        &self,
        items: Option<&str>,
        wanted: &Wanted,
        others: &text::Others,
        most: usize,
    ) -> Option<Excerpt> {
        match self.show() {
            Shown::Record(record) => text::of_part(record, items, wanted, others, most),
            _ => None,
        }
    }
}

/// Reads a field of an answer that has no others, if there is one of this name.
fn read_field(answer: &mut dyn Slot, name: &str, bytes: &[u8]) -> serde_json::Result<()> {
    let Some(Opened::Record(record)) = answer.open(Bracket::Object) else { return Ok(()) };
    record.field(name, &mut 0).map_or(Ok(()), |slot| read::read_any(slot, bytes).map(drop))
}

fn texts_at(slot: &dyn Slot, path: &[&str], take: &mut dyn FnMut(&str)) {
    match (slot.show(), path) {
        (Shown::List(list), path) => list.each(&mut |element| texts_at(element, path, take)),
        (Shown::Text(text), []) => take(text),
        (Shown::Record(record), [first, rest @ ..]) => record.each(|key, field| {
            if key.name == *first {
                texts_at(field, rest, take);
            }
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
