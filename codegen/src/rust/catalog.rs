//! The catalog: every tool as data, for callers that find tools at run time.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::Doc;
use super::file::File;
use super::types::{field_name, params_name, text_literal};
use crate::Output;
use tool_spec::model::{Effect, Group, Param, Source, Spec, Tool, Ty, Wait};

/// `catalog.rs`.
pub(super) fn emit(spec: &Spec) -> Output {
    let mut file = File::new(spec, "catalog.rs", "spec/tools", "Every tool, for callers that find tools at run time.");
    file.tokens(quote!(
        use crate::call::facts::Effect;
        use crate::client::entry::{Handler, Param, Route, Tool};
    ));
    if spec.tools().any(|(_, tool)| tool.wait.is_some()) {
        file.tokens(quote!(
            use crate::call::job::Job;
        ));
    }
    let all = spec.tools().map(|(_, tool)| static_name(tool));
    file.tokens(quote! {
        /// All tools, in the order of the spec.
        pub(crate) static TOOLS: &[&Tool] = &[#(&#all),*];
    });
    for (group, tool) in spec.tools() {
        file.tokens(entry(spec, group, tool));
    }
    file.finish()
}

/// The name of a tool's entry.
fn static_name(tool: &Tool) -> Ident {
    format_ident!("{}", tool_spec::names::snake(&tool.name).to_uppercase())
}

fn entry(spec: &Spec, group: &Group, tool: &Tool) -> TokenStream {
    let doc = Doc::of(&format!("{}.", tool.title)).outer();
    let statik = static_name(tool);
    let Tool { name, method, title, about, extra, scopes, notices, notes, .. } = tool;
    let group_name = &group.name;
    let effect = effect(tool);
    let requests = tool.requests().into_iter().map(|request| {
        let (method, path) = (request.verb.as_str(), &request.path);
        quote!(Route { method: #method, path: #path })
    });
    let asks = asks(tool);
    let params = tool.params.iter().map(|param| self::param(spec, param));
    let items = option(tool.items.as_ref().map(|items| items.field.as_str()));
    let paged = tool.pages_of_items().is_some();
    let confirm = option(tool.confirm.as_deref());
    let job = tool.wait.as_ref().map(|wait| job(spec, wait));
    let job = job.map_or_else(|| quote!(None), |job| quote!(Some(#job)));
    let deprecated = option(tool.deprecated.as_deref());
    let example = text_literal(&tool.example.to_string());
    let input = format!("schemas/{name}.input.json");
    let output = format!("schemas/{name}.output.json");
    let module = field_name(group_name);
    let params_type = params_name(method);
    let handler = if tool.newest_first.is_some() { quote!(of_timeline) } else { quote!(of) };
    quote! {
        #doc
        pub(crate) static #statik: Tool = Tool {
            name: #name,
            group: #group_name,
            method: #method,
            title: #title,
            description: #about,
            effect: #effect,
            confirm: #confirm,
            extra: #extra,
            scopes: &[#(#scopes),*],
            requests: &[#(#requests),*],
            asks: &[#(#asks),*],
            params: &[#(#params),*],
            items: #items,
            paged: #paged,
            job: #job,
            notices: &[#(#notices),*],
            notes: &[#(#notes),*],
            deprecated: #deprecated,
            example: #example,
            input_schema: include_str!(#input),
            output_schema: include_str!(#output),
            handler: Handler::#handler::<super::#module::#params_type>(),
        };
    }
}

/// What a tool does to the company's data.
pub(super) fn effect(tool: &Tool) -> TokenStream {
    match tool.effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Write => quote!(Effect::Write),
        Effect::Destructive => quote!(Effect::Destructive),
    }
}

/// What makes a tool one that tells how a job stands.
pub(super) fn job(spec: &Spec, wait: &Wait) -> TokenStream {
    let Wait { until, done, failed } = wait;
    let values = if let Ty::Enum(name) = &until.ty { spec.values(name) } else { &[] };
    let ends = |value: &&str| done.iter().chain(failed).any(|end| end == value);
    let under_way = values.iter().map(|value| value.name.as_str()).filter(|value| !ends(value));
    let field = &until.field;
    quote!(Job { until: #field, done: &[#(#done),*], failed: &[#(#failed),*], under_way: &[#(#under_way),*] })
}

fn param(spec: &Spec, param: &Param) -> TokenStream {
    let Param { name, about, required, extra, .. } = param;
    let kind = spec.contract_name(&param.ty);
    let commas = spec.takes_commas(&param.ty);
    let format = option(match &param.ty {
        Ty::DateTime => Some("date-time"),
        Ty::Date => Some("date"),
        Ty::Email => Some("email"),
        Ty::Url => Some("uri"),
        Ty::File => Some("path"),
        _ => None,
    });
    quote! {
        Param {
            name: #name,
            kind: #kind,
            format: #format,
            required: #required,
            extra: #extra,
            commas: #commas,
            description: #about,
        }
    }
}

/// The other tools that are asked, each once, in the order in which the entry names them.
pub(super) fn asks(tool: &Tool) -> Vec<&str> {
    let defaults = tool.params.iter().filter_map(|param| param.default.as_ref());
    let mut asks = Vec::new();
    for source in defaults.chain(tool.values.iter().map(|value| &value.source)) {
        if let Source::Ask(ask) = source
            && !asks.contains(&ask.tool.as_str())
        {
            asks.push(ask.tool.as_str());
        }
    }
    asks
}

fn option(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
