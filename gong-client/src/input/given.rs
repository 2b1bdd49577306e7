//! A value that the caller gives as JSON, as the walk over it comes by: over a text and over a `Value` alike, so that
//! an input means the same in both forms. What takes the values knows of neither, and is compiled once.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::base::error::Error;

/// A value as it is given. A list and an object are walked by whoever takes them, or else passed over.
pub enum Given<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(&'a str),
    /// A list.
    List(&'a mut dyn Items),
    /// An object.
    Object(&'a mut dyn Members),
}

/// Takes a value.
pub(crate) type Take<'t> = dyn FnMut(Given<'_>) + 't;

/// The elements of a list that is still to be walked.
pub trait Items {
    /// Hands over every element.
    fn each(&mut self, take: &mut Take<'_>);
}

/// The members of an object that is still to be walked.
pub trait Members {
    /// Hands over every member.
    fn each(&mut self, taker: &mut dyn TakeMember);
}

/// Takes the members of an object.
pub trait TakeMember {
    /// Takes the name of the next member.
    fn name(&mut self, name: &str);

    /// Takes its value.
    fn value(&mut self, given: Given<'_>);
}

impl Given<'_> {
    /// All of it. Of two members with one name the last counts.
    pub(crate) fn into_json(self) -> Value {
        match self {
            Given::Null => Value::Null,
            Given::Bool(truth) => Value::Bool(truth),
            Given::Number(number) => Value::Number(number),
            Given::Text(text) => text.into(),
            Given::List(items) => {
                let mut list = Vec::new();
                items.each(&mut |item| list.push(item.into_json()));
                Value::Array(list)
            }
            Given::Object(members) => Value::Object(into_object(members)),
        }
    }
}

/// All members.
pub(crate) fn into_object(members: &mut dyn Members) -> Map<String, Value> {
    #[derive(Default)]
    struct Whole {
        object: Map<String, Value>,
        name: String,
    }

    impl TakeMember for Whole {
        fn name(&mut self, name: &str) {
            name.clone_into(&mut self.name);
        }

        fn value(&mut self, given: Given<'_>) {
            self.object.insert(self.name.clone(), given.into_json());
        }
    }

    let mut whole = Whole::default();
    members.each(&mut whole);
    whole.object
}

/// Hands over what a JSON text says. The error is one of syntax; what was taken before it is not to be trusted.
pub(crate) fn walk_text(json: &str, take: &mut Take<'_>) -> serde_json::Result<()> {
    let mut text = serde_json::Deserializer::from_str(json);
    Walk(take).deserialize(&mut text)?;
    text.end()
}

/// As [`walk_text`], of bytes that may be no text.
pub(crate) fn walk_bytes(json: &[u8], take: &mut Take<'_>) -> serde_json::Result<()> {
    let mut bytes = serde_json::Deserializer::from_slice(json);
    Walk(take).deserialize(&mut bytes)?;
    bytes.end()
}

/// How deep JSON may be nested: a text that is nested deeper is refused as it is read, and a value is walked in the
/// same way, by functions that call each other.
pub(crate) const DEEPEST: usize = 128;

/// Whether a value is nested deeper than that, found out level by level.
pub(crate) fn is_too_deep(json: &Value) -> bool {
    let mut level = vec![json];
    for _ in 0..=DEEPEST {
        level = level.into_iter().flat_map(children).collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// The objects and lists in a value.
fn children(json: &Value) -> impl Iterator<Item = &Value> {
    let of_list = json.as_array().into_iter().flatten();
    let of_object = json.as_object().into_iter().flat_map(|object| object.values());
    of_list.chain(of_object).filter(|child| child.is_array() || child.is_object())
}

/// What is said of such a value.
pub(crate) fn too_deep() -> Error {
    Error::refused_because(format!("The JSON is nested deeper than {DEEPEST} levels."))
}

/// Hands over a value, which is not [too deep](is_too_deep).
pub(crate) fn walk_value(json: &Value, take: &mut Take<'_>) {
    let walked = Walk(take).deserialize(json);
    debug_assert!(walked.is_ok(), "a value is always JSON");
}

/// The walk over one value, by way of serde.
struct Walk<'a, 't>(&'a mut Take<'t>);

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        (self.0)(Given::Null);
        Ok(())
    }

    fn visit_bool<E>(self, truth: bool) -> Result<(), E> {
        (self.0)(Given::Bool(truth));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        (self.0)(Given::Number(number.into()));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        (self.0)(Given::Number(number.into()));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        (self.0)(Number::from_f64(number).map_or(Given::Null, Given::Number));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        (self.0)(Given::Text(text));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut walked = Walked::of(items);
        (self.0)(Given::List(&mut walked));
        walked.each(&mut |_| ());
        walked.end()
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let mut walked = Walked::of(members);
        (self.0)(Given::Object(&mut walked));
        walked.each(&mut Nothing);
        walked.end()
    }
}

/// A list or an object on the way, and the error that ended it.
struct Walked<'de, A, E> {
    access: A,
    error: Option<E>,
    over: bool,
    text: PhantomData<&'de ()>,
}

impl<A, E> Walked<'_, A, E> {
    fn of(access: A) -> Self {
        Walked { access, error: None, over: false, text: PhantomData }
    }

    /// Whether there was something more.
    #[inline]
    fn step<T>(&mut self, next: Result<Option<T>, E>) -> bool {
        match next {
            Ok(Some(_)) => return true,
            Ok(None) => {}
            Err(error) => self.error = Some(error),
        }
        self.over = true;
        false
    }

    fn end(self) -> Result<(), E> {
        self.error.map_or(Ok(()), Err)
    }
}

