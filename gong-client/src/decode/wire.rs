//! The walk over JSON that reads and writes every model, by way of serde.

use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::decode::memory;
use crate::decode::slot::{Bracket, Entries, List, Opened, Record, Scalar, Shown, Slot};

/// Reads an object into a model.
pub(crate) fn read_object<'de, D: Deserializer<'de>>(slot: &mut dyn Slot, deserializer: D) -> Result<(), D::Error> {
    match Into::<false>(slot).deserialize(deserializer)? {
        Null::No => Ok(()),
        Null::Yes => Err(D::Error::invalid_type(Unexpected::Unit, &slot.expects().what)),
    }
}

/// Reads a new model.
pub(crate) fn read_new<'de, R: Slot + Default, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    let mut record = R::default();
    read_object(&mut record, deserializer)?;
    Ok(record)
}

/// Writes a value.
pub(crate) fn write<S: Serializer>(shown: Shown<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match shown {
        Shown::Absent => serializer.serialize_none(),
        Shown::Bool(truth) => serializer.serialize_bool(truth),
        Shown::Int(number) => serializer.serialize_i64(number),
        Shown::Float(number) => serializer.serialize_f64(number),
        Shown::Text(text) => serializer.serialize_str(text),
        Shown::Date(day) => serializer.collect_str(&day),
        Shown::Any(json) => json.serialize(serializer),
        Shown::List(list) => {
            let mut items = serializer.serialize_seq(None)?;
            let mut done = Ok(());
            list.each(&mut |item| {
                if done.is_ok() {
                    done = items.serialize_element(&Show(item));
                }
            });
            done?;
            items.end()
        }
        Shown::Record(record) => write_members(serializer, |write| record.each(|key, slot| write(key.name, slot))),
        Shown::Map(entries) => write_members(serializer, |write| entries.each(write)),
    }
}

fn write_members<S: Serializer>(
    serializer: S,
    each: impl FnOnce(&mut dyn FnMut(&str, &dyn Slot)),
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut done = Ok(());
    each(&mut |key, slot| {
        if done.is_ok() && !matches!(slot.show(), Shown::Absent) {
            done = map.serialize_entry(key, &Show(slot));
        }
    });
    done?;
    map.end()
}

/// Writes a value as a [`Value`]; `None` if there is no [room] for it.
pub(crate) fn to_value(shown: Shown<'_>) -> Option<Value> {
    match shown {
        Shown::Absent => Some(Value::Null),
        Shown::Bool(truth) => Some(truth.into()),
        Shown::Int(number) => Some(number.into()),
        Shown::Float(number) => Some(number.into()),
        Shown::Date(day) => Some(day.to_string().into()),
        Shown::Text(text) => memory::for_text(text).then(|| text.into()),
        Shown::Any(json) => memory::for_json(json).then(|| json.clone()),
        Shown::List(list) => {
            let mut values = Some(Vec::new());
            list.each(&mut |item| {
                let value = to_value(item.show());
                if let (Some(value), Some(sofar)) = (value, &mut values)
                    && (sofar.len() < sofar.capacity() || memory::for_list(sofar.capacity(), size_of::<Value>()))
                {
                    sofar.push(value);
                } else {
                    values = None;
                }
            });
            values.map(Value::Array)
        }
        Shown::Record(record) => members_to_value(|write| record.each(|key, slot| write(key.name, slot))),
        Shown::Map(entries) => members_to_value(|write| entries.each(write)),
    }
}

fn members_to_value(each: impl FnOnce(&mut dyn FnMut(&str, &dyn Slot))) -> Option<Value> {
    let mut members = Some(Map::new());
    each(&mut |key, slot| {
        let (shown, Some(sofar)) = (slot.show(), &mut members) else { return };
        if matches!(shown, Shown::Absent) {
            return;
        }
        let value = memory::for_entry(sofar.len(), key, size_of::<Value>()).then(|| to_value(shown)).flatten();
        match value {
            Some(value) => drop(sofar.insert(key.to_owned(), value)),
            None => members = None,
        }
    });
    members.map(Value::Object)
}

struct Show<'a>(&'a dyn Slot);

impl Serialize for Show<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0.show(), serializer)
    }
}

/// Whether what was read is null, and that means that it is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Null {
    Yes,
    No,
}

/// Reads a value into a place. If it is exact, a number is kept as it is written where text is expected, which takes
/// longer; otherwise a number that may have lost digits is no text.
pub(crate) struct Into<'a, const EXACT: bool>(pub(crate) &'a mut dyn Slot);

impl<'de, const EXACT: bool> DeserializeSeed<'de> for Into<'_, EXACT> {
    type Value = Null;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Null, D::Error> {
        if EXACT && self.0.expects().text {
            return self.read_as_written(deserializer);
        }
        deserializer.deserialize_any(self)
    }
}

