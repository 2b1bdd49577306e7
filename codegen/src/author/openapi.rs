//! An operation of an OpenAPI document as a draft. Names, types and what is required are taken over; texts are not.

use serde_json::{Map, Value};

use super::{Draft, DraftKind, DraftParam, DraftType, Place};
use crate::check::OF_INVOCATIONS;
use crate::model::{Spec, TypeKind, Verb};
use crate::names::{camel, field_ident, snake};

/// A model within a model deeper than this is taken as any JSON.
const DEEPEST: usize = 12;

/// The draft of a tool from an operation such as `POST /v2/meetings`.
///
/// # Errors
/// A sentence, where the document or the operation in it is not there or is not what can be called.
pub fn from_openapi(document: &str, operation: &str, name: &str, group: &str, spec: &Spec) -> Result<Draft, String> {
    let document: Value =
        serde_json::from_str(document).map_err(|error| format!("the OpenAPI document is not JSON: {error}"))?;
    let (word, path) =
        operation.trim().split_once(' ').ok_or("an operation is a verb and a path: `POST /v2/meetings`")?;
    let verb = match word.to_ascii_lowercase().as_str() {
        "get" => Verb::Get,
        "post" => Verb::Post,
        "put" => Verb::Put,
        "patch" => Verb::Patch,
        "delete" => Verb::Delete,
        other => return Err(format!("`{other}` is no verb; one of get, post, put, patch, delete")),
    };
    let item = document.get("paths").and_then(|paths| paths.get(path.trim()));
    let item = item.ok_or_else(|| format!("the document has no path `{}`", path.trim()))?;
    let found = item.get(word.to_ascii_lowercase());
    let found = found.ok_or_else(|| format!("the document has no `{word}` at `{}`", path.trim()))?;
    let mut reader = Reader { document: &document, spec, types: Vec::new(), prefix: camel(name_without_service(name)) };
    let params = reader.params(item, found)?;
    let answer = reader.answer(found)?;
    let items = reader.items(&answer);
    let mut wire_path = path.trim().to_owned();
    for param in params.iter().filter(|param| param.place == Place::Path) {
        wire_path = wire_path.replace(&format!("{{{}}}", param.sent_as), &format!("{{{}}}", param.name));
    }
    Ok(Draft {
        name: name.to_owned(),
        group: group.to_owned(),
        effect: None,
        verb,
        path: wire_path,
        scope: scope(found).unwrap_or_default(),
        answer,
        items,
        params,
        types: reader.types,
    })
}

fn name_without_service(name: &str) -> &str {
    name.split_once('_').map_or(name, |(_, rest)| rest)
}

/// The scope that the operation's text or its security names: a fact, not a sentence.
fn scope(operation: &Value) -> Option<String> {
    let security = operation.pointer("/security/0").and_then(Value::as_object);
    let named = security.and_then(|schemes| schemes.values().next()?.get(0)?.as_str());
    let text = operation.get("description").and_then(Value::as_str).unwrap_or_default();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ":-_".contains(c)));
    named.map(str::to_owned).or(words.into_iter().find(|word| word.starts_with("api:")).map(str::to_owned))
}

struct Reader<'a> {
    document: &'a Value,
    spec: &'a Spec,
    types: Vec<DraftType>,
    /// What a type is called whose name is taken.
    prefix: String,
}

