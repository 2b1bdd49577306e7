//! Models of answers: objects whose `null` is absent, whose unknown fields are passed over, and whose numbers may be text.
//!
//! `record!` stands in for serde's derive: one generic walk over an object serves every model, which keeps the code of two
//! hundred models small and quick to build.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::id::Id;
use crate::time::Timestamp;

/// A model of an answer.
pub(crate) trait Record: Default {
    /// Its name, for messages.
    const NAME: &'static str;

    /// Reads the value of one field, or passes over it.
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;

    /// Writes every field that is there.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// What a field of a model can hold.
pub(crate) trait Field: Default {
    /// Reads a value that is not null.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Writes it.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Whether it is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Implements `Deserialize`, `Serialize` and [`Field`] for a struct: `record! { Call { id: "id", title: "title" } }`.
macro_rules! record {
    ($name:ident { $($field:ident: $key:literal),* $(,)? }) => {
        impl $crate::runtime::record::Record for $name {
            const NAME: &'static str = stringify!($name);

            fn field<'de, A: serde::de::MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
                match name {
                    $($key => $crate::runtime::record::read(map, &mut self.$field),)*
                    _ => $crate::runtime::record::skip(map),
                }
            }

            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $($crate::runtime::record::write(map, $key, &self.$field)?;)*
                let _ = map;
                Ok(())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::record::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::record::serialize(self, serializer)
            }
        }

        impl $crate::runtime::record::Field for $name {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::record::deserialize(deserializer)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::record::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use record;

/// Reads a model.
pub(crate) fn deserialize<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Object<T>(PhantomData<T>);

    impl<'de, T: Record> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let mut record = T::default();
            while let Some(Key(name)) = map.next_key()? {
                record.field(&name, &mut map)?;
            }
            Ok(record)
        }
    }

    deserializer.deserialize_map(Object(PhantomData))
}

/// Writes a model.
pub(crate) fn serialize<T: Record, S: Serializer>(record: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    record.write(&mut map)?;
    map.end()
}

/// Reads one field; a null is as if the field were absent.
pub(crate) fn read<'de, A: MapAccess<'de>, T: Field>(map: &mut A, slot: &mut T) -> Result<(), A::Error> {
    let value: Option<Wire<T>> = map.next_value()?;
    *slot = value.map_or_else(T::default, |Wire(value)| value);
    Ok(())
}

/// Passes over one field.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Writes one field, if it is there.
pub(crate) fn write<M: SerializeMap, T: Field>(map: &mut M, key: &'static str, value: &T) -> Result<(), M::Error> {
    if value.is_absent() { Ok(()) } else { map.serialize_entry(key, &Shown(value)) }
}

/// The text of one field of an object, and nothing else of it.
pub(crate) fn find_text(json: &[u8], name: &str) -> Option<String> {
    struct Find<'n>(&'n str);

    impl<'de> Visitor<'de> for Find<'_> {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = None;
            while let Some(Key(name)) = map.next_key()? {
                match name == self.0 {
                    true => found = map.next_value()?,
                    false => skip(&mut map)?,
                }
            }
            Ok(found)
        }
    }

    serde_json::Deserializer::from_slice(json).deserialize_map(Find(name)).ok()?
}

/// The name of a field, borrowed where it has no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;

        impl<'de> Visitor<'de> for Name {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field's name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }

            fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(name)))
            }
        }

        deserializer.deserialize_str(Name)
    }
}

/// Reads a [`Field`] wherever serde wants a `Deserialize`.
struct Wire<T>(T);

impl<'de, T: Field> Deserialize<'de> for Wire<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Wire)
    }
}

/// Writes a [`Field`] wherever serde wants a `Serialize`.
struct Shown<'a, T>(&'a T);

impl<T: Field> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<T: Field> Field for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Some)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);

        impl<'de, T: Field> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<Option<Wire<T>>>()? {
                    items.extend(item.map(|Wire(value)| value));
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(List(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Shown))
    }
}

impl<T: Field> Field for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<String, Option<Wire<T>>>::deserialize(deserializer)?;
        Ok(entries.into_iter().filter_map(|(key, value)| Some((key, value?.0))).collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Shown(value))))
    }
}

/// A field that serde reads and writes well enough.
macro_rules! plain_field {
    ($($type:ty),*) => {
        $(impl Field for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        })*
    };
}
plain_field!(String, Value, Timestamp);

impl<K> Field for Id<K> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn is_absent(&self) -> bool {
        self.as_str().is_empty()
    }
}

