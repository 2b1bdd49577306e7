//! Values going in: read from the JSON of a by-name call, leniently but never doubtfully, and written into a request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};
use smol_str::{SmolStr, ToSmolStr};

use crate::base::id::{Form, Id, Kind, in_address};
use crate::base::time::{Date, DateTime, Timestamp, no_date, read_date_time, read_day};
use crate::base::violation::Faults;

/// A value that a by-name call can give.
pub(crate) trait FromJson: Sized {
    /// The value; `None` after noting a fault. What is given is not null.
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self>;

    /// Whether empty text is for it to judge; else it is as good as nothing.
    fn takes_blank() -> bool {
        false
    }
}

/// A value that a request can carry.
pub(crate) trait ToJson {
    /// The value as it is sent; `None` if it is absent.
    fn to_json(&self) -> Option<Value>;

    /// The text as it is sent, of a value that is text and at hand.
    fn as_text(&self) -> Option<&str> {
        None
    }
}

/// A value that stands for one that only Gong knows, in a dry run.
pub(crate) trait Placeholder {
    /// Such a value, `from` the tool that would be asked.
    fn placeholder(from: &str) -> Self;
}

/// Notes that a value is of the wrong type.
pub(crate) fn wrong<T>(given: &Value, faults: &mut Faults, message: impl Into<String>) -> Option<T> {
    faults.add("type", Some(given.to_string()), message);
    None
}

impl FromJson for String {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        match given {
            Value::String(text) => Some(text.clone()),
            other => wrong(other, faults, "must be text"),
        }
    }

    fn takes_blank() -> bool {
        true
    }
}

impl FromJson for i64 {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        let read = match given {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.or_else(|| wrong(given, faults, "must be a whole number"))
    }
}

/// The whole number that a float is, where floats are exact.
pub(crate) fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)] // checked just before
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
}

impl FromJson for f64 {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        let read = match given {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.filter(|number| number.is_finite()).or_else(|| wrong(given, faults, "must be a number"))
    }
}

impl FromJson for bool {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        match given {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            other => wrong(other, faults, "must be true or false"),
        }
    }
}

impl FromJson for Value {
    fn from_json(given: &Value, _: &mut Faults) -> Option<Self> {
        Some(given.clone())
    }

    fn takes_blank() -> bool {
        true
    }
}

impl<K: Kind> FromJson for Id<K> {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        id_text(given, K::NAME, K::FORM, K::ADDRESS, faults).map(Id::of)
    }

    fn takes_blank() -> bool {
        true
    }
}

/// The text of an id of this kind, that is written so and stands in the address of such a page.
#[inline] // a list may have hundreds
fn id_text(given: &Value, kind: &str, form: Form, page: Option<&str>, faults: &mut Faults) -> Option<SmolStr> {
    match given {
        Value::String(text) => {
            let text = trim(text);
            // No id begins so.
            let page = page.filter(|_| text.starts_with("http"));
            let id = page.and_then(|page| in_address(text, page)).filter(|id| form.fits(id));
            Some(id.map_or_else(|| text.into(), SmolStr::from))
        }
        Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_smolstr()),
        Value::Number(_) => {
            wrong(given, faults, format!("must be the {kind} id as text, since this number has lost digits"))
        }
        _ => wrong(given, faults, format!("must be a {kind} id, as text")),
    }
}

/// The text without the space around it, of which there hardly ever is any.
#[inline]
fn trim(text: &str) -> &str {
    let ink = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if ink(bytes.first()) && ink(bytes.last()) { text } else { text.trim() }
}

impl FromJson for DateTime {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        let Value::String(text) = given else {
            return wrong(given, faults, "must be text such as \"2026-11-16T09:30:00Z\"");
        };
        read_date_time(trim(text)).map_err(|fault| fault.tell(text, faults)).ok()
    }
}

impl FromJson for Date {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        // An instant is taken as the day it is written on.
        let read = given.as_str().and_then(read_day);
        if read.is_none() {
            no_date(given, faults);
        }
        read
    }
}

impl FromJson for Timestamp {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        DateTime::from_json(given, faults).map(Timestamp::from)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        let items = list_of(given, faults)?;
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let read = faults.element(index, |faults| match item {
                Value::Null => {
                    faults.add("type", Some("null".to_owned()), "must be there");
                    None
                }
                item => T::from_json(item, faults),
            });
            // What comes before the first that could not be read is kept: the input is refused, and at their places in
            // the list these can still be held to their limits.
            if let Some(read) = read
                && list.len() == index
            {
                list.push(read);
            }
        }
        Some(list)
    }
}

/// The list that a value is, or that its text holds.
fn list_of<'v>(given: &'v Value, faults: &mut Faults) -> Option<Cow<'v, [Value]>> {
    match given {
        Value::Array(items) => Some(Cow::Borrowed(items)),
        Value::String(text) if text.trim_start().starts_with('[') => match serde_json::from_str(text) {
            Ok(items) => Some(Cow::Owned(items)),
            Err(_) => wrong(given, faults, "must be a list, and this text is no JSON list"),
        },
        Value::Object(_) => wrong(given, faults, "must be a list"),
        single => {
            let written = single.to_string();
            let message = match single.as_str().filter(|text| text.contains(',')) {
                Some(text) => {
                    let parts: Vec<String> = text.split(',').map(|part| Value::from(part.trim()).to_string()).collect();
                    format!("must be a list; write [{written}], or for several [{}]", parts.join(", "))
                }
                None => format!("must be a list; write [{written}]"),
            };
            wrong(single, faults, message)
        }
    }
}

