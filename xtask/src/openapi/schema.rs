//! A schema as one thing: what it refers to and what it is made of (`allOf`) laid over each other, `null` taken out of
//! its alternatives.

use std::collections::HashSet;

use serde_json::Value;

use super::document::{Document, reference};
use super::json::{is, list, members};

/// Schemas within each other deeper than this are told rather than followed.
const DEEPEST: usize = 64;

/// What says more of a schema than how it is shown.
const STRUCTURE: [&str; 12] = [
    "type",
    "properties",
    "required",
    "enum",
    "const",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "patternProperties",
];

/// A schema with everything that holds for it.
#[derive(Clone)]
pub(crate) struct Schema<'d> {
    /// The value that says it all; the same one wherever the schema is referred to.
    pub(crate) node: &'d Value,
    /// What the document calls it.
    pub(crate) name: Option<&'d str>,
    /// All that holds, the nearest first.
    pub(crate) layers: Vec<&'d Value>,
    /// What it may be instead; none, or two and more.
    pub(crate) variants: Vec<&'d Value>,
    pub(crate) nullable: bool,
    /// References that lead out of the document.
    pub(crate) lost: Vec<&'d str>,
}

/// A field of an object, with every schema that says something of it in an alternative.
#[derive(Clone)]
pub(crate) struct Field<'d> {
    pub(crate) name: &'d str,
    pub(crate) schemas: Vec<&'d Value>,
    pub(crate) required: bool,
}

impl<'d> Schema<'d> {
    /// The schema of a value, or that it is made of itself.
    pub(crate) fn of(document: &'d Document, value: &'d Value) -> Result<Self, String> {
        let mut schema = Schema {
            node: value,
            name: None,
            layers: Vec::new(),
            variants: Vec::new(),
            nullable: false,
            lost: Vec::new(),
        };
        schema.step_in(document)?;
        let node = schema.node;
        schema.lay(document, node, &mut Vec::new())?;
        let may_be_null = |layer: &Value| is(layer, "nullable") || list(layer, "type").iter().any(|ty| ty == "null");
        schema.nullable |= schema.layers.iter().any(|layer| may_be_null(layer));
        Ok(schema)
    }

    /// Goes on to the schema that a mere wrapper is around: a reference, an `allOf` of one, or one that may be null.
    fn step_in(&mut self, document: &'d Document) -> Result<(), String> {
        let mut seen: Vec<*const Value> = Vec::new();
        while self.node.is_object() {
            if seen.contains(&std::ptr::from_ref(self.node)) || seen.len() > DEEPEST {
                return Err(circle(self.name));
            }
            seen.push(std::ptr::from_ref(self.node));
            self.nullable |= is(self.node, "nullable");
            let structure: Vec<&str> = STRUCTURE.into_iter().filter(|key| self.node.get(*key).is_some()).collect();
            match (reference(self.node), structure.as_slice()) {
                (Some(reference), []) => {
                    let Some(target) = document.target(reference) else { return Ok(()) };
                    self.name = reference.rsplit('/').next();
                    self.node = target;
                }
                (None, [key @ ("allOf" | "oneOf" | "anyOf")]) if self.node.get("$ref").is_none() => {
                    let (null, parts): (Vec<&Value>, Vec<&Value>) =
                        list(self.node, key).iter().partition(|part| is_null(part));
                    let [only] = parts.as_slice() else { return Ok(()) };
                    self.nullable |= !null.is_empty();
                    self.node = only;
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// Lays a value over what is there. `within` are the schemas that it is a part of.
    fn lay(&mut self, document: &'d Document, value: &'d Value, within: &mut Vec<*const Value>) -> Result<(), String> {
        if within.contains(&std::ptr::from_ref(value)) {
            return Err(circle(self.name));
        }
        if within.len() > DEEPEST {
            return Err(format!("a schema is made of others that lie within each other deeper than {DEEPEST} levels"));
        }
        // What has been laid says nothing new a second time.
        if !value.is_object() || self.layers.iter().any(|layer| std::ptr::eq(*layer, value)) {
            return Ok(());
        }
        within.push(std::ptr::from_ref(value));
        self.layers.push(value);
        if let Some(reference) = reference(value) {
            match document.target(reference) {
                Some(target) => self.lay(document, target, within)?,
                None => self.lost.push(reference),
            }
        }
        for part in list(value, "allOf") {
            self.lay(document, part, within)?;
        }
        for key in ["oneOf", "anyOf"] {
            let (null, parts): (Vec<&Value>, Vec<&Value>) = list(value, key).iter().partition(|part| is_null(part));
            self.nullable |= !null.is_empty();
            // Alternatives that only demand fields of what stands beside them are no shapes of their own.
            let shapes: Vec<&Value> = parts.into_iter().filter(|part| has_shape(part)).collect();
            match shapes.as_slice() {
                [only] => self.lay(document, only, within)?,
                _ => self.variants.extend(shapes),
            }
        }
        within.pop();
        Ok(())
    }

    /// What the nearest layer that has the key says.
    pub(crate) fn get(&self, key: &str) -> Option<&'d Value> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    /// The types that it may have, `null` not among them.
    pub(crate) fn types(&self) -> Vec<&'d str> {
        match self.get("type") {
            Some(Value::String(ty)) if ty != "null" => vec![ty.as_str()],
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).filter(|ty| *ty != "null").collect(),
            Some(_) => Vec::new(),
            None if self.get("properties").is_some() || self.get("additionalProperties").is_some() => vec!["object"],
            None if self.get("items").is_some() || self.get("prefixItems").is_some() => vec!["array"],
            None if self.get("const").is_some_and(Value::is_string) => vec!["string"],
            None => Vec::new(),
        }
    }

    pub(crate) fn values(&self) -> Option<Vec<&'d Value>> {
        if let Some(constant) = self.get("const") {
            return Some(vec![constant]);
        }
        Some(self.get("enum")?.as_array()?.iter().filter(|value| !value.is_null()).collect())
    }

    /// The fields of all layers, without those of its alternatives.
    fn own_fields(&self) -> Vec<Field<'d>> {
        let mut fields: Vec<Field<'d>> = Vec::new();
        for (name, schema) in self.layers.iter().flat_map(|layer| members(layer, "properties")) {
            // Laid over each other, the nearest counts.
            if fields.iter().all(|field| field.name != name) {
                fields.push(Field { name, schemas: vec![schema], required: false });
            }
        }
        let required: HashSet<&str> =
            self.layers.iter().flat_map(|layer| list(layer, "required")).filter_map(Value::as_str).collect();
        fields.iter_mut().for_each(|field| field.required = required.contains(field.name));
        fields
    }

