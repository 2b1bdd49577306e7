//! The parameters of an operation, and the fields of its body.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::{Document, Found, Operation};
use super::guess::{self, Around};
use super::schema::{Field, Schema};
use super::settle::number_in;
use super::told::{Place, Told};
use super::types::{At, MadeField, Types};
use super::values::hidden;
use crate::author::{Facts, Place as Sent};
use tool_spec::is_word;
use tool_spec::model::{Ty, Verb};
use tool_spec::names::taken::OF_INVOCATIONS;
use tool_spec::names::{field_ident, snake};

/// A parameter of a draft.
pub(super) struct Param {
    pub(super) name: String,
    pub(super) sent_as: String,
    pub(super) ty: Ty,
    pub(super) required: bool,
    pub(super) sent: Sent,
    pub(super) facts: Facts,
}

/// What an operation takes.
pub(super) struct Reader<'t, 'd> {
    pub(super) types: &'t mut Types<'d>,
    pub(super) operation: Operation<'d>,
    pub(super) params: Vec<Param>,
}

impl<'d> Reader<'_, 'd> {
    fn told(&self) -> &'d Told {
        self.types.told
    }

    fn document(&self) -> &'d Document {
        self.types.document
    }

    /// Reads everything, and gives each parameter a name of its own.
    pub(super) fn read(mut self) -> Result<Vec<Param>, String> {
        for param in self.declared() {
            self.param(param)?;
        }
        self.undeclared();
        self.body()?;
        let told = self.told();
        name(&mut self.params, told);
        Ok(self.params)
    }

    /// The parameters, those of the operation in the place of those of its path.
    fn declared(&self) -> Vec<&'d Map<String, Value>> {
        let mut all: Vec<&'d Map<String, Value>> = Vec::new();
        let lists =
            [self.operation.item, self.operation.value].map(|at| at.get("parameters").and_then(Value::as_array));
        for param in lists.into_iter().flatten().flatten() {
            let object = match self.document().find(param) {
                Found::Here(Value::Object(object)) if object.get("name").is_some_and(Value::is_string) => object,
                Found::Here(_) => {
                    self.told().left_out("it has no name", &Place::words("a parameter"));
                    continue;
                }
                Found::Lost(reference) => {
                    let what = format!("what `{reference}` refers to is not in the document");
                    self.told().left_out(what, &Place::words("a parameter"));
                    continue;
                }
            };
            let same =
                |other: &&mut &Map<String, Value>| ["name", "in"].iter().all(|key| other.get(*key) == object.get(*key));
            match all.iter_mut().find(same) {
                Some(first) => *first = object,
                None => all.push(object),
            }
        }
        all
    }

    fn param(&mut self, param: &'d Map<String, Value>) -> Result<(), String> {
        let text = |key: &str| param.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, sent) = (text("name"), text("in"));
        let required = param.get("required") == Some(&Value::Bool(true));
        let place = Place::words(format!("{sent} `{}`", name));
        if let what @ ("header" | "cookie") = sent {
            let needed = if required { ", though it is required" } else { "" };
            self.told().left_out(format!("a tool sends no {what} of its own{needed}"), &place);
            return Ok(());
        }
        let in_path = sent == "path";
        if !in_path && sent != "query" || !can_be_written(name) {
            self.told().left_out("where or as what it is sent cannot be written", &place);
            return Ok(());
        }
        if in_path && !self.operation.path.contains(&format!("{{{name}}}")) {
            self.told().left_out("the path has no place for it", &place);
            return Ok(());
        }
        for key in
            ["allowEmptyValue", "allowReserved"].into_iter().filter(|key| param.get(*key) == Some(&Value::Bool(true)))
        {
            self.told().left_out(format!("`{key}`"), &place);
        }
        let at = At {
            field: name,
            hint: name.to_owned(),
            place: place.clone(),
            around: if in_path { around(self.operation.path, name) } else { Around::Nothing },
        };
        let schema = match (
            param.get("schema"),
            param.get("content").and_then(|content| content.as_object()?.values().next()),
        ) {
            (Some(schema), _) => schema,
            (None, content) => {
                let what =
                    if content.is_some() { "text that is itself JSON" } else { "text, as the document says no type" };
                self.told().guessed(what, &place);
                self.push(
                    name,
                    Ty::String,
                    required || in_path,
                    if in_path { Sent::Path } else { Sent::Query },
                    Facts::default(),
                );
                return Ok(());
            }
        };
        if !in_path && self.spread(param, schema, &at, required)? {
            return Ok(());
        }
        let fields = Field { name, schemas: vec![schema], required };
        let mut field = self.types.field(&fields, &at)?;
        field.facts.deprecated |= param.get("deprecated") == Some(&Value::Bool(true));
        if field.nullable {
            self.told().left_out("that it may be null, which is not sent", &place);
        }
        let Some(ty) = self.flat(field.ty.clone(), in_path, &place, required) else { return Ok(()) };
        if matches!(ty, Ty::List(_)) {
            self.tell_of_list(param, &place);
        }
        let facts = if ty == field.ty { field.facts } else { Facts { limits: Default::default(), ..field.facts } };
        self.push(name, ty, required || in_path, if in_path { Sent::Path } else { Sent::Query }, facts);
        Ok(())
    }

    /// An object in the query: a parameter for each of its fields. Tells whether it was one.
    fn spread(
        &mut self,
        param: &'d Map<String, Value>,
        schema: &'d Value,
        at: &At<'_>,
        required: bool,
    ) -> Result<bool, String> {
        let style = param.get("style").and_then(Value::as_str).unwrap_or("form");
        let explode = param.get("explode").map_or(style == "form", |explode| explode == &Value::Bool(true));
        let of = Schema::of(self.document(), schema)?;
        let is_object = of.types().as_slice() == ["object"] && of.variants.is_empty();
        if !is_object || !(style == "deepObject" || style == "form" && explode) {
            return Ok(false);
        }
        let fields = of.fields(self.document())?;
        for field in &fields {
            let sent_as =
                if style == "deepObject" { format!("{}[{}]", at.field, field.name) } else { field.name.to_owned() };
            let place = Place::words(format!("query `{}`", sent_as));
            let inner = At {
                field: field.name,
                hint: format!("{} {}", at.field, field.name),
                place: place.clone(),
                around: at.around,
            };
            let made = self.types.field(field, &inner)?;
            let Some(ty) = self.flat(made.ty.clone(), false, &place, required && field.required) else { continue };
            let facts = if ty == made.ty { made.facts } else { Facts::default() };
            self.push(&sent_as, ty, required && field.required, Sent::Query, facts);
        }
        if !fields.is_empty() {
            let what = format!("its fields are parameters of their own, sent as the style `{style}` says");
            self.told().guessed(what, &at.place);
        }
        Ok(!fields.is_empty())
    }

    /// The type of what stands in a path or a query, which is text or, in a query, a list of texts.
    fn flat(&self, ty: Ty, in_path: bool, place: &Place, required: bool) -> Option<Ty> {
        let is_model = |ty: &Ty| match ty {
            Ty::Model(_) => number_in(ty).is_some_and(|index| self.types.is_model(index)),
            Ty::Map(_) => true,
            _ => false,
        };
        let word = |ty: &Ty| (is_word(ty) || matches!(ty, Ty::Model(_))) && !is_model(ty);
        match &ty {
            Ty::List(of) if !in_path && word(of) => Some(ty),
            Ty::List(of) if !in_path && **of == Ty::Json => Some(Ty::List(Box::new(Ty::String))),
            Ty::List(of) if in_path && word(of) => {
                self.told().guessed("one text with commas, as a path has no lists", place);
                Some(Ty::String)
            }
            Ty::Json => {
                self.told().guessed("text, as the address has no other JSON", place);
                Some(Ty::String)
            }
            Ty::List(_) | Ty::Map(_) if in_path => Some(Ty::String),
            ty if word(ty) => Some(ty.clone()),
            _ if in_path => Some(Ty::String),
            _ => {
                let needed = if required { ", though it is required" } else { "" };
                self.told().left_out(format!("a query is flat, and it is an object or holds some{needed}"), place);
                None
            }
        }
    }

    fn tell_of_list(&self, param: &Map<String, Value>, place: &Place) {
        let style = param.get("style").and_then(Value::as_str).unwrap_or("form");
        let explode = param.get("explode").map_or(style == "form", |explode| explode == &Value::Bool(true));
        if style != "form" || explode {
            let how = match style {
                "pipeDelimited" => "with `|` between them",
                "spaceDelimited" => "with spaces between them",
                _ => "each under its own key",
            };
            self.told()
                .guessed(format!("its values are sent with commas between them, and by the document {how}"), place);
        }
    }

    /// What the path has places for and the document does not declare.
    fn undeclared(&mut self) {
        let path = self.operation.path;
        for name in holes(path) {
            if self.params.iter().any(|param| param.sent == Sent::Path && param.sent_as == name) {
                continue;
            }
            let place = Place::words(format!("path `{name}`"));
            let at = At { field: name, hint: String::new(), place: place.clone(), around: around(path, name) };
            let ty = guess::known_id(&at, self.types.spec).map_or(Ty::String, Ty::Id);
            self.told().guessed(format!("`{ty}`, as the document does not declare it"), &place);
            self.push(name, ty, true, Sent::Path, Facts::default());
        }
    }

    fn body(&mut self) -> Result<(), String> {
        let Some(body) = self.operation.value.get("requestBody") else { return Ok(()) };
        let place = Place::words("the body");
        let body = match self.document().find(body) {
            Found::Here(body) => body,
            Found::Lost(reference) => {
                self.told().left_out(format!("what `{reference}` refers to is not in the document"), &place);
                return Ok(());
            }
        };
        let content = body.get("content").and_then(Value::as_object);
        let required = body.get("required") == Some(&Value::Bool(true));
        let Some((kind, media)) = content.and_then(|content| body_media(content)) else {
            let kinds: Vec<&str> = content.into_iter().flatten().map(|(kind, _)| kind.as_str()).collect();
            let needed = if required { ", though it is required" } else { "" };
            self.told().left_out(format!("it is sent as {}, and a tool sends JSON{needed}", listed(&kinds)), &place);
            return Ok(());
        };
        let Some(schema) = media.get("schema") else {
            self.told().left_out("the document says nothing of what is in it", &place);
            return Ok(());
        };
        let of = Schema::of(self.document(), schema)?;
        let fields = of.fields(self.document())?;
        if fields.is_empty() && of.types().as_slice() == ["object"] && kind != "application/json" {
            return Ok(());
        }
        if self.operation.verb == Verb::Get {
            self.told().left_out("a request that gets has no body", &place);
            return Ok(());
        }
        self.tell_of_media(content, kind, &place);
        for lost in &of.lost {
            self.told().left_out(format!("what `{lost}` refers to is not in the document"), &place);
        }
        if fields.is_empty() {
            let needed = if required { ", though it is required" } else { "" };
            self.told().left_out(format!("it is no object with fields, and a tool sends one{needed}"), &place);
            return Ok(());
        }
        if !of.variants.is_empty() {
            self.told().guessed(format!("the fields of all {} shapes that it may have", of.variants.len()), &place);
        }
        if !required && fields.iter().any(|field| field.required) {
            self.told().guessed("required fields are required, though the body as a whole is not", &place);
        }
        self.body_fields(&fields, kind)
    }

    fn body_fields(&mut self, fields: &[Field<'d>], kind: &str) -> Result<(), String> {
        for field in fields {
            let place = Place::words(format!("body `{}`", field.name));
            let binary =
                field.schemas.iter().any(|schema| schema.get("format").and_then(Value::as_str) == Some("binary"));
            if !can_be_written(field.name) || binary {
                let what = if binary {
                    "the bytes of a file, which JSON has no place for"
                } else {
                    "its name cannot be written"
                };
                self.told().left_out(what, &place);
                continue;
            }
            let around = around_body(self.operation.path);
            let at = At { field: field.name, hint: field.name.to_owned(), place: place.clone(), around };
            let MadeField { ty, required, nullable, facts, read_only, .. } = self.types.field(field, &at)?;
            if read_only {
                self.told().left_out("it is never sent (`readOnly`)", &place);
                continue;
            }
            if nullable {
                self.told().left_out("that it may be null, which is not sent", &place);
            }
            if kind == "multipart/form-data" && matches!(ty, Ty::Model(_) | Ty::List(_)) {
                self.told().guessed("sent within JSON, and by the document as a part", &place);
            }
            self.push(field.name, ty, required, Sent::Body, facts);
        }
        Ok(())
    }

    fn tell_of_media(&self, content: Option<&Map<String, Value>>, kind: &str, place: &Place) {
        let others: Vec<&str> =
            content.into_iter().flatten().map(|(other, _)| other.as_str()).filter(|other| *other != kind).collect();
        if !others.is_empty() {
            self.told().left_out(format!("it may be sent as {} too", listed(&others)), place);
        }
        if !is_json(kind) {
            self.told().guessed(format!("sent as JSON, as a tool does, and by the document as `{kind}`"), place);
        }
    }

    fn push(&mut self, sent_as: &str, ty: Ty, required: bool, sent: Sent, facts: Facts) {
        if self.params.iter().any(|param| param.sent == sent && param.sent_as == sent_as) {
            let place = Place::words(format!("`{}`", sent_as));
            self.told().left_out("it is sent under a name that another is sent under", &place);
            return;
        }
        self.params.push(Param { name: String::new(), sent_as: sent_as.to_owned(), ty, required, sent, facts });
    }
}

