//! Ids: text that decodes from a string or a number and knows what it is the id of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use smol_str::{SmolStr, ToSmolStr};

/// What an [`Id`] is the id of.
pub trait Kind: Send + Sync + 'static {
    /// The kind in a word, such as `call`.
    const NAME: &'static str;

    /// How such an id is written.
    #[doc(hidden)]
    const FORM: Form = Form::Any;

    /// The path of the pages whose address has such an id as `id` in its query.
    #[doc(hidden)]
    const ADDRESS: Option<&'static str> = None;
}

/// How an id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One to twenty digits.
    Digits,
    /// Anything without spaces and commas.
    Word,
    /// Anything.
    Any,
}

impl Form {
    /// Whether a text is written so.
    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Form::Digits => (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()),
            Form::Word => !text.contains(|letter: char| letter == ',' || letter.is_whitespace() || letter.is_control()),
            Form::Any => true,
        }
    }

    /// That, in words.
    pub(crate) fn said(self) -> &'static str {
        match self {
            Form::Digits => ", which is digits only",
            Form::Word => ", which has no spaces and no commas",
            Form::Any => "",
        }
    }
}

/// The id in the address of a page with this path, if the text is such an address.
#[cold]
pub(crate) fn in_address(text: &str, path: &str) -> Option<String> {
    let url = reqwest::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut ids = url.query_pairs().filter(|(name, _)| name == "id");
    (url.path() == path).then(|| ids.next())?.map(|(_, id)| id.into_owned())
}

/// An id of Gong's, such as a call's.
///
/// Gong's ids have up to 20 digits, more than an `i64` holds, and arrive as strings or as numbers: they are kept as
/// text and sent as text.
///
/// ```
/// # use gong_client::ids::CallId;
/// let id: CallId = serde_json::from_str("7782342274025937895")?;
/// assert_eq!(id, CallId::from("7782342274025937895"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Id<K> {
    /// In place: ids have up to 20 digits, and a text has no room of its own up to 23 bytes.
    text: SmolStr,
    kind: PhantomData<K>,
}

impl<K> Id<K> {
    /// With this text.
    pub(crate) const fn of(text: SmolStr) -> Self {
        Id { text, kind: PhantomData }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

// By hand, as a derive would ask the same of every kind.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Id::of(self.text.clone())
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> Default for Id<K> {
    fn default() -> Self {
        Id::of(SmolStr::default())
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", K::NAME, self.text)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K> AsRef<str> for Id<K> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<K> From<String> for Id<K> {
    fn from(text: String) -> Self {
        Id::of(text.into())
    }
}

impl<K> From<&str> for Id<K> {
    fn from(text: &str) -> Self {
        Id::of(text.into())
    }
}

impl<K> From<&String> for Id<K> {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl<K> From<u64> for Id<K> {
    fn from(number: u64) -> Self {
        Id::of(number.to_smolstr())
    }
}

impl<K> From<&Id<K>> for Id<K> {
    fn from(id: &Id<K>) -> Self {
        id.clone()
    }
}

impl<K> From<Id<K>> for String {
    fn from(id: Id<K>) -> Self {
        id.text.into()
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdText).map(Id::of)
    }
}

struct IdText;

impl Visitor<'_> for IdText {
    type Value = SmolStr;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as text or as a whole number")
    }

    fn visit_str<E>(self, text: &str) -> Result<SmolStr, E> {
        Ok(text.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<SmolStr, E> {
        Ok(number.to_smolstr())
    }

    fn visit_i64<E>(self, number: i64) -> Result<SmolStr, E> {
        Ok(number.to_smolstr())
    }
}

/// Declares kinds of ids: `/// About. CallId, kind Call = "call", Digits, Some("/call");`.
macro_rules! id_kinds {
    ($($(#[$about:meta])* $id:ident, kind $kind:ident = $name:literal, $form:ident, $address:expr;)*) => {
        $($(#[$about])* pub type $id = $crate::base::id::Id<kind::$kind>;)*

        /// What ids can be of.
        pub mod kind {
            $(
                $(#[$about])*
                #[derive(Debug)]
                pub enum $kind {}

                impl $crate::base::id::Kind for $kind {
                    const NAME: &'static str = $name;
                    const FORM: $crate::base::id::Form = $crate::base::id::Form::$form;
                    const ADDRESS: Option<&'static str> = $address;
                }
            )*
        }
    };
}
pub(crate) use id_kinds;

#[cfg(test)]
mod tests;
