//! An operation of an OpenAPI document as a draft. Names, types, limits and what is required are taken over; texts are
//! not. What is guessed, and what of the document has no place in the language, is listed with the draft.

mod answer;
mod document;
mod effect;
mod facts;
mod guess;
mod known;
mod params;
mod schema;
mod settle;
mod told;
mod types;
mod values;

use serde_json::Value;

pub use document::Document;

use super::{Draft, DraftKind, DraftParam, Place as Sent};
use document::Operation;
use params::Param;
use settle::Wanted;
use told::{Place, Told};
use tool_spec::model::{Effect, Spec, Ty};
use tool_spec::names::camel;
use types::{MadeKind, Types};

/// The draft of a tool from an operation such as `POST /v2/meetings`.
///
/// # Errors
/// A sentence, where the operation is not in the document or cannot be read.
pub fn from_openapi(
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
    let params = params::Reader { types: &mut types, operation, params: Vec::new() }.read()?;
    let answer = answer::answer(&mut types, &operation, &format!("{prefix} answer"))?;
    types.finish()?;
    page(&mut types, &answer, &params);
    let (effect, because) = effect::effect(&operation);
    told.guessed(format!("`{}`, {because}", effect.as_str()), &Place::words("the effect"));
    let (path, fixed) = path(document, &operation, &params, &told);
    let scopes = scopes(document, &operation, &told);
    tell_of_operation(&operation, &told);
    let wanted = Wanted {
        spec,
        told: &told,
        params: params.iter().map(|param| &param.ty).collect(),
        answer: &answer,
        prefix: &prefix,
    };
    let settled = settle::settle(std::mem::take(&mut types.made), &wanted);
    let mut draft = Draft {
        name: name.to_owned(),
        group: group.to_owned(),
        effect: Some(effect.as_str().to_owned()),
        verb: operation.verb,
        path,
        fixed,
        scopes,
        answer: settled.written(&answer),
        items: None,
        deprecated: operation.value.get("deprecated") == Some(&Value::Bool(true)),
        params: params
            .iter()
            .map(|param| DraftParam {
                name: param.name.clone(),
                sent_as: param.sent_as.clone(),
                ty: settled.written(&param.ty),
                required: param.required,
                place: param.sent,
                facts: param.facts.clone(),
            })
            .collect(),
        types: settled.types.clone(),
        guessed: Vec::new(),
        left_out: Vec::new(),
    };
    if effect == Effect::Read {
        draft.items = items(&draft, spec, &operation);
    }
    if let Some(items) = &draft.items {
        told.guessed(format!("`{items}`, the only list of models in the answer"), &Place::words("the items"));
    }
    (draft.guessed, draft.left_out) = told.lists(|index| settled.name(index));
    Ok(draft)
}

/// A page of the service's whose next one the operation cannot ask for is none.
fn page(types: &mut Types<'_>, answer: &Ty, params: &[Param]) {
    let service = &types.spec.service;
    let (envelope, cursor) = (service.paging_envelope.clone(), service.paging_cursor.clone());
    let asks = params.iter().any(|param| param.sent_as == cursor && param.ty == Ty::String && !param.required);
    let Some(top) = settle::number_in(answer).filter(|_| !asks) else { return };
    let fields_of = |number: usize, types: &Types<'_>| match types.made.get(number).map(|made| &made.kind) {
        Some(MadeKind::Model(fields)) => fields.clone(),
        _ => Vec::new(),
    };
    let of_top = fields_of(top, types);
    let Some(field) = of_top.iter().find(|field| field.name == envelope) else { return };
    let inner = settle::number_in(&field.ty).map(|number| fields_of(number, types)).unwrap_or_default();
    if !inner.iter().any(|field| field.name == cursor) {
        return;
    }
    let what = "any JSON, as it has a cursor and the operation takes none";
    types.told.guessed(what, &Place::Field(top, envelope.clone()));
    if let Some(MadeKind::Model(fields)) = types.made.get_mut(top).map(|made| &mut made.kind) {
        fields.iter_mut().filter(|field| field.name == envelope).for_each(|field| field.ty = Ty::Json);
    }
}

