//! Models of answers: objects whose `null` is absent, whose unknown fields are passed over, and whose numbers may be
//! text.
//!
//! `record!` stands in for serde's derive. It only says where a field's value goes; one walk over JSON, in
//! [`super::wire`], serves every model, so two hundred models are little code and quick to build, and decode as fast as
//! derived ones.

use serde_json::{Map, Value};

use crate::base::service::SERVICE;
use crate::decode::read;
use crate::decode::salvage::{self, Broken, Unreadable};
use crate::decode::slot::{Object, Shown, Slot};
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

            fn each(&self, write: &mut $crate::decode::slot::Write<'_>) {
                $(write(&$crate::decode::slot::Key { name: $key, json: concat!(",\"", $key, "\":") }, &self.$field);)*
                let _ = write;
            }
        }

        impl $crate::decode::slot::Slot for $name {
            fn expects(&self) -> &'static str {
                concat!("an object (", stringify!($name), ")")
            }

            fn put(&mut self, scalar: $crate::decode::slot::Scalar<'_>) -> bool {
                // It is empty already: a place that has one makes a new one, or none for a null.
                matches!(scalar, $crate::decode::slot::Scalar::Null)
            }

            fn object(&mut self) -> ::std::option::Option<$crate::decode::slot::Object<'_>> {
                Some($crate::decode::slot::Object::Record(self))
            }

            fn show(&self) -> $crate::decode::slot::Shown<'_> {
                $crate::decode::slot::Shown::Record(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let mut record = <Self as ::std::default::Default>::default();
                $crate::decode::wire::read_object(&mut record, deserializer)?;
                Ok(record)
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
pub(crate) trait AnyAnswer: Send {
    /// Becomes what these bytes say.
    fn read(&mut self, bytes: &[u8]) -> serde_json::Result<()>;

    /// As [`read`](Self::read), [part by part](salvage::read).
    fn read_in_parts(&mut self, bytes: &[u8]) -> Result<Vec<Unreadable>, Broken>;

    /// Becomes an answer that says nothing but this.
    fn read_nothing(&mut self, told: &Map<String, Value>) -> serde_json::Result<()>;

    /// Whether it has more to say than the request's id.
    fn has_fields(&self) -> bool;

    /// Whether it has lists, and no element in any.
    fn is_empty(&self) -> bool;

    /// Hands over the texts at the end of this path of fields, whose lists are gone through.
    fn texts_at(&self, path: &[&str], take: &mut dyn FnMut(&str));

    /// Shows it; `None` if there is no [room] for that.
    fn to_json(&self) -> Option<Value>;

    /// As [`to_json`](Self::to_json) as text, of at most so many bytes, with other members after its own.
    fn to_text(&self, others: &text::Others, most: usize) -> Option<String>;
}

impl<T: Slot + Default + Send> AnyAnswer for T {
    fn read(&mut self, bytes: &[u8]) -> serde_json::Result<()> {
        // Nothing is left of an earlier try.
        *self = T::default();
        read::read_whole(self, bytes)
    }

    fn read_in_parts(&mut self, bytes: &[u8]) -> Result<Vec<Unreadable>, Broken> {
        *self = T::default();
        salvage::read(self, bytes)
    }

    fn read_nothing(&mut self, told: &Map<String, Value>) -> serde_json::Result<()> {
        *self = T::default();
        // By way of text, like any other answer, so that there is one decoder and not two.
        told.iter().try_for_each(|(name, value)| read_field(self, name, value.to_string().as_bytes()))
    }

    fn has_fields(&self) -> bool {
        has_fields(self)
    }

    fn is_empty(&self) -> bool {
        is_empty(self)
    }

    fn texts_at(&self, path: &[&str], take: &mut dyn FnMut(&str)) {
        texts_at(self, path, take);
    }

    fn to_json(&self) -> Option<Value> {
        wire::to_value(self.show())
    }

    fn to_text(&self, others: &text::Others, most: usize) -> Option<String> {
        match self.show() {
            Shown::Record(record) => text::of_record(record, others, most),
            _ => None,
        }
    }
}

/// Reads a field of an answer that has no others, if there is one of this name.
fn read_field(answer: &mut dyn Slot, name: &str, bytes: &[u8]) -> serde_json::Result<()> {
    let Some(Object::Record(record)) = answer.object() else { return Ok(()) };
    record.field(name, &mut 0).map_or(Ok(()), |slot| read::read_any(slot, bytes).map(drop))
}

fn texts_at(slot: &dyn Slot, path: &[&str], take: &mut dyn FnMut(&str)) {
    match (slot.show(), path) {
        (Shown::List(list), path) => list.each(&mut |element| texts_at(element, path, take)),
        (Shown::Text(text), []) => take(text),
        (Shown::Record(record), [first, rest @ ..]) => record.each(&mut |key, field| {
            if key.name == *first {
                texts_at(field, rest, take);
            }
        }),
        _ => {}
    }
}

fn is_empty(slot: &dyn Slot) -> bool {
    let Shown::Record(record) = slot.show() else { return false };
    let (mut lists, mut elements) = (false, false);
    record.each(&mut |_, field| {
        if let Shown::List(list) = field.show() {
            lists = true;
            list.each(&mut |_| elements = true);
        }
    });
    lists && !elements
}

fn has_fields(slot: &dyn Slot) -> bool {
    let Shown::Record(record) = slot.show() else { return true };
    let mut found = false;
    record.each(&mut |key, _| found |= key.name != SERVICE.error_request_id);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::decode::open_enum::open_enum;
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
    record! {
        Outer {
            whole: "whole", number: "number", truth: "truth", list: "list", map: "map", anything: "any-thing", at: "at"
        }
    }

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

    open_enum! {
        enum Colour {
            Red = "RED",
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Texts {
        text: Option<String>,
        at: Option<Timestamp>,
        colour: Option<Colour>,
        list: Vec<String>,
        map: BTreeMap<String, String>,
        any: Option<Value>,
    }
    record! { Texts { text: "text", at: "at", colour: "colour", list: "list", map: "map", any: "any" } }

    /// As an answer is read, part by part if need be.
    fn read_answer<T: AnyAnswer + Default>(json: &str) -> Option<T> {
        let mut answer = T::default();
        let read = answer.read(json.as_bytes()).is_ok();
        let read = read || matches!(answer.read_in_parts(json.as_bytes()), Ok(unreadable) if unreadable.is_empty());
        read.then_some(answer)
    }

    #[test]
    fn a_number_or_a_truth_value_is_text_as_it_is_written_where_text_should_be() {
        for written in [
            "5000",
            "-7",
            "0.10",
            "1e3",
            "-0",
            "18446744073709551616",
            "99999999999999999999.90",
            "1E-400",
            "true",
            "false",
        ] {
            let json = format!(
                r#"{{"text": {written}, "at": {written}, "colour": {written}, "list": [ {written} , "x", null], "map": {{"a": {written}}}}}"#
            );
            let texts: Texts = read_answer(&json).unwrap_or_else(|| panic!("{json}"));
            assert_eq!(texts.text.as_deref(), Some(written));
            assert_eq!(texts.at.map(|at| at.to_string()).as_deref(), Some(written));
            assert_eq!(texts.colour.as_ref().map(Colour::as_str), Some(written));
            assert_eq!(texts.list, [written, "x"]);
            assert_eq!(texts.map["a"], written);
        }
        for other in ["{}", "[]", "[1]"] {
            assert_eq!(read_answer::<Texts>(&format!(r#"{{"text": {other}}}"#)), None, "{other}");
        }
    }

    #[test]
    fn what_may_be_anything_stays_a_number_beside_text_that_was_one() {
        let texts: Texts = read_answer(r#"{"text": 1.50, "any": [1.50, {"a": 2}]}"#).unwrap();
        assert_eq!((texts.text.as_deref(), texts.any), (Some("1.50"), Some(serde_json::json!([1.5, {"a": 2}]))));
    }

    #[test]
    fn a_text_that_is_no_number_is_refused_where_a_number_should_be() {
        for odd in ["NaN", "nan", "Infinity", "-inf", "1e999", "", "x"] {
            assert!(read(&format!(r#"{{"number": "{odd}"}}"#)).is_err(), "{odd}");
        }
        assert_eq!(read(r#"{"number": "1e300"}"#).unwrap().number, Some(1e300));
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Full {
        id: crate::testing::ThingId,
        count: i64,
        colour: Colour,
        inner: Inner,
        note: Option<String>,
    }
    record! {
        Full {
            id: "id" always 0, count: "count" always 1, colour: "colour" always 2, inner: "inner" always 3, note: "note"
        }
    }

    #[test]
    fn what_is_always_there_must_be_there() {
        let full = serde_json::json!({"id": "1", "count": 0, "colour": "", "inner": {}});
        assert!(serde_json::from_value::<Full>(full.clone()).is_ok());
        for name in ["id", "count", "colour", "inner"] {
            let mut lacks = full.clone();
            lacks.as_object_mut().unwrap().remove(name);
            let told = serde_json::from_value::<Full>(lacks).unwrap_err().to_string();
            assert_eq!(told, format!("missing field `{name}`"));
            let mut null = full.clone();
            null[name] = Value::Null;
            assert!(serde_json::from_value::<Full>(null).is_err(), "{name}");
        }
        assert!(serde_json::from_str::<Full>(r#"{"id": "", "count": 0, "colour": "", "inner": {}}"#).is_err());
        assert!(
            serde_json::from_str::<Full>(r#"{"id": "1", "count": 0, "colour": "", "inner": {}, "id": null}"#).is_err()
        );
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
