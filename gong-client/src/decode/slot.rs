//! What a field of a model can hold, and how a value from JSON gets there and back: field types behind one trait
//! object, so that the walk over JSON is compiled once and not once a field.

use std::borrow::Cow;

use serde_json::Value;

use crate::base::time::Date;

/// A place that takes a value from JSON. It has few methods: each is compiled for every type of a field.
pub(crate) trait Slot {
    /// What it takes.
    fn expects(&self) -> &'static Expects;

    /// Takes a scalar in place of what it held; false if it is of the wrong kind.
    fn put(&mut self, scalar: Scalar<'_>) -> bool;

    /// Becomes an empty list or object, if it can be one. What can only be one of them becomes that.
    fn open(&mut self, bracket: Bracket) -> Option<Opened<'_>> {
        let _ = bracket;
        None
    }

    /// What it holds.
    fn show(&self) -> Shown<'_>;
}

/// What a [`Slot`] takes.
pub(crate) struct Expects {
    /// In words, for messages.
    pub(crate) what: &'static str,
    /// Whether it keeps a number as it is written.
    pub(crate) text: bool,
    /// Whether a null is a value of it like any other.
    pub(crate) null: bool,
}

impl Expects {
    /// What takes values of one kind.
    pub(crate) const fn a(what: &'static str) -> Self {
        Expects { what, text: false, null: false }
    }

    /// What takes text, and numbers as they are written.
    pub(crate) const fn text(what: &'static str) -> Self {
        Expects { what, text: true, null: false }
    }
}

/// What a value that is no scalar begins with.
#[derive(Clone, Copy)]
pub(crate) enum Bracket {
    /// `[`
    List,
    /// `{`
    Object,
}

/// A list or an object while it is read.
pub(crate) enum Opened<'a> {
    /// A list.
    List(&'a mut dyn List),
    /// An object with known fields.
    Record(&'a mut dyn Record),
    /// An object with any keys.
    Map(&'a mut dyn Entries),
}

/// A scalar as JSON writes it.
#[derive(Clone, Copy)]
pub(crate) enum Scalar<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number below zero.
    Int(i64),
    /// Any other whole number.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// Any number, as it is written; only for what [keeps it so](Expects::text).
    Written(&'a str),
    /// Text.
    Text(&'a str),
}

/// A list while it is read or written.
pub(crate) trait List {
    /// A new element at the end; none if there is no [room] for it.
    fn push(&mut self) -> Option<&mut dyn Slot>;

    /// The last element turned out to be none.
    fn take_back(&mut self);

    /// Goes over the elements.
    fn each(&self, write: &mut dyn FnMut(&dyn Slot));
}

/// An object whose keys are data, while it is read or written.
pub(crate) trait Entries {
    /// The place of this key; none if there is no [room] for it.
    fn entry(&mut self, key: &str) -> Option<&mut dyn Slot>;

    /// What was put at this key turned out to be none.
    fn take_back(&mut self, key: &str);

    /// Goes over the entries.
    fn each(&self, write: &mut dyn FnMut(&str, &dyn Slot));
}

/// A value as it is written.
pub(crate) enum Shown<'a> {
    /// Nothing: its field is left out.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// A day, which is text.
    Date(Date),
    /// A list.
    List(&'a dyn List),
    /// A model.
    Record(&'a dyn Record),
    /// An object with any keys.
    Map(&'a dyn Entries),
    /// Any JSON.
    Any(&'a Value),
}

/// A model of an answer.
pub(crate) trait Record: Slot {
    /// Where the value of this field goes. If an object must have it, its bit becomes that of the field.
    fn field(&mut self, name: &str, bit: &mut u64) -> Option<&mut dyn Slot>;

    /// A field that an object must have and that this one has not; the bits are those of the fields that came.
    fn missing(&self, came: u64) -> Option<&'static str>;

    /// Hands over all fields: their names, and in the same order what they hold.
    fn fields(&self, take: &mut Take<'_>);
}

/// Takes the fields of a model.
pub(crate) type Take<'a> = dyn FnMut(&'static [Key], &[&dyn Slot]) + 'a;

impl dyn Record + '_ {
    /// Goes over all fields.
    #[inline]
    pub(crate) fn each(&self, mut take: impl FnMut(&'static Key, &dyn Slot)) {
        self.fields(&mut |keys, slots| keys.iter().zip(slots).for_each(|(key, slot)| take(key, *slot)));
    }
}

/// The name of a model's field.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is.
    pub(crate) name: &'static str,
    /// As JSON writes it after another field and before its value.
    pub(crate) json: &'static str,
}

/// Whether there is nothing to show of it.
pub(crate) fn is_absent(slot: &dyn Slot) -> bool {
    matches!(slot.show(), Shown::Absent | Shown::Any(Value::Null))
}

/// The text of a scalar, whatever it is.
pub(crate) fn as_text(scalar: Scalar<'_>) -> Option<Cow<'_, str>> {
    match scalar {
        Scalar::Text(text) => Some(Cow::Borrowed(text)),
        other => as_written(other).map(Cow::Owned),
    }
}

/// The text of a scalar that is none, as it is written; empty for null. A float may have lost digits, and so has none
/// here.
#[cold]
pub(crate) fn as_written(scalar: Scalar<'_>) -> Option<String> {
    match scalar {
        Scalar::Null => Some(String::new()),
        Scalar::Bool(truth) => Some(truth.to_string()),
        Scalar::Int(number) => Some(number.to_string()),
        Scalar::Uint(number) => Some(number.to_string()),
        Scalar::Float(_) => None,
        Scalar::Written(text) | Scalar::Text(text) => Some(text.to_owned()),
    }
}
