//! An example's values, which a tool needs for what it requires: the least that fits each type and its limits.

use super::parts::Draft;
use super::words;
use tool_spec::model::{Limits, Spec, Ty};

/// A model within a model deeper than this has no value that ends.
const DEEPEST: usize = 8;
/// An example is no place for longer lists.
const LONGEST: usize = 50;

/// The example of a draft as pairs of YAML; none if it requires nothing.
pub(super) fn example(draft: &Draft, spec: &Spec) -> Option<String> {
    let types = Types { draft, spec };
    let required = draft.params.iter().filter(|param| param.required);
    let pairs: Vec<String> = required
        .map(|param| format!("{}: {}", param.name, types.value(&param.ty, &param.name, &param.facts.limits, 0)))
        .collect();
    (!pairs.is_empty()).then(|| format!("{{{}}}", pairs.join(", ")))
}

struct Types<'a> {
    draft: &'a Draft,
    spec: &'a Spec,
}

impl Types<'_> {
    fn value(&self, ty: &Ty, name: &str, limits: &Limits, depth: usize) -> String {
        let items = limits.min_items.unwrap_or(1).clamp(usize::from(limits.max_items != Some(0)), LONGEST);
        let one = |of: &Ty| self.value(of, name, &Limits::default(), depth + 1);
        match ty {
            Ty::List(of) => format!("[{}]", self.several(of, &one(of), items, limits.unique).join(", ")),
            // Text in which commas stand between the values.
            Ty::Csv(of) => {
                let values = self.several(of, &one(of), items, limits.unique);
                format!("\"{}\"", values.join(",").replace('"', ""))
            }
            Ty::Map(of) => {
                let pairs: Vec<String> = (1..=items).map(|number| format!("key_{number}: {}", one(of))).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Ty::Id(_) => "\"1234567890123456789\"".to_owned(),
            Ty::String => format!("\"{}\"", text(&words::of(name), limits)),
            Ty::Integer | Ty::Number => 1.max(limits.min.unwrap_or(1)).min(limits.max.unwrap_or(i64::MAX)).to_string(),
            Ty::Boolean => "true".to_owned(),
            Ty::DateTime => "\"2026-11-16T00:00:00Z\"".to_owned(),
            Ty::Date => "\"2026-11-16\"".to_owned(),
            Ty::Email => "kim@example.com".to_owned(),
            Ty::Url => "https://www.example.com".to_owned(),
            Ty::Json => "{}".to_owned(),
            Ty::File => format!("{name}.{}", limits.formats.first().map_or("bin", String::as_str)),
            Ty::Model(name) | Ty::Enum(name) => self.declared(name, depth),
        }
    }

    /// Several values; where none may be there twice, as far as the type has others.
    fn several(&self, ty: &Ty, one: &str, items: usize, unique: bool) -> Vec<String> {
        let values = match ty {
            Ty::Model(name) | Ty::Enum(name) => self.draft.values(name, self.spec),
            _ => &[],
        };
        (0..items)
            .map(|number| match (unique, ty, values.get(number)) {
                (true, _, Some(value)) => words::yaml(&value.name),
                (true, Ty::String, _) => format!("\"{} {}\"", one.trim_matches('"'), number + 1),
                (true, Ty::Integer | Ty::Number, _) => (number + 1).to_string(),
                _ => one.to_owned(),
            })
            .collect()
    }

    fn declared(&self, name: &str, depth: usize) -> String {
        if let Some(value) = self.draft.values(name, self.spec).first() {
            return words::yaml(&value.name);
        }
        let fields = self.draft.fields(name, self.spec).filter(|_| depth < DEEPEST).unwrap_or_default();
        let required = fields.iter().filter(|field| field.required);
        let pairs: Vec<String> = required
            .map(|field| {
                let value = self.value(&field.ty, &field.name, &field.limits, depth + 1);
                format!("{}: {value}", words::yaml(&field.name))
            })
            .collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

/// Words, as many as the limits want.
fn text(words: &str, limits: &Limits) -> String {
    let words = if words.is_empty() { "text" } else { words };
    let missing = limits.min_length.unwrap_or_default().saturating_sub(words.chars().count());
    let text = words.to_owned() + &"x".repeat(missing);
    text.chars().take(limits.max_length.unwrap_or(usize::MAX)).collect()
}
