//! Bytes read as a value of some type, or as one field of an object.

use serde::de::{DeserializeSeed, Error};
use serde_json::Value;

use crate::decode::slot::Slot;
use crate::decode::wire::{self, Null};

/// Reads a whole answer.
pub(crate) fn read_whole(slot: &mut dyn Slot, bytes: &[u8]) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text(bytes)?);
    wire::read_object(slot, &mut deserializer)?;
    deserializer.end()
}

/// Reads any value.
pub(crate) fn read_any(slot: &mut dyn Slot, bytes: &[u8]) -> serde_json::Result<Null> {
    read_value::<false>(slot, bytes)
}

/// Reads a value, with numbers as they are written where text is expected.
pub(crate) fn read_exactly(slot: &mut dyn Slot, bytes: &[u8]) -> serde_json::Result<Null> {
    read_value::<true>(&mut *slot, bytes).map_err(|cause| {
        // Of text it only knows where the object around it ends.
        let plainly = read_value::<false>(slot, bytes).err();
        plainly.filter(|plainly| wire::without_place(plainly) == wire::without_place(&cause)).unwrap_or(cause)
    })
}

fn read_value<const EXACT: bool>(slot: &mut dyn Slot, bytes: &[u8]) -> serde_json::Result<Null> {
    let mut deserializer = serde_json::Deserializer::from_str(text(bytes)?);
    let null = wire::Into::<EXACT>(slot).deserialize(&mut deserializer)?;
    deserializer.end().map(|()| null)
}

/// To see once that all of it is text is much less work than to see it of each string.
fn text(bytes: &[u8]) -> serde_json::Result<&str> {
    std::str::from_utf8(bytes).or_else(|_| {
        // A reader of bytes fails too, and tells the place.
        let read = wire::Into::<false>(&mut Value::Null).deserialize(&mut serde_json::Deserializer::from_slice(bytes));
        read.and(Err(Error::custom("the answer is not text")))
    })
}
