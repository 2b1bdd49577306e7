//! The parameters of a by-name call, or an object in one: each takes the member of its name from the caller's object.

use serde_json::{Map, Value};

use crate::base::violation::{Faults, did_you_mean};
use crate::input::json::{FromJson, wrong};
use crate::input::text::is_blank;

/// A field that takes a value of the caller's.
pub(crate) trait Place {
    /// Takes it; null, and what cannot be read, leaves nothing here.
    fn take(&mut self, given: &Value, faults: &mut Faults);
}

impl<T: FromJson> Place for Option<T> {
    fn take(&mut self, given: &Value, faults: &mut Faults) {
        *self = match given {
            Value::Null => None,
            Value::String(text) if !T::takes_blank() && is_blank(text) => None,
            given => T::from_json(given, faults),
        };
    }
}

/// A field that is always there.
impl<T: FromJson + Default> Place for T {
    fn take(&mut self, given: &Value, faults: &mut Faults) {
        let mut taken = None;
        Place::take(&mut taken, given, faults);
        *self = taken.unwrap_or_default();
    }
}

/// The fields that there are, and what the caller's object has for each.
pub(crate) struct Input<'a> {
    fields: Vec<Field<'a>>,
}

struct Field<'a> {
    name: &'static str,
    place: &'a mut dyn Place,
    /// It takes a list whose elements hold no commas, so that it may be written as text with commas between them.
    csv: bool,
    given: Option<&'a Value>,
}

impl<'a> Input<'a> {
    pub(crate) fn new() -> Self {
        // Few tools have more.
        Input { fields: Vec::with_capacity(24) }
    }

    /// The member of this name goes here.
    pub(crate) fn take(&mut self, name: &'static str, place: &'a mut dyn Place) {
        self.fields.push(Field { name, place, csv: false, given: None });
    }

    /// The member of this name goes here, a list that may be written as text with commas.
    pub(crate) fn take_csv(&mut self, name: &'static str, place: &'a mut dyn Place) {
        self.fields.push(Field { name, place, csv: true, given: None });
    }

    /// Puts every member in its place. Faults come in the order of the fields, then those of unknown names.
    pub(crate) fn read(mut self, object: &'a Map<String, Value>, faults: &mut Faults) {
        let mut unknown: Vec<&str> = Vec::new();
        for (name, given) in object {
            match self.fields.iter_mut().find(|field| field.name == name) {
                Some(field) => field.given = Some(given),
                None => unknown.push(name),
            }
        }
        self.fields.iter_mut().for_each(|field| field.read(faults));
        // Whether an object is in order depends on a feature of serde_json that any crate may turn on.
        unknown.sort_unstable();
        unknown.into_iter().for_each(|name| self.refuse(name, faults));
    }

    /// Notes a member that has no place.
    #[cold]
    fn refuse(&self, name: &str, faults: &mut Faults) {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        let meant = did_you_mean(name, names.iter().copied());
        let message = match (&meant, names.as_slice()) {
            (None, []) => "is unknown: there are no parameters here".to_owned(),
            (None, names) => format!("is unknown; there are {}", names.join(", ")),
            (Some(_), _) => "is unknown".to_owned(),
        };
        faults.field(name, |faults| faults.push("unknown", None, message, meant));
    }
}

impl Field<'_> {
    fn read(&mut self, faults: &mut Faults) {
        let Some(given) = self.given else { return };
        let place = &mut *self.place;
        faults.field(self.name, |faults| match given {
            Value::String(text) if self.csv && !text.trim_start().starts_with('[') => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                place.take(&parts.collect(), faults);
            }
            Value::Number(_) if self.csv => place.take(&vec![given.clone()].into(), faults),
            Value::Bool(_) | Value::Object(_) if self.csv => {
                wrong::<()>(given, faults, "must be a list, or text with commas between the values");
            }
            given => place.take(given, faults),
        });
    }
}

#[cfg(test)]
mod tests;
