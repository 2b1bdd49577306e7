//! What an operation answers with.

use serde_json::{Map, Value};

use super::document::{Found, Operation};
use super::guess::Around;
use super::params::is_json;
use super::schema::Schema;
use super::told::{Place, Told};
use super::types::{At, Made, MadeKind, Types};
use tool_spec::model::Ty;

/// The answer's model, by its number. What is no object is told, and the model has no fields then.
pub(super) fn answer<'d>(types: &mut Types<'d>, operation: &Operation<'d>, hint: &str) -> Result<Ty, String> {
    let place = Place::words("the answer");
    let responses = operation.value.get("responses").and_then(Value::as_object);
    let good = chosen(types, responses);
    tell_of_others(types.told, responses, good.as_ref().map(|(status, _)| *status));
    let Some((status, response)) = good else {
        types.told.left_out("the document has no answer of a success (2xx)", &place);
        return Ok(without_fields(types, hint));
    };
    if status == "default" {
        types.told.guessed("that of `default`, as the document has none of a success (2xx)", &place);
    }
    tell_of_response(types.told, response);
    let content = response.get("content").and_then(Value::as_object);
    let Some((_, media)) = content.and_then(media) else {
        let kinds: Vec<&str> = content.into_iter().flatten().map(|(kind, _)| kind.as_str()).collect();
        if !kinds.is_empty() {
            let what = format!(
                "it comes as {}, and a tool reads JSON: its model has no fields",
                tool_spec::fault::listed(&kinds)
            );
            types.told.left_out(what, &place);
        }
        return Ok(without_fields(types, hint));
    };
    let Some(schema) = media.get("schema") else {
        types.told.left_out("the document says nothing of what is in it: its model has no fields", &place);
        return Ok(without_fields(types, hint));
    };
    let at = At { field: "answer", hint: hint.to_owned(), place: place.clone(), around: Around::Nothing };
    let of = Schema::of(types.document, schema)?;
    for lost in &of.lost {
        types.told.left_out(format!("what `{lost}` refers to is not in the document"), &place);
    }
    if of.fields(types.document)?.is_empty() {
        let what = match of.types().as_slice() {
            ["array"] => "it is a list",
            ["object"] => "it is an object whose fields the document does not name",
            [] => "the document says nothing of what is in it",
            _ => "it is no object",
        };
        types.told.left_out(format!("{what}, and an answer is an object with fields: its model has none"), &place);
        return Ok(without_fields(types, hint));
    }
    match types.ty(schema, &at)? {
        Ty::Model(number) => Ok(Ty::Model(number)),
        other => {
            types
                .told
                .left_out(format!("it is `{other}`, and an answer is an object: its model has no fields"), &place);
            Ok(without_fields(types, hint))
        }
    }
}

fn without_fields(types: &mut Types<'_>, hint: &str) -> Ty {
    let name = super::types::type_name(hint);
    types.made.push(Made { hint: name, named: false, kind: MadeKind::Model(Vec::new()) });
    Ty::Model((types.made.len() - 1).to_string())
}

/// The answer of a success: 200 before others, one in JSON before one without.
fn chosen<'d>(types: &Types<'d>, responses: Option<&'d Map<String, Value>>) -> Option<(&'d str, &'d Value)> {
    let all = responses.into_iter().flatten().filter_map(|(status, response)| match types.document.find(response) {
        Found::Here(response) => Some((status.as_str(), response)),
        Found::Lost(reference) => {
            let what = format!("what `{reference}` refers to is not in the document");
            types.told.left_out(what, &Place::words(format!("the answer {status}")));
            None
        }
    });
    let all: Vec<(&str, &Value)> = all.collect();
    let has_json = |response: &Value| response.get("content").and_then(Value::as_object).and_then(media).is_some();
    let mut good: Vec<(&str, &Value)> = all.iter().copied().filter(|(status, _)| status.starts_with('2')).collect();
    good.sort_by_key(|(status, response)| (!has_json(response), *status));
    let default = || all.iter().copied().find(|(status, response)| *status == "default" && has_json(response));
    good.first().copied().or_else(default)
}

fn tell_of_others(told: &Told, responses: Option<&Map<String, Value>>, chosen: Option<&str>) {
    let others =
        responses.into_iter().flatten().map(|(status, _)| status.as_str()).filter(|status| Some(*status) != chosen);
    let (good, others): (Vec<&str>, Vec<&str>) = others.partition(|status| status.starts_with(['2', '3']));
    if !good.is_empty() {
        let what = format!("a tool has one answer, and the document has that of {} too", good.join(", "));
        told.left_out(what, &Place::words("the answer"));
    }
    if !others.is_empty() {
        let what = "an error is read as the service's `errors` say";
        told.left_out(what, &Place::words(format!("the answers {}", others.join(", "))));
    }
}

/// Headers and links of a response, and the other forms that it may come in.
fn tell_of_response(told: &Told, response: &Value) {
    let names = |key: &str| -> Vec<&str> {
        let of = response.get(key).and_then(Value::as_object);
        of.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    };
    for (key, what) in [("headers", "headers of the answer"), ("links", "links to other operations")] {
        if !names(key).is_empty() {
            told.left_out(format!("{what}: {}", names(key).join(", ")), &Place::words("the answer"));
        }
    }
    let content = response.get("content").and_then(Value::as_object);
    let Some((chosen, _)) = content.and_then(media) else { return };
    let others: Vec<&str> = names("content").into_iter().filter(|kind| *kind != chosen).collect();
    if !others.is_empty() {
        told.left_out(format!("it may come as {} too", tool_spec::fault::listed(&others)), &Place::words("the answer"));
    }
}

/// The JSON among the forms that an answer may come in.
fn media(content: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut json = content.iter().filter(|(kind, _)| is_json(kind));
    let plain = content.iter().find(|(kind, _)| *kind == "application/json");
    plain.or_else(|| json.next()).map(|(kind, media)| (kind.as_str(), media))
}
