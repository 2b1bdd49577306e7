//! The parameters of a by-name call, or an object in one, as they are taken out name by name.

use serde_json::{Map, Value};

use super::json::{FromJson, read_items, wrong};
use crate::violation::{Faults, did_you_mean};

/// An object of which every member must be taken.
#[derive(Debug)]
pub struct Input<'a> {
    object: &'a Map<String, Value>,
    taken: Vec<&'static str>,
    faults: &'a mut Faults,
}

impl<'a> Input<'a> {
    pub(crate) fn new(object: &'a Map<String, Value>, faults: &'a mut Faults) -> Self {
        Input { object, taken: Vec::new(), faults }
    }

    /// Takes a member; one that is absent or null leaves the slot as it is.
    pub fn take<T: FromJson>(&mut self, name: &'static str, slot: &mut Option<T>) {
        self.read(name, slot, T::from_json);
    }

    /// Takes a list that is written as text with commas, or as a list after all.
    pub fn take_csv<T: FromJson>(&mut self, name: &'static str, slot: &mut Option<Vec<T>>) {
        self.read(name, slot, |json, faults| match json {
            Value::String(text) if !text.trim_start().starts_with('[') => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                let items: Vec<Value> = parts.map(Value::from).collect();
                read_items(&items, faults)
            }
            Value::Number(_) => read_items(std::slice::from_ref(json), faults),
            Value::String(_) | Value::Array(_) => Vec::from_json(json, faults),
            _ => wrong(json, faults, "must be text with commas between the values"),
        });
    }

    /// Takes a list into a field that has an empty one for none.
    pub fn take_list<T: FromJson>(&mut self, name: &'static str, slot: &mut Vec<T>) {
        self.take_value(name, slot);
    }

    /// Takes a member into a field that is always there.
    pub fn take_value<T: FromJson>(&mut self, name: &'static str, slot: &mut T) {
        let mut taken = None;
        self.take(name, &mut taken);
        if let Some(value) = taken {
            *slot = value;
        }
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        from_json: impl FnOnce(&Value, &mut Faults) -> Option<T>,
    ) {
        self.taken.push(name);
        if let Some(json) = self.object.get(name).filter(|json| !json.is_null()) {
            *slot = self.faults.field(name, |faults| from_json(json, faults));
        }
    }

    /// Notes every member that nothing has taken.
    pub(crate) fn finish(self) {
        for name in self.object.keys().filter(|name| !self.taken.contains(&name.as_str())) {
            let meant = did_you_mean(name, self.taken.iter().copied());
            let message = match (&meant, self.taken.as_slice()) {
                (None, []) => "is unknown: there are no parameters here".to_owned(),
                (None, names) => format!("is unknown; there are {}", names.join(", ")),
                (Some(_), _) => "is unknown".to_owned(),
            };
            self.faults.field(name, |faults| faults.push("unknown", None, message, meant));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, DateTime};
    use serde_json::json;

    /// What becomes of one value.
    fn taken<T: FromJson>(json: Value) -> Result<Option<T>, String> {
        let object = Map::from_iter([("it".to_owned(), json)]);
        read(&object, |input, slot| input.take("it", slot))
    }

    fn csv(json: Value) -> Result<Option<Vec<String>>, String> {
        let object = Map::from_iter([("it".to_owned(), json)]);
        read(&object, |input, slot| input.take_csv("it", slot))
    }

    fn read<T>(
        object: &Map<String, Value>,
        take: impl FnOnce(&mut Input<'_>, &mut Option<T>),
    ) -> Result<Option<T>, String> {
        let mut faults = Faults::default();
        let mut slot = None;
        let mut input = Input::new(object, &mut faults);
        take(&mut input, &mut slot);
        input.finish();
        let faults: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
        if faults.is_empty() { Ok(slot) } else { Err(faults.join("\n")) }
    }

    #[test]
    fn null_is_absent() {
        assert_eq!(taken::<i64>(json!(null)), Ok(None));
    }

    #[test]
    fn agents_may_write_numbers_and_truth_as_text() {
        assert_eq!(taken(json!("60")), Ok(Some(60_i64)));
        assert_eq!(taken(json!(60.0)), Ok(Some(60_i64)));
        assert_eq!(taken(json!("false")), Ok(Some(false)));
        assert_eq!(taken(json!("1.5")), Ok(Some(1.5_f64)));
        assert_eq!(taken::<i64>(json!(60.5)), Err("`it` must be a whole number, not 60.5".to_owned()));
        assert_eq!(taken::<bool>(json!("yes")), Err("`it` must be true or false, not \"yes\"".to_owned()));
        assert_eq!(taken::<String>(json!(5)), Err("`it` must be text, not 5".to_owned()));
    }

    #[test]
    fn lists_may_be_text_but_not_single_values() {
        assert_eq!(taken(json!("[\"a\", \"b\"]")), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(taken::<Vec<String>>(json!("a")), Err("`it` must be a list; write [\"a\"], not \"a\"".to_owned()));
        assert_eq!(taken::<Vec<i64>>(json!([1, "x", null])).unwrap_err().lines().count(), 2);
        assert_eq!(taken::<Vec<i64>>(json!([1, "x"])), Err("`it[1]` must be a whole number, not \"x\"".to_owned()));
    }

    #[test]
    fn csv_is_text_or_a_list() {
        let both = Ok(Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(csv(json!("a, b,")), both);
        assert_eq!(csv(json!(["a", "b"])), both);
        assert_eq!(csv(json!("[\"a\",\"b\"]")), both);
        assert!(csv(json!(true)).is_err());
    }

    #[test]
    fn dates_and_instants_are_not_mixed_up() {
        assert_eq!(
            taken::<DateTime>(json!("2026-11-16T00:00:00+01:00")).unwrap().unwrap().to_string(),
            "2026-11-16T00:00:00+01:00"
        );
        assert_eq!(
            taken::<DateTime>(json!("2026-11-16")),
            Err("`it` is no instant: it needs a time and an offset, such as 2026-11-16T00:00:00Z".to_owned())
        );
        assert!(taken::<DateTime>(json!("2026-11-16T00:00:00")).unwrap_err().contains("needs an offset"));
        for text in ["2026-11-16", "2026-11-16T23:00:00-05:00", "2026-11-16T23:00:00"] {
            assert_eq!(taken::<Date>(json!(text)).unwrap().unwrap().to_string(), "2026-11-16");
        }
        assert!(taken::<Date>(json!("16.11.2026")).is_err());
    }

    #[test]
    fn unknown_names_are_told_what_was_meant() {
        let object = Map::from_iter([("fromDateTime".to_owned(), json!(1))]);
        let told = read::<i64>(&object, |input, slot| input.take("from_date_time", slot)).unwrap_err();
        assert_eq!(told, "`fromDateTime` is unknown; did you mean `from_date_time`?");
    }
}
