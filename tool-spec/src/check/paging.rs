//! Pages: a tool that answers with one says how the next is asked for, and what belongs to pages is of no use to
//! others.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{ParamDecl, RequestDecl, SourceDecl, TemplateDecl, TypeExpr};
use crate::model::Ty;
use crate::source::{At, Span};

/// Reports what the paging of a tool lacks.
pub(super) fn check(tool: &Checked<'_>) {
    envelope_fields(tool);
    match &tool.decl.paging {
        None => unsaid(tool),
        Some(None) => {}
        Some(Some(paging)) => said(tool, paging),
    }
    for (request, _) in tool.decl.requests() {
        if let Some(per_page) = request.each.as_ref().and_then(|each| each.per_page.as_ref()) {
            makes_pages(tool, per_page.span);
        }
        envelope_kept(tool, request);
    }
    same_on_every_page(tool);
}

/// The field of the answer that is the paging envelope, and its model, which has a cursor.
fn envelope<'a>(tool: &Checked<'a>) -> Option<(&'a str, &'a str)> {
    let paging = tool.declared.paging()?;
    let envelope = tool.types.field(tool.decl.answer.as_ref()?.as_str(), paging.envelope.as_str())?;
    let Some(Ty::Model(model)) = &envelope.ty else { return None };
    tool.types.field(model, paging.cursor.as_str())?;
    Some((paging.envelope.as_str(), model))
}

/// A page that says where the next begins is of no use if the caller cannot ask for that one.
fn unsaid(tool: &Checked<'_>) {
    let is_page = envelope(tool).is_some() && !tool.decl.partial;
    if let Some(answer) = tool.decl.answer.as_ref().filter(|_| is_page) {
        let message = format!("`{}` is a page, and the tool does not say how the next is asked for", answer.value);
        let fault = Fault::new(FaultKind::Missing, answer.span, message);
        tool.sink.report(fault.help("say `paging: $param`: the parameter that is sent as the cursor"));
    }
}

fn said(tool: &Checked<'_>, paging: &At<String>) {
    let Some(param) = tool.decl.params.iter().find(|param| param.name.value == paging.value) else { return };
    if let Some(answer) = tool.decl.answer.as_ref().filter(|answer| is_no_page(tool, answer.as_str())) {
        tool.sink.report_cause(&format!("page {}", answer.value), paging.span, || {
            let message = format!("`paging` is for pages, and `{}` has no envelope with a cursor", answer.value);
            let fault = Fault::new(FaultKind::Contradiction, paging.span, message);
            fault
                .related(answer.span, "this is the answer")
                .help(format!("`paging` in `{}` says how these are called", tool.declared.service_file()))
        });
    } else if param.required || param.default.is_some() || !is_string(param) {
        let message = "the parameter that takes a cursor is an optional `string` without a default";
        let fault = Fault::new(FaultKind::Type, param.name.span, message);
        tool.sink.report(fault.related(paging.span, "by it the next page is asked for"));
    }
}

fn is_string(param: &ParamDecl) -> bool {
    // A type that could not be read is not called wrong a second time.
    param.ty.as_ref().is_none_or(|ty| matches!(ty, TypeExpr::Word(word) if word.value == "string"))
}

/// Whether a model is known to lack the paging envelope or its cursor.
fn is_no_page(tool: &Checked<'_>, model: &str) -> bool {
    let Some(paging) = tool.declared.paging() else { return false };
    match tool.types.field(model, paging.envelope.as_str()).map(|envelope| &envelope.ty) {
        None => tool.types.fields(model).is_some(),
        Some(Some(Ty::Model(envelope))) => {
            tool.types.fields(envelope).is_some() && tool.types.field(envelope, paging.cursor.as_str()).is_none()
        }
        Some(Some(_)) => true,
        Some(None) => false,
    }
}

/// What the envelope says of pages is read by the runtime.
fn envelope_fields(tool: &Checked<'_>) {
    let Some(((answer, (_, model)), paging)) =
        tool.decl.answer.as_ref().zip(envelope(tool)).zip(tool.declared.paging())
    else {
        return;
    };
    for field in tool.types.fields(model).unwrap_or_default() {
        let (wanted, what) = match field.name {
            name if name == paging.cursor.value => (Ty::String, "where the next page begins"),
            name if name == paging.total.value => (Ty::Integer, "how many items there are"),
            _ => continue,
        };
        if let Some(ty) = field.ty.as_ref().filter(|ty| **ty != wanted) {
            let name = field.name;
            let message = format!("`{name}` of `{model}` says {what}, so it is `{wanted}` and not `{ty}`");
            tool.report(FaultKind::Type, answer.span, message);
        }
    }
}

fn makes_pages(tool: &Checked<'_>, per_page: Span) {
    if tool.decl.paging.is_none() && !tool.decl.partial && tool.knows_pages() {
        let message = "`per_page` makes pages, and the tool has no `paging`";
        let fault = Fault::new(FaultKind::Contradiction, per_page, message);
        tool.sink.report(fault.help("say `paging: $param`, and answer with a page"));
    }
}

/// Without the paging envelope the first page would seem to be the only one.
fn envelope_kept(tool: &Checked<'_>, request: &RequestDecl) {
    let Some(reshape) = request.reshape.as_ref().filter(|_| tool.decl.paging.is_some()) else { return };
    let (TemplateDecl::Object(entries), Some((envelope, _))) = (&reshape.value, envelope(tool)) else { return };
    if !entries.iter().any(|entry| entry.key.value == envelope) {
        let message = format!("the tool has pages, and this leaves out their envelope `{envelope}`");
        let fault = Fault::new(FaultKind::Missing, reshape.span, message);
        tool.sink.report(fault.help(format!("add `{envelope}: .{envelope}`")));
    }
}

/// Values are worked out for every page, parameters and their defaults once for all of them.
fn same_on_every_page(tool: &Checked<'_>) {
    for value in tool.decl.values.iter().filter(|_| tool.decl.paging.is_some()) {
        let fresh = value.source.as_ref().filter(|source| matches!(source.value, SourceDecl::Fresh));
        if let Some(source) = fresh {
            let message =
                format!("`{}` would be another one on every page, for which no cursor is good", value.name.value);
            let fault = Fault::new(FaultKind::Contradiction, source.span, message);
            tool.sink.report(fault.help("make it a parameter with this default, which is worked out once"));
        }
    }
}
