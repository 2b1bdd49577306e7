//! Names as they will be in Rust: some cannot be, and some are the same.

use super::clashes::Clashes;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, GroupDecl, ToolDecl, TypeDecl, TypeKindDecl};
use crate::names::taken::{IN_CATALOG, MODULES, OF_BUILDERS, OF_CLIENTS, OF_GROUPS};
use crate::names::{camel, field_ident, id_ident, params_ident, snake, variant_ident};
use crate::source::At;

/// Reports every clash.
pub(super) fn check(declared: &Declared, sink: &Sink) {
    types_and_ids(declared, sink);
    let mut groups = Clashes::new("group");
    let mut tools = Clashes::new("tool");
    groups.reserve(OF_CLIENTS, "a method of every client");
    groups.reserve(MODULES, "a module of the client");
    tools.reserve(IN_CATALOG, "the list of all tools");
    for group in &declared.groups {
        small(&group.name, "a group's file", sink);
        no_keyword(&group.name, "a group", sink);
        groups.add(&group.name, group.name.value.clone(), sink);
        for tool in &group.tools {
            small(&tool.name, "a tool", sink);
            tools.add(&tool.name, tool.name.value.clone(), sink);
            params(tool, sink);
        }
        methods(group, sink);
    }
}

/// The methods of a group, and the types that stand beside each other in its module: the group's own, and of each
/// method the builder of its calls and their parameters.
fn methods(group: &GroupDecl, sink: &Sink) {
    let mut types = Clashes::new("group");
    types.add(&group.name, camel(group.name.as_str()), sink);
    let mut methods = Clashes::new("method");
    methods.reserve(OF_GROUPS, "a method of every value");
    for method in group.tools.iter().filter_map(|tool| tool.method.as_ref()) {
        small(method, "a method", sink);
        no_keyword(method, "a method", sink);
        methods.add(method, method.value.clone(), sink);
        if !methods_twice(group, method) {
            types.add_as("method", method, camel(method.as_str()), sink);
            types.add_as("parameters' type of the method", method, params_ident(method.as_str()), sink);
        }
    }
}

/// Whether the same method was declared before, which has been told.
fn methods_twice(group: &GroupDecl, method: &At<String>) -> bool {
    let same = |other: &&At<String>| other.value == method.value;
    group.tools.iter().filter_map(|tool| tool.method.as_ref()).find(same).is_some_and(|first| first.span != method.span)
}

fn params(tool: &ToolDecl, sink: &Sink) {
    let mut params = Clashes::new("parameter");
    params.reserve(OF_BUILDERS, "a method of every call");
    for param in &tool.params {
        params.add(&param.name, field_ident(param.name.as_str()), sink);
    }
}

/// Types and kinds of ids share one list of names in Rust: an id of the kind `call` is a `CallId`.
fn types_and_ids(declared: &Declared, sink: &Sink) {
    let mut names = Clashes::new("type");
    for id in declared.service.iter().flat_map(|service| &service.ids) {
        names.add_as("kind of id", &id.name, id_ident(id.name.as_str()), sink);
    }
    for decl in &declared.types {
        let name = decl.name.as_str();
        if camel(name) != name {
            let message = format!("`{name}` is no name of a type");
            let fault = Fault::new(FaultKind::Syntax, decl.name.span, message);
            sink.report(fault.help(format!("write it as Rust does: `{}`", camel(name))));
        }
        names.add(&decl.name, camel(name), sink);
        inside(decl, sink);
    }
}

fn inside(decl: &TypeDecl, sink: &Sink) {
    match &decl.kind {
        Some(TypeKindDecl::Model(fields)) => {
            let mut names = Clashes::new("field");
            for field in fields {
                names.add(&field.name, field_ident(field.name.as_str()), sink);
            }
        }
        Some(TypeKindDecl::Enum(values)) => {
            if values.is_empty() {
                let message = format!("`{}` has no values", decl.name.value);
                sink.report(Fault::new(FaultKind::Missing, decl.name.span, message));
            }
            let mut names = Clashes::new("value");
            let mut sent = Clashes::new("sent value");
            for value in values {
                names.add(&value.name, variant_ident(value.name.as_str()), sink);
                let sends = value.sends.as_ref().unwrap_or(&value.name);
                sent.add(sends, sends.value.clone(), sink);
            }
        }
        None => {}
    }
}

fn small(name: &At<String>, what: &str, sink: &Sink) {
    let right = snake(name.as_str());
    if right != name.value {
        let fault = Fault::new(FaultKind::Syntax, name.span, format!("`{}` is no name of {what}", name.value));
        sink.report(fault.help(format!("write it in small letters with `_` between words: `{right}`")));
    }
}

fn no_keyword(name: &At<String>, what: &str, sink: &Sink) {
    let right = snake(name.as_str());
    if field_ident(&right) != right {
        let message = format!("`{}` is a keyword of Rust, so it cannot be {what}", name.value);
        sink.report(Fault::new(FaultKind::Clash, name.span, message));
    }
}
