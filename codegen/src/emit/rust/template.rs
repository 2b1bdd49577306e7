//! Bodies: JSON with holes, as a chain on the runtime's `Body`.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Known, Scope};
use super::types::{ident, text_literal};
use crate::emit::EmitError;
use crate::model::{Entry, Hole, Json, Root, Template, Ty};
use crate::names::camel;

/// The whole body of a request.
pub(super) fn body(scope: &Scope<'_>, template: &Template) -> Result<TokenStream, EmitError> {
    match template {
        Template::Object(entries) => {
            let members = members(scope, entries)?;
            Ok(quote!(Body::object() #members))
        }
        Template::Constant(Json::Object(members)) => {
            let members = members.iter().map(|(key, value)| constant(key, value));
            Ok(quote!(Body::object() #(#members)*))
        }
        _ => Err(scope.error("a body that is no object")),
    }
}

/// What fills a place of the query, borrowed.
pub(super) fn query(scope: &Scope<'_>, template: &Template) -> Result<TokenStream, EmitError> {
    match template {
        Template::Hole(hole) => scope.hole(hole),
        Template::Has { .. } => has(scope, template),
        Template::Constant(Json::String(text)) => Ok(quote!(&#text)),
        Template::Constant(Json::Bool(value)) => Ok(quote!(&#value)),
        Template::Constant(Json::Number(number)) => {
            let text = number.to_string();
            Ok(quote!(&#text))
        }
        _ => Err(scope.error("a query with more than plain values")),
    }
}

/// All holes of a template.
pub(super) fn holes(template: &Template) -> Vec<&Hole> {
    match template {
        Template::Constant(_) | Template::Has { .. } => Vec::new(),
        Template::Hole(hole) => vec![hole],
        Template::Object(entries) => entries.iter().flat_map(|entry| holes(&entry.value)).collect(),
        Template::List(elements) => elements.iter().flat_map(holes).collect(),
        Template::For { over, element } => {
            let mut all = holes(element);
            all.push(over);
            all
        }
    }
}

fn members(scope: &Scope<'_>, entries: &[Entry]) -> Result<TokenStream, EmitError> {
    entries.iter().map(|entry| member(scope, entry)).collect()
}

fn member(scope: &Scope<'_>, entry: &Entry) -> Result<TokenStream, EmitError> {
    let key = &entry.key;
    if let Some(json) = as_constant(&entry.value) {
        let is_empty = json.as_object().is_some_and(serde_json::Map::is_empty);
        return Ok(if is_empty && entry.always { quote!(.open_always(#key).close()) } else { constant(key, &json) });
    }
    Ok(match &entry.value {
        Template::Hole(hole) => {
            let value = scope.hole(hole)?;
            quote!(.put(#key, #value))
        }
        Template::Object(entries) => {
            let members = members(scope, entries)?;
            let open = if entry.always { quote!(open_always) } else { quote!(open) };
            quote!(.#open(#key) #members .close())
        }
        Template::List(elements) => {
            let elements: TokenStream =
                elements.iter().map(|element| list_element(scope, element)).collect::<Result<_, _>>()?;
            quote!(.open_list(#key) #elements .close())
        }
        Template::For { over, element } => each(scope, key, over, element)?,
        Template::Has { .. } => {
            let value = has(scope, &entry.value)?;
            quote!(.put(#key, #value))
        }
        Template::Constant(json) => constant(key, json),
    })
}

fn constant(key: &str, json: &Json) -> TokenStream {
    let json = text_literal(&json.to_string());
    quote!(.constant(#key, #json))
}

/// The JSON of a template without holes.
fn as_constant(template: &Template) -> Option<Json> {
    match template {
        Template::Constant(json) => Some(json.clone()),
        Template::Object(entries) => entries
            .iter()
            .map(|entry| Some((entry.key.clone(), as_constant(&entry.value)?)))
            .collect::<Option<serde_json::Map<_, _>>>()
            .map(Json::Object),
        Template::List(elements) => elements.iter().map(as_constant).collect::<Option<Vec<_>>>().map(Json::Array),
        Template::Hole(_) | Template::Has { .. } | Template::For { .. } => None,
    }
}

fn list_element(scope: &Scope<'_>, element: &Template) -> Result<TokenStream, EmitError> {
    if let Some(json) = as_constant(element) {
        let json = text_literal(&json.to_string());
        return Ok(quote!(.element_constant(#json)));
    }
    match element {
        Template::Hole(hole) => {
            let value = scope.hole(hole)?;
            Ok(quote!(.element(#value)))
        }
        Template::Has { .. } => {
            let value = has(scope, element)?;
            Ok(quote!(.element(#value)))
        }
        Template::Object(entries) => {
            let members = members(scope, entries)?;
            Ok(quote!(.item() #members .close()))
        }
        _ => Err(scope.error("a list in a list that is sent")),
    }
}

/// One element for each of another list or of a map.
fn each(scope: &Scope<'_>, key: &str, over: &Hole, element: &Template) -> Result<TokenStream, EmitError> {
    let Template::Object(entries) = element else {
        return Err(scope.error("a list that is sent whose elements are no objects"));
    };
    let list = scope.root(&over.root)?;
    let inner = scope.with(Root::Item, Known::reference(quote!(item))).with(Root::Key, Known::reference(quote!(key)));
    let members = members(&inner, entries)?;
    let name = |root: &Root, name: &str| {
        let is_used = holes(element).iter().any(|hole| hole.root == *root);
        if is_used { ident(name) } else { quote::format_ident!("_{name}") }
    };
    let item = name(&Root::Item, "item");
    Ok(if matches!(over.ty, Ty::Map(_)) {
        let (map, entry_key) = (list.borrowed(), name(&Root::Key, "key"));
        quote!(.each_entry(#key, #map, |body, #entry_key, #item| body #members))
    } else {
        let list = list.slice();
        quote!(.each(#key, #list, |body, #item| body #members))
    })
}

/// `true` or a constant while a list holds a value.
fn has(scope: &Scope<'_>, template: &Template) -> Result<TokenStream, EmitError> {
    let Template::Has { param, value, then } = template else {
        return Err(scope.error("a condition that is none"));
    };
    let list = scope.root(&Root::Param(param.clone()))?.borrowed();
    Ok(match then {
        None => quote!(&has(#list, #value)),
        Some(then) => {
            let then = text_literal(&then.to_string());
            quote!(&has_then(#list, #value, #then))
        }
    })
}

/// A value of the spec as a Rust expression of this type, if it has one.
pub(super) fn literal(json: &Json, ty: &Ty) -> Option<TokenStream> {
    match (ty, json) {
        (Ty::Boolean, Json::Bool(value)) => Some(quote!(#value)),
        (Ty::Integer, Json::Number(number)) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote!(#number))
        }
        (Ty::Number, Json::Number(number)) => {
            let number = proc_macro2::Literal::f64_unsuffixed(number.as_f64()?);
            Some(quote!(#number))
        }
        (Ty::Enum(name), Json::String(value)) => {
            let (name, value) = (ident(name), ident(&camel(value)));
            Some(quote!(#name::#value))
        }
        (Ty::String | Ty::Email | Ty::Url, Json::String(text)) => Some(quote!(#text.to_owned())),
        (Ty::Id(_) | Ty::DateTime, Json::String(text)) => Some(quote!(#text.into())),
        _ => None,
    }
}

/// The names in the braces of a path.
pub(super) fn path_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}
