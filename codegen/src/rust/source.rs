//! Values that the caller did not give: worked out, or asked of another tool.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::scope::{Known, Scope, local};
use super::text;
use super::types::{
    Form, declared, element, field_name, is_copy, is_many, is_plain_field, params_name, rust_type, text_literal,
};
use tool_spec::model::{Ask, Field, Group, Json, Root, Source, Spec, Tool, Ty, Type, Value, Which};

/// The statement that binds a parameter whose default is asked of another tool.
pub(super) fn bind_param(scope: &Scope<'_>, param: &str, ty: &Ty, ask: &Ask) -> TokenStream {
    let name = local(param);
    let given = scope.root(&Root::Param(param.to_owned())).borrowed();
    let value = optional_ask(scope, Some((given, given_value(ty))), ask, ty);
    quote!(let #name = #value;)
}

/// The statement that binds a member of `values`.
pub(super) fn bind_value(scope: &Scope<'_>, value: &Value) -> TokenStream {
    let name = local(&value.name);
    let given = value.given.as_ref().map(|param| {
        let ty = scope.tool.params.iter().find(|other| other.name == *param).map_or(&value.ty, |other| &other.ty);
        let taken = given_value(ty);
        let taken = if is_many(&value.ty) && !is_many(ty) { quote!(vec![#taken]) } else { taken };
        (scope.root(&Root::Param(param.clone())).borrowed(), taken)
    });
    if let Source::Ask(ask) = &value.source {
        let value = optional_ask(scope, given, ask, &value.ty);
        return quote!(let #name = #value;);
    }
    let fresh = local_source(scope, &value.source, &value.ty, &quote!(run.fill()));
    let ty = rust_type(&value.ty, Form::In);
    match given {
        Some((given, taken)) => quote! {
            let #name: rt::Option<#ty> = match #given {
                Some(given) => Some(#taken),
                None => #fresh,
            };
        },
        None => quote!(let #name: rt::Option<#ty> = #fresh;),
    }
}

/// What the caller gave, out of a reference to it.
fn given_value(ty: &Ty) -> TokenStream {
    if is_copy(ty, Form::In) { quote!(*given) } else { quote!(given.clone()) }
}

/// The value of a source that needs no request, as an `Option`.
pub(super) fn local_source(scope: &Scope<'_>, source: &Source, ty: &Ty, fill: &TokenStream) -> TokenStream {
    match source {
        Source::Constant(json) => {
            let json = constant(json, ty);
            quote!({ let mut value = None; #fill.constant(&mut value, #json); value })
        }
        Source::FreshUuid => quote!({ let mut value = None; #fill.fresh_uuid(&mut value); value }),
        Source::Hash(names) => {
            let of = names.iter().map(|name| scope.name(name).borrowed());
            let into = (rust_type(ty, Form::In).to_string() != rust_type(&Ty::String, Form::In).to_string())
                .then(|| quote!(.into()));
            quote!(Some(#fill.hash(&[#(#of),*])#into))
        }
        Source::First { param, field } => first(scope, param, field, ty),
        Source::SameAs(name) => {
            let known = scope.name(name);
            let from = scope.ty(name).unwrap_or(ty);
            let given = known.borrowed();
            let place = known.place;
            let clone = if is_copy(from, Form::In) { place } else { quote!(#place.clone()) };
            as_type(clone, &given, (from, Form::In), ty)
        }
        Source::DaysAgo(days) => {
            let days = proc_macro2::Literal::u32_unsuffixed(*days);
            let instant = quote!(Some(#fill.days_ago(#days)));
            as_type(instant.clone(), &quote!(&#instant), (&Ty::DateTime, Form::In), ty)
        }
        // One that is asked is bound by itself.
        Source::Ask(_) => quote!(None),
    }
}

/// A value as an `Option` of another type: as it is if the two are the same in Rust, else by way of what would be sent.
fn as_type(same: TokenStream, borrowed: &TokenStream, (from, form): (&Ty, Form), into: &Ty) -> TokenStream {
    let wanted = rust_type(into, Form::In);
    if rust_type(from, form).to_string() == wanted.to_string() {
        return same;
    }
    quote!(rt::converted::<#wanted>(#borrowed))
}

/// A constant as the text that its type is read from.
pub(super) fn constant(json: &Json, ty: &Ty) -> TokenStream {
    let text = match (ty, json) {
        (Ty::Csv(_), Json::String(joined)) => {
            Json::from(joined.split(',').map(str::trim).collect::<Vec<_>>()).to_string()
        }
        _ => json.to_string(),
    };
    text_literal(&text)
}

fn first(scope: &Scope<'_>, param: &str, field: &str, ty: &Ty) -> TokenStream {
    let list = scope.tool.params.iter().find(|other| other.name == param);
    let found = list.and_then(|list| field_of(scope.spec, declared(scope.spec, element(&list.ty))?, field));
    let value = found.map_or_else(|| quote!(None), |(model, field)| picked(model, field, ty));
    let list = field_name(param);
    quote!(self.#list.iter().flatten().find_map(|item| #value))
}

/// A look-up behind what the caller gave: asked only if that is absent and everything it compares with is there.
fn optional_ask(scope: &Scope<'_>, given: Option<(TokenStream, TokenStream)>, ask: &Ask, ty: &Ty) -> TokenStream {
    let asked = asked(scope, ask, ty);
    let needs = needs(scope, ask);
    match (given, needs.is_empty()) {
        (None, true) => quote!(Some(#asked)),
        (None, false) => quote!(if #(#needs)&&* { Some(#asked) } else { None }),
        (Some((given, taken)), true) => quote! {
            match #given { Some(given) => Some(#taken), None => Some(#asked) }
        },
        (Some((given, taken)), false) => quote! {
            match #given { Some(given) => Some(#taken), None if #(#needs)&&* => Some(#asked), None => None }
        },
    }
}

/// What must be there before another tool is asked, as conditions; what is required is there anyway.
fn needs(scope: &Scope<'_>, ask: &Ask) -> Vec<TokenStream> {
    let Which::Match { fields, .. } = &ask.which else { return Vec::new() };
    let required = |name: &str| scope.tool.params.iter().any(|param| param.name == name && param.required);
    let names = fields.iter().map(|(_, name)| name).filter(|name| !required(name));
    names
        .filter_map(|name| {
            let Known { place, optional, .. } = scope.name(name);
            optional.then(|| quote!(#place.is_some()))
        })
        .collect()
}

/// The value that another tool knows, asked for.
fn asked(scope: &Scope<'_>, ask: &Ask, ty: &Ty) -> TokenStream {
    let spec: &Spec = scope.spec;
    let found: Option<(&Group, &Tool)> = spec.tools().find(|(_, tool)| tool.name == ask.tool);
    let Some((group, tool)) = found else { return quote!(None) };
    let (module, params) = (field_name(&group.name), params_name(&tool.method));
    let params = if scope.is_in(group) { quote!(#params) } else { quote!(super::#module::#params) };
    let wanted = if matches!(ask.which, Which::Every) { element(ty) } else { ty };
    let item = tool.items.as_ref().and_then(|items| spec.declared(&items.model));
    let value = item.and_then(|item| field_of(spec, item, &ask.field));
    let value = value.map_or_else(|| quote!(None), |(model, field)| picked(model, field, wanted));
    match &ask.which {
        Which::Match { fields, missing } => {
            let same = fields.iter().filter_map(|(field, name)| Some(comparison(scope, item?, field, name)));
            let missing = text::owned(scope, missing);
            quote!(run.find::<#params, _>(|item| #(#same)&&*, |item| #value, || #missing).await?)
        }
        Which::Only { missing, several } => {
            let (missing, several) = (text::borrowed(scope, missing), text::borrowed(scope, several));
            quote!(run.only::<#params, _>(|item| #value, #missing, #several).await?)
        }
        Which::Every => quote!(run.every::<#params, _>(|item| #value).await?),
    }
}

fn comparison(scope: &Scope<'_>, model: &Type, field: &str, name: &str) -> TokenStream {
    let is_email = field_of(scope.spec, model, field).is_some_and(|(_, field)| field.ty == Ty::Email);
    let same = if is_email { format_ident!("same_email") } else { format_ident!("same_text") };
    let (slot, value) = (field_name(field), scope.name(name).borrowed());
    quote!(rt::#same(&item.#slot, #value))
}

fn field_of<'a>(spec: &'a Spec, model: &'a Type, field: &str) -> Option<(&'a Type, &'a Field)> {
    Some((model, spec.fields(&model.name).iter().find(|other| other.name == field)?))
}

/// A field of an item as an `Option` of a type that the caller might have given.
fn picked(model: &Type, field: &Field, into: &Ty) -> TokenStream {
    let slot = field_name(&field.name);
    let form = Form::of(model);
    let clone = (!is_copy(&field.ty, form)).then(|| quote!(.clone()));
    let same = if is_plain_field(model, field) { quote!(Some(item.#slot #clone)) } else { quote!(item.#slot #clone) };
    as_type(same, &quote!(&item.#slot), (&field.ty, form), into)
}
