//! Values going in: read from the JSON of a by-name call, leniently but never doubtfully, and written into a request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::id::{Id, Kind};
use crate::time::{Date, DateTime, NoDateTime, Timestamp, read_date, read_date_time};
use crate::violation::Faults;

/// A value that a by-name call can give.
pub trait FromJson: Sized {
    /// The value; `None` after noting a fault. `json` is not null.
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self>;
}

/// A value that a request can carry.
pub trait ToJson {
    /// The value as it is sent; `None` if it is absent.
    fn to_json(&self) -> Option<Value>;

    /// The text as it is sent, of a value that is text and at hand.
    fn as_text(&self) -> Option<&str> {
        None
    }
}

/// A value that stands for one that only Gong knows, in a dry run.
pub trait Placeholder {
    /// Such a value, `from` the tool that would be asked.
    fn placeholder(from: &str) -> Self;
}

/// Notes that a value is of the wrong type.
pub(crate) fn wrong<T>(json: &Value, faults: &mut Faults, message: impl Into<String>) -> Option<T> {
    faults.add("type", Some(json.to_string()), message);
    None
}

impl FromJson for String {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        match json {
            Value::String(text) => Some(text.clone()),
            _ => wrong(json, faults, "must be text"),
        }
    }
}

impl FromJson for i64 {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        let read = match json {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.or_else(|| wrong(json, faults, "must be a whole number"))
    }
}

/// The whole number that a float is, where floats are exact.
pub(crate) fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)] // checked just before
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
}

impl FromJson for f64 {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        let read = match json {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.filter(|number| number.is_finite()).or_else(|| wrong(json, faults, "must be a number"))
    }
}

impl FromJson for bool {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        match json {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => wrong(json, faults, "must be true or false"),
        }
    }
}

impl FromJson for Value {
    fn from_json(json: &Value, _: &mut Faults) -> Option<Self> {
        Some(json.clone())
    }
}

impl<K: Kind> FromJson for Id<K> {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        match json {
            Value::String(text) => Some(Id::from(text.trim())),
            Value::Number(number) if number.is_u64() || number.is_i64() => Some(Id::from(number.to_string())),
            Value::Number(_) => {
                wrong(json, faults, format!("must be the {} id as text, since this number has lost digits", K::NAME))
            }
            _ => wrong(json, faults, format!("must be a {} id, as text", K::NAME)),
        }
    }
}

impl FromJson for DateTime {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        let Value::String(text) = json else {
            return wrong(json, faults, "must be text such as \"2026-11-16T09:30:00Z\"");
        };
        match read_date_time(text.trim()) {
            Ok(time) => Some(time),
            Err(fault) => {
                let message = match fault {
                    NoDateTime::Other => "must be a date-time with an offset, such as 2026-11-16T09:30:00Z".to_owned(),
                    _ => format!("is no instant: {}", fault.advice(text.trim())),
                };
                let given = matches!(fault, NoDateTime::Other).then(|| json.to_string());
                faults.add("format", given, message);
                None
            }
        }
    }
}

impl FromJson for Date {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        let read = json.as_str().map(str::trim).and_then(|text| {
            // An instant is taken as the day it is written on.
            read_date(text).or_else(|| read_date_time(text).ok().map(|time| time.date())).or_else(|| {
                let day = text.get(..10)?;
                matches!(read_date_time(text), Err(NoDateTime::NoOffset)).then(|| read_date(day))?
            })
        });
        if read.is_none() {
            faults.add("format", Some(json.to_string()), "must be a date such as 2026-11-16");
        }
        read
    }
}

impl FromJson for Timestamp {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        DateTime::from_json(json, faults).map(Timestamp::from)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        match json {
            Value::Array(items) => read_items(items, faults),
            Value::String(text) if text.trim_start().starts_with('[') => match serde_json::from_str(text) {
                Ok(Value::Array(items)) => read_items(&items, faults),
                _ => wrong(json, faults, "must be a list, and this text is no JSON list"),
            },
            Value::Object(_) => wrong(json, faults, "must be a list"),
            single => wrong(json, faults, format!("must be a list; write [{single}]")),
        }
    }
}

/// The object that a value is, or that its text holds.
pub(crate) fn object<'v>(json: &'v Value, faults: &mut Faults) -> Option<Cow<'v, Map<String, Value>>> {
    match json {
        Value::Object(object) => Some(Cow::Borrowed(object)),
        Value::String(text) if text.trim_start().starts_with('{') => match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Some(Cow::Owned(object)),
            _ => wrong(json, faults, "must be an object, and this text is no JSON object"),
        },
        _ => wrong(json, faults, "must be an object"),
    }
}

/// Reads every element, so that every fault is noted. Those before the first that could not be read are kept: the input is refused,
/// and at their places in the list they can still be held to their limits.
pub(crate) fn read_items<T: FromJson>(items: &[Value], faults: &mut Faults) -> Option<Vec<T>> {
    let mut read = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let value = faults.element(index, |faults| match item {
            Value::Null => wrong(item, faults, "must be there"),
            _ => T::from_json(item, faults),
        });
        if read.len() == index {
            read.extend(value);
        }
    }
    Some(read)
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(json: &Value, faults: &mut Faults) -> Option<Self> {
        let object = object(json, faults)?;
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
        self.as_ref().and_then(T::to_json)
    }

    fn as_text(&self) -> Option<&str> {
        self.as_ref().and_then(T::as_text)
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
        Some(Value::Array(self.iter().filter_map(T::to_json).collect()))
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Option<Value> {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn to_json(&self) -> Option<Value> {
        Some(Value::Object(self.iter().filter_map(|(key, value)| Some((key.clone(), value.to_json()?))).collect()))
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

/// No number or truth value can say that it is a placeholder.
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
