//! Requests: which may stand where, and what of them goes together.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{CaseDecl, ConditionDecl, PlanDecl, RequestDecl, StepDecl, TemplateDecl};
use crate::load::path::path_holes;
use crate::model::Verb;
use crate::source::At;

/// Reports requests that would never be sent, and parts of one that contradict each other.
pub(super) fn check(tool: &Checked<'_>) {
    match &tool.decl.plan {
        Some(PlanDecl::Requests(cases)) => {
            let last = cases.len().saturating_sub(1);
            cases.iter().enumerate().for_each(|(index, case)| when(tool, case, index == last));
        }
        Some(PlanDecl::Steps(steps)) => {
            let last = steps.len().saturating_sub(1);
            steps.iter().enumerate().for_each(|(index, of)| step(tool, of, index == last));
        }
        Some(PlanDecl::Request(_)) | None => {}
    }
    for (of, last) in tool.decl.requests() {
        request(tool, of);
        answer(tool, of, last);
        if let Some(written) = of.path() {
            path(tool, written);
        }
    }
}

/// The last of several requests is sent when no other is, and each before it on a condition.
fn when(tool: &Checked<'_>, case: &CaseDecl, last: bool) {
    let (kind, span, message, help) = match (&case.when, case.else_at) {
        // Both are there, which was told; or what is there could not be read.
        (Some(_), Some(_)) | (Some(None), None) => return,
        (None, Some(_)) if last => return,
        (Some(Some(when)), None) if !last => return condition(tool, when, Decides::Request),
        (Some(Some(when)), None) => {
            let message = "the last request is sent when no other is, so it has no `when`";
            (FaultKind::Contradiction, when.span, message, "write `else: true` instead")
        }
        (None, Some(span)) => {
            let message = "only the last request has `else`: those after this one would never be sent";
            (FaultKind::Contradiction, span, message, "say on which condition it is sent: `when: $param`")
        }
        (None, None) if last => {
            let message = "the last request says that it is sent when no other is";
            (FaultKind::Missing, case.request.at(), message, "add `else: true`")
        }
        (None, None) => {
            let message = "only the last request has no `when`: those after this one would never be sent";
            (FaultKind::Missing, case.request.at(), message, "add `when: $param`")
        }
    };
    tool.sink.report(Fault::new(kind, span, message).help(help));
}

/// What a condition decides about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decides {
    Request,
    Part,
    Rule,
}

/// A condition that always holds is none, and would leave the requests after it unsent.
pub(super) fn condition(tool: &Checked<'_>, when: &At<ConditionDecl>, decides: Decides) {
    let name = when.value.param.as_str();
    let (what, so) = match decides {
        Decides::Request => ("which request is sent", "no request after this one would be sent"),
        Decides::Part => ("which part is sent", "this part is always sent: write what stands at `then` alone"),
        Decides::Rule => ("whether this rule holds", "this rule holds in any case: leave the `when` out"),
    };
    let compares = when.value.value.is_some();
    if tool.decl.is_asked(name) && (compares || decides != Decides::Request) {
        let message = format!("{what} is decided before `{name}` is looked up");
        tool.report(FaultKind::Contradiction, when.span, message);
    }
    if !compares && tool.is_always_given(name) {
        let message = format!("`{name}` is always there, so {so}");
        tool.report(FaultKind::Contradiction, when.span, message);
    }
}

/// The conditions of a template's parts.
fn parts(tool: &Checked<'_>, template: &TemplateDecl) {
    match template {
        TemplateDecl::When { when, then } => {
            condition(tool, when, Decides::Part);
            parts(tool, then);
        }
        TemplateDecl::Object(entries) => entries.iter().for_each(|entry| parts(tool, &entry.value)),
        TemplateDecl::List(items) => items.iter().for_each(|item| parts(tool, item)),
        TemplateDecl::For { element, .. } => parts(tool, element),
        TemplateDecl::Broken | TemplateDecl::Constant(_) | TemplateDecl::Hole(_) | TemplateDecl::Has { .. } => {}
    }
}