/// Gives each parameter a name that is free, those of the path first.
fn name(params: &mut [Param], told: &Told) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut order: Vec<usize> = (0..params.len()).collect();
    order.sort_by_key(|index| match params.get(*index).map(|param| param.sent) {
        Some(Sent::Path) => 0,
        Some(Sent::Query) => 1,
        _ => 2,
    });
    for index in order {
        let Some(param) = params.get_mut(index) else { continue };
        let place = match param.sent {
            Sent::Path => "path",
            Sent::Query => "query",
            Sent::Body => "body",
        };
        let best = snake(&param.sent_as);
        let best = if best.is_empty() { format!("{place}_value") } else { best };
        let free =
            |name: &str| !taken.contains(&field_ident(name)) && !OF_INVOCATIONS.contains(&field_ident(name).as_str());
        let second = if OF_INVOCATIONS.contains(&field_ident(&best).as_str()) {
            format!("{best}_value")
        } else {
            format!("{place}_{best}")
        };
        let numbered = (2..).map(|number| format!("{best}_n{number}"));
        let mut all = [best.clone(), second].into_iter().chain(numbered);
        let name = all.find(|name| free(name)).unwrap_or_default();
        if name != best {
            let what = format!("called `{name}`, as `{best}` is another's name");
            told.guessed(what, &Place::words(format!("{place} `{}`", param.sent_as)));
        }
        taken.insert(field_ident(&name));
        param.name = name;
    }
}

