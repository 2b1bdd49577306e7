//! The walk over JSON that reads and writes every model, by way of serde.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::record::Record;
use super::slot::{Entries, List, Object, Scalar, Shown, Slot};

/// Reads an object into a model.
pub(crate) fn read_object<'de, D: Deserializer<'de>>(
    slot: &mut dyn Slot<'de>,
    deserializer: D,
) -> Result<(), D::Error> {
    match Into(slot).deserialize(deserializer)? {
        Null::No => Ok(()),
        Null::Yes => Err(D::Error::invalid_type(Unexpected::Unit, &slot.expects())),
    }
}

/// Writes a value.
pub(crate) fn write<S: Serializer>(shown: Shown<'_, '_>, serializer: S) -> Result<S::Ok, S::Error> {
    match shown {
        Shown::Absent => serializer.serialize_none(),
        Shown::Bool(truth) => serializer.serialize_bool(truth),
        Shown::Int(number) => serializer.serialize_i64(number),
        Shown::Float(number) => serializer.serialize_f64(number),
        Shown::Text(text) => serializer.serialize_str(text),
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
        Shown::Record(record) => write_members(serializer, |write| record.each(&mut |key, slot| write(key, slot))),
        Shown::Map(entries) => write_members(serializer, |write| entries.each(write)),
    }
}

fn write_members<'de, S: Serializer>(
    serializer: S,
    each: impl FnOnce(&mut dyn FnMut(&str, &dyn Slot<'de>)),
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

struct Show<'a, 'de>(&'a dyn Slot<'de>);

impl Serialize for Show<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0.show(), serializer)
    }
}

/// Whether what was read is null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Null {
    Yes,
    No,
}

/// Reads a value into a place.
pub(crate) struct Into<'a, 'de>(pub(crate) &'a mut dyn Slot<'de>);

impl<'de> DeserializeSeed<'de> for Into<'_, 'de> {
    type Value = Null;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Null, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Into<'_, 'de> {
    fn put<E: Error>(self, scalar: Scalar<'_, 'de>) -> Result<Null, E> {
        if self.0.put(scalar) { Ok(Null::No) } else { Err(self.wrong(unexpected(scalar))) }
    }

    #[cold]
    fn wrong<E: Error>(&self, given: Unexpected<'_>) -> E {
        E::invalid_type(given, &self.0.expects() as &dyn Expected)
    }
}

#[cold]
fn unexpected<'a>(scalar: Scalar<'a, 'a>) -> Unexpected<'a> {
    match scalar {
        Scalar::Null => Unexpected::Unit,
        Scalar::Bool(truth) => Unexpected::Bool(truth),
        Scalar::Int(number) => Unexpected::Signed(number),
        Scalar::Uint(number) => Unexpected::Unsigned(number),
        Scalar::Float(number) => Unexpected::Float(number),
        Scalar::Text(text) | Scalar::Lasting(text) => Unexpected::Str(text),
    }
}

impl<'de> Visitor<'de> for Into<'_, 'de> {
    type Value = Null;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expects())
    }

    fn visit_unit<E: Error>(self) -> Result<Null, E> {
        self.put(Scalar::Null).map(|_| Null::Yes)
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

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Null, E> {
        self.put(Scalar::Lasting(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Null, A::Error> {
        let Some(list) = self.0.list() else { return Err(self.wrong(Unexpected::Seq)) };
        while items.next_element_seed(Element(list))?.is_some() {}
        Ok(Null::No)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Null, A::Error> {
        match self.0.object() {
            Some(Object::Record(record)) => read_fields(record, &mut map)?,
            Some(Object::Map(entries)) => read_entries(entries, &mut map)?,
            None => return Err(self.wrong(Unexpected::Map)),
        }
        Ok(Null::No)
    }
}

fn read_fields<'de, A: MapAccess<'de>>(record: &mut dyn Record<'de>, map: &mut A) -> Result<(), A::Error> {
    while let Some(slot) = map.next_key_seed(Find(record))? {
        match slot {
            Some(slot) => drop(map.next_value_seed(Into(slot))?),
            None => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    Ok(())
}

fn read_entries<'de, A: MapAccess<'de>>(entries: &mut dyn Entries<'de>, map: &mut A) -> Result<(), A::Error> {
    while let Some(key) = map.next_key::<String>()? {
        if map.next_value_seed(Into(entries.entry(&key)))? == Null::Yes {
            entries.was_null(&key);
        }
    }
    Ok(())
}

/// Reads an element to the end of a list.
struct Element<'a, 'de>(&'a mut dyn List<'de>);

impl<'de> DeserializeSeed<'de> for Element<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(slot) = self.0.push() else { return Err(D::Error::custom("no element")) };
        if Into(slot).deserialize(deserializer)? == Null::Yes {
            self.0.was_null();
        }
        Ok(())
    }
}

/// Reads the name of a field, and finds its place.
struct Find<'a, 'de>(&'a mut dyn Record<'de>);

impl<'de> DeserializeSeed<'de> for Find<'_, 'de>
where
    Self: Visitor<'de>,
{
    type Value = <Self as Visitor<'de>>::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a, 'de> Visitor<'de> for Find<'a, 'de> {
    type Value = Option<&'a mut dyn Slot<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.field(name))
    }
}
