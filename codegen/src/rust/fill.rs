//! Defaults that need no request.

use proc_macro2::TokenStream;
use quote::quote;

use super::check::blank_is_absent;
use super::scope::Scope;
use super::source;
use super::types::field_name;
use tool_spec::model::{Param, Source};

/// The tool's `fill`; nothing if there is nothing to fill in.
pub(super) fn of_tool(scope: &Scope<'_>) -> TokenStream {
    let blanks: TokenStream = scope
        .tool
        .params
        .iter()
        .filter(|param| blank_is_absent(&param.ty, &param.limits, param.required))
        .map(|param| {
            let slot = field_name(&param.name);
            quote!(fill.blank(&mut self.#slot);)
        })
        .collect();
    let fills: Vec<TokenStream> = scope.tool.params.iter().filter_map(|param| fill(scope, param)).collect();
    if fills.is_empty() && blanks.is_empty() {
        return quote!();
    }
    let unused = blanks.is_empty()
        && scope.tool.params.iter().all(|param| {
            matches!(param.default, None | Some(Source::Ask(_) | Source::SameAs(_) | Source::First { .. }))
        });
    let unused = unused.then(|| quote!(let _ = fill;));
    quote! {
        fn fill(&mut self, fill: &mut rt::Fill<'_>) { #unused #blanks #(#fills)* }
    }
}

fn fill(scope: &Scope<'_>, param: &Param) -> Option<TokenStream> {
    let slot = field_name(&param.name);
    Some(match param.default.as_ref()? {
        Source::Ask(_) => return None,
        Source::Constant(json) => {
            let json = source::constant(json, &param.ty);
            quote!(fill.constant(&mut self.#slot, #json);)
        }
        Source::FreshUuid => quote!(fill.fresh_uuid(&mut self.#slot);),
        default => {
            let value = source::local_source(scope, default, &param.ty, &quote!(fill));
            quote!(if self.#slot.is_none() { self.#slot = #value; })
        }
    })
}
