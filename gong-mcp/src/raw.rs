//! JSON that is taken apart no further than needed: the members of an object and the elements of a list, each as its
//! text. An answer is long and most of it is handed on as it is, so nothing is made of it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The parts of an object or a list.
#[derive(Debug)]
pub(crate) enum Parts<'t> {
    Object(Vec<(Cow<'t, str>, &'t str)>),
    List(Vec<&'t str>),
    /// Text, a number, a truth value or nothing.
    Plain,
}

impl<'t> Parts<'t> {
    /// What a text of JSON is made of. One that is no JSON is plain.
    pub(crate) fn of(text: &'t str) -> Self {
        match text.as_bytes().first() {
            Some(b'{' | b'[') => serde_json::from_str(text).unwrap_or(Parts::Plain),
            _ => Parts::Plain,
        }
    }
}

/// A member's name, borrowed if nothing in it is escaped.
struct Name<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyName;
        impl<'de> Visitor<'de> for AnyName {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }
            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(AnyName)
    }
}

impl<'de> Deserialize<'de> for Parts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyParts;
        impl<'de> Visitor<'de> for AnyParts {
            type Value = Parts<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name, value.get()));
                }
                Ok(Parts::Object(members))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Parts<'de>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = seq.next_element::<&'de RawValue>()? {
                    elements.push(element.get());
                }
                Ok(Parts::List(elements))
            }
        }
        deserializer.deserialize_any(AnyParts)
    }
}

/// Begins a member of an object that is being written: its name, after a comma where there is one before it.
pub(crate) fn begin_member(out: &mut String, name: &str) {
    separate(out);
    out.push_str(&text_of(name));
    out.push(':');
}

/// A comma, unless this is the first in its object or list.
pub(crate) fn separate(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}

/// A text as JSON writes it.
pub(crate) fn text_of(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