/// A field that Gong writes now as itself, now as text.
macro_rules! scalar_field {
    ($($type:ty, $expected:literal, $($visit:ident($from:ty) => $convert:expr),*;)*) => {
        $(impl Field for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Scalar;

                impl<'de> Visitor<'de> for Scalar {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    $(fn $visit<E: serde::de::Error>(self, value: $from) -> Result<$type, E> {
                        let convert: fn($from) -> Option<$type> = $convert;
                        convert(value).ok_or_else(|| E::custom(format_args!("{value} is not {}", $expected)))
                    })*

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.trim().parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
                    }
                }

                deserializer.deserialize_any(Scalar)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        })*
    };
}
#[allow(clippy::cast_precision_loss)] // a number that JSON wrote as an integer is a number all the same
mod scalars {
    use super::*;

    scalar_field! {
        i64, "a whole number",
            visit_i64(i64) => Some,
            visit_u64(u64) => |number| i64::try_from(number).ok(),
            visit_f64(f64) => crate::runtime::json::whole;
        f64, "a number",
            visit_i64(i64) => |number| Some(number as f64),
            visit_u64(u64) => |number| Some(number as f64),
            visit_f64(f64) => Some;
        bool, "true or false",
            visit_bool(bool) => Some;
    }
}

/// Reads an answer of which nothing is known but that it is JSON; an empty one is an object without fields.
pub(crate) fn from_bytes<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    let json = bytes.trim_ascii();
    if json.is_empty() { serde_json::from_slice(b"{}") } else { serde_json::from_slice(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Inner {
        id: String,
        level: Option<i64>,
    }
    record! { Inner { id: "id", level: "level" } }

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Outer {
        whole: Option<i64>,
        number: Option<f64>,
        truth: Option<bool>,
        list: Vec<Inner>,
        map: BTreeMap<String, i64>,
        anything: Option<Value>,
        at: Option<Timestamp>,
    }
    record! { Outer { whole: "whole", number: "number", truth: "truth", list: "list", map: "map", anything: "any-thing", at: "at" } }

    fn read(json: &str) -> serde_json::Result<Outer> {
        serde_json::from_str(json)
    }

    #[test]
    fn null_is_absent_and_the_unknown_is_passed_over() {
        let json = r#"{"whole": null, "list": null, "map": null, "new": {"deep": [1, {"x": null}]}, "at": null}"#;
        assert_eq!(read(json).unwrap(), Outer::default());
        assert_eq!(read("{}").unwrap(), Outer::default());
    }

    #[test]
    fn numbers_may_be_text() {
        let outer =
            read(r#"{"whole": "-1", "number": "0.25", "truth": "true", "map": {"a": "5", "b": null}}"#).unwrap();
        assert_eq!((outer.whole, outer.number, outer.truth), (Some(-1), Some(0.25), Some(true)));
        assert_eq!(outer.map, BTreeMap::from([("a".to_owned(), 5)]));
    }

    #[test]
    fn whole_numbers_are_exact_or_refused() {
        assert_eq!(read(r#"{"whole": 9223372036854775807}"#).unwrap().whole, Some(i64::MAX));
        assert_eq!(read(r#"{"whole": 60.0}"#).unwrap().whole, Some(60));
        for json in [r#"{"whole": 9223372036854775808}"#, r#"{"whole": 1.5}"#, r#"{"whole": ""}"#, r#"{"whole": []}"#] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn one_field_is_found_in_passing() {
        assert_eq!(find_text(br#"{"a": [{"id": "no"}], "id": "yes"}"#, "id").as_deref(), Some("yes"));
        for json in ["", "[]", "{}", r#"{"id": 1}"#, r#"{"id": null}"#] {
            assert_eq!(find_text(json.as_bytes(), "id"), None, "{json}");
        }
    }

    #[test]
    fn the_last_of_two_wins() {
        assert_eq!(read(r#"{"whole": 1, "whole": 2}"#).unwrap().whole, Some(2));
    }

    #[test]
    fn an_escaped_key_is_still_the_key() {
        assert_eq!(read(r#"{"\u0077hole": 1}"#).unwrap().whole, Some(1));
    }

    #[test]
    fn what_is_written_reads_back() {
        let outer = Outer {
            whole: Some(1),
            list: vec![Inner { id: "7".to_owned(), level: None }],
            anything: Some(serde_json::json!([null])),
            ..Outer::default()
        };
        let json = serde_json::to_string(&outer).unwrap();
        assert_eq!(json, r#"{"whole":1,"list":[{"id":"7"}],"map":{},"any-thing":[null]}"#);
        assert_eq!(read(&json).unwrap(), outer);
        assert_eq!(serde_json::from_value::<Outer>(serde_json::to_value(&outer).unwrap()).unwrap(), outer);
    }
}
