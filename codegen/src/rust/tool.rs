//! What makes a parameter structure a tool.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::catalog::{effect, job};
use super::paging::{Envelope, cursor, envelope};
use super::scope::Scope;
use super::types::{field_name, is_plain_field, model, params_name};
use super::{check, fill, run};
use tool_spec::model::{Expected, Group, Items, Spec, Timeline, Tool, Ty};

/// The `impl`s of the runtime's traits.
pub(super) fn emit(spec: &Spec, group: &Group, tool: &Tool) -> TokenStream {
    let scope = Scope::new(spec, group, tool);
    let params = params_name(&tool.method);
    let answer = model(&tool.answer);
    let (cursor, paging) = cursor(&scope).unzip();
    let facts = facts(spec, tool, cursor);
    let reads = tool.params.iter().map(|param| {
        let (name, slot) = (&param.name, field_name(&param.name));
        let take = take(spec, &param.ty);
        quote!(input.#take(#name, &mut self.#slot);)
    });
    let reads = quote!(#(#reads)*);
    let reads = if reads.is_empty() { quote!(let _ = input;) } else { reads };
    let checks = check::of_tool(spec, tool);
    let checks = if checks.is_empty() { quote!(let _ = check;) } else { checks };
    let fill = fill::of_tool(&scope);
    let run = run::of_tool(&scope);
    let expects = expects(tool);
    let confirmation = tool.confirm.as_ref().map(|param| {
        let value = field_name(param);
        quote! {
            fn confirmation(&self) -> rt::Option<rt::String> {
                rt::shown(&self.#value).map(|text| text.into_owned())
            }
        }
    });
    let listing = tool.items.as_ref().map(|items| listing(tool, items));
    let timeline = tool.newest_first.as_ref().and_then(|timeline| self::timeline(&scope, timeline));
    quote! {
        impl rt::TypedTool for #params {
            type Answer = #answer;
            const TOOL: &'static rt::Facts = &#facts;
        }
        impl rt::Tool for #params {
            fn facts(&self) -> &'static rt::Facts { <Self as rt::TypedTool>::TOOL }
            fn read<'p>(&'p mut self, input: &mut rt::Input<'p>) { #reads }
            #fill
            fn check(&self, check: &mut rt::Check<'_>) { #checks }
            #run
            #paging
            #expects
            #confirmation
        }
        #listing
        #timeline
    }
}

/// What a call must know of the tool.
fn facts(spec: &Spec, tool: &Tool, cursor: Option<TokenStream>) -> TokenStream {
    let (name, effect, answer, notices) = (&tool.name, effect(tool), model(&tool.answer), &tool.notices);
    let notices = (!notices.is_empty()).then(|| quote!(.notices(&[#(#notices),*])));
    let job = tool.wait.as_ref().map(|wait| {
        let job = job(spec, wait);
        quote!(.job(rt::#job))
    });
    quote!(rt::Facts::of::<#answer>(#name, rt::#effect) #notices #job #cursor)
}

/// How a parameter or a field takes what a caller by name gives.
pub(super) fn take(spec: &Spec, ty: &Ty) -> Ident {
    format_ident!(
        "{}",
        match ty {
            Ty::File => "take_file",
            ty if spec.takes_commas(ty) => "take_csv",
            _ => "take",
        }
    )
}

/// The ids that items were asked for by, and where the answer has them.
fn expects(tool: &Tool) -> Option<TokenStream> {
    let items = &tool.items.as_ref().filter(|_| !tool.expects.is_empty())?.field;
    let expected = tool.expects.iter().map(|Expected { param, path }| {
        let value = field_name(param);
        quote!(rt::Expected::of(#param, &self.#value, &[#items, #(#path),*]))
    });
    Some(quote!(fn expects(&self) -> rt::Vec<rt::Expected> { rt::Vec::from([#(#expected),*]) }))
}

fn listing(tool: &Tool, items: &Items) -> TokenStream {
    let params = params_name(&tool.method);
    let (answer, item, field) = (model(&tool.answer), model(&items.model), field_name(&items.field));
    quote! {
        impl rt::Listing for #params {
            type Item = #item;
            fn take_items(answer: &mut #answer) -> rt::Vec<#item> { std::mem::take(&mut answer.#field) }
        }
    }
}

/// How a part of the items is asked for by time, and what their times are.
fn timeline(scope: &Scope<'_>, timeline: &Timeline) -> Option<TokenStream> {
    let (spec, tool) = (scope.spec, scope.tool);
    let params = params_name(&tool.method);
    let (answer, item) = (model(&tool.answer), model(&tool.items.as_ref()?.model));
    let (from, to) = (field_name(&timeline.from), field_name(&timeline.to));
    let time = field_name(&timeline.time.field);
    let time = if timeline.time.always { quote!(Some(&item.#time)) } else { quote!(item.#time.as_ref()) };
    let total = envelope(spec, &tool.answer).and_then(|Envelope { page, field, model, .. }| {
        let total = spec.fields(&model.name).iter().find(|field| field.name == spec.service.paging_total)?;
        let (envelope, name) = (field_name(&field.name), field_name(&total.name));
        let records =
            if is_plain_field(page, field) { quote!(answer.#envelope) } else { quote!(answer.#envelope.as_ref()?) };
        let value = if is_plain_field(model, total) { quote!(Some(#records.#name)) } else { quote!(#records.#name) };
        Some(quote!(fn total(answer: &#answer) -> rt::Option<i64> { #value }))
    });
    Some(quote! {
        impl rt::Timeline for #params {
            fn range(&mut self) -> [&mut rt::Option<rt::DateTime>; 2] { [&mut self.#from, &mut self.#to] }
            fn time(item: &#item) -> rt::Option<&rt::Timestamp> { #time }
            #total
        }
    })
}
