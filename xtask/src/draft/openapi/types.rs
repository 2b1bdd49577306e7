//! Schemas as types of the spec language. Each schema of the document becomes one type at most, however often it is
//! referred to, and models are read one after the other, so neither a circle nor depth matters.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;
use spec_diff::distinct;

use super::facts::facts;
use super::guess::{self, Around, At};
use super::made::{Field, Kind, Type};
use super::names::{singular, type_name};
use super::told::Told;
use super::values::cleaned;
use crate::draft::parts::Facts;
use crate::openapi::json::{list, text};
use crate::openapi::{self, Document, Schema, all_say};
use tool_spec::model::{Spec, Ty};

/// Lists within lists deeper than this are any JSON.
const DEEPEST: usize = 4;
/// More types than this are more than a person reviews: what lies further away is any JSON.
const MOST: usize = 200;

/// The types of a document. Their names are settled when all are known; until then a [`Ty`] names one by its number.
pub(super) struct Types<'d> {
    pub(super) document: &'d Document,
    pub(super) spec: &'d Spec,
    pub(super) told: &'d Told,
    pub(super) made: Vec<Type>,
    by_node: HashMap<*const Value, Ty>,
    /// Models whose fields are still to be read.
    waiting: VecDeque<(usize, Schema<'d>)>,
}

impl<'d> Types<'d> {
    pub(super) fn new(document: &'d Document, spec: &'d Spec, told: &'d Told) -> Self {
        Types { document, spec, told, made: Vec::new(), by_node: HashMap::new(), waiting: VecDeque::new() }
    }

    /// Whether the type of this number is a model.
    pub(super) fn is_model(&self, number: &str) -> bool {
        let made = number.parse().ok().and_then(|index: usize| self.made.get(index));
        made.is_some_and(|made| matches!(made.kind, Kind::Model(_)))
    }

