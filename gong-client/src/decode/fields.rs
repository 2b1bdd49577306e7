//! The types that a field of a model can have, each as a place that takes a value.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};
use smol_str::{SmolStr, ToSmolStr};

use crate::base::id::Id;
use crate::base::time::{Date, Timestamp, read_day};
use crate::decode::memory;
use crate::decode::slot::{Bracket, Entries, Expects, List, Opened, Scalar, Shown, Slot, as_written};

impl<T: Slot + Default> Slot for Option<T> {
    fn expects(&self) -> &'static Expects {
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

    fn open(&mut self, bracket: Bracket) -> Option<Opened<'_>> {
        *self = Some(T::default());
        match self {
            Some(value) => value.open(bracket),
            None => None,
        }
    }

    fn show(&self) -> Shown<'_> {
        match self {
            Some(value) => value.show(),
            None => Shown::Absent,
        }
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn expects(&self) -> &'static Expects {
        &const { Expects::a("a list") }
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        *self = Vec::default();
        matches!(scalar, Scalar::Null)
    }

    fn open(&mut self, _: Bracket) -> Option<Opened<'_>> {
        *self = Vec::default();
        Some(Opened::List(self))
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

    fn take_back(&mut self) {
        self.pop();
    }

    fn each(&self, write: &mut dyn FnMut(&dyn Slot)) {
        // Without an iterator, which would be compiled once a model.
        let mut rest = self.as_slice();
        while let [element, others @ ..] = rest {
            write(element);
            rest = others;
        }
    }
}

impl<T: Slot + Default> Slot for BTreeMap<String, T> {
    fn expects(&self) -> &'static Expects {
        &const { Expects::a("an object") }
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        matches!(scalar, Scalar::Null)
    }

    fn open(&mut self, _: Bracket) -> Option<Opened<'_>> {
        self.clear();
        Some(Opened::Map(self))
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

    fn take_back(&mut self, key: &str) {
        self.remove(key);
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn Slot)) {
        self.iter().for_each(|(key, value)| write(key, value));
    }
}

impl Slot for Value {
    fn expects(&self) -> &'static Expects {
        &Expects { what: "anything", text: false, null: true }
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

    fn open(&mut self, bracket: Bracket) -> Option<Opened<'_>> {
        *self = match bracket {
            Bracket::List => Value::Array(Vec::new()),
            Bracket::Object => Value::Object(Map::new()),
        };
        match self {
            Value::Array(list) => Some(Opened::List(list)),
            Value::Object(object) => Some(Opened::Map(object)),
            _ => None,
        }
    }

    fn show(&self) -> Shown<'_> {
        Shown::Any(self)
    }
}

impl Entries for Map<String, Value> {
    fn entry(&mut self, key: &str) -> Option<&mut dyn Slot> {
        memory::for_entry(self.len(), key, size_of::<Value>())
            .then(|| Map::entry(self, key).or_insert(Value::Null) as &mut dyn Slot)
    }

    fn take_back(&mut self, key: &str) {
        self.remove(key);
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn Slot)) {
        self.iter().for_each(|(key, value)| write(key, value));
    }
}

/// A field that holds text, and what is written where text should be.
macro_rules! text_slot {
    ($($type:ty),*) => {
        $(impl Slot for $type {
            fn expects(&self) -> &'static Expects {
                &const { Expects::text("text") }
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

            fn show(&self) -> Shown<'_> {
                Shown::Text(self.as_ref())
            }
        })*
    };
}
text_slot!(String, Timestamp);

impl Slot for Date {
    fn expects(&self) -> &'static Expects {
        &const { Expects::a("a date such as 2026-11-16") }
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
    fn expects(&self) -> &'static Expects {
        &const { Expects::text("an id as text or as a whole number") }
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        let text = id_text(scalar);
        let fits = text.is_some();
        *self = Id::of(text.unwrap_or_default());
        fits
    }

    fn show(&self) -> Shown<'_> {
        if self.as_str().is_empty() { Shown::Absent } else { Shown::Text(self.as_str()) }
    }
}

/// The text of an id; empty for null.
#[inline]
fn id_text(scalar: Scalar<'_>) -> Option<SmolStr> {
    match scalar {
        Scalar::Text(text) => Some(text.into()),
        Scalar::Uint(number) => Some(number.to_smolstr()),
        Scalar::Int(number) => Some(number.to_smolstr()),
        Scalar::Written(number) => is_whole(number).then(|| number.into()),
        Scalar::Null => Some(SmolStr::default()),
        Scalar::Bool(_) | Scalar::Float(_) => None,
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
            fn expects(&self) -> &'static Expects {
                &const { Expects::a($expects) }
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
