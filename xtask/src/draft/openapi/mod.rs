//! An operation of an OpenAPI document as a draft. Names, types, limits and what is required are taken over; texts are
//! not. What is guessed, and what of the document has no place in the language, is listed with the draft.

mod answer;
mod body;
mod effect;
mod facts;
mod guess;
mod known;
mod made;
mod names;
mod params;
mod scopes;
mod settle;
mod told;
mod types;
mod values;

use super::parts::{Draft, Param, Sent};
use crate::openapi::json::is;
use crate::openapi::{Document, Operation};
use params::Reader;
use settle::{Wanted, settle};
use told::Told;
use tool_spec::model::{Effect, Spec, Ty};
use tool_spec::names::camel;
use types::Types;

/// The draft of a tool from an operation such as `POST /v2/meetings`.
pub(crate) fn from_openapi(
    document: &Document,
    operation: &str,
    name: &str,
    group: &str,
    spec: &Spec,
) -> Result<Draft, String> {
    let operation = document.operation(operation)?;
    let told = Told::default();
    let mut types = Types::new(document, spec, &told);
    let prefix = camel(name.split_once('_').map_or(name, |(_, rest)| rest));
    let mut reader = Reader { types: &mut types, operation, params: Vec::new() };
    reader.address()?;
    reader.body()?;
    let mut params = reader.named();
    let answer = answer::answer(&mut types, &operation, &format!("{prefix} answer"))?;
    types.finish()?;
    page(&mut types, &answer, &params);
    let (effect, because) = effect::effect(&operation);
    told.at("the effect").guessed(format!("`{}`, {because}", effect.as_str()));
    let (path, fixed) = path(document, &operation, &params, &told);
    let scopes = scopes::scopes(document, &operation, &told);
    let deprecated = is(operation.value, "deprecated");
    for (key, what) in [("callbacks", "its callbacks"), ("servers", "servers of its own")] {
        if [operation.value, operation.item].iter().any(|at| at.get(key).is_some()) {
            told.at("the operation").left_out(what);
        }
    }
    if deprecated {
        told.at("the operation").guessed("deprecated: say why, and what to use instead");
    }
    let goes_in = params.iter().map(|param| &param.ty).collect();
    let wanted = Wanted { spec, told: &told, params: goes_in, answer: &answer, prefix: &prefix };
    let (settled, types) = settle(types.made, &wanted);
    params.iter_mut().for_each(|param| param.ty = settled.ty(&param.ty));
    let answer = settled.ty(&answer).to_string();
    let effect_word = Some(effect.as_str().to_owned());
    let draft = Draft::new(name, group, operation.verb, &path, &answer);
    let mut draft = Draft { effect: effect_word, fixed, scopes, deprecated, params, types, ..draft };
    if effect == Effect::Read {
        draft.items = items(&draft, spec, &operation);
    }
    if let Some(items) = &draft.items {
        told.at("the items").guessed(format!("`{items}`, the only list of models in the answer"));
    }
    (draft.guessed, draft.left_out) = told.lists(|index| settled.name(index));
    Ok(draft)
}

/// A page of the service's whose next one the operation cannot ask for is none.
fn page(types: &mut Types<'_>, answer: &Ty, params: &[Param]) {
    let (envelope, cursor) = (&types.spec.service.paging_envelope, &types.spec.service.paging_cursor);
    let asks = params.iter().any(|param| param.sent_as == *cursor && param.ty == Ty::String && !param.required);
    let Some(top) = made::number_in(answer).filter(|_| !asks) else { return };
    let Some(field) = made::fields(&types.made, top).iter().find(|field| field.name == *envelope) else { return };
    let inner = made::number_in(&field.ty).map_or(&[][..], |number| made::fields(&types.made, number));
    if inner.iter().any(|field| field.name == *cursor) {
        types.told.field(top, envelope).guessed("any JSON, as it has a cursor and the operation takes none");
        let fields = made::fields_mut(&mut types.made, top).iter_mut();
        fields.filter(|field| field.name == *envelope).for_each(|field| field.ty = Ty::Json);
    }
}

/// The only list of models in an answer that is a list for the rest.
fn items(draft: &Draft, spec: &Spec, operation: &Operation<'_>) -> Option<String> {
    let is_model = |ty: &Ty| match ty {
        Ty::Model(name) => draft.fields(name, spec).is_some(),
        _ => false,
    };
    let fields = draft.fields(&draft.answer, spec)?;
    let paged = fields.iter().any(|field| field.name == spec.service.paging_envelope);
    // One thing with a list in it has no items: it is asked for by its id, or it has more to say than its list.
    let one_thing = operation.path.trim_end_matches('/').ends_with('}')
        || fields.iter().filter(|field| !is_model(&field.ty)).count() > 5;
    let mut lists = fields.iter().filter_map(|field| match &field.ty {
        Ty::List(of) => Some((&field.name, of)),
        _ => None,
    });
    let (name, of) = lists.next().filter(|_| lists.next().is_none())?;
    (is_model(of) && (paged || !one_thing)).then(|| name.clone())
}

/// The path as the draft has it, and what stands behind its `?`.
fn path(
    document: &Document,
    operation: &Operation<'_>,
    params: &[Param],
    told: &Told,
) -> (String, Vec<(String, String)>) {
    let place = told.at("the path");
    let (host, before) = document.server().unwrap_or_default();
    if !before.is_empty() {
        place.guessed(format!("begins with `{before}`, as the document's server does"));
    }
    if !host.is_empty() {
        told.at(format!("the server `{host}`")).left_out("the host is that of the service");
    }
    let (path, fragment) = operation.path.split_once('#').unwrap_or((operation.path, ""));
    if !fragment.is_empty() {
        place.left_out(format!("`#{fragment}`, which is not sent"));
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let fixed = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.to_owned())
    });
    let mut path = path.to_owned();
    for param in params.iter().filter(|param| param.sent == Sent::Path) {
        path = path.replace(&format!("{{{}}}", param.sent_as), &format!("{{{}}}", param.name));
    }
    (format!("{before}/{}", path.trim_start_matches('/')), fixed.collect())
}

#[cfg(test)]
mod tests;
