//! The parameters that are sent in the body: its fields, or the parts of a form.

use serde_json::Value;

use super::guess::{Around, At};
use super::names::{can_be_written, last_word};
use super::params::{Reader, though};
use crate::draft::parts::{Facts, Sent};
use crate::openapi::json::{is, names, text};
use crate::openapi::media::{self, FORM, is_json};
use crate::openapi::{Field, Found, Schema};
use tool_spec::fault::listed;
use tool_spec::model::{Ty, Verb};

impl<'d> Reader<'_, 'd> {
    pub(super) fn body(&mut self) -> Result<(), String> {
        let Some(body) = self.operation.value.get("requestBody") else { return Ok(()) };
        let place = self.told().at("the body");
        let body = match self.document().find(body) {
            Found::Here(body) => body,
            Found::Lost(reference) => {
                place.lost(reference);
                return Ok(());
            }
        };
        let required = is(body, "required");
        let kinds = names(body, "content");
        let Some((kind, media)) = read_as(body) else {
            let kinds = media::forms(body);
            place.left_out(format!("it is sent as {kinds}, and a tool sends JSON or a form{}", though(required)));
            return Ok(());
        };
        let Some(schema) = media.get("schema") else {
            place.left_out("the document says nothing of what is in it");
            return Ok(());
        };
        let of = Schema::of(self.document(), schema)?;
        let fields = of.fields(self.document())?;
        if fields.is_empty() && of.types().as_slice() == ["object"] && kind != "application/json" {
            return Ok(());
        }
        if self.operation.verb == Verb::Get && kind == FORM {
            place.left_out("a request that gets sends no form");
            return Ok(());
        }
        let others: Vec<&str> = kinds.into_iter().filter(|other| *other != kind).collect();
        if !others.is_empty() {
            place.left_out(format!("it may be sent as {} too", listed(&others)));
        }
        if !is_json(kind) && kind != FORM {
            place.guessed(format!("sent as JSON, as a tool does, and by the document as `{kind}`"));
        }
        of.lost.iter().for_each(|lost| place.lost(lost));
        if fields.is_empty() {
            place.left_out(format!("it is no object with fields, and a tool sends one{}", though(required)));
            return Ok(());
        }
        if !of.variants.is_empty() {
            place.guessed(format!("the fields of all {} shapes that it may have", of.variants.len()));
        }
        if !required && fields.iter().any(|field| field.required) {
            place.guessed("required fields are required, though the body as a whole is not");
        }
        fields.iter().try_for_each(|field| self.body_field(field, kind))
    }

    fn body_field(&mut self, field: &Field<'d>, kind: &str) -> Result<(), String> {
        let place = self.told().at(format!("body `{}`", field.name));
        let is_file = field.schemas.iter().any(|schema| text(schema, "format") == Some("binary"));
        if is_file && kind != FORM {
            place.left_out("the bytes of a file, which JSON has no place for");
            return Ok(());
        }
        if !can_be_written(field.name) {
            place.left_out("its name cannot be written");
            return Ok(());
        }
        if is_file {
            self.push(field.name, Ty::File, field.required, Sent::Part, Facts::default());
            return Ok(());
        }
        // The thing that a body is of: the last word of the path.
        let around = last_word(self.operation.path).map_or(Around::Nothing, Around::Path);
        let at = At { field: field.name, hint: field.name.to_owned(), place, around };
        let made = self.types.field(field, &at)?;
        if made.read_only {
            at.place.left_out("it is never sent (`readOnly`)");
            return Ok(());
        }
        if made.nullable {
            at.place.left_out("that it may be null, which is not sent");
        }
        if kind != FORM {
            self.push(field.name, made.ty, made.required, Sent::Body, made.facts);
        } else if let Some(ty) = self.flat(&made.ty, Sent::Part, &at.place, made.required) {
            let facts = if ty == made.ty { made.facts } else { Facts::default() };
            self.push(field.name, ty, made.required, Sent::Part, facts);
        }
        Ok(())
    }
}

/// The media type by which a body is read: JSON if there is any, else a form.
fn read_as(body: &Value) -> Option<(&str, &Value)> {
    let form = |kind| media::form(body, kind);
    media::json(body).or_else(|| form("application/x-www-form-urlencoded")).or_else(|| form(FORM))
}
