//! What any file may name: the tools, and the scopes of the service.

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Known, Sink};
use crate::load::decl::{Declared, ToolDecl};
use crate::source::At;

/// Things by their names.
pub(crate) struct Lookup<'a> {
    declared: &'a Declared,
    tools: BTreeMap<&'a str, &'a ToolDecl>,
    tool_names: Known<'a>,
    scopes: Known<'a>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn of(declared: &'a Declared) -> Self {
        let tools: BTreeMap<&str, &ToolDecl> = declared.tools().map(|tool| (tool.name.as_str(), tool)).collect();
        let service = declared.service.iter().filter(|_| !declared.unread.service);
        let scopes = Known::new(service.flat_map(|service| &service.scopes).map(|scope| scope.name.as_str()));
        let tool_names = Known::new(tools.keys().copied());
        Lookup { declared, tools, tool_names, scopes }
    }

    /// A tool.
    pub(crate) fn tool(&self, name: &str) -> Option<&'a ToolDecl> {
        self.tools.get(name).copied()
    }

    /// A tool that a source asks; one that is not there is reported.
    pub(crate) fn asked(&self, name: &At<String>, sink: &Sink) -> Option<&'a ToolDecl> {
        let found = self.tool(name.as_str());
        if found.is_none() && !self.declared.unread.tools {
            sink.report_cause(&format!("tool {}", name.value), name.span, || {
                let fault = Fault::new(FaultKind::UnknownName, name.span, format!("there is no tool `{}`", name.value));
                fault.did_you_mean_of(&name.value, &self.tool_names)
            });
        }
        found
    }

    /// Reports a scope that is not there. Without any scope the fault is in the service's file.
    pub(crate) fn check_scope(&self, scope: &At<String>, sink: &Sink) {
        if self.scopes.is_empty() || self.scopes.has(&scope.value) {
            return;
        }
        sink.report_cause(&format!("scope {}", scope.value), scope.span, || {
            let message = format!("`{}` has no scope `{}`", self.declared.service_file(), scope.value);
            Fault::new(FaultKind::UnknownName, scope.span, message).did_you_mean_of(&scope.value, &self.scopes)
        });
    }
}
