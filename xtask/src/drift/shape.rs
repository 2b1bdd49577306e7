//! What a document says that a value may be, with its alternatives taken together.

use std::collections::VecDeque;

use serde_json::Value;
use spec_diff::distinct;

use crate::openapi::{Document, Field, Schema, apart};

/// A sort of value, and how it is written where that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort<'d> {
    Text(Option<&'d str>),
    Integer(Option<&'d str>),
    Number,
    Boolean,
    List,
    Object,
    /// Anything that JSON has.
    Any,
}

/// What a value may be.
#[derive(Default)]
pub(super) struct Shape<'d> {
    pub(super) sorts: Vec<Sort<'d>>,
    /// The texts that it may be, if it is one of a list.
    pub(super) texts: Option<Vec<&'d str>>,
    pub(super) fields: Vec<Field<'d>>,
    /// The fields are named, though there may be none.
    pub(super) named: bool,
    /// What else an object may hold under any key; nothing where that is not said.
    pub(super) rest: Vec<&'d Value>,
    /// Whether an object may have fields that are not named.
    pub(super) open: bool,
    pub(super) items: Vec<&'d Value>,
    pub(super) nullable: bool,
    pub(super) wrong: Vec<String>,
}

impl<'d> Shape<'d> {
    /// What all of these schemas together allow.
    pub(super) fn of(document: &'d Document, schemas: &[&'d Value]) -> Self {
        let mut shape = Shape::default();
        let mut seen: Vec<*const Value> = Vec::new();
        let mut listed = Vec::new();
        let mut left: VecDeque<&'d Value> = schemas.iter().copied().collect();
        while let Some(value) = left.pop_front() {
            match Schema::of(document, value) {
                Err(wrong) => shape.wrong.push(wrong),
                Ok(schema) if seen.contains(&std::ptr::from_ref(schema.node)) => shape.nullable |= schema.nullable,
                Ok(schema) => {
                    seen.push(std::ptr::from_ref(schema.node));
                    listed.push(texts(&schema));
                    if let Err(wrong) = shape.take(document, &schema, &mut left) {
                        shape.wrong.push(wrong);
                    }
                }
            }
        }
        // One that may be any text makes the values of the others examples.
        let all: Option<Vec<Vec<&str>>> = listed.into_iter().flatten().collect();
        shape.texts = all.filter(|all| !all.is_empty()).map(|all| apart(&distinct(all.concat())).values);
        shape
    }

    /// Adds what a schema allows; its alternatives are left for later.
    fn take(
        &mut self,
        document: &'d Document,
        schema: &Schema<'d>,
        left: &mut VecDeque<&'d Value>,
    ) -> Result<(), String> {
        self.nullable |= schema.nullable;
        self.wrong.extend(schema.lost.iter().map(|reference| lost(document, reference)));
        if !schema.node.is_object() && schema.node != &Value::Bool(true) {
            return Err(format!("`{}` is no schema, which is an object", short(schema.node)));
        }
        self.wrong.extend(schema.layers.iter().copied().flat_map(slips));
        let fields = schema.fields(document)?;
        let types = schema.types();
        for variant in &schema.variants {
            // The fields of those that are objects are among the fields already.
            if fields.is_empty() || Schema::of(document, variant)?.fields(document)?.is_empty() {
                left.push_back(variant);
            }
        }
        let format = schema.text("format").filter(|format| !format.is_empty());
        for word in &types {
            let sort = match *word {
                "string" => Sort::Text(format),
                "integer" => Sort::Integer(format),
                "number" => Sort::Number,
                "boolean" => Sort::Boolean,
                "array" => Sort::List,
                "object" => Sort::Object,
                // It was told with the slips.
                _ => continue,
            };
            self.add(sort);
        }
        if types.is_empty() && schema.get("type").is_none() && schema.lost.is_empty() {
            match schema.values().as_deref() {
                _ if !fields.is_empty() => self.add(Sort::Object),
                Some(values) if !values.is_empty() => values.iter().for_each(|value| self.add(of_value(value))),
                _ if schema.variants.is_empty() => self.add(Sort::Any),
                _ => {}
            }
        }
        if types.contains(&"object") || !fields.is_empty() {
            self.object(schema, fields);
        }
        if types.contains(&"array") {
            self.items.extend(schema.get("items"));
        }
        Ok(())
    }

    fn object(&mut self, schema: &Schema<'d>, fields: Vec<Field<'d>>) {
        for field in fields {
            match self.fields.iter_mut().find(|known| known.name == field.name) {
                Some(known) => {
                    known.schemas.extend(field.schemas);
                    known.required &= field.required;
                }
                None => self.fields.push(field),
            }
        }
        self.named |= !self.fields.is_empty() || schema.get("properties").is_some();
        let pattern = schema.get("patternProperties").and_then(Value::as_object);
        let rest = schema.get("additionalProperties");
        self.open |= pattern.is_some() || rest.is_some_and(|rest| rest.is_object() || rest == &Value::Bool(true));
        let says = |value: &&Value| value.as_object().is_some_and(|value| !value.is_empty());
        self.rest.extend(rest.filter(says));
        self.rest.extend(pattern.into_iter().flat_map(|pattern| pattern.values()).filter(says));
    }

    fn add(&mut self, sort: Sort<'d>) {
        if !self.sorts.contains(&sort) {
            self.sorts.push(sort);
        }
    }

    /// Whether it may be anything, so that nothing is said.
    pub(super) fn is_any(&self) -> bool {
        self.sorts.is_empty() || self.sorts.contains(&Sort::Any)
    }

    /// What it is, in the words of the spec language as far as it has them.
    pub(super) fn words(&self) -> String {
        if let Some(texts) = &self.texts {
            return format!("one of {}", tool_spec::fault::listed(texts));
        }
        let words: Vec<String> = self.sorts.iter().map(|sort| format!("`{}`", self.word(*sort))).collect();
        if words.is_empty() { "`json`".to_owned() } else { words.join(" or ") }
    }

    fn word(&self, sort: Sort<'d>) -> String {
        match sort {
            Sort::Text(Some("date-time")) => "date-time".to_owned(),
            Sort::Text(Some("date")) => "date".to_owned(),
            Sort::Text(Some("binary")) => "file".to_owned(),
            Sort::Text(Some(format)) => format!("string ({format})"),
            Sort::Text(None) => "string".to_owned(),
            Sort::Integer(Some(format)) => format!("integer ({format})"),
            Sort::Integer(None) => "integer".to_owned(),
            Sort::Number => "number".to_owned(),
            Sort::Boolean => "boolean".to_owned(),
            Sort::List => "list".to_owned(),
            Sort::Object if self.named => "model".to_owned(),
            Sort::Object if self.rest.is_empty() => "json".to_owned(),
            Sort::Object => "map".to_owned(),
            Sort::Any => "json".to_owned(),
        }
    }
}

