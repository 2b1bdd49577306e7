//! The parameters of an operation: those of its address and, in [`body`](super::body), the fields of its body.

use std::collections::BTreeSet;

use serde_json::Value;

use super::guess::{self, Around, At};
use super::names::can_be_written;
use super::told::{Place, Told};
use super::types::Types;
use crate::draft::parts::{Facts, Param, Sent};
use crate::openapi::json::{is, names, text};
use crate::openapi::{self, Document, Operation, Schema, Slip, holes};
use tool_spec::is_word;
use tool_spec::model::Ty;
use tool_spec::names::taken::OF_BUILDERS;
use tool_spec::names::{field_ident, snake};

/// What an operation takes.
pub(super) struct Reader<'t, 'd> {
    pub(super) types: &'t mut Types<'d>,
    pub(super) operation: Operation<'d>,
    pub(super) params: Vec<Param>,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn told(&self) -> &'d Told {
        self.types.told
    }

    pub(super) fn document(&self) -> &'d Document {
        self.types.document
    }

    /// Reads what stands in the path and the query.
    pub(super) fn address(&mut self) -> Result<(), String> {
        for param in self.declared() {
            self.param(param)?;
        }
        self.undeclared();
        Ok(())
    }

    /// The parameters, those of the operation in the place of those of its path.
    fn declared(&self) -> Vec<&'d Value> {
        let place = self.told().at("a parameter");
        let (all, slips) = openapi::params(self.document(), &self.operation);
        for slip in slips {
            match slip {
                Slip::Nameless => place.left_out("it has no name"),
                Slip::Lost(reference) => place.lost(reference),
            }
        }
        all
    }

    fn param(&mut self, param: &'d Value) -> Result<(), String> {
        let (name, of) = (text(param, "name").unwrap_or_default(), text(param, "in").unwrap_or_default());
        let place = self.told().at(format!("{of} `{name}`"));
        let sent = match of {
            "path" => Sent::Path,
            "header" | "cookie" => {
                let needed = though(is(param, "required"));
                place.left_out(format!("a tool sends no {of} of its own{needed}"));
                return Ok(());
            }
            _ => Sent::Query,
        };
        let in_path = sent == Sent::Path;
        if sent.as_str() != of || !can_be_written(name) {
            place.left_out("where or as what it is sent cannot be written");
            return Ok(());
        }
        if in_path && !self.operation.path.contains(&format!("{{{name}}}")) {
            place.left_out("the path has no place for it");
            return Ok(());
        }
        for key in ["allowEmptyValue", "allowReserved"].into_iter().filter(|key| is(param, key)) {
            place.left_out(format!("`{key}`"));
        }
        let required = in_path || is(param, "required");
        let Some(schema) = param.get("schema") else {
            let is_json = !names(param, "content").is_empty();
            place.guessed(if is_json { "text that is itself JSON" } else { "text, as the document says no type" });
            self.push(name, Ty::String, required, sent, Facts::default());
            return Ok(());
        };
        let around = if in_path { around(self.operation.path, name) } else { Around::Nothing };
        let at = At { field: name, hint: name.to_owned(), place, around };
        if !in_path && self.spread(param, schema, &at, required)? {
            return Ok(());
        }
        let mut field = self.types.field(&openapi::Field { name, schemas: vec![schema], required }, &at)?;
        field.facts.deprecated |= is(param, "deprecated");
        if field.nullable {
            at.place.left_out("that it may be null, which is not sent");
        }
        let Some(ty) = self.flat(&field.ty, sent, &at.place, required) else { return Ok(()) };
        if matches!(ty, Ty::List(_)) {
            tell_of_list(param, &at.place);
        }
        let facts = if ty == field.ty { field.facts } else { Facts { limits: Default::default(), ..field.facts } };
        self.push(name, ty, required, sent, facts);
        Ok(())
    }

    /// An object in the query: a parameter for each of its fields. Tells whether it was one.
    fn spread(&mut self, param: &'d Value, schema: &'d Value, at: &At<'_>, required: bool) -> Result<bool, String> {
        let (style, explode) = style(param);
        let of = Schema::of(self.document(), schema)?;
        let is_object = of.types().as_slice() == ["object"] && of.variants.is_empty();
        if !is_object || !(style == "deepObject" || style == "form" && explode) {
            return Ok(false);
        }
        let fields = of.fields(self.document())?;
        for field in &fields {
            let sent_as =
                if style == "deepObject" { format!("{}[{}]", at.field, field.name) } else { field.name.to_owned() };
            let inner = At {
                field: field.name,
                hint: format!("{} {}", at.field, field.name),
                place: self.told().at(format!("query `{sent_as}`")),
                around: at.around,
            };
            let made = self.types.field(field, &inner)?;
            let required = required && field.required;
            let Some(ty) = self.flat(&made.ty, Sent::Query, &inner.place, required) else { continue };
            let facts = if ty == made.ty { made.facts } else { Facts::default() };
            self.push(&sent_as, ty, required, Sent::Query, facts);
        }
        if !fields.is_empty() {
            at.place.guessed(format!("its fields are parameters of their own, sent as the style `{style}` says"));
        }
        Ok(!fields.is_empty())
    }

    /// The type of what stands in a path, a query or a form, which is text or, but for a path, a list of texts.
    pub(super) fn flat(&self, ty: &Ty, sent: Sent, place: &Place<'_>, required: bool) -> Option<Ty> {
        let in_path = sent == Sent::Path;
        let word = |ty: &Ty| match ty {
            Ty::Model(number) => !self.types.is_model(number),
            ty => is_word(ty),
        };
        match ty {
            Ty::List(of) if in_path && word(of) => {
                place.guessed("one text with commas, as a path has no lists");
                Some(Ty::String)
            }
            Ty::List(of) if !in_path && word(of) => Some(ty.clone()),
            Ty::List(of) if !in_path && **of == Ty::Json => Some(Ty::List(Box::new(Ty::String))),
            Ty::Json => {
                place.guessed(format!(
                    "text, as {} has no other JSON",
                    if sent == Sent::Part { "a form" } else { "the address" }
                ));
                Some(Ty::String)
            }
            ty if word(ty) => Some(ty.clone()),
            _ if in_path => Some(Ty::String),
            _ => {
                let what = if sent == Sent::Part { "form" } else { "query" };
                place.left_out(format!("a {what} is flat, and it is an object or holds some{}", though(required)));
                None
            }
        }
    }

    /// What the path has places for and the document does not declare.
    fn undeclared(&mut self) {
        let path = self.operation.path;
        for name in holes(path) {
            if self.params.iter().any(|param| param.sent == Sent::Path && param.sent_as == name) {
                continue;
            }
            let place = self.told().at(format!("path `{name}`"));
            let at = At { field: name, hint: String::new(), place, around: around(path, name) };
            let ty = guess::known_id(&at, self.types.spec).map_or(Ty::String, Ty::Id);
            at.place.guessed(format!("`{ty}`, as the document does not declare it"));
            self.push(name, ty, true, Sent::Path, Facts::default());
        }
    }

    pub(super) fn push(&mut self, sent_as: &str, ty: Ty, required: bool, sent: Sent, facts: Facts) {
        if self.params.iter().any(|param| param.sent == sent && param.sent_as == sent_as) {
            self.told().at(format!("`{sent_as}`")).left_out("it is sent under a name that another is sent under");
            return;
        }
        self.params.push(Param { name: String::new(), sent_as: sent_as.to_owned(), ty, required, sent, facts });
    }

    /// Gives each parameter a name that is free, those of the path first.
    pub(super) fn named(mut self) -> Vec<Param> {
        let told = self.told();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut order: Vec<&mut Param> = self.params.iter_mut().collect();
        order.sort_by_key(|param| param.sent);
        for param in order {
            let place = param.sent.as_str();
            let best = Some(snake(&param.sent_as)).filter(|name| !name.is_empty());
            let best = best.unwrap_or_else(|| format!("{place}_value"));
            let of_builders = |name: &str| OF_BUILDERS.contains(&field_ident(name).as_str());
            let free = |name: &String| !taken.contains(&field_ident(name)) && !of_builders(name);
            let second = if of_builders(&best) { format!("{best}_value") } else { format!("{place}_{best}") };
            let numbered = (2..).map(|number| format!("{best}_n{number}"));
            param.name = [best.clone(), second].into_iter().chain(numbered).find(free).unwrap_or_default();
            if param.name != best {
                let what = format!("called `{}`, as `{best}` is another's name", param.name);
                told.at(format!("{place} `{}`", param.sent_as)).guessed(what);
            }
            taken.insert(field_ident(&param.name));
        }
        self.params
    }
}

/// What is added where something that is left out must be given.
pub(super) fn though(required: bool) -> &'static str {
    if required { ", though it is required" } else { "" }
}

/// How a parameter of several values is sent, and whether each has a key of its own.
fn style(param: &Value) -> (&str, bool) {
    let style = text(param, "style").unwrap_or("form");
    (style, param.get("explode").map_or(style == "form", |explode| explode == &Value::Bool(true)))
}

fn tell_of_list(param: &Value, place: &Place<'_>) {
    let how = match style(param) {
        ("form", false) => return,
        ("pipeDelimited", _) => "with `|` between them",
        ("spaceDelimited", _) => "with spaces between them",
        _ => "each under its own key",
    };
    place.guessed(format!("its values are sent with commas between them, and by the document {how}"));
}

/// The word before a parameter in a path.
fn around<'p>(path: &'p str, name: &str) -> Around<'p> {
    let hole = format!("{{{name}}}");
    let before = path.split(hole.as_str()).next().unwrap_or_default();
    let word = before.rsplit('/').find(|part| !part.is_empty());
    word.filter(|word| !word.contains('{')).map_or(Around::Nothing, Around::Path)
}
