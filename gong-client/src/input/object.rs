//! The parameters of a by-name call, or an object in one: each takes the member of its name from the caller's object.

use serde_json::{Map, Value};

use crate::base::violation::{Faults, did_you_mean};
use crate::input::files::{self, Files};
use crate::input::json::{FromJson, wrong};
use crate::input::text::is_blank;
use crate::input::upload::Upload;

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
    /// The files that the caller may name.
    files: &'a Files,
}

struct Field<'a> {
    name: &'static str,
    takes: Takes<'a>,
    given: Option<&'a Value>,
}

/// What a field takes, and where it goes.
enum Takes<'a> {
    Value(&'a mut dyn Place),
    /// A list whose elements hold no commas, so that it may be written as text with commas between them.
    Csv(&'a mut dyn Place),
    File(&'a mut Option<Upload>),
}

impl<'a> Input<'a> {
    pub(crate) fn new() -> Self {
        Input::with(&files::NONE)
    }

    /// Where the caller may name these files.
    pub(crate) fn with(files: &'a Files) -> Self {
        // Few tools have more.
        Input { fields: Vec::with_capacity(24), files }
    }

    /// The member of this name goes here.
    pub(crate) fn take(&mut self, name: &'static str, place: &'a mut dyn Place) {
        self.fields.push(Field { name, takes: Takes::Value(place), given: None });
    }

    /// The member of this name goes here, a list that may be written as text with commas.
    pub(crate) fn take_csv(&mut self, name: &'static str, place: &'a mut dyn Place) {
        self.fields.push(Field { name, takes: Takes::Csv(place), given: None });
    }

    /// The file goes here whose path the member of this name is.
    pub(crate) fn take_file(&mut self, name: &'static str, place: &'a mut Option<Upload>) {
        self.fields.push(Field { name, takes: Takes::File(place), given: None });
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
        self.fields.iter_mut().for_each(|field| field.read(self.files, faults));
        let is_file = |field: &&Field<'_>| matches!(field.takes, Takes::File(_));
        let of_files: Vec<&str> = self.fields.iter().filter(is_file).map(|field| field.name).collect();
        self.files.refuse_others(&of_files, faults);
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
    fn read(&mut self, files: &Files, faults: &mut Faults) {
        let given = self.given;
        faults.field(self.name, |faults| match (&mut self.takes, given) {
            // The program may give it where the input does not.
            (Takes::File(place), given) => **place = files.find(self.name, given, faults),
            (_, None) => {}
            (Takes::Value(place), Some(given)) => place.take(given, faults),
            (Takes::Csv(place), Some(given)) => match given {
                Value::String(text) if !text.trim_start().starts_with('[') => {
                    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                    place.take(&parts.collect(), faults);
                }
                Value::Number(_) => place.take(&vec![given.clone()].into(), faults),
                Value::Bool(_) | Value::Object(_) => {
                    wrong::<()>(given, faults, "must be a list, or text with commas between the values");
                }
                given => place.take(given, faults),
            },
        });
    }
}

#[cfg(test)]
mod tests;
