//! Transcripts that borrow from the bytes of an answer, to go through many: nothing that was said is copied. In content
//! they are the models [`TranscriptsPage`], [`Transcript`](crate::models::Transcript),
//! [`Monologue`](crate::models::Monologue) and [`Sentence`](crate::models::Sentence), which read faster by a quarter
//! and more in this form, and take less than half of the memory.
//!
//! ```
//! use gong_client::transcripts::borrowed;
//!
//! // The bytes of an answer: of `RawAnswer::bytes`, or stored ones.
//! let bytes = br#"{"callTranscripts": [{"callId": "42", "transcript": [{"speakerId": "7", "topic": "Pricing", "sentences": [
//!     {"start": 1200, "end": 2500, "text": "Is that the \"best\" price?"},
//!     {"start": 2600, "end": 3100, "text": "Hm."}
//! ]}]}]}"#;
//! let page = borrowed::read(bytes)?;
//! let mut questions = Vec::new();
//! for monologue in page.call_transcripts.iter().flat_map(|call| &call.transcript) {
//!     for text in monologue.sentences.iter().filter_map(|sentence| sentence.text) {
//!         if text.as_json().contains('?') {
//!             questions.push(text.to_str());
//!         }
//!     }
//! }
//! assert_eq!(questions, ["Is that the \"best\" price?"]);
//! # Ok::<(), gong_client::Error>(())
//! ```
//!
//! A typed call has read its answer already. To get the bytes alone, ask for them:
//!
//! ```no_run
//! # use gong_client::Method;
//! # use gong_client::transcripts::borrowed;
//! # async fn example(gong: gong_client::Client, call_ids: Vec<String>) -> gong_client::Result<()> {
//! let body = serde_json::json!({"filter": {"callIds": call_ids}});
//! let answer = gong.request(Method::Post, "/v2/calls/transcript").json(body).send().await?;
//! let page = borrowed::read(answer.bytes())?;
//! # let _ = page;
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Result};
use crate::json_place;
use crate::models::{Records, TranscriptsPage};
use crate::runtime::slot::is_whole;
use crate::runtime::wire::Into as IntoSlot;

/// A page of transcripts.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page<'a> {
    /// The id by which Gong's support finds the request.
    pub request_id: Option<Text<'a>>,
    /// Where the page stands among all pages.
    pub records: Option<Records>,
    /// The transcripts of this page.
    pub call_transcripts: Vec<Transcript<'a>>,
}

/// What was said in a call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Transcript<'a> {
    /// The call.
    pub call_id: Text<'a>,
    /// What was said, in order.
    pub transcript: Vec<Monologue<'a>>,
}

/// What one speaker said before another spoke.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Monologue<'a> {
    /// The speaker, by the speakerId of one of the call's parties.
    pub speaker_id: Option<Text<'a>>,
    /// What it was about.
    pub topic: Option<Text<'a>>,
    /// The sentences.
    pub sentences: Vec<Sentence<'a>>,
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Sentence<'a> {
    /// Where it begins, in milliseconds from the call's start.
    pub start: Option<i64>,
    /// Where it ends, in milliseconds from the call's start.
    pub end: Option<i64>,
    /// The words.
    pub text: Option<Text<'a>>,
}

/// Text as the answer writes it, which is read when it is looked at.
///
/// Compared by what it says, however that is written.
#[derive(Clone, Copy, Default)]
pub struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    /// What it says: borrowed, unless something in it is escaped. Half of a surrogate pair reads as U+FFFD.
    #[must_use]
    pub fn to_str(self) -> Cow<'a, str> {
        let inside = self.0.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(self.0);
        match inside.contains('\\') {
            false => Cow::Borrowed(inside),
            // That it is a string was seen when it was read.
            true => serde_json::Deserializer::from_str(self.0).deserialize_bytes(Unescaped).unwrap_or_default().into(),
        }
    }

    /// As it is written in the answer, quotes and escapes included.
    #[must_use]
    pub fn as_json(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_str(), f)
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_str() == other.to_str()
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.to_str() == other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.to_str() == *other
    }
}

/// Reads a page of transcripts. Like any answer, it may have fields that are unknown, and null is absent; but an
/// element that cannot be read is an error here, and not told beside the others.
///
/// # Errors
///
/// [`ErrorKind::Decode`], with the place ([`Error::json_path`]).
pub fn read(json: &[u8]) -> Result<Page<'_>> {
    let text = std::str::from_utf8(json).map_err(|cause| {
        let place = json_place::at(json, cause.valid_up_to());
        broken(place, &cause).with(|inner| inner.source = Some(cause.into()))
    })?;
    if text.trim_ascii().is_empty() {
        return Ok(Page::default());
    }
    let mut page = None;
    let mut walk = serde_json::Deserializer::from_str(text);
    let walked = Into(&mut page).deserialize(&mut walk).and_then(|()| walk.end()).map_err(|cause| {
        // Text is only looked at once it is passed. The models, which refuse the same, know the place.
        let cause = serde_json::from_str::<TranscriptsPage>(text).err().unwrap_or(cause);
        let place = json_place::place(json, cause.line(), cause.column());
        broken(place, &cause).with(|inner| inner.source = Some(cause.into()))
    });
    walked.and_then(|()| page.ok_or_else(|| broken(json_place::at(json, json.len()), &"there is nothing but null")))
}

