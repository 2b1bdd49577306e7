//! What is wanted of an answer's text, where not all of it is.

use serde_json::Value;

/// The wanted fields of an object, each with what is wanted of it; none for all that is there. Of a list, they are
/// those of its elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, Fields)>);

/// No answer is nested deeper, so a path that goes on leads nowhere; and whoever writes paths cannot have us use up the
/// stack.
const DEEPEST: usize = 128;

/// All that is there.
pub(crate) const ALL: &Fields = &Fields(Vec::new());

impl Fields {
    /// Adds a field, by the path to it: `title`, or `parties.name`.
    pub fn add(&mut self, path: &str) {
        self.add_names(&mut path.split('.').take(DEEPEST));
    }

    fn add_names(&mut self, names: &mut dyn Iterator<Item = &str>) {
        let Some(name) = names.next() else { return };
        if !self.0.iter().any(|(known, _)| known == name) {
            self.0.push((name.to_owned(), Fields::default()));
        }
        self.0.iter_mut().filter(|(known, _)| known == name).for_each(|(_, below)| below.add_names(names));
    }

    /// Whether all is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wanted of a field, if it is wanted.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&Fields> {
        // They are few, and most differ in length.
        if self.is_all() { Some(self) } else { self.0.iter().find(|(known, _)| known == name).map(|(_, below)| below) }
    }

    /// These of a value.
    pub(crate) fn picked(&self, json: &Value) -> Value {
        match json {
            Value::Object(members) if !self.is_all() => {
                let wanted = |(name, value): (&String, &Value)| Some((name.clone(), self.of(name)?.picked(value)));
                Value::Object(members.iter().filter_map(wanted).collect())
            }
            Value::Array(elements) => elements.iter().map(|element| self.picked(element)).collect(),
            other => other.clone(),
        }
    }
}

/// What is wanted of an answer's text: see [`NamedCall::excerpt`](crate::NamedCall::excerpt).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Of every item these fields; of an answer without items, these of itself.
    pub fields: Fields,
    /// How many items are passed over.
    pub skip: usize,
    /// How many bytes the items may have: as many as fit are there, and the first one whatever it has.
    pub bytes: usize,
}

/// A part of an answer, as JSON text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many items it has.
    pub items: usize,
    /// How many items were left out after these.
    pub left_out: usize,
}
