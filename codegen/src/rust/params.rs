//! The parameters of a tool: their structure, and a setter for each that is not required.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::models::argument_name;
use super::types::{Form, argument, field_name, params_name, rust_type, type_name};
use tool_spec::model::{Group, Param, Tool};

/// The structure and its setters.
pub(super) fn emit(group: &Group, tool: &Tool) -> TokenStream {
    let name = params_name(&group.name, &tool.method);
    let doc = Doc::default().markdown(&format!(
        "Parameters of [`{}::{}`].",
        type_name(&group.name),
        field_name(&tool.method)
    ));
    let doc = doc.outer();
    let fields = tool.params.iter().map(|param| {
        let name = field_name(&param.name);
        let ty = rust_type(&param.ty, Form::In);
        quote!(#name: rt::Option<#ty>)
    });
    let setters: Vec<TokenStream> = tool.params.iter().filter(|param| !param.required).map(setter).collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl rt::Invocation<#name> { #(#setters)* }));
    let body = if tool.params.is_empty() { quote!({}) } else { quote!({ #(#fields),* }) };
    quote! {
        #doc
        #[derive(Clone, Debug, Default)]
        pub struct #name #body
        #setters
    }
}

fn setter(param: &Param) -> TokenStream {
    let doc = Doc::of(&param.about).outer();
    let name = field_name(&param.name);
    let value_name = argument_name(&param.ty);
    let argument = argument(&param.ty, Form::In, &value_name);
    let (ty, value) = (argument.ty, argument.optional);
    quote! {
        #doc
        #[must_use]
        pub fn #name(mut self, #value_name: #ty) -> Self {
            self.params.#name = #value;
            self
        }
    }
}