/// Whether a name can stand in a template as it is.
pub(super) fn can_be_written(name: &str) -> bool {
    !name.is_empty() && name.trim() == name && !name.ends_with('!') && !name.chars().any(hidden)
}

fn listed(kinds: &[&str]) -> String {
    if kinds.is_empty() { "nothing that is named".to_owned() } else { tool_spec::fault::listed(kinds) }
}

/// The media type by which a body is read: JSON if there is any, else a form.
fn body_media(content: &Map<String, Value>) -> Option<(&str, &Value)> {
    let of = |wanted: &dyn Fn(&str) -> bool| {
        content.iter().find(|(kind, _)| wanted(kind)).map(|(kind, of)| (kind.as_str(), of))
    };
    of(&|kind| kind == "application/json")
        .or_else(|| of(&is_json))
        .or_else(|| of(&|kind| kind.starts_with("application/x-www-form-urlencoded")))
        .or_else(|| of(&|kind| kind.starts_with("multipart/form-data")))
}

/// Whether a media type is JSON, or may be.
pub(super) fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.ends_with("/json") || kind.ends_with("+json") || matches!(kind.as_str(), "*/*" | "application/*")
}

/// The names in braces in a path.
pub(super) fn holes(path: &str) -> Vec<&str> {
    let mut holes: Vec<&str> = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    holes.dedup();
    holes
}

/// The word before a parameter in a path.
fn around<'p>(path: &'p str, name: &str) -> Around<'p> {
    let hole = format!("{{{name}}}");
    let before = path.split(hole.as_str()).next().unwrap_or_default();
    let word = before.rsplit('/').find(|part| !part.is_empty());
    word.filter(|word| !word.contains('{')).map_or(Around::Nothing, Around::Path)
}

/// The thing that a body is of: the last word of the path.
fn around_body(path: &str) -> Around<'_> {
    let last = path.rsplit('/').find(|part| !part.is_empty() && !part.contains('{'));
    last.map_or(Around::Nothing, Around::Path)
}
