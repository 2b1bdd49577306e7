//! Filters of a page's items.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::template::literal;
use super::types::{Form, field_name, is_plain};
use crate::emit::EmitError;
use crate::model::{Json, Keep, KeepTest, Root, Ty};

/// The statement that leaves only what is wanted; none if everything is.
pub(super) fn of_tool(scope: &Scope<'_>) -> Result<Option<TokenStream>, EmitError> {
    let tool = scope.tool;
    let Some(items) = tool.items.as_ref().filter(|_| !tool.keep.is_empty()) else { return Ok(None) };
    let field = field_name(&items.field);
    let tests = tool.keep.iter().map(|keep| test(scope, keep)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(quote!(answer.#field.retain(|item| #(#tests)&&*);)))
}

fn test(scope: &Scope<'_>, keep: &Keep) -> Result<TokenStream, EmitError> {
    let name = field_name(&keep.field.field);
    let plain = is_plain(Form::Out, &keep.field.ty, keep.field.always);
    match &keep.test {
        KeepTest::Is(json) => is(scope, &quote!(item.#name), &keep.field.ty, plain, json),
        KeepTest::Between { from, to } => {
            let (from, to) = (day(scope, from.as_deref())?, day(scope, to.as_deref())?);
            let value = if plain { quote!(&Some(item.#name.clone())) } else { quote!(&item.#name) };
            Ok(quote!(day_between(#value, #from, #to)))
        }
    }
}

fn is(scope: &Scope<'_>, slot: &TokenStream, ty: &Ty, plain: bool, json: &Json) -> Result<TokenStream, EmitError> {
    Ok(match (json, ty) {
        (Json::Bool(true), _) if plain => quote!(#slot),
        (Json::Bool(false), _) if plain => quote!(!#slot),
        (Json::String(text), Ty::String | Ty::Email | Ty::Url | Ty::DateTime | Ty::Date | Ty::Id(_)) if plain => {
            quote!(#slot.as_str() == #text)
        }
        (Json::String(text), Ty::String | Ty::Email | Ty::Url | Ty::DateTime | Ty::Date | Ty::Id(_)) => {
            quote!(#slot.as_ref().is_some_and(|value| value.as_str() == #text))
        }
        _ => {
            let value = literal(json, ty).ok_or_else(|| scope.error("a filter by a value of no type"))?;
            if plain { quote!(#slot == #value) } else { quote!(#slot == Some(#value)) }
        }
    })
}

/// The parameter that is the first or the last day.
fn day(scope: &Scope<'_>, param: Option<&str>) -> Result<TokenStream, EmitError> {
    let Some(param) = param else { return Ok(quote!(&None)) };
    let day = scope.root(&Root::Param(param.to_owned()))?.borrowed();
    let is_instant = scope.tool.params.iter().any(|other| other.name == param && other.ty == Ty::DateTime);
    Ok(if is_instant { quote!(&date(#day)) } else { day })
}
