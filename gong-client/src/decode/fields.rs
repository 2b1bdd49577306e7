//! The types that a field of a model can have, each as a place that takes a value.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::base::id::Id;
use crate::base::time::{Date, Timestamp, read_day};
use crate::decode::memory;
use crate::decode::slot::{Entries, List, Object, Scalar, Shown, Slot, as_written, put_null};

impl<T: Slot + Default> Slot for Option<T> {
    fn expects(&self) -> &'static str {
        T::default().expects()
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        if let Scalar::Null = scalar {
            *self = None;
            return true;
        }
        // Not put in place first: what is known to be empty needs no dropping.
        let mut value = T::default();
        let fits = value.put(scalar);
        *self = Some(value);
        fits
    }

    fn list(&mut self) -> Option<&mut dyn List> {
        self.insert(T::default()).list()
    }

    fn object(&mut self) -> Option<Object<'_>> {
        self.insert(T::default()).object()
    }

    fn is_text(&self) -> bool {
        T::default().is_text()
    }

    fn show(&self) -> Shown<'_> {
        match self {
            Some(value) => value.show(),
            None => Shown::Absent,
        }
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn expects(&self) -> &'static str {
        "a list"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        matches!(scalar, Scalar::Null)
    }

    fn list(&mut self) -> Option<&mut dyn List> {
        self.clear();
        Some(self)
    }

    fn show(&self) -> Shown<'_> {
        Shown::List(self)
    }
}

impl<T: Slot + Default> List for Vec<T> {
    fn push(&mut self) -> Option<&mut dyn Slot> {
        if self.len() == self.capacity() && !memory::for_list(self.capacity(), size_of::<T>()) {
            return None;
        }
        Vec::push(self, T::default());
        match self.last_mut() {
            Some(last) => Some(last),
            None => None,
        }
    }

    fn was_null(&mut self) {
        if !T::takes_null() {
            self.pop();
        }
    }

    fn take_back(&mut self) {
        self.pop();
    }

    fn each(&self, write: &mut dyn FnMut(&dyn Slot)) {
        for element in self {
            write(element);
        }
    }
}

impl<T: Slot + Default> Slot for BTreeMap<String, T> {
    fn expects(&self) -> &'static str {
        "an object"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        matches!(scalar, Scalar::Null)
    }

    fn object(&mut self) -> Option<Object<'_>> {
        self.clear();
        Some(Object::Map(self))
    }

    fn show(&self) -> Shown<'_> {
        Shown::Map(self)
    }
}

impl<T: Slot + Default> Entries for BTreeMap<String, T> {
    fn entry(&mut self, key: &str) -> Option<&mut dyn Slot> {
        memory::for_entry(self.len(), key, size_of::<T>())
            .then(|| BTreeMap::entry(self, key.to_owned()).or_default() as &mut dyn Slot)
    }

    fn was_null(&mut self, key: &str) {
        if !T::takes_null() {
            self.remove(key);
        }
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn Slot)) {
        self.iter().for_each(|(key, value)| write(key, value));
    }
}

impl Slot for Value {
    fn expects(&self) -> &'static str {
        "anything"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        *self = match scalar {
            Scalar::Null => Value::Null,
            Scalar::Bool(truth) => Value::Bool(truth),
            Scalar::Int(number) => number.into(),
            Scalar::Uint(number) => number.into(),
            Scalar::Float(number) => Number::from_f64(number).into(),
            Scalar::Written(text) | Scalar::Text(text) => {
                if !memory::for_text(text) {
                    return false;
                }
                text.into()
            }
        };
        true
    }

    fn list(&mut self) -> Option<&mut dyn List> {
        *self = Value::Array(Vec::new());
        self.as_array_mut().map(|list| list as &mut dyn List)
    }

    fn object(&mut self) -> Option<Object<'_>> {
        *self = Value::Object(Map::new());
        self.as_object_mut().map(|object| Object::Map(object))
    }

    fn show(&self) -> Shown<'_> {
        Shown::Any(self)
    }

    fn takes_null() -> bool {
        true
    }
}

impl Entries for Map<String, Value> {
    fn entry(&mut self, key: &str) -> Option<&mut dyn Slot> {
        memory::for_entry(self.len(), key, size_of::<Value>())
            .then(|| Map::entry(self, key).or_insert(Value::Null) as &mut dyn Slot)
    }

