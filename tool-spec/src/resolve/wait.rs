//! What a tool that tells how a job stands is waited for.

use super::parts::all;
use super::tool::Reader;
use crate::fault::FaultKind;
use crate::model::{Ty, Wait};
use crate::source::At;

impl Reader<'_> {
    /// What `wait` names, which must say how a job stands.
    pub(super) fn wait(&self) -> Option<Option<Wait>> {
        if self.decl.wait_at.is_none() {
            return Some(None);
        }
        let (decl, answer) = (self.decl.wait.as_ref()?, self.decl.answer.as_ref()?);
        let until = self.hop(answer.as_str(), &decl.until)?;
        let value = |value: &At<String>| {
            if let Ty::Enum(name) = &until.ty {
                self.types.need_value(name, value.as_str(), value.span, self.sink)?;
            }
            Some(value.value.clone())
        };
        if !matches!(until.ty, Ty::Enum(_) | Ty::String) {
            let message = format!("how a job stands is an enum or a `string`, and `{}` is `{}`", until.field, until.ty);
            return self.refuse(FaultKind::Type, decl.until.span, message);
        }
        let (done, failed) = (all(decl.done.iter().map(value)), all(decl.failed.iter().map(value)));
        Some(Some(Wait { done: done?, failed: failed?, until }))
    }
}
