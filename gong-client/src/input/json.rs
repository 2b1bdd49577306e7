//! Values going in: read from the JSON of a by-name call, leniently but never doubtfully, and written into a request.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::base::id::{Id, Kind, in_address};
use crate::base::time::{Date, DateTime, NoDateTime, Timestamp, read_date, read_date_time};
use crate::base::violation::Faults;
use crate::input::given::{Given, Items, Members, into_object, walk_text, walk_value};

/// A value that a by-name call can give.
pub trait FromJson: Sized {
    /// The value; `None` after noting a fault. What is given is not null.
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self>;

    /// Whether empty text is for it to judge; else it is as good as nothing.
    fn takes_blank() -> bool {
        false
    }
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
pub(crate) fn wrong<T>(given: Given<'_>, faults: &mut Faults, message: impl Into<String>) -> Option<T> {
    faults.add("type", Some(given.into_json().to_string()), message);
    None
}

impl FromJson for String {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        match given {
            Given::Text(text) => Some(text.to_owned()),
            other => wrong(other, faults, "must be text"),
        }
    }

    fn takes_blank() -> bool {
        true
    }
}

impl FromJson for i64 {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let read = match &given {
            Given::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Given::Text(text) => text.trim().parse().ok(),
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
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let read = match &given {
            Given::Number(number) => number.as_f64(),
            Given::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.filter(|number| number.is_finite()).or_else(|| wrong(given, faults, "must be a number"))
    }
}

impl FromJson for bool {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        match given {
            Given::Bool(value) => Some(value),
            Given::Text("true") => Some(true),
            Given::Text("false") => Some(false),
            other => wrong(other, faults, "must be true or false"),
        }
    }
}

impl FromJson for Value {
    fn from_json(given: Given<'_>, _: &mut Faults) -> Option<Self> {
        Some(given.into_json())
    }

    fn takes_blank() -> bool {
        true
    }
}

impl<K: Kind> FromJson for Id<K> {
    #[inline]
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        match given {
            Given::Text(text) => {
                let text = trim(text);
                // No id begins so.
                let address = if text.starts_with("http") { in_address::<K>(text) } else { None };
                Some(address.map_or_else(|| Id::from(text), Id::from))
            }
            other => id(other, K::NAME, faults).map(Id::from),
        }
    }

    fn takes_blank() -> bool {
        true
    }
}

/// An id of this kind that is no text.
#[cold]
fn id(given: Given<'_>, kind: &str, faults: &mut Faults) -> Option<String> {
    match given {
        Given::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
        Given::Number(_) => {
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
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let Given::Text(text) = given else {
            return wrong(given, faults, "must be text such as \"2026-11-16T09:30:00Z\"");
        };
        match read_date_time(trim(text)) {
            Ok(time) => Some(time),
            Err(fault) => {
                let message = match fault {
                    NoDateTime::Other => "must be a date-time with an offset, such as 2026-11-16T09:30:00Z".to_owned(),
                    _ => format!("is no instant: {}", fault.advice(text.trim())),
                };
                let given = matches!(fault, NoDateTime::Other).then(|| Value::from(text).to_string());
                faults.add("format", given, message);
                None
            }
        }
    }
}

impl FromJson for Date {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let text = if let Given::Text(text) = given { text.trim() } else { "" };
        // An instant is taken as the day it is written on.
        let read = read_date(text).or_else(|| read_date_time(text).ok().map(|time| time.date())).or_else(|| {
            let day = text.get(..10)?;
            matches!(read_date_time(text), Err(NoDateTime::NoOffset)).then(|| read_date(day))?
        });
        if read.is_none() {
            faults.add("format", Some(given.into_json().to_string()), "must be a date such as 2026-11-16");
        }
        read
    }
}

impl FromJson for Timestamp {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        DateTime::from_json(given, faults).map(Timestamp::from)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let mut list = Vec::with_capacity(8);
        read_list(given, faults, &mut |index, item, faults| {
            // What comes before the first that could not be read is kept: the input is refused, and at their places in
            // the list these can still be held to their limits.
            if let Some(value) = T::from_json(item, faults)
                && list.len() == index
            {
                list.push(value);
            }
        })?;
        Some(list)
    }
}

/// Takes an element of a list, which is at this index and not null.
type TakeElement<'t> = dyn FnMut(usize, Given<'_>, &mut Faults) + 't;

/// Reads the list that a value is, or that its text holds. Nothing that was taken counts if there is none.
fn read_list(given: Given<'_>, faults: &mut Faults, take: &mut TakeElement<'_>) -> Option<()> {
    match given {
        Given::List(items) => {
            read_items(items, faults, take);
            Some(())
        }
        Given::Text(text) if text.trim_start().starts_with('[') => {
            walk_inner(text, faults, "must be a list, and this text is no JSON list", &mut |inner, faults| {
                if let Given::List(items) = inner {
                    read_items(items, faults, take);
                }
            })
        }
        Given::Object(_) => wrong(given, faults, "must be a list"),
        single => {
            let value = single.into_json();
            let single = value.to_string();
            let message = match value.as_str().filter(|text| text.contains(',')) {
                Some(text) => {
                    let parts: Vec<String> = text.split(',').map(|part| Value::from(part.trim()).to_string()).collect();
                    format!("must be a list; write [{single}], or for several [{}]", parts.join(", "))
                }
                None => format!("must be a list; write [{single}]"),
            };
            faults.add("type", Some(single), message);
            None
        }
    }
}

/// Walks over the JSON that a text holds. If it holds none, that is the only fault.
fn walk_inner(
    text: &str,
    faults: &mut Faults,
    message: &str,
    walk: &mut dyn FnMut(Given<'_>, &mut Faults),
) -> Option<()> {
    let before = faults.len();
    walk_text(text, &mut |inner| walk(inner, faults)).ok().or_else(|| {
        faults.split_off(before);
        wrong(Given::Text(text), faults, message)
    })
}

/// Reads every element, so that every fault is noted.
fn read_items(items: &mut dyn Items, faults: &mut Faults, take: &mut TakeElement<'_>) {
    let mut index = 0;
    items.each(&mut |item| {
        faults.element(index, |faults| match item {
            Given::Null => faults.add("type", Some("null".to_owned()), "must be there"),
            item => take(index, item, faults),
        });
        index += 1;
    });
}

/// Walks over the object that a value is, or that its text holds. Nothing that was taken counts if there is none.
pub(crate) fn read_object(
    given: Given<'_>,
    faults: &mut Faults,
    walk: &mut dyn FnMut(&mut dyn Members, &mut Faults),
) -> Option<()> {
    match given {
        Given::Object(members) => {
            walk(members, faults);
            Some(())
        }
        Given::Text(text) if text.trim_start().starts_with('{') => {
            walk_inner(text, faults, "must be an object, and this text is no JSON object", &mut |inner, faults| {
                if let Given::Object(members) = inner {
                    walk(members, faults);
                }
            })
        }
        other => wrong(other, faults, "must be an object"),
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(given: Given<'_>, faults: &mut Faults) -> Option<Self> {
        let mut object = BTreeMap::new();
        read_object(given, faults, &mut |members, _| {
            for (key, value) in into_object(members) {
                object.insert(key, value);
            }
        })?;
        let mut read = Some(BTreeMap::new());
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let mut taken = None;
            faults.field(key, |faults| walk_value(value, &mut |value| taken = T::from_json(value, faults)));
            match (taken, &mut read) {
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