impl<'de, A: SeqAccess<'de>> Items for Walked<'de, A, A::Error> {
    fn each(&mut self, take: &mut Take<'_>) {
        while !self.over {
            let next = self.access.next_element_seed(Walk(take));
            self.step(next);
        }
    }
}

impl<'de, A: MapAccess<'de>> Members for Walked<'de, A, A::Error> {
    fn each(&mut self, taker: &mut dyn TakeMember) {
        while !self.over {
            let next = self.access.next_key_seed(Name(taker));
            if self.step(next) {
                let value = self.access.next_value_seed(Walk(&mut |given| taker.value(given)));
                self.step(value.map(Some));
            }
        }
    }
}

/// The name of a member.
struct Name<'a>(&'a mut dyn TakeMember);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.name(name);
        Ok(())
    }
}

/// Takes members that nobody asked for.
struct Nothing;

impl TakeMember for Nothing {
    fn name(&mut self, _: &str) {}

    fn value(&mut self, _: Given<'_>) {}
}

/// Scalars as the elements of a list.
pub(crate) struct Scalars<I>(pub(crate) I);

impl<'a, I: Iterator<Item = Given<'a>>> Items for Scalars<I> {
    fn each(&mut self, take: &mut Take<'_>) {
        self.0.by_ref().for_each(take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What a text says, by way of the walk.
    fn read(json: &str) -> serde_json::Result<Value> {
        let mut read = Value::Null;
        walk_text(json, &mut |given| read = given.into_json())?;
        Ok(read)
    }

    #[test]
    fn a_text_and_its_value_say_the_same() {
        let text = r#" {"a": [1, -2, 0.5, 1e3, 18446744073709551615, 99999999999999999999], "\u0062": {"c": null, "d": [[], {}, true]},
            "a\n": "x\ty", "a": ["last"]} "#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text).unwrap(), value);
        let mut walked = Value::Null;
        walk_value(&value, &mut |given| walked = given.into_json());
        assert_eq!(walked, value);
    }

    #[test]
    fn what_nobody_walks_is_passed_over() {
        let mut taken = Vec::new();
        walk_text(r#"[[1, [2]], {"a": {"b": [3]}}, 4]"#, &mut |given| {
            let Given::List(items) = given else { return };
            items.each(&mut |item| {
                if let Given::Number(number) = item {
                    taken.push(number);
                }
            });
        })
        .unwrap();
        assert_eq!(json!(taken), json!([4]));
    }

    #[test]
    fn a_broken_text_is_an_error_wherever_it_breaks() {
        for json in
            ["", "[", "[1,", "[1 2]", "{\"a\"", "{\"a\":", "{\"a\": [1, }", "{1: 2}", "[1] x", "\"\\x\"", "1e999"]
        {
            assert!(read(json).is_err(), "{json}");
            assert!(walk_text(json, &mut |_| ()).is_err(), "{json}");
        }
    }
}