fn step(tool: &Checked<'_>, step: &StepDecl, last: bool) {
    let chunk = step.request.chunk.as_ref().map(|chunk| &chunk.of);
    let fan = chunk.or(step.request.each.as_ref().map(|each| &each.of));
    if let Some(of) = fan.filter(|_| !last) {
        let message = "only the last step may become several requests: the steps after this one need its one answer";
        tool.report(FaultKind::Contradiction, of.span, message);
    }
    match (&step.missing, step.take.first()) {
        (_, Some(take)) if last => {
            let message = "nothing comes after the last step that could use this";
            tool.report(FaultKind::Contradiction, take.name.span, message);
        }
        (Some(missing), None) => {
            let message = "`missing` is said when something of `take` is not in the answer, and there is no `take`";
            tool.report(FaultKind::Contradiction, missing.span, message);
        }
        (None, Some(take)) => {
            let message = "a step with `take` needs `missing`: what to say when it is not in the answer";
            tool.report(FaultKind::Missing, take.name.span, message);
        }
        _ => {}
    }
}

fn request(tool: &Checked<'_>, request: &RequestDecl) {
    request
        .query
        .iter()
        .chain(&request.multipart)
        .map(|(_, sent)| sent)
        .chain(request.body.as_ref().map(|body| &body.value))
        .for_each(|sent| parts(tool, sent));
    if let Some(form) = request.multipart_at {
        if let Some(body) = &request.body {
            let fault =
                Fault::new(FaultKind::Contradiction, body.span, "a request has `body` or `multipart`, not both");
            tool.sink.report(fault.related(form, "its form").help("send this as a part of the form"));
        }
        if request.verb() == Some(Verb::Get) {
            tool.report(FaultKind::Contradiction, form, "a `get` sends no form");
        }
    }
    if let (Some(_), Some(each)) = (&request.chunk, &request.each) {
        tool.report(FaultKind::Contradiction, each.of.span, "a request has `chunk` or `each`, not both");
    }
    let Some(outcomes) = &request.outcomes else { return };
    if request.each.is_none() {
        let message = "`outcomes` says where the answers of `each` go, and there is no `each`";
        tool.report(FaultKind::Contradiction, outcomes.at, message);
    } else if outcomes.item.value == outcomes.error.value {
        let message = "what went wrong stands in another field than what it was for";
        tool.report(FaultKind::Contradiction, outcomes.error.span, message);
    }
    if let Some(answer) = &request.answer {
        let message = "with `outcomes` the answer's model is that of the list's elements";
        tool.report(FaultKind::Contradiction, answer.span, message);
    }
}

/// An answer is the tool's, or becomes it.
fn answer(tool: &Checked<'_>, request: &RequestDecl, last: bool) {
    let of_tool = tool.decl.answer.as_ref().map(At::as_str);
    let other = request.answer.as_ref().filter(|answer| Some(answer.as_str()) != of_tool);
    if !last && request.answer.is_none() {
        tool.report(FaultKind::Missing, request.at(), "a step before the last needs the `answer` it gets");
    }
    match (&request.reshape, other) {
        (Some(reshape), _) if !last => {
            let message = "only the last step's answer is the tool's; other steps `take` from theirs";
            tool.report(FaultKind::Contradiction, reshape.span, message);
        }
        (Some(reshape), None) => {
            let fault =
                Fault::new(FaultKind::Contradiction, reshape.span, "this request's answer is the tool's already");
            tool.sink.report(fault.help("say with `answer` which other model the request gets, or drop `reshape`"));
        }
        (None, Some(answer)) if last && request.outcomes.is_none() => {
            let message = "this answer is not the tool's, so the request needs `reshape`";
            tool.report(FaultKind::Missing, answer.span, message);
        }
        _ => {}
    }
}

/// The holes of a path are always there.
fn path(tool: &Checked<'_>, path: &At<String>) {
    let holes: Vec<&str> = path_holes(&path.value).collect();
    for (at, written) in holes.iter().enumerate() {
        if holes.iter().take(at).any(|other| other == written) {
            tool.report(FaultKind::Clash, path.span, format!("`{{{written}}}` is in the path twice"));
            continue;
        }
        let name = written.split('.').next().unwrap_or_default();
        if let Some(param) = tool.param(name).filter(|param| !param.required) {
            let message = format!("`{name}` is in the path, so it must be `required: true`");
            let fault = Fault::new(FaultKind::Contradiction, param.name.span, message);
            tool.sink.report(fault.related(path.span, "used here"));
        }
    }
}
