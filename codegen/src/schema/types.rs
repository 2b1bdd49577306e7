//! A type as JSON Schema, on its way in or on its way out.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use crate::words;
use tool_spec::model::{Field, Json, Limits, Spec, Ty};

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From the caller: closed and checked.
    In,
    /// From the service: open.
    Out,
}

/// Types that go one way.
pub(super) struct Types<'a> {
    pub(super) spec: &'a Spec,
    pub(super) way: Way,
}

impl Types<'_> {
    /// The schema of a value and what it is.
    pub(super) fn described(&self, ty: &Ty, limits: &Limits, about: &str) -> Map<String, Json> {
        let mut schema = self.shape(ty, limits);
        let words: Vec<String> =
            [about.to_owned(), self.in_words(ty, limits)].into_iter().filter(|words| !words.is_empty()).collect();
        if !words.is_empty() {
            schema.insert("description".to_owned(), json!(words.join(" ")));
        }
        schema
    }

    /// What the schema of a type cannot say by itself.
    fn in_words(&self, ty: &Ty, limits: &Limits) -> String {
        let title = &self.spec.service.title;
        match (ty, self.way) {
            (Ty::Id(kind), _) => words::sentence(&words::an_id(kind)),
            (Ty::Enum(name), Way::In) => format!("One of:\n{}", words::values(self.spec.values(name))),
            (Ty::Enum(name), Way::Out) => {
                format!("Known values, to which {title} may add others:\n{}", words::values(self.spec.values(name)))
            }
            (Ty::Csv(of), _) => {
                let held_to: Vec<String> = words::limits(limits).iter().map(|phrase| format!(", {phrase}")).collect();
                let each = match of.as_ref() {
                    Ty::Id(kind) => format!(" Each is {}.", words::an_id(kind)),
                    Ty::Enum(name) => format!(" Each is one of:\n{}", words::values(self.spec.values(name))),
                    _ => String::new(),
                };
                format!("Comma-separated{}.{each}", held_to.concat())
            }
            (Ty::File, _) => {
                let held_to: Vec<String> = words::limits(limits).iter().map(|phrase| format!(", {phrase}")).collect();
                format!("The path of a file that the program which makes the call allows{}.", held_to.concat())
            }
            (Ty::DateTime, Way::Out) => format!("An instant in RFC 3339, as {title} wrote it."),
            _ => String::new(),
        }
    }

    /// The schema of a value, without words.
    fn shape(&self, ty: &Ty, limits: &Limits) -> Map<String, Json> {
        let schema = match ty {
            Ty::String => json!({"type": "string"}),
            Ty::Integer => json!({"type": "integer"}),
            Ty::Number => json!({"type": "number"}),
            Ty::Boolean => json!({"type": "boolean"}),
            Ty::DateTime => self.text("date-time"),
            Ty::Date => self.text("date"),
            Ty::Email => self.text("email"),
            Ty::Url => self.text("uri"),
            Ty::File => self.text("path"),
            Ty::Id(kind) if self.way == Way::In && self.spec.is_integer(kind) => {
                json!({"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]{1,20}$"})
            }
            Ty::Id(_) | Ty::Csv(_) => json!({"type": "string"}),
            Ty::Json => json!({}),
            Ty::List(of) => json!({"type": "array", "items": self.described(of, &Limits::default(), "")}),
            Ty::Map(of) => {
                json!({"type": "object", "additionalProperties": self.described(of, &Limits::default(), "")})
            }
            Ty::Model(name) => json!({"$ref": format!("#/$defs/{name}")}),
            Ty::Enum(name) if self.way == Way::In => {
                let values: Vec<&str> = self.spec.values(name).iter().map(|value| value.name.as_str()).collect();
                json!({"type": "string", "enum": values})
            }
            Ty::Enum(_) => json!({"type": "string"}),
        };
        let mut schema = match schema {
            Json::Object(schema) => schema,
            _ => Map::new(),
        };
        if self.way == Way::In {
            schema.extend(held_to(ty, limits));
        }
        schema
    }

    /// Text of a format. What comes out has none: it is as the service wrote it, and an answer is not refused for its
    /// looks.
    fn text(&self, format: &str) -> Json {
        match self.way {
            Way::In => json!({"type": "string", "format": format}),
            Way::Out => json!({"type": "string"}),
        }
    }

    /// The schema of a declared model.
    pub(super) fn model(&self, name: &str) -> Map<String, Json> {
        let about = self.spec.declared(name).map_or("", |declared| &declared.about);
        let fields = self.spec.fields(name);
        let limits = Limits::default();
        let properties: Map<String, Json> = fields
            .iter()
            .map(|field| {
                let limits = if self.way == Way::In { &field.limits } else { &limits };
                (field.name.clone(), Json::Object(self.described(&field.ty, limits, &field.about)))
            })
            .collect();
        let required: Vec<&str> =
            fields.iter().filter(|field| self.is_required(field)).map(|field| field.name.as_str()).collect();
        let mut schema = Map::new();
        schema.insert("description".to_owned(), json!(about));
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Json::Object(properties));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        if self.way == Way::In {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
        schema
    }

    /// On the way out a list or a map is there even when it is empty.
    fn is_required(&self, field: &Field) -> bool {
        match self.way {
            Way::In => field.required,
            Way::Out => field.always || matches!(field.ty, Ty::List(_) | Ty::Map(_)),
        }
    }

    /// `$defs`, with all models that these types reach; nothing if they reach none.
    pub(super) fn definitions<'t>(&self, roots: impl Iterator<Item = &'t Ty>) -> Option<(String, Json)> {
        let mut open: Vec<&str> = roots.filter_map(model_in).collect();
        let mut found = BTreeMap::new();
        while let Some(name) = open.pop() {
            if !found.contains_key(name) {
                found.insert(name.to_owned(), Json::Object(self.model(name)));
                open.extend(self.spec.fields(name).iter().filter_map(|field| model_in(&field.ty)));
            }
        }
        (!found.is_empty()).then(|| ("$defs".to_owned(), Json::Object(found.into_iter().collect())))
    }
}

/// The model that a type names.
fn model_in(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Model(name) => Some(name),
        Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => model_in(of),
        _ => None,
    }
}

/// Limits as keywords. An id is never empty, and neither is a list in text that must hold an element.
fn held_to(ty: &Ty, limits: &Limits) -> Map<String, Json> {
    let mut keywords = Map::new();
    let mut put = |key: &str, limit: Option<Json>| {
        if let Some(limit) = limit {
            keywords.insert(key.to_owned(), limit);
        }
    };
    match ty {
        Ty::Integer | Ty::Number => {
            put("minimum", limits.min.map(Json::from));
            put("maximum", limits.max.map(Json::from));
        }
        Ty::List(_) => {
            put("minItems", limits.min_items.map(Json::from));
            put("maxItems", limits.max_items.map(Json::from));
            put("uniqueItems", limits.unique.then_some(Json::Bool(true)));
        }
        Ty::Map(_) => {
            put("minProperties", limits.min_items.map(Json::from));
            put("maxProperties", limits.max_items.map(Json::from));
        }
        Ty::Csv(_) => put("minLength", limits.min_items.filter(|least| *least > 0).map(|_| Json::from(1))),
        Ty::Id(_) => {
            put("minLength", Some(Json::from(limits.min_length.unwrap_or(1).max(1))));
            put("maxLength", limits.max_length.map(Json::from));
        }
        _ => {
            put("minLength", limits.min_length.map(Json::from));
            put("maxLength", limits.max_length.map(Json::from));
        }
    }
    keywords
}