fn broken((path, around): (String, String), cause: &dyn fmt::Display) -> Error {
    let place = json_place::said(&path);
    let message = format!("these transcripts are not what they should be{place}: {cause}, near `{around}`.");
    Error::new(ErrorKind::Decode, message).with(|inner| inner.json_path = Some(path))
}

/// An object that borrows.
trait Borrowing<'de>: Default {
    /// What it is, for messages.
    const WHAT: &'static str;

    /// Its fields as the answer names them.
    const FIELDS: &'static [&'static str];

    /// A field that it always has, if this one has it not.
    fn missing(&self) -> Option<&'static str> {
        None
    }

    /// Reads the field of this number.
    fn read<A: MapAccess<'de>>(&mut self, field: usize, value: &mut A) -> Result<(), A::Error>;
}

impl<'de> Borrowing<'de> for Page<'de> {
    const WHAT: &'static str = "an object with a page of transcripts";
    const FIELDS: &'static [&'static str] = &["requestId", "records", "callTranscripts"];

    fn read<A: MapAccess<'de>>(&mut self, field: usize, value: &mut A) -> Result<(), A::Error> {
        match field {
            0 => value.next_value_seed(Literal { text: &mut self.request_id, id: false }),
            1 => value.next_value_seed(IntoSlot::<false>(&mut self.records)).map(drop),
            _ => value.next_value_seed(List(&mut self.call_transcripts)),
        }
    }
}

impl<'de> Borrowing<'de> for Transcript<'de> {
    const WHAT: &'static str = "an object with a transcript";
    const FIELDS: &'static [&'static str] = &["callId", "transcript"];

    fn missing(&self) -> Option<&'static str> {
        self.call_id.to_str().is_empty().then_some("callId")
    }

    fn read<A: MapAccess<'de>>(&mut self, field: usize, value: &mut A) -> Result<(), A::Error> {
        match field {
            0 => {
                let mut id = None;
                value.next_value_seed(Literal { text: &mut id, id: true })?;
                self.call_id = id.unwrap_or_default();
                Ok(())
            }
            _ => value.next_value_seed(List(&mut self.transcript)),
        }
    }
}

impl<'de> Borrowing<'de> for Monologue<'de> {
    const WHAT: &'static str = "an object with what someone said";
    const FIELDS: &'static [&'static str] = &["speakerId", "topic", "sentences"];

    fn read<A: MapAccess<'de>>(&mut self, field: usize, value: &mut A) -> Result<(), A::Error> {
        match field {
            0 => value.next_value_seed(Literal { text: &mut self.speaker_id, id: true }),
            1 => value.next_value_seed(Literal { text: &mut self.topic, id: false }),
            _ => value.next_value_seed(List(&mut self.sentences)),
        }
    }
}

impl<'de> Borrowing<'de> for Sentence<'de> {
    const WHAT: &'static str = "an object with a sentence";
    const FIELDS: &'static [&'static str] = &["start", "end", "text"];

    fn read<A: MapAccess<'de>>(&mut self, field: usize, value: &mut A) -> Result<(), A::Error> {
        match field {
            0 => value.next_value_seed(IntoSlot::<false>(&mut self.start)).map(drop),
            1 => value.next_value_seed(IntoSlot::<false>(&mut self.end)).map(drop),
            _ => value.next_value_seed(Literal { text: &mut self.text, id: false }),
        }
    }
}

/// Reads an object, or null.
struct Into<'v, T>(&'v mut Option<T>);

impl<'de, T: Borrowing<'de>> DeserializeSeed<'de> for Into<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Borrowing<'de>> Visitor<'de> for Into<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WHAT)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let object = self.0.insert(T::default());
        while let Some(field) = map.next_key_seed(Field(T::FIELDS))? {
            match field {
                Some(field) => object.read(field, &mut map)?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        object.missing().map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
    }
}

/// Reads a list of objects, or null.
struct List<'v, T>(&'v mut Vec<T>);

impl<'de, T: Borrowing<'de>> DeserializeSeed<'de> for List<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Borrowing<'de>> Visitor<'de> for List<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.clear();
        let mut item = None;
        while items.next_element_seed(Into(&mut item))?.is_some() {
            self.0.extend(item.take());
        }
        // There are thousands of short lists, and room for half as much again in each would add up.
        self.0.shrink_to_fit();
        Ok(())
    }
}

/// Finds the number of a field by its name.
struct Field(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Field {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Field {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|field| *field == name))
    }
}

/// Reads text as it is written, a number or a truth value too, or null. An id may be a whole number.
struct Literal<'v, 'de> {
    text: &'v mut Option<Text<'de>>,
    id: bool,
}

impl<'de> DeserializeSeed<'de> for Literal<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let json = <&'de RawValue>::deserialize(deserializer)?.get();
        *self.text = match json.as_bytes().first() {
            Some(b'"') => Some(Text(json)),
            Some(b'n') => None,
            Some(b'{' | b'[') => return Err(D::Error::invalid_type(Unexpected::Other("JSON"), &"text")),
            _ if !self.id || is_whole(json) => Some(Text(json)),
            _ => return Err(D::Error::invalid_type(Unexpected::Other(json), &"text")),
        };
        Ok(())
    }
}

/// What a string says.
struct Unescaped;

impl Visitor<'_> for Unescaped {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_bytes<E>(self, text: &[u8]) -> Result<String, E> {
        Ok(String::from_utf8_lossy(text).into_owned())
    }
}