impl Reader<'_> {
    fn params(&mut self, item: &Value, operation: &Value) -> Result<Vec<DraftParam>, String> {
        let mut params: Vec<DraftParam> = Vec::new();
        let lists = [item, operation].map(|at| at.get("parameters").and_then(Value::as_array));
        for param in lists.into_iter().flatten().flatten() {
            let param = self.resolved(param).clone();
            let sent_as = param.get("name").and_then(Value::as_str).unwrap_or_default();
            let place = match param.get("in").and_then(Value::as_str) {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                _ => continue,
            };
            let ty = self.ty(param.get("schema").unwrap_or(&Value::Null), sent_as, &camel(sent_as), 0);
            let required = place == Place::Path || param.get("required") == Some(&Value::Bool(true));
            params.push(named(sent_as, ty, required, place));
        }
        if let Some(body) = operation.get("requestBody") {
            let schema = json_schema(self.resolved(body)).ok_or("the operation takes a body that is no JSON")?;
            let fields = self.fields(schema);
            let Some(fields) = fields else { return Err("the operation takes a body that is no object".to_owned()) };
            for (sent_as, schema, required) in fields {
                let ty = self.ty(&schema, &sent_as, &camel(&sent_as), 0);
                params.push(named(&sent_as, ty, required, Place::Body));
            }
        }
        let mut names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair.first() == pair.last()) {
            Some(pair) => Err(format!("two parameters of the operation would be called `{}`", pair.concat())),
            None => Ok(params),
        }
    }

    fn answer(&mut self, operation: &Value) -> Result<String, String> {
        let responses = operation.get("responses").and_then(Value::as_object);
        let good = responses.into_iter().flatten().find(|(status, _)| status.starts_with('2'));
        let good = good.and_then(|(_, response)| json_schema(self.resolved(response)));
        let schema = good.ok_or("the operation has no answer in JSON")?;
        if self.fields(schema).is_none() {
            return Err("the operation's answer is no object".to_owned());
        }
        let name = format!("{}Answer", self.prefix);
        Ok(self.ty(&schema.clone(), "answer", &name, 0))
    }

    /// The only list of models in the answer.
    fn items(&self, answer: &str) -> Option<String> {
        let DraftKind::Model(fields) = &self.types.iter().find(|ty| ty.name == answer)?.kind else { return None };
        let mut lists = fields.iter().filter(|(_, ty, _)| ty.starts_with("list<"));
        lists.next().filter(|_| lists.next().is_none()).map(|(name, ..)| name.clone())
    }

    fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut at = value;
        for _ in 0..DEEPEST {
            let Some(reference) = at.get("$ref").and_then(Value::as_str) else { return at };
            let target = reference.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
            match target {
                Some(target) => at = target,
                None => return &Value::Null,
            }
        }
        &Value::Null
    }

    /// The fields of an object: its own, and those of what it is made of. Nothing if it is no object with fields.
    fn fields(&self, schema: &Value) -> Option<Vec<(String, Value, bool)>> {
        let schema = self.resolved(schema);
        let mut fields: Vec<(String, Value, bool)> = Vec::new();
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            fields.extend(self.fields(part).unwrap_or_default());
        }
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, of) in schema.get("properties").and_then(Value::as_object).unwrap_or(&Map::new()) {
            fields.push((name.clone(), of.clone(), required.contains(&name.as_str())));
        }
        (!fields.is_empty()).then_some(fields)
    }

    /// The type expression of a schema. `hint` names a type that the schema itself doesn't.
    fn ty(&mut self, schema: &Value, field: &str, hint: &str, depth: usize) -> String {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let hint = reference.and_then(|name| name.rsplit('/').next()).map_or(hint.to_owned(), camel);
        let schema = self.resolved(schema).clone();
        let kind =
            schema.get("type").map(|kind| kind.as_str().or(kind.get(0).and_then(Value::as_str)).unwrap_or_default());
        if depth > DEEPEST {
            return "json".to_owned();
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let values: Vec<String> = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            let text = kind.is_none_or(|kind| kind == "string") && !values.is_empty();
            return if text { self.declare(&hint, DraftKind::Enum(values)) } else { word(kind).to_owned() };
        }
        match kind {
            Some("array") => {
                let of = schema.get("items").cloned().unwrap_or_default();
                let one = hint.strip_suffix('s').unwrap_or(&hint).to_owned();
                format!("list<{}>", self.ty(&of, field, &one, depth + 1))
            }
            Some("string") => self.text(&schema, field),
            Some("integer" | "number" | "boolean") => word(kind).to_owned(),
            _ => match self.fields(&schema) {
                Some(fields) => self.model(&hint, fields, depth),
                None => match schema.get("additionalProperties").filter(|of| of.is_object()) {
                    Some(of) => format!("map<{}>", self.ty(&of.clone(), field, &hint, depth + 1)),
                    None => "json".to_owned(),
                },
            },
        }
    }

    fn text(&self, schema: &Value, field: &str) -> String {
        let id = snake(field);
        let id = id.strip_suffix("_ids").or(id.strip_suffix("_id")).unwrap_or_default();
        match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => "date-time".to_owned(),
            Some("date") => "date".to_owned(),
            Some("email") => "email".to_owned(),
            Some("uri" | "url") => "url".to_owned(),
            _ if field.ends_with("DateTime") => "date-time".to_owned(),
            _ if self.spec.service.ids.iter().any(|known| known.name == id) => format!("id<{id}>"),
            _ => "string".to_owned(),
        }
    }

    fn model(&mut self, hint: &str, fields: Vec<(String, Value, bool)>, depth: usize) -> String {
        // One that is being declared higher up holds itself; within a list that is fine, and the check tells otherwise.
        let names: Vec<String> = fields.iter().map(|(name, ..)| name.clone()).collect();
        let name = self.free_name(hint, |kind| match kind {
            Shape::Fields(have) => names.iter().all(|name| have.contains(&name.as_str())),
            Shape::Values(_) => false,
        });
        let (name, known) = name;
        if known {
            return name;
        }
        let placeholder = fields.iter().map(|(name, ..)| (name.clone(), "json".to_owned(), false)).collect();
        let at = self.types.len();
        self.types.push(DraftType { name: name.clone(), kind: DraftKind::Model(placeholder) });
        let mut written: Vec<(String, String, bool)> = Vec::new();
        for (field, schema, required) in fields {
            if written.iter().all(|(other, ..)| field_ident(other) != field_ident(&field)) {
                let ty = self.ty(&schema, &field, &format!("{name}{}", camel(&field)), depth + 1);
                written.push((field, ty, required));
            }
        }
        if let Some(ty) = self.types.get_mut(at) {
            ty.kind = DraftKind::Model(written);
        }
        name
    }

    fn declare(&mut self, hint: &str, kind: DraftKind) -> String {
        let DraftKind::Enum(values) = &kind else { return hint.to_owned() };
        let (name, known) = self.free_name(hint, |shape| match shape {
            Shape::Values(have) => values.iter().all(|value| have.contains(&value.as_str())),
            Shape::Fields(_) => false,
        });
        if !known {
            self.types.push(DraftType { name: name.clone(), kind });
        }
        name
    }

    /// A name for a type, and whether a type of this name is there that does. The second choice has the tool's name in it.
    fn free_name(&self, hint: &str, does: impl Fn(&Shape<'_>) -> bool) -> (String, bool) {
        let reserved = ["Client", "Answer", "Error", "Tool", "Value", "Date", "Input", "Id", "Result", "Option"];
        let mut name = if reserved.contains(&hint) { format!("{}{hint}", self.prefix) } else { hint.to_owned() };
        for number in 2..100 {
            let ours = self.types.iter().find(|ty| ty.name == name).map(|ty| Shape::of_draft(&ty.kind));
            let theirs = self.spec.types.iter().find(|ty| ty.name == name).map(|ty| Shape::of_type(&ty.kind));
            match ours.or(theirs) {
                None => return (name, false),
                Some(shape) if does(&shape) => return (name, true),
                Some(_) if number == 2 => name = format!("{}{hint}", self.prefix),
                Some(_) => name = format!("{}{hint}{number}", self.prefix),
            }
        }
        (name, false)
    }
}

