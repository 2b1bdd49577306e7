//! Values that the caller did not give: worked out, or asked of another tool.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::scope::{Known, Scope, local};
use super::text;
use super::types::{Form, element, field_name, is_copy, is_many, is_plain_field, params_name, rust_type, text_literal};
use crate::emit::EmitError;
use crate::model::{Ask, Field, Group, Json, Root, Source, Spec, Tool, Ty, Type, Value, Which};

/// The statement that binds a parameter whose default is asked of another tool.
pub(super) fn bind_param(scope: &Scope<'_>, name: &str, ty: &Ty, ask: &Ask) -> Result<TokenStream, EmitError> {
    let name = local(name);
    let given = scope.root(&Root::Param(name.to_string()))?.borrowed();
    let value = optional_ask(scope, Some((given, given_value(ty))), ask, ty)?;
    Ok(quote!(let #name = #value;))
}

/// The statement that binds a member of `values`.
pub(super) fn bind_value(scope: &Scope<'_>, value: &Value) -> Result<TokenStream, EmitError> {
    let name = local(&value.name);
    let given = match &value.given {
        Some(param) => {
            let ty = scope.tool.params.iter().find(|other| other.name == *param).map_or(&value.ty, |other| &other.ty);
            let taken = given_value(ty);
            let taken = if is_many(&value.ty) && !is_many(ty) { quote!(vec![#taken]) } else { taken };
            Some((scope.root(&Root::Param(param.clone()))?.borrowed(), taken))
        }
        None => None,
    };
    if let Source::Ask(ask) = &value.source {
        let value = optional_ask(scope, given, ask, &value.ty)?;
        return Ok(quote!(let #name = #value;));
    }
    let fresh = local_source(scope, &value.source, &value.ty, &quote!(run.fill()))?;
    Ok(match given {
        Some((given, taken)) => quote! {
            let #name = match #given {
                Some(given) => Some(#taken),
                None => #fresh,
            };
        },
        None => quote!(let #name = #fresh;),
    })
}

/// What the caller gave, out of a reference to it.
fn given_value(ty: &Ty) -> TokenStream {
    if is_copy(ty, Form::In) { quote!(*given) } else { quote!(given.clone()) }
}

/// The value of a source that needs no request, as an `Option`.
pub(super) fn local_source(
    scope: &Scope<'_>,
    source: &Source,
    ty: &Ty,
    fill: &TokenStream,
) -> Result<TokenStream, EmitError> {
    Ok(match source {
        Source::Constant(json) => {
            let json = constant(json, ty);
            quote!({ let mut value = None; #fill.constant(&mut value, #json); value })
        }
        Source::FreshUuid => quote!({ let mut value = None; #fill.fresh_uuid(&mut value); value }),
        Source::Hash(names) => {
            let of =
                names.iter().map(|name| Ok(scope.name(name)?.borrowed())).collect::<Result<Vec<_>, EmitError>>()?;
            let into = matches!(ty, Ty::Id(_)).then(|| quote!(.into()));
            quote!(Some(#fill.hash(&[#(#of),*])#into))
        }
        Source::First { param, field } => first(scope, param, field)?,
        Source::SameAs(name) => {
            let other = scope.name(name)?.borrowed();
            let into = matches!(ty, Ty::Id(_)).then(|| quote!(.map(Into::into)));
            quote!(shown(#other)#into)
        }
        Source::DaysAgo(days) => {
            let days = proc_macro2::Literal::u32_unsuffixed(*days);
            let instant = quote!(Some(#fill.days_ago(#days)));
            if *ty == Ty::Date { quote!(date(&#instant)) } else { instant }
        }
        Source::Ask(_) => return Err(scope.error("a look-up where there can be none")),
    })
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

fn first(scope: &Scope<'_>, param: &str, field: &str) -> Result<TokenStream, EmitError> {
    let list = scope.tool.params.iter().find(|other| other.name == param);
    let model = list.and_then(|list| super::types::declared(scope.spec, element(&list.ty)));
    let (model, field) = field_of(scope, model, field)?;
    let list = field_name(param);
    let value = cloned(model, field);
    Ok(quote!(self.#list.iter().flatten().find_map(|item| #value)))
}

/// A look-up behind what the caller gave: asked only if that is absent and everything it compares with is there.
fn optional_ask(
    scope: &Scope<'_>,
    given: Option<(TokenStream, TokenStream)>,
    ask: &Ask,
    ty: &Ty,
) -> Result<TokenStream, EmitError> {
    let asked = asked(scope, ask, ty)?;
    let needs = needs(scope, ask)?;
    Ok(match (given, needs.is_empty()) {
        (None, true) => quote!(Some(#asked)),
        (None, false) => quote!(if #(#needs)&&* { Some(#asked) } else { None }),
        (Some((given, taken)), true) => quote! {
            match #given { Some(given) => Some(#taken), None => Some(#asked) }
        },
        (Some((given, taken)), false) => quote! {
            match #given { Some(given) => Some(#taken), None if #(#needs)&&* => Some(#asked), None => None }
        },
    })
}

/// What must be there before another tool is asked, as conditions; what is required is there anyway.
fn needs(scope: &Scope<'_>, ask: &Ask) -> Result<Vec<TokenStream>, EmitError> {
    let Which::Match { fields, .. } = &ask.which else { return Ok(Vec::new()) };
    let required = |name: &str| scope.tool.params.iter().any(|param| param.name == name && param.required);
    let mut needs = Vec::new();
    for (_, name) in fields.iter().filter(|(_, name)| !required(name)) {
        let Known { place, optional, .. } = scope.name(name)?;
        if optional {
            needs.push(quote!(#place.is_some()));
        }
    }
    Ok(needs)
}

/// The value that another tool knows, asked for.
fn asked(scope: &Scope<'_>, ask: &Ask, ty: &Ty) -> Result<TokenStream, EmitError> {
    let Asked { params, model, field } = tool_asked(scope, ask)?;
    let value = cloned(model, field);
    let wanted = rust_type(if matches!(ask.which, Which::Every) { element(ty) } else { ty }, Form::In).to_string();
    let other_type = wanted != rust_type(&field.ty, Form::Out).to_string();
    let (value_into, list_into) =
        (other_type.then(|| quote!(.into())), other_type.then(|| quote!(.into_iter().map(Into::into).collect())));
    Ok(match &ask.which {
        Which::Match { fields, missing } => {
            let same = fields
                .iter()
                .map(|(field, name)| comparison(scope, model, field, name))
                .collect::<Result<Vec<_>, EmitError>>()?;
            let missing = text::owned(scope, missing)?;
            quote!(run.find::<#params, _>(|item| #(#same)&&*, |item| #value, || #missing).await?#value_into)
        }
        Which::Only { missing, several } => {
            let (missing, several) = (text::borrowed(scope, missing)?, text::borrowed(scope, several)?);
            quote!(run.only::<#params, _>(|item| #value, #missing, #several).await?#value_into)
        }
        Which::Every => quote!(run.every::<#params, _>(|item| #value).await?#list_into),
    })
}

/// Another tool and the field of its items that is wanted.
struct Asked<'a> {
    params: TokenStream,
    model: &'a Type,
    field: &'a Field,
}

fn tool_asked<'a>(scope: &Scope<'a>, ask: &Ask) -> Result<Asked<'a>, EmitError> {
    let spec: &'a Spec = scope.spec;
    let found: Option<(&Group, &Tool)> = spec.tools().find(|(_, tool)| tool.name == ask.tool);
    let Some((group, tool)) = found else { return Err(scope.error("a look-up in no tool")) };
    let model = tool.items.as_ref().and_then(|items| spec.declared(&items.model));
    let (model, field) = field_of(scope, model, &ask.field)?;
    let name = params_name(&group.name, &tool.method);
    Ok(Asked { params: quote!(#name), model, field })
}

fn comparison(scope: &Scope<'_>, model: &Type, field: &str, name: &str) -> Result<TokenStream, EmitError> {
    let (_, field) = field_of(scope, Some(model), field)?;
    let same = if field.ty == Ty::Email { format_ident!("same_email") } else { format_ident!("same_text") };
    let (slot, value) = (field_name(&field.name), scope.name(name)?.borrowed());
    Ok(quote!(#same(&item.#slot, #value)))
}

fn field_of<'a>(scope: &Scope<'a>, model: Option<&'a Type>, field: &str) -> Result<(&'a Type, &'a Field), EmitError> {
    model
        .and_then(|model| Some((model, scope.spec.fields(&model.name).iter().find(|other| other.name == field)?)))
        .ok_or_else(|| scope.error(&format!("no field {field} to look at")))
}

/// A field of an item, cloned, as an `Option`.
fn cloned(model: &Type, field: &Field) -> TokenStream {
    let slot = field_name(&field.name);
    let clone = (!is_copy(&field.ty, Form::of(model))).then(|| quote!(.clone()));
    if is_plain_field(model, field) { quote!(Some(item.#slot #clone)) } else { quote!(item.#slot #clone) }
}