    fn was_null(&mut self, _: &str) {}

    fn each(&self, write: &mut dyn FnMut(&str, &dyn Slot)) {
        self.iter().for_each(|(key, value)| write(key, value));
    }
}

/// A field that holds text, and what is written where text should be.
macro_rules! text_slot {
    ($($type:ty),*) => {
        $(impl Slot for $type {
            fn expects(&self) -> &'static str {
                "text"
            }

            #[inline] // into the `Option` that it mostly is in
            fn put(&mut self, scalar: Scalar<'_>) -> bool {
                match scalar {
                    Scalar::Text(text) => {
                        *self = text.to_owned().into();
                        memory::for_text(text)
                    }
                    other => match as_written(other) {
                        Some(text) => {
                            *self = text.into();
                            true
                        }
                        None => false,
                    },
                }
            }

            fn is_text(&self) -> bool {
                true
            }

            fn show(&self) -> Shown<'_> {
                Shown::Text(self.as_ref())
            }
        })*
    };
}
text_slot!(String, Timestamp);

impl Slot for Date {
    fn expects(&self) -> &'static str {
        "a date such as 2026-11-16"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        let read = if let Scalar::Text(text) = scalar { read_day(text) } else { None };
        *self = read.unwrap_or_default();
        read.is_some()
    }

    fn show(&self) -> Shown<'_> {
        Shown::Date(*self)
    }
}

impl<K> Slot for Id<K> {
    fn expects(&self) -> &'static str {
        "an id as text or as a whole number"
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        *self = match scalar {
            Scalar::Text(text) => text.into(),
            Scalar::Uint(number) => number.into(),
            Scalar::Int(number) => number.to_string().into(),
            Scalar::Written(number) if is_whole(number) => number.into(),
            other => return put_null(self, other),
        };
        true
    }

    fn is_text(&self) -> bool {
        true
    }

    fn show(&self) -> Shown<'_> {
        if self.as_str().is_empty() { Shown::Absent } else { Shown::Text(self.as_str()) }
    }
}

/// Whether a number is written as a whole one, however many digits it has.
pub(crate) fn is_whole(number: &str) -> bool {
    number.strip_prefix('-').unwrap_or(number).bytes().all(|digit| digit.is_ascii_digit())
}

/// A field that Gong writes now as itself, now as text.
macro_rules! scalar_slot {
    ($($type:ty, $expects:literal, $shown:ident, text => $of_text:expr, $($scalar:ident => $read:expr),*;)*) => {
        $(impl Slot for $type {
            fn expects(&self) -> &'static str {
                $expects
            }

            #[inline] // into the `Option` that it mostly is in
            fn put(&mut self, scalar: Scalar<'_>) -> bool {
                let read: Option<$type> = match scalar {
                    $(Scalar::$scalar(value) => $read(value),)*
                    Scalar::Text(text) => text.trim().parse().ok().filter($of_text),
                    Scalar::Null => Some(Default::default()),
                    #[allow(unreachable_patterns)] // a number takes every kind of number
                    _ => None,
                };
                *self = read.unwrap_or_default();
                read.is_some()
            }

            fn show(&self) -> Shown<'_> {
                Shown::$shown(*self)
            }
        })*
    };
}
scalar_slot! {
    i64, "a whole number", Int, text => |_| true,
        Int => Some, Uint => |number: u64| i64::try_from(number).ok(), Float => crate::input::json::whole;
    // JSON can write no other.
    f64, "a number", Float, text => |number: &f64| number.is_finite(),
        Int => exact, Uint => exact, Float => Some;
    bool, "true or false", Bool, text => |_| true, Bool => Some;
}

/// A number that JSON wrote as an integer is a number all the same.
trait Exact {
    fn number(self) -> f64;
}

#[allow(clippy::cast_precision_loss)] // a number of JSON is no more exact than this
mod exact {
    impl super::Exact for i64 {
        fn number(self) -> f64 {
            self as f64
        }
    }

    impl super::Exact for u64 {
        fn number(self) -> f64 {
            self as f64
        }
    }
}

#[allow(clippy::unnecessary_wraps)] // like the other ways to read a number
fn exact(number: impl Exact) -> Option<f64> {
    Some(number.number())
}
