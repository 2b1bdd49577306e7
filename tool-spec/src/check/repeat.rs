//! How a repetition is known to the service, and told by it.

use super::tool::Checked;
use crate::fault::FaultKind;
use crate::load::decl::{RepeatedDecl, RequestDecl};
use crate::model::{Effect, Ty, Verb};
use crate::resolve::types::element;
use crate::source::{At, Span};

/// Reports what is said to be repeated and is not, or is anyway, and words by which no repetition could be known.
pub(super) fn check(tool: &Checked<'_>) {
    for (request, last) in tool.decl.requests() {
        let answer = request.answer.as_ref().or(tool.decl.answer.as_ref());
        if let Some(at) = request.repeatable_at {
            repeatable(tool, at, request, last, answer);
        }
        if let Some(key) = &request.repeat_key {
            repeat_key(tool, key, request, last, answer);
        }
        if let Some(repeated) = &request.repeated {
            self::repeated(tool, repeated, answer);
        }
    }
}

/// What is repeated anyway need not say so.
fn repeatable(tool: &Checked<'_>, at: Span, request: &RequestDecl, last: bool, answer: Option<&At<String>>) {
    let refuse = |message: &str| tool.report(FaultKind::Contradiction, at, message);
    match request.verb() {
        _ if tool.decl.effect == Some(Effect::Read) => refuse("a tool that reads may always be repeated"),
        Some(Verb::Get) => refuse("a `get` may always be repeated"),
        _ if request.repeat_key.is_some() => {
            refuse("a request may always be repeated (`repeatable`) or where its `repeat_key` is there, not both");
        }
        Some(Verb::Delete) if request.repeatable => answered_with_nothing(tool, at, last, answer, None),
        _ => {}
    }
}

fn repeat_key(tool: &Checked<'_>, key: &At<String>, request: &RequestDecl, last: bool, answer: Option<&At<String>>) {
    let refuse = |message: &str| tool.report(FaultKind::Contradiction, key.span, message);
    if tool.decl.effect == Some(Effect::Read) {
        return refuse("a tool that reads may always be repeated, so its requests need no `repeat_key`");
    }
    let told = request.repeated.as_ref().and_then(|repeated| hole(&repeated.message.value));
    answered_with_nothing(tool, key.span, last, answer, told);
}

/// The answer to a repetition has no more in it than the refusal tells, so nothing else may have to be there.
fn answered_with_nothing(tool: &Checked<'_>, at: Span, last: bool, answer: Option<&At<String>>, told: Option<&str>) {
    let refuse = |message: &str| tool.report(FaultKind::Contradiction, at, message);
    if !last {
        return refuse("a repetition is answered with nothing, and the steps after this one build on its answer");
    }
    let Some((answer, fields)) = answer.and_then(|answer| Some((answer, tool.types.fields(answer.as_str())?))) else {
        return;
    };
    let is_list = |ty: Option<&Ty>| ty.is_none_or(|ty| element(ty).is_some());
    let untold = fields.iter().filter(|field| field.always && Some(field.name) != told);
    for field in untold.filter(|field| !is_list(field.ty.as_ref())).take(1) {
        let field = field.name;
        refuse(&format!("a repetition is answered with nothing, and `{}` always has `{field}`", answer.value));
    }
}

/// The words by which a refusal says that what was sent is there already.
fn repeated(tool: &Checked<'_>, repeated: &RepeatedDecl, answer: Option<&At<String>>) {
    let message = &repeated.message;
    let refuse = |kind, told: &str| tool.report(kind, message.span, told);
    if repeated.status.value >= 500 {
        let told = "a refusal has a status from 400 to 499; with any other the request may not have been looked at";
        return tool.report(FaultKind::Contradiction, repeated.status.span, told);
    }
    let Some((before, _)) = message.value.split_once(['{', '}']) else { return };
    let Some(field) = hole(&message.value) else {
        return refuse(FaultKind::Syntax, "the words of `repeated` have at most one field, written `{field}`");
    };
    if before.trim().is_empty() {
        let told = format!("words must stand before `{{{field}}}`: without them any error would seem to tell it");
        return refuse(FaultKind::Syntax, &told);
    }
    // The field is one word of text.
    let ty =
        answer.and_then(|answer| tool.types.need_field(answer.as_str(), field, message.span, tool.sink)?.ty.as_ref());
    if let Some(ty) = ty.filter(|ty| !matches!(ty, Ty::String | Ty::Id(_))) {
        let told = format!("a word of a message is a string or an id, and `{field}` is `{ty}`");
        refuse(FaultKind::Type, &told);
    }
}

/// The one field in words such as `posted for the call {callId}`.
fn hole(words: &str) -> Option<&str> {
    let (_, rest) = words.split_once('{')?;
    let (field, after) = rest.split_once('}')?;
    (!field.is_empty() && !field.contains('{') && !after.contains(['{', '}'])).then_some(field)
}
