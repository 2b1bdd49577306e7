//! Schemas as types of the spec language. Each schema of the document becomes one type at most, however often it is
//! referred to, and models are read one after the other, so neither a circle nor depth matters.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::document::Document;
use super::guess::{self, Around};
use super::schema::{Field, Schema};
use super::told::{Place, Told};
use crate::author::Facts;
use tool_spec::model::{Spec, Ty};
use tool_spec::names::camel;

/// Lists within lists deeper than this are any JSON.
const DEEPEST: usize = 4;
/// More types than this are more than a person reviews: what lies further away is any JSON.
const MOST: usize = 200;

/// A type that the document has. Its name is settled when all are known; until then a [`Ty`] names it by its number.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// What it would best be called.
    pub(super) hint: String,
    /// Whether the document itself calls it so.
    pub(super) named: bool,
    pub(super) kind: MadeKind,
}

#[derive(Clone, Debug)]
pub(super) enum MadeKind {
    Model(Vec<MadeField>),
    Enum(Vec<super::values::MadeValue>),
}

#[derive(Clone, Debug)]
pub(super) struct MadeField {
    pub(super) name: String,
    pub(super) ty: Ty,
    /// The document requires it.
    pub(super) required: bool,
    /// It may be null.
    pub(super) nullable: bool,
    pub(super) facts: Facts,
    /// It is not sent.
    pub(super) read_only: bool,
    /// It does not come back.
    pub(super) write_only: bool,
}

/// What a value that is being read is called, and where it stands.
#[derive(Clone)]
pub(super) struct At<'a> {
    /// Its name in the document.
    pub(super) field: &'a str,
    /// What a type that the document has no name for is called.
    pub(super) hint: String,
    pub(super) place: Place,
    /// What is known of its surroundings.
    pub(super) around: Around<'a>,
}

pub(super) struct Types<'d> {
    pub(super) document: &'d Document,
    pub(super) spec: &'d Spec,
    pub(super) told: &'d Told,
    pub(super) made: Vec<Made>,
    by_node: HashMap<*const Value, Ty>,
    /// Models whose fields are still to be read.
    waiting: VecDeque<(usize, Schema<'d>)>,
}

impl<'d> Types<'d> {
    pub(super) fn new(document: &'d Document, spec: &'d Spec, told: &'d Told) -> Self {
        Types { document, spec, told, made: Vec::new(), by_node: HashMap::new(), waiting: VecDeque::new() }
    }

    /// The type of a schema.
    pub(super) fn ty(&mut self, value: &'d Value, at: &At<'_>) -> Result<Ty, String> {
        self.within(value, at, 0)
    }

    /// Whether the type of this number is a model.
    pub(super) fn is_model(&self, index: usize) -> bool {
        self.made.get(index).is_some_and(|made| matches!(made.kind, MadeKind::Model(_)))
    }