/// The object that a value is, or that its text holds.
pub(crate) fn object_of<'v>(given: &'v Value, faults: &mut Faults) -> Option<Cow<'v, Map<String, Value>>> {
    match given {
        Value::Object(members) => Some(Cow::Borrowed(members)),
        Value::String(text) if text.trim_start().starts_with('{') => match serde_json::from_str(text) {
            Ok(members) => Some(Cow::Owned(members)),
            Err(_) => wrong(given, faults, "must be an object, and this text is no JSON object"),
        },
        other => wrong(other, faults, "must be an object"),
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(given: &Value, faults: &mut Faults) -> Option<Self> {
        let object = object_of(given, faults)?;
        let mut read = Some(BTreeMap::new());
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            match (faults.field(key, |faults| T::from_json(value, faults)), &mut read) {
                (Some(value), Some(map)) => drop(map.insert(key.clone(), value)),
                _ => read = None,
            }
        }
        read
    }
}

/// Writes a value as text.
macro_rules! to_json_as_text {
    ($($type:ty),*) => {
        $(impl ToJson for $type {
            fn to_json(&self) -> Option<Value> {
                Some(Value::String(self.to_string()))
            }
        })*
    };
}
to_json_as_text!(DateTime, Date);

/// Writes a value that is text.
macro_rules! to_json_of_text {
    ($($type:ty),*) => {
        $(impl ToJson for $type {
            fn to_json(&self) -> Option<Value> {
                self.as_text().map(Value::from)
            }

            fn as_text(&self) -> Option<&str> {
                Some(self.as_ref())
            }
        })*
    };
}
to_json_of_text!(String, str, Timestamp);

impl<K> ToJson for Id<K> {
    fn to_json(&self) -> Option<Value> {
        self.as_text().map(Value::from)
    }

    fn as_text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

impl ToJson for i64 {
    fn to_json(&self) -> Option<Value> {
        Some(Value::from(*self))
    }
}

impl ToJson for f64 {
    fn to_json(&self) -> Option<Value> {
        serde_json::Number::from_f64(*self).map(Value::Number)
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
}

impl ToJson for Value {
    fn to_json(&self) -> Option<Value> {
        Some(self.clone())
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Option<Value> {
        match self {
            Some(value) => value.to_json(),
            None => None,
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Some(value) => value.as_text(),
            None => None,
        }
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self) -> Option<Value> {
        T::to_json(self)
    }

    fn as_text(&self) -> Option<&str> {
        T::as_text(self)
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self) -> Option<Value> {
        let (mut values, mut rest) = (Vec::with_capacity(self.len()), self);
        // Without an iterator, which would be compiled once a type.
        while let [value, others @ ..] = rest {
            if let Some(value) = value.to_json() {
                values.push(value);
            }
            rest = others;
        }
        Some(Value::Array(values))
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Option<Value> {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn to_json(&self) -> Option<Value> {
        let mut object = serde_json::Map::new();
        for (key, value) in self {
            if let Some(value) = value.to_json() {
                object.insert(key.clone(), value);
            }
        }
        Some(Value::Object(object))
    }
}

impl Placeholder for String {
    fn placeholder(from: &str) -> Self {
        format!("<value from {from}>")
    }
}

impl<K: Kind> Placeholder for Id<K> {
    fn placeholder(from: &str) -> Self {
        Id::from(format!("<{} id from {from}>", K::NAME))
    }
}

impl Placeholder for Timestamp {
    fn placeholder(from: &str) -> Self {
        Timestamp::from(format!("<instant from {from}>"))
    }
}

impl Placeholder for Value {
    fn placeholder(from: &str) -> Self {
        Value::String(String::placeholder(from))
    }
}

/// No instant, day, number or truth value can say that it is a placeholder.
impl Placeholder for DateTime {
    fn placeholder(_: &str) -> Self {
        DateTime::from(std::time::SystemTime::UNIX_EPOCH)
    }
}

impl Placeholder for Date {
    fn placeholder(from: &str) -> Self {
        DateTime::placeholder(from).date()
    }
}

macro_rules! default_placeholder {
    ($($type:ty),*) => {
        $(impl Placeholder for $type {
            fn placeholder(_: &str) -> Self {
                Self::default()
            }
        })*
    };
}
default_placeholder!(i64, f64, bool);

impl<T: Placeholder> Placeholder for Vec<T> {
    fn placeholder(from: &str) -> Self {
        vec![T::placeholder(from)]
    }
}

impl<T: Placeholder> Placeholder for Option<T> {
    fn placeholder(from: &str) -> Self {
        Some(T::placeholder(from))
    }
}