    /// The fields of an object: its own, and those of all that it may be instead.
    pub(crate) fn fields(&self, document: &'d Document) -> Result<Vec<Field<'d>>, String> {
        self.fields_within(document, &mut Vec::new())
    }

    fn fields_within(&self, document: &'d Document, within: &mut Vec<*const Value>) -> Result<Vec<Field<'d>>, String> {
        let mut fields = self.own_fields();
        if within.contains(&std::ptr::from_ref(self.node)) || within.len() > DEEPEST {
            return Ok(fields);
        }
        within.push(std::ptr::from_ref(self.node));
        let own = fields.len();
        let mut variants: Vec<Vec<Field<'d>>> = Vec::new();
        for variant in &self.variants {
            variants.push(Schema::of(document, variant)?.fields_within(document, within)?);
        }
        for field in variants.iter().flatten() {
            match fields.iter_mut().enumerate().find(|(_, known)| known.name == field.name) {
                None => fields.push(Field { required: false, ..field.clone() }),
                Some((at, known)) if at >= own => known.schemas.extend(&field.schemas),
                Some(_) => {}
            }
        }
        for field in &mut fields {
            let demands = |variant: &Vec<Field<'_>>| variant.iter().any(|one| one.name == field.name && one.required);
            field.required |= !variants.is_empty() && variants.iter().all(demands);
        }
        within.pop();
        Ok(fields)
    }
}

/// Whether all of these schemas say so of a value.
pub(crate) fn all_say(document: &Document, schemas: &[&Value], key: &str) -> bool {
    let says = |value: &&Value| is(value, key) || Schema::of(document, value).is_ok_and(|schema| schema.is(key));
    !schemas.is_empty() && schemas.iter().all(says)
}

fn circle(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("the schema `{name}` is made of itself: its `allOf` or `$ref` leads back to it"),
        None => "a schema is made of itself: its `allOf` or `$ref` leads back to it".to_owned(),
    }
}

fn is_null(schema: &Value) -> bool {
    let types = schema.get("type");
    types == Some(&Value::String("null".to_owned()))
        || types.and_then(Value::as_array).is_some_and(|types| types.iter().all(|ty| ty == "null"))
        || schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(Value::is_null))
}

fn has_shape(schema: &Value) -> bool {
    let keys = STRUCTURE.iter().filter(|key| !matches!(**key, "required" | "not"));
    schema.get("$ref").is_some()
        || keys.into_iter().any(|key| schema.get(*key).is_some())
        || schema.get("format").is_some()
}