/// What is wrong with a reference that leads to nothing.
pub(super) fn lost(document: &Document, reference: &str) -> String {
    if document.target(reference).is_some() {
        format!("`{reference}` goes round in a circle")
    } else if reference.starts_with('#') {
        format!("`{reference}` is not in the document")
    } else {
        format!("`{reference}` lies outside of the document: bundle all of it into one file first")
    }
}

/// The texts of which it is one; nothing for what is no text, and an empty option for any text.
fn texts<'d>(schema: &Schema<'d>) -> Option<Option<Vec<&'d str>>> {
    let types = schema.types();
    let values = schema.values().filter(|values| !values.is_empty());
    let is_text = types.contains(&"string")
        || types.is_empty() && values.as_ref().is_some_and(|values| values.iter().any(|value| value.is_string()));
    if !is_text {
        return None;
    }
    Some(values.map(|values| values.into_iter().filter_map(Value::as_str).collect()))
}

fn of_value<'d>(value: &Value) -> Sort<'d> {
    match value {
        Value::String(_) => Sort::Text(None),
        Value::Bool(_) => Sort::Boolean,
        Value::Number(number) if number.is_f64() => Sort::Number,
        Value::Number(_) => Sort::Integer(None),
        Value::Array(_) => Sort::List,
        Value::Object(_) => Sort::Object,
        Value::Null => Sort::Any,
    }
}

/// What is written otherwise than OpenAPI has it, so that what it means is not known.
fn slips(layer: &Value) -> Vec<String> {
    const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "array", "object", "null"];
    let known = |ty: &Value| ty.as_str().is_some_and(|ty| TYPES.contains(&ty));
    let mut slips = Vec::new();
    if let Some(ty) = layer.get("type") {
        let fine = known(ty) || ty.as_array().is_some_and(|types| !types.is_empty() && types.iter().all(known));
        if !fine {
            slips.push(format!("`type: {}` is none of {}", short(ty), TYPES.join(", ")));
        }
    }
    let wants = |key: &str, is: fn(&Value) -> bool, what: &str| {
        let value = layer.get(key).filter(|value| !is(value))?;
        Some(format!("`{key}: {}` is no {what}", short(value)))
    };
    slips.extend(wants("properties", Value::is_object, "object with a schema for each field"));
    slips.extend(wants("required", Value::is_array, "list of names"));
    slips.extend(wants("enum", Value::is_array, "list of values"));
    for key in ["allOf", "oneOf", "anyOf"] {
        slips.extend(wants(key, Value::is_array, "list of schemas"));
    }
    slips.extend(wants("$ref", Value::is_string, "text"));
    slips
}

/// A value as JSON, cut where it is long.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
