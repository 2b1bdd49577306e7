//! An example's values, which a tool needs for what it requires: the least that fits each type.

use super::{Draft, DraftKind, words};
use crate::model::{Spec, TypeKind};

/// A model within a model deeper than this has no value that ends.
const DEEPEST: usize = 8;

/// The example of a draft as pairs of YAML; none if it requires nothing.
pub(super) fn example(draft: &Draft, spec: &Spec) -> Option<String> {
    let types = Types { draft, spec };
    let pairs: Vec<String> = draft
        .params
        .iter()
        .filter(|param| param.required)
        .map(|param| format!("{}: {}", param.name, types.value(&param.ty, &param.name, 0)))
        .collect();
    (!pairs.is_empty()).then(|| format!("{{{}}}", pairs.join(", ")))
}

struct Types<'a> {
    draft: &'a Draft,
    spec: &'a Spec,
}

impl Types<'_> {
    fn value(&self, ty: &str, name: &str, depth: usize) -> String {
        if let Some((outer, inner)) = ty.strip_suffix('>').and_then(|ty| ty.split_once('<')) {
            return match outer {
                "list" => format!("[{}]", self.value(inner, name, depth + 1)),
                "map" => format!("{{key: {}}}", self.value(inner, name, depth + 1)),
                "id" => "\"1234567890123456789\"".to_owned(),
                _ => self.value(inner, name, depth + 1),
            };
        }
        match ty {
            "string" => format!("\"{}\"", words::of(name)),
            "integer" | "number" => "1".to_owned(),
            "boolean" => "true".to_owned(),
            "date-time" => "\"2026-11-16T00:00:00Z\"".to_owned(),
            "date" => "\"2026-11-16\"".to_owned(),
            "email" => "kim@example.com".to_owned(),
            "url" => "https://www.example.com".to_owned(),
            name => self.declared(name, depth),
        }
    }

    fn declared(&self, name: &str, depth: usize) -> String {
        let drafted = self.draft.types.iter().find(|ty| ty.name == name).map(|ty| &ty.kind);
        let known = self.spec.types.iter().find(|ty| ty.name == name).map(|ty| &ty.kind);
        match (drafted, known) {
            (Some(DraftKind::Enum(values)), None) => words::yaml(values.first().map_or("", String::as_str)),
            (_, Some(TypeKind::Enum(values))) => words::yaml(values.first().map_or("", |value| value.name.as_str())),
            (Some(DraftKind::Model(fields)), None) if depth < DEEPEST => {
                self.object(fields.iter().map(|(name, ty, required)| (name.as_str(), ty.clone(), *required)), depth)
            }
            (_, Some(TypeKind::Model(fields))) if depth < DEEPEST => self
                .object(fields.iter().map(|field| (field.name.as_str(), field.ty.to_string(), field.required)), depth),
            _ => "{}".to_owned(),
        }
    }

    fn object<'f>(&self, fields: impl Iterator<Item = (&'f str, String, bool)>, depth: usize) -> String {
        let pairs: Vec<String> = fields
            .filter(|(_, _, required)| *required)
            .map(|(name, ty, _)| format!("{}: {}", words::yaml(name), self.value(&ty, name, depth + 1)))
            .collect();
        format!("{{{}}}", pairs.join(", "))
    }
}
