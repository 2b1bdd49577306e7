//! What the strict forms of vendors have in common: which inputs can be said in them, and what of an input they limit.

use serde_json::Value;

use crate::schema;

/// What all strict forms know.
const KNOWN: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "$ref",
    "$defs",
    "description",
    "format",
];
const FORMATS: &[&str] = &["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

/// How deep a schema is looked into. No vendor allows as much, and a schema that leads back to itself ends here.
pub(super) const DEPTH: usize = 16;

/// What vendors count in a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Members of all objects.
    pub(super) members: usize,
    /// Those of them that may be left out.
    pub(super) optional: usize,
    /// Schemas that are one of several, or of several types.
    pub(super) unions: usize,
    /// Values to choose from.
    pub(super) choices: usize,
    /// Characters of all names and choices.
    pub(super) characters: usize,
    /// The most values of one choice, and their characters.
    pub(super) largest_choice: (usize, usize),
    /// How many objects and lists lie within one another.
    pub(super) depth: usize,
}

impl Size {
    /// The size of a whole schema.
    pub(super) fn of(whole: &Value) -> Self {
        let mut size = Size { depth: depth(whole, whole, DEPTH), ..Size::default() };
        size.add(whole);
        size
    }

    fn add(&mut self, schema: &Value) {
        let Value::Object(own) = schema else { return };
        for keyword in ["properties", "$defs"] {
            let Some(Value::Object(schemas)) = own.get(keyword) else { continue };
            self.characters += schemas.keys().map(|name| name.chars().count()).sum::<usize>();
            if keyword == "properties" {
                self.members += schemas.len();
                self.optional += schemas.len().saturating_sub(schema::required(schema).len());
            }
        }
        self.unions += usize::from(own.contains_key("anyOf") || own.get("type").is_some_and(Value::is_array));
        if let Some(Value::Array(values)) = own.get("enum") {
            let characters = values.iter().filter_map(Value::as_str).map(|value| value.chars().count()).sum::<usize>();
            self.choices += values.len();
            self.characters += characters;
            self.largest_choice = self.largest_choice.max((values.len(), characters));
        }
        schema::parts(own).into_iter().for_each(|schema| self.add(schema));
    }
}

fn depth(schema: &Value, whole: &Value, left: usize) -> usize {
    let (Value::Object(own), 1..) = (schema::referred(whole, schema).unwrap_or(schema), left) else { return 0 };
    let deepest = schema::parts(own).into_iter().map(|part| depth(part, whole, left - 1)).max().unwrap_or(0);
    deepest + usize::from(own.contains_key("properties") || own.contains_key("items"))
}

/// Whether all members of all objects are known beforehand, which every strict form wants.
pub(super) fn is_closed(schema: &Value) -> bool {
    let Value::Object(own) = schema else { return true };
    let has_type = ["type", "$ref", "anyOf", "enum", "const"].iter().any(|keyword| own.contains_key(*keyword));
    let is_map = own.get("additionalProperties").is_some_and(|more| more != &Value::Bool(false));
    let is_free = own.get("type") == Some(&"object".into()) && !own.contains_key("properties");
    has_type && !is_map && !is_free && schema::parts(own).into_iter().all(is_closed)
}

/// Leaves what every strict form knows, and these keywords and formats.
pub(super) fn tidy(schema: &mut Value, keywords: &[&str], formats: &[&str]) {
    let Value::Object(own) = schema else { return };
    own.retain(|keyword, _| KNOWN.iter().chain(keywords).any(|known| keyword == known));
    if own.get("format").is_some_and(|format| !FORMATS.iter().chain(formats).any(|known| format == known)) {
        own.shift_remove("format");
    }
    schema::below(own, &mut |schema| tidy(schema, keywords, formats));
}

/// Writes what a reference leads to in its place where something stands beside it, such as a description: strict forms
/// want a reference alone. What stands beside it comes before what it leads to says.
pub(super) fn write_out(schema: &mut Value) {
    let whole = schema.clone();
    write_out_below(schema, &whole, DEPTH);
}

fn write_out_below(schema: &mut Value, whole: &Value, left: usize) {
    let target = schema::referred(whole, schema).and_then(Value::as_object).cloned();
    let (Value::Object(own), 1..) = (schema, left) else { return };
    if let Some(target) = target.filter(|_| own.len() > 1) {
        own.shift_remove("$ref");
        for (keyword, value) in target {
            own.entry(keyword).or_insert(value);
        }
    }
    schema::below(own, &mut |schema| write_out_below(schema, whole, left - 1));
}