/// What a type that is there is made of.
enum Shape<'a> {
    Fields(Vec<&'a str>),
    Values(Vec<&'a str>),
}

impl<'a> Shape<'a> {
    fn of_draft(kind: &'a DraftKind) -> Self {
        match kind {
            DraftKind::Model(fields) => Shape::Fields(fields.iter().map(|(name, ..)| name.as_str()).collect()),
            DraftKind::Enum(values) => Shape::Values(values.iter().map(String::as_str).collect()),
        }
    }

    fn of_type(kind: &'a TypeKind) -> Self {
        match kind {
            TypeKind::Model(fields) => Shape::Fields(fields.iter().map(|field| field.name.as_str()).collect()),
            TypeKind::Enum(values) => Shape::Values(values.iter().map(|value| value.name.as_str()).collect()),
        }
    }
}

fn named(sent_as: &str, ty: String, required: bool, place: Place) -> DraftParam {
    let name = snake(sent_as);
    // Every call has a method of that name.
    let name = if OF_INVOCATIONS.contains(&name.as_str()) { format!("{name}_value") } else { name };
    DraftParam { name, sent_as: sent_as.to_owned(), ty, required, place }
}

fn word(kind: Option<&str>) -> &'static str {
    match kind {
        Some("integer") => "integer",
        Some("number") => "number",
        Some("boolean") => "boolean",
        Some("string") => "string",
        _ => "json",
    }
}

/// The schema of what is sent as JSON.
fn json_schema(of: &Value) -> Option<&Value> {
    let content = of.get("content")?.as_object()?;
    content.iter().find(|(kind, _)| kind.contains("json") || kind.as_str() == "*/*")?.1.get("schema")
}
