//! What is declared and does nothing: types that no tool leads to, what is said of fields for a way that they never go,
//! and scopes and kinds of ids that nobody has.

use std::collections::BTreeSet;

use super::tool::Checked;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, FieldDecl, PlanDecl, ToolDecl, TypeExpr, TypeKindDecl};
use crate::resolve::Resolved;
use crate::resolve::names::Use;
use crate::resolve::reach::kind_of_id;
use crate::source::{At, Span};

/// Reports types that nothing reaches, and what is said of fields for a way that they never go.
pub(super) fn types(declared: &Declared, resolved: &Resolved<'_>, sink: &Sink) {
    let partial = declared.groups.iter().any(|group| group.tools.iter().any(|tool| tool.partial));
    if declared.unread.tools || declared.unread.types || partial || resolved.reach.lost || !resolved.types.complete() {
        return;
    }
    for decl in &declared.types {
        let name = decl.name.as_str();
        let (goes_in, comes_out) = (resolved.reach.goes_in(name), resolved.reach.comes_out(name));
        if !goes_in && !comes_out {
            let message = format!("no parameter and no answer uses `{name}`");
            sink.report(Fault::new(FaultKind::Unused, decl.name.span, message));
        } else if let Some(TypeKindDecl::Model(fields)) = &decl.kind {
            for field in fields {
                check_field(field, name, goes_in, comes_out, sink);
            }
        }
    }
}

fn check_field(field: &FieldDecl, model: &str, goes_in: bool, comes_out: bool, sink: &Sink) {
    let report = |key: &str, span: Span, way: &str| {
        let message = format!("`{key}` is for a model that {way}, and `{model}` never does");
        sink.report(Fault::new(FaultKind::Contradiction, span, message));
    };
    if let Some(always) = field.always.as_ref().filter(|_| !comes_out) {
        report("always", always.span, "comes out in an answer");
    }
    if let Some(TypeExpr::Around(around, _)) = field.ty.as_ref().filter(|_| comes_out)
        && around.value == "csv"
    {
        let message = format!("`csv<…>` is text that a caller gives, and `{model}` comes out in an answer");
        sink.report(Fault::new(FaultKind::Type, around.span, message).help("write `list<…>`, or another model"));
    }
    if goes_in {
        return;
    }
    let way = "goes in with a parameter";
    if let Some(required) = &field.required {
        report("required", required.span, way);
    }
    if let Some(notice) = &field.notice {
        report("notice", notice.span, way);
    }
    for limit in &field.limits.written {
        report(limit.value, limit.span, way);
    }
}

/// Reports scopes that no request needs, and kinds of ids that nothing has.
pub(super) fn scopes_and_ids(declared: &Declared, sink: &Sink) {
    let Some(service) = &declared.service else { return };
    for (what, name) in &declared.unused_shared {
        let message = format!("nothing uses the shared {what} `{}`", name.value);
        let fault = Fault::new(FaultKind::Unused, name.span, message);
        sink.report(fault.help(format!("write `{}: shared` where it is meant, or take it away", name.value)));
    }
    let tools = || declared.groups.iter().flat_map(|group| &group.tools);
    let needed: BTreeSet<&str> =
        tools().flat_map(ToolDecl::requests).flat_map(|(request, _)| &request.scope).map(At::as_str).collect();
    for scope in service.scopes.iter().filter(|scope| !needed.contains(scope.name.as_str())) {
        let message = format!("no request needs the scope `{}`", scope.name.value);
        let fault = Fault::new(FaultKind::Unused, scope.name.span, message);
        sink.report(fault.help("give it to the requests that need it, or take it away"));
    }
    let params = tools().flat_map(|tool| &tool.params).filter_map(|param| param.ty.as_ref());
    let fields = declared.types.iter().filter_map(|decl| match &decl.kind {
        Some(TypeKindDecl::Model(fields)) => Some(fields),
        _ => None,
    });
    let types = params.chain(fields.flatten().filter_map(|field| field.ty.as_ref()));
    let had: BTreeSet<&str> = types.filter_map(kind_of_id).collect();
    for id in service.ids.iter().filter(|id| !had.contains(id.name.as_str())) {
        let message = format!("nothing is an id of the kind `{}`", id.name.value);
        let fault = Fault::new(FaultKind::Unused, id.name.span, message);
        sink.report(
            fault.help(format!("say `id<{}>` where one goes in or comes out, or take the kind away", id.name.value)),
        );
    }
}

/// A parameter that nothing uses does nothing, and one with a notice is not to be sent.
pub(super) fn names(tool: &Checked<'_>) {
    if tool.decl.partial {
        return;
    }
    for param in &tool.decl.params {
        let name = param.name.as_str();
        match &param.notice {
            _ if tool.decl.is_asked(name) && !tool.uses.has(name, Use::Needed) => {
                let message = format!("no request needs `{name}`, so its default would never be looked up");
                let fault = Fault::new(FaultKind::Unused, param.name.span, message);
                tool.sink.report(fault.help("send it, or take the default away"));
            }
            None if !tool.uses.has(name, Use::Used) => {
                let fault = Fault::new(FaultKind::Unused, param.name.span, format!("nothing uses `{name}`"));
                tool.sink.report(fault.help("send it, or say with `notice` why it is not sent"));
            }
            Some(notice) if tool.uses.has(name, Use::Sent) => {
                let message = format!("`{name}` is sent, so this `notice` is not true");
                tool.sink.report(Fault::new(FaultKind::Contradiction, notice.span, message));
            }
            _ => {}
        }
    }
    let takes = match &tool.decl.plan {
        Some(PlanDecl::Steps(steps)) => steps.as_slice(),
        _ => &[],
    };
    let takes = takes.iter().flat_map(|step| &step.take).map(|take| &take.name);
    let worked_out = tool.decl.values.iter().map(|value| &value.name).chain(takes);
    for name in worked_out.filter(|name| !tool.uses.has(name.as_str(), Use::Used)) {
        tool.report(FaultKind::Unused, name.span, format!("nothing uses `{}`", name.value));
    }
}
