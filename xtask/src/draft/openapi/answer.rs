//! What an operation answers with.

use serde_json::Value;

use super::guess::{Around, At};
use super::made::{Kind, Type};
use super::names::type_name;
use super::told::{Place, Told};
use super::types::Types;
use crate::openapi::json::{members, names};
use crate::openapi::{Found, Operation, Schema, media};
use tool_spec::fault::listed;
use tool_spec::model::Ty;

/// The answer's model, by its number. What is no object is told, and the model has no fields then.
pub(super) fn answer<'d>(types: &mut Types<'d>, operation: &Operation<'d>, hint: &str) -> Result<Ty, String> {
    let place = types.told.at("the answer");
    if let Some(schema) = schema(types, operation, &place)
        && let Some(ty) = object(types, schema, hint, &place)?
    {
        return Ok(ty);
    }
    Ok(types.add(Type { name: type_name(hint), named: false, kind: Kind::Model(Vec::new()) }))
}

/// The schema of the answer of a success.
fn schema<'d>(types: &Types<'d>, operation: &Operation<'d>, place: &Place<'_>) -> Option<&'d Value> {
    let good = chosen(types, operation.value);
    tell_of_others(types.told, operation.value, good.map(|(status, _)| status));
    let Some((status, response)) = good else {
        place.left_out("the document has no answer of a success (2xx)");
        return None;
    };
    if status == "default" {
        place.guessed("that of `default`, as the document has none of a success (2xx)");
    }
    for (key, what) in [("headers", "headers of the answer"), ("links", "links to other operations")] {
        if !names(response, key).is_empty() {
            place.left_out(format!("{what}: {}", names(response, key).join(", ")));
        }
    }
    let kinds = names(response, "content");
    let Some((kind, media)) = media::json(response) else {
        if !kinds.is_empty() {
            place.left_out(format!("it comes as {}, and a tool reads JSON: its model has no fields", listed(&kinds)));
        }
        return None;
    };
    let others: Vec<&str> = kinds.into_iter().filter(|other| *other != kind).collect();
    if !others.is_empty() {
        place.left_out(format!("it may come as {} too", listed(&others)));
    }
    let schema = media.get("schema");
    if schema.is_none() {
        place.left_out("the document says nothing of what is in it: its model has no fields");
    }
    schema
}

/// The model of an object; of anything else it is told what it is.
fn object<'d>(types: &mut Types<'d>, schema: &'d Value, hint: &str, place: &Place<'d>) -> Result<Option<Ty>, String> {
    let of = Schema::of(types.document, schema)?;
    of.lost.iter().for_each(|lost| place.lost(lost));
    if of.fields(types.document)?.is_empty() {
        let what = match of.types().as_slice() {
            ["array"] => "it is a list",
            ["object"] => "it is an object whose fields the document does not name",
            [] => "the document says nothing of what is in it",
            _ => "it is no object",
        };
        place.left_out(format!("{what}, and an answer is an object with fields: its model has none"));
        return Ok(None);
    }
    let at = At { field: "answer", hint: hint.to_owned(), place: place.clone(), around: Around::Nothing };
    let ty = types.within(schema, &at, 0)?;
    if !matches!(ty, Ty::Model(_)) {
        place.left_out(format!("it is `{ty}`, and an answer is an object: its model has no fields"));
        return Ok(None);
    }
    Ok(Some(ty))
}

/// The answer of a success: 200 before others, one in JSON before one without.
fn chosen<'d>(types: &Types<'d>, operation: &'d Value) -> Option<(&'d str, &'d Value)> {
    let all = members(operation, "responses").filter_map(|(status, response)| match types.document.find(response) {
        Found::Here(response) => Some((status, response)),
        Found::Lost(reference) => {
            types.told.at(format!("the answer {status}")).lost(reference);
            None
        }
    });
    let (mut good, others): (Vec<_>, Vec<_>) = all.partition(|(status, _)| status.starts_with('2'));
    good.sort_by_key(|(status, response)| (media::json(response).is_none(), *status));
    let default = others.into_iter().find(|(status, response)| *status == "default" && media::json(response).is_some());
    good.first().copied().or(default)
}

fn tell_of_others(told: &Told, operation: &Value, chosen: Option<&str>) {
    let others = names(operation, "responses").into_iter().filter(|status| Some(*status) != chosen);
    let (good, others): (Vec<&str>, Vec<&str>) = others.partition(|status| status.starts_with(['2', '3']));
    if !good.is_empty() {
        let what = format!("a tool has one answer, and the document has that of {} too", good.join(", "));
        told.at("the answer").left_out(what);
    }
    if !others.is_empty() {
        told.at(format!("the answers {}", others.join(", ")))
            .left_out("an error is read as the service's `errors` say");
    }
}
