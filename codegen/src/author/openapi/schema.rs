//! A schema as one thing: what it refers to and what it is made of (`allOf`) laid over each other, `null` taken out of
//! its alternatives.

use serde_json::{Map, Value};

use super::document::{Document, reference};

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
pub(super) struct Schema<'d> {
    /// The value that says it all; the same one wherever the schema is referred to.
    pub(super) node: &'d Value,
    /// What the document calls it.
    pub(super) name: Option<&'d str>,
    /// All that holds, the nearest first.
    layers: Vec<&'d Map<String, Value>>,
    /// What it may be instead; none, or two and more.
    pub(super) variants: Vec<&'d Value>,
    /// It may be null too.
    pub(super) nullable: bool,
    /// References that lead out of the document.
    pub(super) lost: Vec<&'d str>,
}

/// A field of an object, with every schema that says something of it in an alternative.
#[derive(Clone)]
pub(super) struct Field<'d> {
    pub(super) name: &'d str,
    pub(super) schemas: Vec<&'d Value>,
    pub(super) required: bool,
}

impl<'d> Schema<'d> {
    /// The schema of a value.
    ///
    /// # Errors
    /// Where it is made of itself.
    pub(super) fn of(document: &'d Document, value: &'d Value) -> Result<Self, String> {
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
        schema.nullable |= schema.layers.iter().any(|layer| layer.get("nullable") == Some(&Value::Bool(true)));
        schema.nullable |= schema.layers.iter().any(|layer| match layer.get("type") {
            Some(Value::Array(types)) => types.iter().any(|ty| ty == "null"),
            _ => false,
        });
        Ok(schema)
    }

    /// Goes on to the schema that a mere wrapper is around: a reference, an `allOf` of one, or one that may be null.
    fn step_in(&mut self, document: &'d Document) -> Result<(), String> {
        let mut seen: Vec<*const Value> = Vec::new();
        while let Some(object) = self.node.as_object() {
            if seen.contains(&std::ptr::from_ref(self.node)) || seen.len() > DEEPEST {
                return Err(circle(self.name));
            }
            seen.push(std::ptr::from_ref(self.node));
            self.nullable |= object.get("nullable") == Some(&Value::Bool(true));
            let structure: Vec<&str> = STRUCTURE.into_iter().filter(|key| object.contains_key(*key)).collect();
            if let (Some(reference), true) = (reference(self.node), structure.is_empty()) {
                let Some(target) = document.target(reference) else { return Ok(()) };
                self.name = reference.rsplit('/').next();
                self.node = target;
                continue;
            }
            let (["allOf" | "oneOf" | "anyOf"], false) = (structure.as_slice(), object.contains_key("$ref")) else {
                return Ok(());
            };
            let parts = structure.first().and_then(|key| object.get(*key)?.as_array());
            let (null, parts): (Vec<&Value>, Vec<&Value>) = parts.into_iter().flatten().partition(|part| is_null(part));
            let [only] = parts.as_slice() else { return Ok(()) };
            self.nullable |= !null.is_empty();
            self.node = only;
        }
        Ok(())
    }

    /// Lays a value over what is there. `within` are the schemas that it is a part of.
    fn lay(&mut self, document: &'d Document, value: &'d Value, within: &mut Vec<*const Value>) -> Result<(), String> {
        let Some(object) = value.as_object() else { return Ok(()) };
        if within.contains(&std::ptr::from_ref(value)) {
            return Err(circle(self.name));
        }
        if within.len() > DEEPEST {
            return Err(format!("a schema is made of others that lie within each other deeper than {DEEPEST} levels"));
        }
        // What has been laid says nothing new a second time.
        if self.layers.iter().any(|layer| std::ptr::eq(*layer, object)) {
            return Ok(());
        }
        within.push(std::ptr::from_ref(value));
        self.layers.push(object);
        if let Some(reference) = reference(value) {
            match document.target(reference) {
                Some(target) => self.lay(document, target, within)?,
                None => self.lost.push(reference),
            }
        }
        for part in object.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.lay(document, part, within)?;
        }
        for key in ["oneOf", "anyOf"] {
            let parts = object.get(key).and_then(Value::as_array).into_iter().flatten();
            let (null, parts): (Vec<&Value>, Vec<&Value>) = parts.partition(|part| is_null(part));
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
    pub(super) fn get(&self, key: &str) -> Option<&'d Value> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    pub(super) fn layers(&self) -> &[&'d Map<String, Value>] {
        &self.layers
    }

    /// The types that it may have, `null` not among them.
    pub(super) fn types(&self) -> Vec<&'d str> {
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

    /// The values that it may have.
    pub(super) fn values(&self) -> Option<Vec<&'d Value>> {
        if let Some(constant) = self.get("const") {
            return Some(vec![constant]);
        }
        Some(self.get("enum")?.as_array()?.iter().filter(|value| !value.is_null()).collect())
    }

    /// The fields of all layers, without those of its alternatives.
    fn own_fields(&self) -> Vec<Field<'d>> {
        let mut fields: Vec<Field<'d>> = Vec::new();
        let mut at: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for layer in &self.layers {
            for (name, schema) in layer.get("properties").and_then(Value::as_object).into_iter().flatten() {
                // Laid over each other, the nearest counts.
                if !at.contains_key(name.as_str()) {
                    at.insert(name, fields.len());
                    fields.push(Field { name, schemas: vec![schema], required: false });
                }
            }
        }
        for layer in &self.layers {
            let required = layer.get("required").and_then(Value::as_array);
            for name in required.into_iter().flatten().filter_map(Value::as_str) {
                if let Some(field) = at.get(name).and_then(|at| fields.get_mut(*at)) {
                    field.required = true;
                }
            }
        }
        fields
    }

    /// The fields of an object: its own, and those of all that it may be instead.
    pub(super) fn fields(&self, document: &'d Document) -> Result<Vec<Field<'d>>, String> {
        self.fields_within(document, &mut Vec::new())
    }

    fn fields_within(&self, document: &'d Document, within: &mut Vec<*const Value>) -> Result<Vec<Field<'d>>, String> {
        let mut fields = self.own_fields();
        if within.contains(&std::ptr::from_ref(self.node)) || within.len() > DEEPEST {
            return Ok(fields);
        }
        within.push(std::ptr::from_ref(self.node));
        let own = fields.len();
        let mut at: std::collections::HashMap<&str, usize> =
            fields.iter().enumerate().map(|(index, field)| (field.name, index)).collect();
        // In how many alternatives a field is required.
        let mut required: Vec<usize> = vec![0; own];
        for variant in &self.variants {
            for field in Schema::of(document, variant)?.fields_within(document, within)? {
                let index = *at.entry(field.name).or_insert_with(|| {
                    fields.push(Field { name: field.name, schemas: Vec::new(), required: false });
                    required.push(0);
                    fields.len() - 1
                });
                if let Some(known) = fields.get_mut(index).filter(|_| index >= own) {
                    known.schemas.extend(field.schemas);
                }
                if let Some(count) = required.get_mut(index) {
                    *count += usize::from(field.required);
                }
            }
        }
        for (field, required) in fields.iter_mut().zip(required) {
            field.required |= !self.variants.is_empty() && required == self.variants.len();
        }
        within.pop();
        Ok(fields)
    }
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
