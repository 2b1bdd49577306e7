//! Which scopes a tool may need, its own and those of the tools that its sources ask; and that no tool ends up asking
//! itself.

use super::reach::requests;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, SourceDecl, ToolDecl};
use crate::source::At;

/// The scopes in the order in which they are needed: values are looked up before anything is sent.
pub(crate) fn of(tool: &ToolDecl, declared: &Declared) -> Vec<String> {
    let mut scopes = Vec::new();
    let mut seen = Vec::new();
    collect(tool, declared, &mut seen, &mut scopes);
    scopes
}

fn collect<'d>(tool: &'d ToolDecl, declared: &'d Declared, seen: &mut Vec<&'d str>, scopes: &mut Vec<String>) {
    if seen.contains(&tool.name.as_str()) {
        return;
    }
    seen.push(&tool.name.value);
    for asked in asks(tool) {
        if let Some(asked) = find(declared, asked) {
            collect(asked, declared, seen, scopes);
        }
    }
    for scope in requests(tool).into_iter().flat_map(|request| &request.scopes) {
        if !scopes.contains(&scope.value) {
            scopes.push(scope.value.clone());
        }
    }
}

/// Reports every tool whose sources lead back to it.
pub(crate) fn check_circles(declared: &Declared, sink: &Sink) {
    for tool in declared.groups.iter().flat_map(|group| &group.tools) {
        for asked in asks(tool) {
            let mut seen = Vec::new();
            if leads_to(asked, tool.name.as_str(), declared, &mut seen) {
                let message = format!("to ask `{}` is to ask `{}` itself", asked.value, tool.name.value);
                sink.report(Fault::new(FaultKind::Contradiction, asked.span, message));
            }
        }
    }
}

fn leads_to<'d>(from: &'d At<String>, to: &str, declared: &'d Declared, seen: &mut Vec<&'d str>) -> bool {
    if from.value == to {
        return true;
    }
    if seen.contains(&from.as_str()) {
        return false;
    }
    seen.push(&from.value);
    let asked = find(declared, from).map(asks).unwrap_or_default();
    asked.into_iter().any(|next| leads_to(next, to, declared, seen))
}

fn find<'d>(declared: &'d Declared, name: &At<String>) -> Option<&'d ToolDecl> {
    declared.groups.iter().flat_map(|group| &group.tools).find(|tool| tool.name.value == name.value)
}

/// The tools that a tool's sources ask.
fn asks(tool: &ToolDecl) -> Vec<&At<String>> {
    let defaults = tool.params.iter().filter_map(|param| param.default.as_ref()?.as_ref());
    let values = tool.values.iter().filter_map(|value| value.source.as_ref());
    defaults
        .chain(values)
        .filter_map(|source| match &source.value {
            SourceDecl::Ask { tool, .. } => Some(tool),
            _ => None,
        })
        .collect()
}
