//! Models of answers: objects whose `null` is absent, whose unknown fields are passed over, and whose numbers may be text.
//!
//! `record!` stands in for serde's derive. It only says where a field's value goes; one walk over JSON, in [`super::wire`],
//! serves every model, so two hundred models are little code and quick to build, and decode as fast as derived ones.

use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::slot::{Shown, Slot};
use crate::catalog;

/// A model of an answer.
pub(crate) trait Record<'de>: Slot<'de> {
    /// Where the value of this field goes.
    fn field(&mut self, name: &str) -> Option<&mut dyn Slot<'de>>;

    /// Goes over all fields.
    fn each(&self, write: &mut Write<'_, 'de>);
}

/// Takes the fields of a model as they are written.
pub(crate) type Write<'a, 'de> = dyn FnMut(&'static str, &dyn Slot<'de>) + 'a;

/// Makes a struct a [`Record`]: `record! { Call { id: "id", title: "title" } }`. If it borrows, with a lifetime after its name.
macro_rules! record {
    ($name:ident $(<$life:lifetime>)? { $($field:ident: $key:literal),* $(,)? }) => {
        impl<'de $(: $life, $life: 'de)?> $crate::runtime::record::Record<'de> for $name $(<$life>)? {
            fn field(&mut self, name: &str) -> Option<&mut dyn $crate::runtime::slot::Slot<'de>> {
                match name {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            fn each(&self, write: &mut $crate::runtime::record::Write<'_, 'de>) {
                $(write($key, &self.$field);)*
                let _ = write;
            }
        }

        impl<'de $(: $life, $life: 'de)?> $crate::runtime::slot::Slot<'de> for $name $(<$life>)? {
            fn expects(&self) -> &'static str {
                concat!("an object (", stringify!($name), ")")
            }

            fn put(&mut self, scalar: $crate::runtime::slot::Scalar<'_, 'de>) -> bool {
                // It is empty already: a place that has one makes a new one, or none for a null.
                matches!(scalar, $crate::runtime::slot::Scalar::Null)
            }

            fn object(&mut self) -> Option<$crate::runtime::slot::Object<'_, 'de>> {
                Some($crate::runtime::slot::Object::Record(self))
            }

            fn show(&self) -> $crate::runtime::slot::Shown<'_, 'de> {
                $crate::runtime::slot::Shown::Record(self)
            }
        }

        impl<'de $(: $life, $life: 'de)?> serde::Deserialize<'de> for $name $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut record = Self::default();
                $crate::runtime::wire::read_object(&mut record, deserializer)?;
                Ok(record)
            }
        }

        impl$(<$life>)? serde::Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::wire::write($crate::runtime::slot::Slot::show(self), serializer)
            }
        }
    };
}
pub(crate) use record;

/// The text of one field of an object. What comes after it isn't looked at, and Gong writes the fields that are asked for
/// here first.
pub(crate) fn find_text(json: &[u8], name: &str) -> Option<String> {
    struct Find<'n, 'f>(&'n str, &'f mut Option<String>);

    impl<'de> Visitor<'de> for Find<'_, '_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key::<String>()? {
                if name == self.0 {
                    *self.1 = map.next_value()?;
                    // Only an error ends the walk early.
                    return Err(A::Error::custom("found"));
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }

    let mut found = None;
    let walk = serde_json::Deserializer::from_slice(json).deserialize_map(Find(name, &mut found));
    drop(walk);
    found
}

/// An answer, whatever its type.
pub trait AnyAnswer: Send {
    /// Becomes what these bytes say.
    fn read(&mut self, bytes: &[u8]) -> serde_json::Result<()>;

    /// Whether it has more to say than the request's id.
    fn has_fields(&self) -> bool;

    /// Shows it.
    fn to_json(&self) -> serde_json::Result<Value>;
}

impl<T: for<'de> Slot<'de> + Default + Send> AnyAnswer for T {
    fn read(&mut self, bytes: &[u8]) -> serde_json::Result<()> {
        // Nothing is left of an earlier try.
        *self = T::default();
        read(self, bytes)
    }

    fn has_fields(&self) -> bool {
        has_fields(self)
    }

    fn to_json(&self) -> serde_json::Result<Value> {
        super::wire::write(self.show(), serde_json::value::Serializer)
    }
}

fn read<'de>(slot: &mut dyn Slot<'de>, bytes: &'de [u8]) -> serde_json::Result<()> {
    // To see once that all of it is text is much less work than to see it of each string.
    let Ok(json) = std::str::from_utf8(bytes) else {
        // It fails here too, and tells the place.
        return serde_json::from_slice::<Value>(bytes).and(Err(Error::custom("the answer is not text")));
    };
    let mut deserializer = serde_json::Deserializer::from_str(json);
    super::wire::read_object(slot, &mut deserializer)?;
    deserializer.end()
}

fn has_fields<'de>(slot: &dyn Slot<'de>) -> bool {
    let Shown::Record(record) = slot.show() else { return true };
    let mut found = false;
    record.each(&mut |name, _| found |= name != catalog::service().error_request_id);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use std::collections::BTreeMap;

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