    /// Reads the fields of every model that came up.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        while let Some((index, schema)) = self.waiting.pop_front() {
            let hint = self.made.get(index).map(|made| made.hint.clone()).unwrap_or_default();
            let mut fields: Vec<MadeField> = Vec::new();
            for field in schema.fields(self.document)? {
                let place = Place::Field(index, field.name.to_owned());
                let at = At {
                    field: field.name,
                    hint: format!("{hint} {}", field.name),
                    place,
                    around: Around::Model(&hint),
                };
                fields.push(self.field(&field, &at)?);
            }
            self.tell_of_model(index, &schema);
            if let Some(made) = self.made.get_mut(index) {
                made.kind = MadeKind::Model(fields);
            }
        }
        Ok(())
    }

    /// A field with its type and whatever else is said of it.
    pub(super) fn field(&mut self, field: &Field<'d>, at: &At<'_>) -> Result<MadeField, String> {
        let ty = self.of_all(&field.schemas, at, 0)?;
        let schemas: Vec<Schema<'d>> =
            field.schemas.iter().map(|schema| Schema::of(self.document, schema)).collect::<Result<_, _>>()?;
        // What differs between alternatives is not said of all of them.
        let facts = match schemas.as_slice() {
            [one] => super::facts::facts(one, field.schemas.first().copied(), &ty, self.told, &at.place),
            _ => Facts::default(),
        };
        let all = |key: &str| {
            let wrapped = |value: &&Value| value.get(key) == Some(&Value::Bool(true));
            !schemas.is_empty() && (schemas.iter().all(|one| one.is(key)) || field.schemas.iter().all(wrapped))
        };
        Ok(MadeField {
            name: field.name.to_owned(),
            ty,
            required: field.required,
            nullable: schemas.iter().any(|schema| schema.nullable),
            facts,
            read_only: all("readOnly"),
            write_only: all("writeOnly"),
        })
    }

    fn within(&mut self, value: &'d Value, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        let schema = Schema::of(self.document, value)?;
        for lost in &schema.lost {
            self.told.left_out(format!("what `{lost}` refers to is not in the document"), &at.place);
        }
        if let Some(known) = self.by_node.get(&std::ptr::from_ref(schema.node)) {
            return Ok(known.clone());
        }
        if !schema.variants.is_empty() && schema.values().is_none() {
            return self.of_variants(&schema, at, depth);
        }
        self.single(&schema, at, depth)
    }

    /// The type of a schema without alternatives.
    fn single(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        if let Some(values) = schema.values() {
            return Ok(self.of_values(schema, &values, at));
        }
        match schema.types().as_slice() {
            ["string"] => Ok(guess::text(schema, at, self.spec, self.told)),
            ["integer"] => Ok(guess::integer(schema, at, self.spec, self.told)),
            ["number"] => Ok(Ty::Number),
            ["boolean"] => Ok(Ty::Boolean),
            ["array"] => self.list(schema, at, depth),
            ["object"] => self.object(schema, at, depth),
            [] => {
                if schema.lost.is_empty() {
                    self.told.guessed("any JSON, as the document says no type", &at.place);
                }
                Ok(Ty::Json)
            }
            types => Ok(self.of_words(types, at)),
        }
    }

    /// Several types in one `type`.
    fn of_words(&self, types: &[&str], at: &At<'_>) -> Ty {
        match types {
            ["integer", "number"] | ["number", "integer"] => Ty::Number,
            _ => {
                self.told.guessed(format!("any JSON, as it may be {}", types.join(" or ")), &at.place);
                Ty::Json
            }
        }
    }

    fn list(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        let Some(items) = schema.get("items").filter(|items| !items.is_boolean()) else {
            self.told.guessed("a list of any JSON, as the document says of what", &at.place);
            return Ok(Ty::List(Box::new(Ty::Json)));
        };
        if depth >= DEEPEST {
            self.told.left_out("lists lie too deep within each other, so it is any JSON", &at.place);
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
        match rest.or(pattern) {
            Some(of) if depth < DEEPEST => {
                let one = At { hint: singular(&at.hint).to_owned(), ..at.clone() };
                let of = if of.as_object().is_some_and(serde_json::Map::is_empty) {
                    Ty::Json
                } else {
                    self.within(of, &one, depth + 1)?
                };
                Ok(Ty::Map(Box::new(of)))
            }
            _ => Ok(Ty::Map(Box::new(Ty::Json))),
        }
    }

    /// A model, whose fields are read later.
    fn model(&mut self, schema: &Schema<'d>, at: &At<'_>) -> Ty {
        if self.made.len() >= MOST {
            self.told.left_out(format!("more than {MOST} types hang together, so it is any JSON"), &at.place);
            return Ty::Json;
        }
        let ty = self.declare(schema, MadeKind::Model(Vec::new()), at);
        self.by_node.insert(std::ptr::from_ref(schema.node), ty.clone());
        self.waiting.push_back((self.made.len() - 1, schema.clone()));
        ty
    }

    fn declare(&mut self, schema: &Schema<'d>, kind: MadeKind, at: &At<'_>) -> Ty {
        let hint = schema.name.map_or_else(|| at.hint.clone(), str::to_owned);
        self.made.push(Made { hint: type_name(&hint), named: schema.name.is_some(), kind });
        Ty::Model((self.made.len() - 1).to_string())
    }

    /// Values that a schema lists: an enum if they are texts.
    fn of_values(&mut self, schema: &Schema<'d>, values: &[&'d Value], at: &At<'_>) -> Ty {
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        if values.is_empty() || texts.len() < values.len() {
            let ty = if !values.is_empty() && values.iter().all(|value| value.is_boolean()) {
                Ty::Boolean
            } else if !values.is_empty() && values.iter().all(|value| value.is_i64()) {
                Ty::Integer
            } else if !values.is_empty() && values.iter().all(|value| value.is_number()) {
                Ty::Number
            } else {
                Ty::Json
            };
            let listed: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            self.told
                .left_out(format!("not held to its values, which are no texts ({})", listed.join(", ")), &at.place);
            return ty;
        }
        self.of_texts(schema, &texts, at)
    }

    fn of_texts(&mut self, schema: &Schema<'d>, texts: &[&str], at: &At<'_>) -> Ty {
        let values = super::values::cleaned(texts, self.told, &at.place);
        if values.is_empty() || self.made.len() >= MOST {
            self.told.left_out("not held to its values", &at.place);
            return Ty::String;
        }
        let ty = self.declare(schema, MadeKind::Enum(values), at);
        self.by_node.insert(std::ptr::from_ref(schema.node), ty.clone());
        ty
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

    fn of_variants(&mut self, schema: &Schema<'d>, at: &At<'_>, depth: usize) -> Result<Ty, String> {
        let variants = schema.variants.clone();
        self.alternatives(schema, &variants, at, depth)
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
            let node = only.node;
            return self.within(node, at, depth + 1);
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
                let by = schema.get("discriminator").and_then(|by| by.get("propertyName")).and_then(Value::as_str);
                let by = by.map(|by| format!(", told apart by `{by}`")).unwrap_or_default();
                let what = format!("one model with the fields of all {} that it may be{by}", all.len());
                self.told.guessed(what, &at.place);
                return Ok(self.model(&joined, at));
            }
            return Ok(Ty::Map(Box::new(Ty::Json)));
        }
        if every(&["values"]) {
            let mut texts: Vec<&str> = Vec::new();
            for text in all.iter().flat_map(|one| one.values().unwrap_or_default()).filter_map(Value::as_str) {
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
            return Ok(self.of_texts(schema, &texts, at));
        }
        if every(&["string", "values"]) {
            let same = self.same_text(&all, at);
            let values: Vec<String> = all
                .iter()
                .flat_map(|one| one.values().unwrap_or_default())
                .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
                .collect();
            if !values.is_empty() {
                self.told.left_out(format!("any text, with {} among others", values.join(", ")), &at.place);
            }
            return Ok(same);
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
                self.told.guessed(format!("any JSON, as it may be {}", words.join(" or ")), &at.place);
                Ok(Ty::Json)
            }
        }
    }

    /// The type of texts that all have the same one, else just text.
    fn same_text(&self, all: &[Schema<'d>], at: &At<'_>) -> Ty {
        let quiet = Told::default();
        let types: Vec<Ty> = all.iter().map(|one| guess::text(one, at, self.spec, &quiet)).collect();
        match types.split_first() {
            Some((first, rest)) if rest.iter().all(|ty| ty == first) => first.clone(),
            _ => Ty::String,
        }
    }

    /// What a model cannot say of its object.
    fn tell_of_model(&self, index: usize, schema: &Schema<'d>) {
        let place = Place::Field(index, String::new());
        for (key, what) in [
            ("minProperties", "`minProperties`"),
            ("maxProperties", "`maxProperties`"),
            ("patternProperties", "fields named by a pattern"),
            ("dependentRequired", "`dependentRequired`"),
            ("not", "`not`"),
        ] {
            if schema.get(key).is_some() {
                self.told.left_out(what, &place);
            }
        }
        if schema.get("additionalProperties").is_some_and(|rest| rest.is_object() || rest == &Value::Bool(true)) {
            self.told.left_out("fields that the document does not name (`additionalProperties`)", &place);
        }
        let demands = schema.layers().iter().any(|layer| {
            ["oneOf", "anyOf"].iter().any(|key| {
                let parts = layer.get(*key).and_then(Value::as_array);
                parts.is_some_and(|parts| {
                    parts.iter().any(|part| part.get("required").is_some() && part.get("type").is_none())
                })
            })
        });
        if demands {
            self.told.left_out("which of its fields demand each other (`oneOf`, `anyOf` with `required`)", &place);
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

/// The name of one of what a list holds.
pub(super) fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if !one.ends_with(['s', 'u', 'i']) && one.chars().count() > 2 => one,
        _ => name,
    }
}

/// A name as a type has it: upper camel case, and the same if it is made so again.
pub(super) fn type_name(hint: &str) -> String {
    let mut name = hint.to_owned();
    for _ in 0..4 {
        let next = camel(&name);
        if next == name {
            break;
        }
        name = next;
    }
    // The keyword `Self` keeps a trailing `_` that is none of a type's.
    let name = name.trim_end_matches('_').to_owned();
    if name.is_empty() || name == "Self" { format!("Thing{name}") } else { name }
}
