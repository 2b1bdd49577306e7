//! An example's values, which a tool needs for what it requires: the least that fits each type and its limits.

use super::{Draft, DraftKind, words};
use tool_spec::model::{Limits, Spec, TypeKind};

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
    fn value(&self, ty: &str, name: &str, limits: &Limits, depth: usize) -> String {
        if let Some((outer, inner)) = ty.strip_suffix('>').and_then(|ty| ty.split_once('<')) {
            let items = limits.min_items.unwrap_or(1).clamp(usize::from(limits.max_items != Some(0)), LONGEST);
            let one = || self.value(inner, name, &Limits::default(), depth + 1);
            return match outer {
                "list" => format!("[{}]", self.several(inner, &one(), items, limits.unique).join(", ")),
                "map" => {
                    let pairs: Vec<String> = (1..=items).map(|number| format!("key_{number}: {}", one())).collect();
                    format!("{{{}}}", pairs.join(", "))
                }
                "id" => "\"1234567890123456789\"".to_owned(),
                // Text in which commas stand between the values.
                _ => {
                    let values = self.several(inner, &one(), items, limits.unique);
                    format!("\"{}\"", values.join(",").replace('"', ""))
                }
            };
        }
        match ty {
            "string" => format!("\"{}\"", text(&words::of(name), limits)),
            "integer" | "number" => 1.max(limits.min.unwrap_or(1)).min(limits.max.unwrap_or(i64::MAX)).to_string(),
            "boolean" => "true".to_owned(),
            "date-time" => "\"2026-11-16T00:00:00Z\"".to_owned(),
            "date" => "\"2026-11-16\"".to_owned(),
            "email" => "kim@example.com".to_owned(),
            "url" => "https://www.example.com".to_owned(),
            name => self.declared(name, depth),
        }
    }

    /// So many values; where none may be there twice, as far as the type has others.
    fn several(&self, ty: &str, one: &str, items: usize, unique: bool) -> Vec<String> {
        let values = self.values(ty);
        (0..items)
            .map(|number| match (unique, ty, values.get(number)) {
                (true, _, Some(value)) => words::yaml(value),
                (true, "string", _) => format!("\"{} {}\"", one.trim_matches('"'), number + 1),
                (true, "integer" | "number", _) => (number + 1).to_string(),
                _ => one.to_owned(),
            })
            .collect()
    }

    /// The values of an enum, by name.
    fn values(&self, name: &str) -> Vec<String> {
        let drafted = self.draft.types.iter().find(|ty| ty.name == name).map(|ty| &ty.kind);
        match drafted {
            Some(DraftKind::Enum(values)) => values.iter().map(|value| value.name.clone()).collect(),
            Some(DraftKind::Model(_)) => Vec::new(),
            None => self.spec.values(name).iter().map(|value| value.name.clone()).collect(),
        }
    }

    fn declared(&self, name: &str, depth: usize) -> String {
        if let Some(value) = self.values(name).first() {
            return words::yaml(value);
        }
        let drafted = self.draft.types.iter().find(|ty| ty.name == name).map(|ty| &ty.kind);
        let known = self.spec.declared(name).map(|ty| &ty.kind);
        match (drafted, known) {
            (Some(DraftKind::Model(fields)), _) if depth < DEEPEST => {
                let fields =
                    fields.iter().map(|field| (&field.name, field.ty.clone(), field.required, &field.facts.limits));
                self.object(fields, depth)
            }
            (None, Some(TypeKind::Model(fields))) if depth < DEEPEST => {
                let fields =
                    fields.iter().map(|field| (&field.name, field.ty.to_string(), field.required, &field.limits));
                self.object(fields, depth)
            }
            _ => "{}".to_owned(),
        }
    }

    fn object<'f>(&self, fields: impl Iterator<Item = (&'f String, String, bool, &'f Limits)>, depth: usize) -> String {
        let required = fields.filter(|(_, _, required, _)| *required);
        let pairs: Vec<String> = required
            .map(|(name, ty, _, limits)| format!("{}: {}", words::yaml(name), self.value(&ty, name, limits, depth + 1)))
            .collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

/// Words, as many as the limits want.
fn text(words: &str, limits: &Limits) -> String {
    let words = if words.is_empty() { "text" } else { words };
    let least = limits.min_length.unwrap_or_default();
    let mut text: String = words.to_owned();
    while text.chars().count() < least {
        text.push('x');
    }
    text.chars().take(limits.max_length.unwrap_or(usize::MAX)).collect()
}
