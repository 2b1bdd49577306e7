//! Filters of a page's items.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::template::literal;
use super::types::{Form, field_name, is_plain};
use tool_spec::model::{Json, Keep, KeepTest, Root, Ty};

/// The statement that leaves only what is wanted; none if everything is.
pub(super) fn of_tool(scope: &Scope<'_>) -> Option<TokenStream> {
    let tool = scope.tool;
    let items = tool.items.as_ref().filter(|_| !tool.keep.is_empty())?;
    let field = field_name(&items.field);
    let tests = tool.keep.iter().map(|keep| test(scope, keep));
    Some(quote!(answer.#field.retain(|item| #(#tests)&&*);))
}

fn test(scope: &Scope<'_>, keep: &Keep) -> TokenStream {
    let name = field_name(&keep.field.field);
    let plain = is_plain(Form::Out, &keep.field.ty, keep.field.always);
    match &keep.test {
        KeepTest::Is(json) => is(&quote!(item.#name), &keep.field.ty, plain, json),
        KeepTest::Between { from, to } => {
            let day = |param: &Option<String>| match param {
                Some(param) => scope.root(&Root::Param(param.clone())).borrowed(),
                None => quote!(&None),
            };
            let (from, to) = (day(from), day(to));
            quote!(rt::day_between(&item.#name, #from, #to))
        }
    }
}

fn is(slot: &TokenStream, ty: &Ty, plain: bool, json: &Json) -> TokenStream {
    match (ty, json) {
        (Ty::Boolean, Json::Bool(true)) if plain => slot.clone(),
        (Ty::Boolean, Json::Bool(false)) if plain => quote!(!#slot),
        (Ty::Email, Json::String(text)) => quote!(rt::same_email(&#slot, &#text)),
        (Ty::String | Ty::Url | Ty::Id(_), Json::String(text)) if plain => quote!(#slot.as_str() == #text),
        (Ty::String | Ty::Url | Ty::Id(_), Json::String(text)) => {
            quote!(#slot.as_ref().is_some_and(|value| value.as_str() == #text))
        }
        (Ty::Date, Json::String(text)) => quote!(rt::same_text(&#slot, &#text)),
        _ => {
            let value = literal(json, ty);
            if plain { quote!(#slot == #value) } else { quote!(#slot == Some(#value)) }
        }
    }
}
