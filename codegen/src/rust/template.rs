//! Bodies: JSON with holes, as a chain on the runtime's `Body`.

use proc_macro2::TokenStream;
use quote::quote;

use super::check;
use super::scope::{Known, Scope};
use super::types::{ident, model, text_literal};
use tool_spec::model::{Condition, Entry, Hole, Json, Root, Template, Ty};
use tool_spec::names::variant_ident;

/// The whole body of a request.
pub(super) fn body(scope: &Scope<'_>, template: &Template) -> TokenStream {
    match template {
        Template::Object(entries) => {
            let members = members(scope, entries);
            quote!(rt::Body::object() #members)
        }
        Template::Constant(Json::Object(members)) => {
            let members = members.iter().map(|(key, value)| constant(key, value));
            quote!(rt::Body::object() #(#members)*)
        }
        other => {
            let element = added(scope, None, false, other);
            quote!(rt::Body::whole() #element)
        }
    }
}

/// What fills a place of the query or a part of a form, borrowed.
pub(super) fn query(scope: &Scope<'_>, template: &Template) -> TokenStream {
    match template {
        Template::Constant(json) => {
            let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
            quote!(&#text)
        }
        // The check leaves nothing else in a query or a form.
        single => leaf(scope, single).unwrap_or_else(|| quote!(&None::<rt::String>)),
    }
}

/// All holes of a template.
pub(super) fn holes(template: &Template) -> Vec<&Hole> {
    match template {
        Template::Constant(_) | Template::Has { .. } => Vec::new(),
        Template::Hole(hole) => vec![hole],
        Template::When { then, .. } => holes(then),
        Template::Object(entries) => entries.iter().flat_map(|entry| holes(&entry.value)).collect(),
        Template::List(elements) => elements.iter().flat_map(holes).collect(),
        Template::For { over, element } => {
            let mut all = holes(element);
            all.push(over);
            all
        }
    }
}

/// The names of the parameters and values in a template.
pub(super) fn names(template: &Template) -> Vec<&str> {
    match template {
        Template::Constant(_) => Vec::new(),
        Template::Hole(hole) => hole.root.name().into_iter().collect(),
        Template::Has { param, .. } => vec![param],
        Template::When { when: Condition::Given(param) | Condition::Is(param, _), then } => {
            std::iter::once(param.as_str()).chain(names(then)).collect()
        }
        Template::Object(entries) => entries.iter().flat_map(|entry| names(&entry.value)).collect(),
        Template::List(elements) => elements.iter().flat_map(names).collect(),
        Template::For { over, element } => over.root.name().into_iter().chain(names(element)).collect(),
    }
}

fn members(scope: &Scope<'_>, entries: &[Entry]) -> TokenStream {
    entries.iter().map(|entry| added(scope, Some(&entry.key), entry.always, &entry.value)).collect()
}

/// What adds a value to a body: at its key in an object, or as an element of a list.
fn added(scope: &Scope<'_>, key: Option<&str>, always: bool, value: &Template) -> TokenStream {
    if let Some(json) = as_constant(value) {
        let is_empty = json.as_object().is_some_and(serde_json::Map::is_empty);
        return match key {
            Some(key) if is_empty && always => quote!(.open_always(#key).close()),
            Some(key) => constant(key, &json),
            None => {
                let json = text_literal(&json.to_string());
                quote!(.element_constant(#json))
            }
        };
    }
    if let Some(value) = leaf(scope, value) {
        return match key {
            Some(key) => quote!(.put(#key, #value)),
            None => quote!(.element(#value)),
        };
    }
    // A list in a list has no key.
    let name = key.unwrap_or_default();
    match value {
        Template::Object(entries) => {
            let members = members(scope, entries);
            match key {
                Some(key) if always => quote!(.open_always(#key) #members .close()),
                Some(key) => quote!(.open(#key) #members .close()),
                None => quote!(.item() #members .close()),
            }
        }
        Template::List(elements) => {
            let elements = elements.iter().map(|element| added(scope, None, false, element));
            quote!(.open_list(#name) #(#elements)* .close())
        }
        Template::For { over, element } => each(scope, name, over, element),
        Template::When { when, then } => {
            let (when, added) = (check::condition(scope.tool, when), added(scope, key, false, then));
            quote!(.when(#when, |body| body #added))
        }
        // These are constants and single values, which were added above.
        Template::Constant(_) | Template::Hole(_) | Template::Has { .. } => TokenStream::new(),
    }
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
        Template::Hole(_) | Template::Has { .. } | Template::When { .. } | Template::For { .. } => None,
    }
}

/// One element for each of another list or of a map.
fn each(scope: &Scope<'_>, key: &str, over: &Hole, template: &Template) -> TokenStream {
    let inner = scope.with(Root::Item, Known::reference(quote!(item))).with(Root::Key, Known::reference(quote!(key)));
    let inside = added(&inner, None, false, template);
    let name =
        |root: &Root, name: &str| if uses(template, root) { ident(name) } else { quote::format_ident!("_{name}") };
    let item = name(&Root::Item, "item");
    if matches!(over.ty, Ty::Map(_)) {
        let (map, entry_key) = (scope.map(over), name(&Root::Key, "key"));
        quote!(.each_entry(#key, #map, |body, #entry_key, #item| body #inside))
    } else {
        let list = scope.list(over);
        quote!(.each(#key, #list, |body, #item| body #inside))
    }
}

/// A single value, borrowed, that may depend on a parameter; nothing if it is more than that.
fn leaf(scope: &Scope<'_>, template: &Template) -> Option<TokenStream> {
    match template {
        Template::Hole(hole) => Some(scope.hole(hole)),
        Template::Has { param, value, then } => Some(has(scope, param, value, then.as_ref())),
        Template::When { when, then } => {
            let when = check::condition(scope.tool, when);
            Some(match then.as_ref() {
                Template::Constant(json) => {
                    let json = text_literal(&json.to_string());
                    quote!(&rt::constant_if(#when, #json))
                }
                then => {
                    let value = leaf(scope, then)?;
                    quote!(&rt::only(#when, #value))
                }
            })
        }
        Template::Constant(_) | Template::Object(_) | Template::List(_) | Template::For { .. } => None,
    }
}

/// Whether the item or the key of the `for` around a template is in it; a `for` inside has its own.
pub(super) fn uses(template: &Template, root: &Root) -> bool {
    match template {
        Template::Constant(_) | Template::Has { .. } => false,
        Template::Hole(hole) => hole.root == *root,
        Template::Object(entries) => entries.iter().any(|entry| uses(&entry.value, root)),
        Template::List(elements) => elements.iter().any(|element| uses(element, root)),
        Template::For { over, .. } => over.root == *root,
        Template::When { then, .. } => uses(then, root),
    }
}

/// Whether anything of the answer is in a `reshape`.
pub(super) fn uses_answer(template: Option<&Template>) -> bool {
    template.is_some_and(|template| holes(template).iter().any(|hole| hole.root == Root::Answer))
}

/// `true` or a constant while a list holds a value.
fn has(scope: &Scope<'_>, param: &str, value: &str, then: Option<&Json>) -> TokenStream {
    let list = scope.name(param).slice();
    match then {
        None => quote!(&rt::has(#list, #value)),
        Some(then) => {
            let then = text_literal(&then.to_string());
            quote!(&rt::has_then(#list, #value, #then))
        }
    }
}

/// A constant of the spec as a Rust expression of this type, of which the check found it to be.
pub(super) fn literal(json: &Json, ty: &Ty) -> TokenStream {
    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    match ty {
        Ty::Boolean => {
            let value = json.as_bool().unwrap_or_default();
            quote!(#value)
        }
        Ty::Integer => {
            let number = proc_macro2::Literal::i64_unsuffixed(json.as_i64().unwrap_or_default());
            quote!(#number)
        }
        Ty::Number => {
            let number = proc_macro2::Literal::f64_unsuffixed(json.as_f64().unwrap_or_default());
            quote!(#number)
        }
        Ty::Enum(name) => {
            let (name, value) = (model(name), ident(&variant_ident(&text)));
            quote!(#name::#value)
        }
        Ty::String | Ty::Email | Ty::Url | Ty::Date => quote!(#text.to_owned()),
        Ty::Id(_) | Ty::DateTime => quote!(#text.to_owned().into()),
        Ty::Json | Ty::List(_) | Ty::Csv(_) | Ty::Map(_) | Ty::Model(_) | Ty::File => {
            let json = text_literal(&json.to_string());
            quote!(rt::of_json(#json))
        }
    }
}
