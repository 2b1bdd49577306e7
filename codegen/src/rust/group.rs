//! A group of tools: its accessor on the client, and a method for each tool.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::file::File;
use super::types::{field_name, type_name};
use super::words::{Names, Words};
use super::{builder, tool};
use crate::example::{rust_call, rust_uses};
use crate::{Output, client};
use tool_spec::model::{Group, Spec, Tool};

/// The group's file.
pub(super) fn emit(spec: &Spec, names: &Names<'_>, group: &Group) -> Output {
    let mut file = File::new(spec, &format!("{}.rs", field_name(&group.name)), &group.source, &group.about);
    file.tokens(accessor(spec, names, group));
    for one in &group.tools {
        file.tokens(builder::emit(names, group, one));
        file.tokens(tool::emit(spec, group, one));
    }
    file.finish()
}

fn accessor(spec: &Spec, names: &Names<'_>, group: &Group) -> TokenStream {
    let doc = Doc::of(&group.about).outer();
    let (name, method) = (type_name(&group.name), field_name(&group.name));
    let tools = group.tools.iter().map(|tool| of_tool(spec, names, group, tool));
    quote! {
        impl rt::Client {
            #doc
            #[must_use]
            pub fn #method(&self) -> #name<'_> { #name { client: self } }
        }
        #doc
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'c> { client: &'c rt::Client }
        impl #name<'_> { #(#tools)* }
    }
}

/// The method of a tool: an empty builder of its call.
fn of_tool(spec: &Spec, names: &Names<'_>, group: &Group, tool: &Tool) -> TokenStream {
    let doc = describe(spec, names, group, tool).outer();
    let deprecated = tool.deprecated.as_ref().map(|why| quote!(#[deprecated = #why]));
    let (name, method) = (type_name(&tool.method), field_name(&tool.method));
    quote! {
        #doc
        #deprecated
        pub fn #method(&self) -> #name { #name { call: rt::Invocation::new(self.client) } }
    }
}

/// What it does, what it sends, how to call it and what to know.
fn describe(spec: &Spec, names: &Names<'_>, group: &Group, tool: &Tool) -> Doc {
    let words = Words::of(names, tool);
    let doc = Doc::linked(&tool.about, words).markdown(&format!("Tool `{}`: {}", tool.name, requests(tool)));
    let doc = doc.markdown("# Example").lines(example(spec, group, tool));
    if tool.notes.is_empty() { doc } else { doc.markdown("# Notes").list(&tool.notes, words) }
}

/// The example, with what it needs around it hidden.
fn example(spec: &Spec, group: &Group, tool: &Tool) -> Vec<String> {
    let uses = rust_uses(spec, tool).into_iter().map(|line| format!("# {line}"));
    let call = format!("let answer = {};", rust_call(spec, group, tool));
    let mut lines = vec!["```no_run".to_owned()];
    lines.extend(uses);
    let (variable, krate) = (client::variable(&spec.service), client::krate(spec));
    lines.push(format!(
        "# async fn example({variable}: {krate}::Client) -> std::result::Result<(), std::boxed::Box<dyn \
         std::error::Error>> {{"
    ));
    lines.extend(call.lines().map(str::to_owned));
    lines.extend(["# let _ = answer;", "# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The requests as the service's reference writes them, with the scopes they need.
fn requests(tool: &Tool) -> String {
    let mut requests = Vec::new();
    for request in tool.requests() {
        let scopes: Vec<String> = request.scopes.iter().map(|scope| format!("`{scope}`")).collect();
        let scopes = match scopes.len() {
            0 => String::new(),
            1 => format!(", scope {}", scopes.concat()),
            _ => format!(", scopes {}", scopes.join(" and ")),
        };
        let line = format!("`{} {}`{scopes}", request.verb.as_str(), request.path);
        if !requests.contains(&line) {
            requests.push(line);
        }
    }
    let joint = match &tool.plan {
        tool_spec::model::Plan::Cases(_) => "; or ",
        tool_spec::model::Plan::Steps(_) => "; then ",
    };
    format!("{}.", requests.join(joint))
}