impl<const EXACT: bool> Into<'_, EXACT> {
    fn read_as_written<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Null, D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?.get();
        if json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return self.put(Scalar::Written(json));
        }
        serde_json::Deserializer::from_str(json)
            .deserialize_any(self)
            .map_err(|cause| D::Error::custom(without_place(&cause)))
    }

    fn put<E: Error>(self, scalar: Scalar<'_>) -> Result<Null, E> {
        if self.0.put(scalar) { Ok(Null::No) } else { Err(self.wrong(unexpected(scalar))) }
    }

    #[cold]
    fn wrong<E: Error>(&self, given: Unexpected<'_>) -> E {
        E::invalid_type(given, &self.0.expects().what as &dyn Expected)
    }
}

/// What is wrong, without the place.
pub(crate) fn without_place(cause: &serde_json::Error) -> String {
    let told = cause.to_string();
    told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told).to_owned()
}

#[cold]
fn unexpected(scalar: Scalar<'_>) -> Unexpected<'_> {
    match scalar {
        Scalar::Null => Unexpected::Unit,
        Scalar::Bool(truth) => Unexpected::Bool(truth),
        Scalar::Int(number) => Unexpected::Signed(number),
        Scalar::Uint(number) => Unexpected::Unsigned(number),
        Scalar::Float(number) => Unexpected::Float(number),
        Scalar::Written(_) => Unexpected::Other("a number"),
        // A person needs no more of it to find it, and it may be as long as the answer.
        Scalar::Text(text) => Unexpected::Str(beginning(text)),
    }
}

fn beginning(text: &str) -> &str {
    const MOST: usize = 80;
    text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

impl<'de, const EXACT: bool> Visitor<'de> for Into<'_, EXACT> {
    type Value = Null;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expects().what)
    }

    fn visit_unit<E: Error>(self) -> Result<Null, E> {
        let is_value = self.0.expects().null;
        self.put(Scalar::Null).map(|_| if is_value { Null::No } else { Null::Yes })
    }

    fn visit_none<E: Error>(self) -> Result<Null, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Null, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Null, E> {
        self.put(Scalar::Bool(truth))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Null, E> {
        self.put(Scalar::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Null, E> {
        self.put(Scalar::Uint(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Null, E> {
        self.put(Scalar::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Null, E> {
        self.put(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Null, A::Error> {
        let Some(Opened::List(list)) = self.0.open(Bracket::List) else {
            return Err(self.wrong(Unexpected::Seq));
        };
        while items.next_element_seed(Element::<EXACT>(list))?.is_some() {}
        Ok(Null::No)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Null, A::Error> {
        match self.0.open(Bracket::Object) {
            Some(Opened::Record(record)) => read_fields::<A, EXACT>(record, &mut map)?,
            Some(Opened::Map(entries)) => read_entries::<A, EXACT>(entries, &mut map)?,
            Some(Opened::List(_)) | None => return Err(self.wrong(Unexpected::Map)),
        }
        Ok(Null::No)
    }
}

fn read_fields<'de, A: MapAccess<'de>, const EXACT: bool>(
    record: &mut dyn Record,
    map: &mut A,
) -> Result<(), A::Error> {
    let mut came = 0;
    loop {
        let mut bit = 0;
        match map.next_key_seed(Find { record, bit: &mut bit })? {
            None => break,
            Some(None) => drop(map.next_value::<IgnoredAny>()?),
            Some(Some(slot)) => match map.next_value_seed(Into::<EXACT>(slot))? {
                Null::No => came |= bit,
                Null::Yes => came &= !bit,
            },
        }
    }
    record.missing(came).map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
}

fn read_entries<'de, A: MapAccess<'de>, const EXACT: bool>(
    entries: &mut dyn Entries,
    map: &mut A,
) -> Result<(), A::Error> {
    while let Some(key) = map.next_key::<String>()? {
        let Some(slot) = entries.entry(&key) else { return Err(no_room()) };
        if map.next_value_seed(Into::<EXACT>(slot))? == Null::Yes {
            entries.take_back(&key);
        }
    }
    Ok(())
}

/// The message is never shown: the caller knows the memory limit and makes the error that names it.
#[cold]
fn no_room<E: Error>() -> E {
    E::custom("there is no room for it")
}

/// Reads an element to the end of a list.
struct Element<'a, const EXACT: bool>(&'a mut dyn List);

impl<'de, const EXACT: bool> DeserializeSeed<'de> for Element<'_, EXACT> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(slot) = self.0.push() else { return Err(no_room()) };
        if Into::<EXACT>(slot).deserialize(deserializer)? == Null::Yes {
            self.0.take_back();
        }
        Ok(())
    }
}

/// Reads the name of a field, and finds its place.
struct Find<'a, 'b> {
    record: &'a mut dyn Record,
    bit: &'b mut u64,
}

impl<'de> DeserializeSeed<'de> for Find<'_, '_>
where
    Self: Visitor<'de>,
{
    type Value = <Self as Visitor<'de>>::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Find<'a, '_> {
    type Value = Option<&'a mut dyn Slot>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.record.field(name, self.bit))
    }
}
