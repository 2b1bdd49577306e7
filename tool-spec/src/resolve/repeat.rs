//! How a repetition is known to the service, and told by it.

use super::names::Names;
use super::tool::Reader;
use super::types::{element, written};
use crate::fault::FaultKind;
use crate::load::decl::{RepeatedDecl, RequestDecl};
use crate::model::{Effect, Repeated, Ty};
use crate::source::{At, Span};

impl Reader<'_> {
    /// A key by which the service knows a repetition. The answer to one has no more in it than the refusal tells, so nothing
    /// else may have to be there.
    pub(super) fn repeat_key(
        &self,
        key: &At<String>,
        decl: &RequestDecl,
        last: bool,
        names: &Names<'_>,
    ) -> Option<String> {
        names.find(key, self.sink)?;
        if self.decl.effect == Some(Effect::Read) {
            let message = "a tool that reads may always be repeated, so its requests need no `repeat_key`";
            return self.refuse(FaultKind::Contradiction, key.span, message);
        }
        if !last {
            let message = "a repetition is answered with nothing, and the steps after this one build on its answer";
            return self.refuse(FaultKind::Contradiction, key.span, message);
        }
        let told = decl.repeated.as_ref().and_then(|repeated| hole(&repeated.message.value));
        let answer = decl.answer.as_ref().or(self.decl.answer.as_ref());
        let fields = answer.and_then(|answer| Some((answer, self.types.fields(answer.as_str())?)));
        let always = fields.and_then(|(answer, fields)| {
            let is_list = |ty: Option<&Ty>| ty.is_none_or(|ty| element(ty).is_some());
            let untold = fields.iter().filter(|field| Some(field.name) != told);
            let field = untold.filter(|field| field.always).find(|field| !is_list(field.ty.as_ref()))?;
            Some((answer, field.name))
        });
        if let Some((answer, field)) = always {
            let message = format!("a repetition is answered with nothing, and `{}` always has `{field}`", answer.value);
            return self.refuse(FaultKind::Contradiction, key.span, message);
        }
        Some(key.value.clone())
    }

    /// The words by which a refusal says that what was sent is there already.
    pub(super) fn repeated(&self, repeated: &RepeatedDecl, decl: &RequestDecl) -> Option<Repeated> {
        let (status, message) = (repeated.status.value, repeated.message.as_str());
        if status >= 500 {
            let message =
                "a refusal has a status from 400 to 499; with any other the request may not have been looked at";
            return self.refuse(FaultKind::Contradiction, repeated.status.span, message);
        }
        if let Some((before, _)) = message.split_once(['{', '}']) {
            self.told_field(before, &repeated.message, decl)?;
        }
        Some(Repeated { status, message: message.to_owned() })
    }

    /// The field in the words, which is one word of text.
    fn told_field(&self, before: &str, message: &At<String>, decl: &RequestDecl) -> Option<()> {
        let span: Span = message.span;
        let Some(field) = hole(&message.value) else {
            let message = "the words of `repeated` have at most one field, written `{field}`";
            return self.refuse(FaultKind::Syntax, span, message);
        };
        if before.trim().is_empty() {
            let message =
                format!("words must stand before `{{{field}}}`: without them any error would seem to tell it");
            return self.refuse(FaultKind::Syntax, span, message);
        }
        let answer = decl.answer.as_ref().or(self.decl.answer.as_ref())?;
        let ty = self.field(answer.as_str(), &At::new(field.to_owned(), span))?;
        if !matches!(ty, Ty::String | Ty::Id(_)) {
            let message = format!("a word of a message is a string or an id, and `{field}` is `{}`", written(&ty));
            return self.refuse(FaultKind::Type, span, message);
        }
        Some(())
    }
}

/// The one field in words such as `posted for the call {callId}`.
fn hole(words: &str) -> Option<&str> {
    let (_, rest) = words.split_once('{')?;
    let (field, after) = rest.split_once('}')?;
    (!field.is_empty() && !field.contains('{') && !after.contains(['{', '}'])).then_some(field)
}
