//! The builder of a tool's call: its parameters, a setter for each that the service takes, and the ways to send it.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::models::argument_name;
use super::types::{Form, argument, field_name, model, params_name, rust_type, type_name};
use super::words::{Names, Words};
use tool_spec::model::{Group, Param, Tool, Ty};

/// The parameters' structure and the builder.
pub(super) fn emit(names: &Names<'_>, group: &Group, tool: &Tool) -> TokenStream {
    let (builder, params) = (type_name(&tool.method), params_name(&tool.method));
    let made = format!(
        "A call of [`{}::{}`], which has an example. Nothing is sent before it is awaited.",
        type_name(&group.name),
        field_name(&tool.method)
    );
    let words = Words::of(names, tool);
    let doc = Doc::linked(&tool.about, words).markdown(&made).outer();
    let fields = tool.params.iter().map(|param| {
        let name = field_name(&param.name);
        let ty = rust_type(&param.ty, Form::In);
        quote!(#name: rt::Option<#ty>)
    });
    let body = if tool.params.is_empty() { quote!({}) } else { quote!({ #(#fields),* }) };
    let setters = tool.params.iter().filter(|param| param.is_sent());
    let setters: Vec<TokenStream> = setters.map(|param| setter(param, words)).collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl #builder { #(#setters)* }));
    let ways = ways(tool);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a call is not sent before it is awaited"]
        pub struct #builder { call: rt::Invocation<#params> }
        #setters
        #ways
        #[derive(Clone, Debug, Default)]
        pub(crate) struct #params #body
    }
}

fn setter(param: &Param, words: Words<'_>) -> TokenStream {
    let about = Doc::linked(&param.about, words);
    let doc = if param.required { about.markdown("Required.") } else { about }.outer();
    let (wire, name) = (&param.name, field_name(&param.name));
    let value = argument_name(&param.ty);
    let argument = argument(&param.ty, Form::In, &value);
    let ty = rust_type(&param.ty, Form::In);
    let (takes, set) = match param.ty {
        // They can be given as text, which may be none, or the path of no file.
        Ty::DateTime | Ty::Date | Ty::File => (
            quote!(impl rt::TryInto<#ty, Error: rt::Into<rt::Error>>),
            quote!(self.call.params.#name = self.call.taken(#wire, rt::TryInto::try_into(#value));),
        ),
        _ => {
            let (ty, value) = (argument.ty, argument.optional);
            (ty, quote!(self.call.params.#name = #value;))
        }
    };
    quote! {
        #doc
        pub fn #name(mut self, #value: #takes) -> Self {
            #set
            self
        }
    }
}

/// What can be done with a call once it is put together.
fn ways(tool: &Tool) -> TokenStream {
    let (builder, answer) = (type_name(&tool.method), model(&tool.answer));
    let pages = tool.paging.is_some().then(|| quote!(rt::pages!(#builder, #answer);));
    let items = tool.items.as_ref().map(|items| {
        let item = model(&items.model);
        let newest_first = tool.newest_first.is_some().then(|| quote!(rt::newest_first!(#builder, #item);));
        quote!(rt::items!(#builder, #item); #newest_first)
    });
    let wait = tool.wait.is_some().then(|| quote!(rt::wait!(#builder, #answer);));
    let params = params_name(&tool.method);
    quote!(rt::tool_call!(#builder, #params, #answer); #pages #items #wait)
}