    /// Reads the fields of every model that came up.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        while let Some((index, schema)) = self.waiting.pop_front() {
            let name = self.made.get(index).map(|made| made.name.clone()).unwrap_or_default();
            let mut fields: Vec<Field> = Vec::new();
            for field in schema.fields(self.document)? {
                let at = At {
                    field: field.name,
                    hint: format!("{name} {}", field.name),
                    place: self.told.field(index, field.name),
                    around: Around::Model(&name),
                };
                fields.push(self.field(&field, &at)?);
            }
            self.tell_of_model(index, &schema);
            if let Some(made) = self.made.get_mut(index) {
                made.kind = Kind::Model(fields);
            }
        }
        Ok(())
    }

    /// A field with its type and whatever else is said of it.
    pub(super) fn field(&mut self, field: &openapi::Field<'d>, at: &At<'_>) -> Result<Field, String> {
        let ty = self.of_all(&field.schemas, at, 0)?;
        let schemas: Vec<Schema<'d>> =
            field.schemas.iter().map(|schema| Schema::of(self.document, schema)).collect::<Result<_, _>>()?;
        // What differs between alternatives is not said of all of them.
        let facts = match schemas.as_slice() {
            [one] => facts(one, field.schemas.first().copied(), &ty, &at.place),
            _ => Facts::default(),
        };
        let all = |key: &str| all_say(self.document, &field.schemas, key);
        Ok(Field {
            name: field.name.to_owned(),
            ty,
            required: field.required,
            nullable: schemas.iter().any(|schema| schema.nullable),
            read_only: all("readOnly"),
            write_only: all("writeOnly"),
            facts,
        })
    }

    /// The type of a schema that lies so deep in lists.
    pub(super) fn within(&mut self, value: &'d Value, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        let schema = Schema::of(self.document, value)?;
        for lost in &schema.lost {
            at.place.lost(lost);
        }
        if let Some(known) = self.by_node.get(&std::ptr::from_ref(schema.node)) {
            return Ok(known.clone());
        }
        if !schema.variants.is_empty() && schema.values().is_none() {
            return self.alternatives(&schema, &schema.variants, at, depth);
        }
        self.single(&schema, at, depth)
    }

    fn single(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        if let Some(values) = schema.values() {
            return Ok(self.of_values(schema, &values, at));
        }
        match schema.types().as_slice() {
            ["string"] => Ok(guess::text(schema, at, self.spec)),
            ["integer"] => Ok(guess::integer(schema, at, self.spec)),
            ["number"] => Ok(Ty::Number),
            ["boolean"] => Ok(Ty::Boolean),
            ["array"] => self.list(schema, at, depth),
            ["object"] => self.object(schema, at, depth),
            [] => {
                if schema.lost.is_empty() {
                    at.place.guessed("any JSON, as the document says no type");
                }
                Ok(Ty::Json)
            }
            // Several in one `type`.
            ["integer", "number"] | ["number", "integer"] => Ok(Ty::Number),
            types => {
                at.place.guessed(format!("any JSON, as it may be {}", types.join(" or ")));
                Ok(Ty::Json)
            }
        }
    }

    fn list(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        let Some(items) = schema.get("items").filter(|items| !items.is_boolean()) else {
            at.place.guessed("a list of any JSON, as the document says of what");
            return Ok(Ty::List(Box::new(Ty::Json)));
        };
        if depth >= DEEPEST {
            at.place.left_out("lists lie too deep within each other, so it is any JSON");
            return Ok(Ty::Json);
        }
        let one = At { hint: singular(&at.hint).to_owned(), ..at.clone() };
        Ok(Ty::List(Box::new(self.within(items, &one, depth + 1)?)))
    }

    fn object(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        if !schema.fields(self.document)?.is_empty() {
            return Ok(self.model(schema, at));
        }
        let rest = schema.get("additionalProperties").filter(|rest| rest.is_object());
        let pattern = schema.get("patternProperties").and_then(|of| of.as_object()?.values().next());
        let of = match rest.or(pattern) {
            Some(of) if depth < DEEPEST && of.as_object().is_some_and(|of| !of.is_empty()) => {
                let one = At { hint: singular(&at.hint).to_owned(), ..at.clone() };
                self.within(of, &one, depth + 1)?
            }
            _ => Ty::Json,
        };
        Ok(Ty::Map(Box::new(of)))
    }

    /// A model, whose fields are read later.
    fn model(&mut self, schema: &Schema<'d>, at: &At<'_>) -> Ty {
        if self.made.len() >= MOST {
            at.place.left_out(format!("more than {MOST} types hang together, so it is any JSON"));
            return Ty::Json;
        }
        let ty = self.declare(schema, Kind::Model(Vec::new()), at);
        self.waiting.push_back((self.made.len() - 1, schema.clone()));
        ty
    }

    /// A type, which is the same one wherever its schema is referred to.
    fn declare(&mut self, schema: &Schema<'d>, kind: Kind, at: &At<'_>) -> Ty {
        let name = type_name(schema.name.unwrap_or(&at.hint));
        let ty = self.add(Type { name, named: schema.name.is_some(), kind });
        self.by_node.insert(std::ptr::from_ref(schema.node), ty.clone());
        ty
    }

    /// A type of no schema.
    pub(super) fn add(&mut self, made: Type) -> Ty {
        self.made.push(made);
        Ty::Model((self.made.len() - 1).to_string())
    }

    /// Values that a schema lists: an enum if they are texts.
    fn of_values(&mut self, schema: &Schema<'d>, values: &[&'d Value], at: &At<'_>) -> Ty {
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        if !values.is_empty() && texts.len() == values.len() {
            return self.of_texts(schema, &texts, at);
        }
        let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
        let ty = if all(Value::is_boolean) {
            Ty::Boolean
        } else if all(Value::is_i64) {
            Ty::Integer
        } else if all(Value::is_number) {
            Ty::Number
        } else {
            Ty::Json
        };
        let listed: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        at.place.left_out(format!("not held to its values, which are no texts ({})", listed.join(", ")));
        ty
    }

    fn of_texts(&mut self, schema: &Schema<'d>, texts: &[&str], at: &At<'_>) -> Ty {
        let values = cleaned(texts, &at.place);
        if values.is_empty() || self.made.len() >= MOST {
            at.place.left_out("not held to its values");
            return Ty::String;
        }
        self.declare(schema, Kind::Enum(values), at)
    }

    /// The type of a field that several alternatives have.
    fn of_all(&mut self, schemas: &[&'d Value], at: &At<'_>, depth: usize) -> Result<Ty, String> {
        match schemas {
            [] => Ok(Ty::Json),
            [one] => self.within(one, at, depth),
            several => {
                let first = Schema::of(self.document, several.first().copied().unwrap_or(&Value::Null))?;
                self.alternatives(&first, several, at, depth)
            }
        }
    }

    /// One type for several. `schema` names it and knows what they have in common.
    fn alternatives(
        &mut self,
        schema: &Schema<'d>,
        several: &[&'d Value],
        at: &At<'_>,
        depth: usize,
    ) -> Result<Ty, String> {
        let mut all: Vec<Schema<'d>> = Vec::new();
        for value in several {
            let one = Schema::of(self.document, value)?;
            if !all.iter().any(|other| std::ptr::eq(other.node, one.node)) {
                all.push(one);
            }
        }
        if let ([only], true) = (all.as_slice(), depth < DEEPEST) {
            return self.within(only.node, at, depth + 1);
        }
        let types: Vec<&str> = schema.types();
        let kinds: Vec<&str> = all.iter().map(|one| kind(one, &types)).collect();
        let every = |of: &[&str]| kinds.iter().all(|kind| of.contains(kind));
        if every(&["object"]) {
            let mut joined = schema.clone();
            // Alternatives that a field has in several models are not those of one schema.
            if schema.variants.is_empty() {
                joined.node = several.first().copied().unwrap_or(schema.node);
                joined.variants = several.get(1..).unwrap_or_default().to_vec();
            }
            if !joined.fields(self.document)?.is_empty() {
                let by = schema.get("discriminator").and_then(|by| text(by, "propertyName"));
                let by = by.map(|by| format!(", told apart by `{by}`")).unwrap_or_default();
                let what = format!("one model with the fields of all {} that it may be{by}", all.len());
                at.place.guessed(what);
                return Ok(self.model(&joined, at));
            }
            return Ok(Ty::Map(Box::new(Ty::Json)));
        }
        let values = all.iter().flat_map(|one| one.values().unwrap_or_default());
        let texts = distinct(values.filter_map(Value::as_str));
        if every(&["values"]) {
            return Ok(self.of_texts(schema, &texts, at));
        }
        if every(&["string", "values"]) {
            if !texts.is_empty() {
                let values: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
                at.place.left_out(format!("any text, with {} among others", values.join(", ")));
            }
            return Ok(self.same_text(&all, at));
        }
        match kinds.first() {
            Some(&"integer") if every(&["integer"]) => Ok(Ty::Integer),
            Some(&"boolean") if every(&["boolean"]) => Ok(Ty::Boolean),
            _ if every(&["integer", "number"]) => Ok(Ty::Number),
            _ if every(&["array"]) && depth < DEEPEST => {
                let items: Vec<&'d Value> = all.iter().filter_map(|one| one.get("items")).collect();
                let one = At { hint: singular(&at.hint).to_owned(), ..at.clone() };
                Ok(Ty::List(Box::new(self.of_all(&items, &one, depth + 1)?)))
            }
            _ => {
                let mut words: Vec<&str> =
                    kinds.iter().map(|kind| if *kind == "values" { "string" } else { kind }).collect();
                words.dedup();
                at.place.guessed(format!("any JSON, as it may be {}", words.join(" or ")));
                Ok(Ty::Json)
            }
        }
    }

    /// The type of texts that all have the same one, else just text.
    fn same_text(&self, all: &[Schema<'d>], at: &At<'_>) -> Ty {
        let quiet = Told::default();
        let at = At { field: at.field, hint: String::new(), place: quiet.at(""), around: at.around };
        let mut types = all.iter().map(|one| guess::text(one, &at, self.spec));
        let first = types.next().unwrap_or(Ty::String);
        if types.all(|ty| ty == first) { first } else { Ty::String }
    }

    /// What a model cannot say of its object.
    fn tell_of_model(&self, index: usize, schema: &Schema<'d>) {
        let place = self.told.field(index, "");
        for (key, what) in [
            ("minProperties", "`minProperties`"),
            ("maxProperties", "`maxProperties`"),
            ("patternProperties", "fields named by a pattern"),
            ("dependentRequired", "`dependentRequired`"),
            ("not", "`not`"),
        ] {
            if schema.get(key).is_some() {
                place.left_out(what);
            }
        }
        if schema.get("additionalProperties").is_some_and(|rest| rest.is_object() || rest == &Value::Bool(true)) {
            place.left_out("fields that the document does not name (`additionalProperties`)");
        }
        let alternatives = |layer: &'d Value| list(layer, "oneOf").iter().chain(list(layer, "anyOf"));
        let mut parts = schema.layers.iter().copied().flat_map(alternatives);
        if parts.any(|part| part.get("required").is_some() && part.get("type").is_none()) {
            place.left_out("which of its fields demand each other (`oneOf`, `anyOf` with `required`)");
        }
    }
}

/// What sort of thing a schema is, for its comparison with others. `around` are the types of what it is an alternative
/// of.
fn kind<'d>(schema: &Schema<'d>, around: &[&'d str]) -> &'d str {
    if schema.values().is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.is_string())) {
        return "values";
    }
    if !schema.variants.is_empty() && schema.types().is_empty() {
        return "something of several sorts";
    }
    match (schema.types().as_slice(), around) {
        ([one], _) => one,
        ([], [one]) => one,
        _ => "anything",
    }
}