/// The only list of models in an answer that is a list for the rest.
fn items(draft: &Draft, spec: &Spec, operation: &Operation<'_>) -> Option<String> {
    let is_model = |name: &str| {
        let drafted = draft.types.iter().any(|ty| ty.name == name && matches!(ty.kind, DraftKind::Model(_)));
        drafted
            || spec.types.iter().any(|ty| ty.name == name && matches!(ty.kind, tool_spec::model::TypeKind::Model(_)))
    };
    let fields: Vec<(String, String)> = match draft.types.iter().find(|ty| ty.name == draft.answer).map(|ty| &ty.kind) {
        Some(DraftKind::Model(fields)) => fields.iter().map(|field| (field.name.clone(), field.ty.clone())).collect(),
        Some(DraftKind::Enum(_)) => return None,
        None => spec.fields(&draft.answer).iter().map(|field| (field.name.clone(), field.ty.to_string())).collect(),
    };
    let of = |ty: &str| ty.strip_prefix("list<").and_then(|ty| ty.strip_suffix('>')).map(str::to_owned);
    let paged = fields.iter().any(|(name, _)| *name == spec.service.paging_envelope);
    let mut lists = fields.iter().filter(|(_, ty)| of(ty).is_some());
    let (name, ty) = lists.next().filter(|_| lists.next().is_none())?;
    // One thing with a list in it has no items: it is asked for by its id, or it has more to say than its list.
    let one_thing = operation.path.trim_end_matches('/').ends_with('}')
        || fields.iter().filter(|(_, ty)| !is_model(ty)).count() > 5;
    (of(ty).is_some_and(|of| is_model(&of)) && (paged || !one_thing)).then(|| name.clone())
}

/// The path as the draft has it, and what stands behind its `?`.
fn path(
    document: &Document,
    operation: &Operation<'_>,
    params: &[Param],
    told: &Told,
) -> (String, Vec<(String, String)>) {
    let place = Place::words("the path");
    let (host, before) = document.server().unwrap_or_default();
    if !before.is_empty() {
        told.guessed(format!("begins with `{before}`, as the document's server does"), &place);
    }
    if !host.is_empty() {
        told.left_out("the host is that of the service", &Place::words(format!("the server `{host}`")));
    }
    let (path, fragment) = operation.path.split_once('#').unwrap_or((operation.path, ""));
    if !fragment.is_empty() {
        told.left_out(format!("`#{fragment}`, which is not sent"), &place);
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
    let path = format!("{before}/{}", path.trim_start_matches('/'));
    (path, fixed.collect())
}

/// The scopes that the operation's security or its text names: facts, not sentences.
fn scopes(document: &Document, operation: &Operation<'_>, told: &Told) -> Vec<String> {
    let place = Place::words("the scope");
    let security = operation.value.get("security").or(document.security()).and_then(Value::as_array);
    let mut scopes: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut schemes: Vec<&str> = Vec::new();
    for (index, way) in security.into_iter().flatten().enumerate() {
        for (scheme, named) in way.as_object().into_iter().flatten() {
            schemes.push(scheme);
            let named = named.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            if scopes.is_empty() || index == 0 { scopes.extend(named) } else { others.extend(named) }
        }
    }
    let text = operation.value.get("description").and_then(Value::as_str).unwrap_or_default();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ":-_".contains(c)));
    let mut written =
        words.map(|word| word.trim_end_matches(':')).filter(|word| word.starts_with("api:") && word.len() > 4);
    if let Some(first) = written.next().filter(|_| scopes.is_empty()) {
        scopes.push(first.to_owned());
        told.guessed(format!("`{first}`, the first that its text names"), &place);
        others.extend(written.map(str::to_owned));
    }
    scopes.retain(|scope| params::can_be_written(scope));
    let mut seen = std::collections::BTreeSet::new();
    scopes.retain(|scope| seen.insert(scope.clone()));
    others.retain(|scope| seen.insert(scope.clone()));
    if !others.is_empty() {
        told.left_out(format!("the document names {} too", tool_spec::fault::listed(&others)), &place);
    }
    if scopes.is_empty() {
        told.guessed("none, as the document names none: say which one a token needs", &place);
    }
    schemes.sort_unstable();
    schemes.dedup();
    if !schemes.is_empty() {
        let what = "who signs in, and how, is said of the service";
        told.left_out(what, &Place::words(format!("the security {}", tool_spec::fault::listed(&schemes))));
    }
    scopes
}

fn tell_of_operation(operation: &Operation<'_>, told: &Told) {
    let place = Place::words("the operation");
    for (key, what) in [("callbacks", "its callbacks"), ("servers", "servers of its own")] {
        if [operation.value, operation.item].iter().any(|at| at.get(key).is_some()) {
            told.left_out(what, &place);
        }
    }
    if operation.value.get("deprecated") == Some(&Value::Bool(true)) {
        told.guessed("deprecated: say why, and what to use instead", &place);
    }
}
