//! Defaults that need no request.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::source;
use super::types::field_name;
use crate::emit::EmitError;
use crate::model::{Param, Source};

/// The tool's `fill`; nothing if there is nothing to fill in.
pub(super) fn of_tool(scope: &Scope<'_>) -> Result<TokenStream, EmitError> {
    let fills: Vec<TokenStream> = scope
        .tool
        .params
        .iter()
        .filter_map(|param| match &param.default {
            None | Some(Source::Ask(_)) => None,
            Some(default) => Some(fill(scope, param, default)),
        })
        .collect::<Result<_, _>>()?;
    if fills.is_empty() {
        return Ok(quote!());
    }
    let unused =
        scope.tool.params.iter().all(|param| {
            matches!(param.default, None | Some(Source::Ask(_) | Source::SameAs(_) | Source::First { .. }))
        });
    let unused = unused.then(|| quote!(let _ = fill;));
    Ok(quote! {
        fn fill(&mut self, fill: &mut Fill<'_>) { #unused #(#fills)* }
    })
}

fn fill(scope: &Scope<'_>, param: &Param, default: &Source) -> Result<TokenStream, EmitError> {
    let slot = field_name(&param.name);
    Ok(match default {
        Source::Constant(json) => {
            let json = source::constant(json, &param.ty);
            quote!(fill.constant(&mut self.#slot, #json);)
        }
        Source::FreshUuid => quote!(fill.fresh_uuid(&mut self.#slot);),
        _ => {
            let value = source::local_source(scope, default, &param.ty, &quote!(fill))?;
            quote!(if self.#slot.is_none() { self.#slot = #value; })
        }
    })
}
