//! The items of a tool's answer: where they are, how they lie in time and which are kept.

use super::constant;
use super::names::Names;
use super::parts::all_or_none;
use super::sources::item_model;
use super::tool::Reader;
use super::types::is_word;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{KeepDecl, KeepTestDecl, RangeDecl};
use crate::model::{Expected, Items, Keep, KeepTest, Limits, Timeline, Ty};
use crate::source::At;

impl Reader<'_> {
    pub(super) fn items(&self) -> Option<Option<Items>> {
        let Some(items) = &self.decl.items else { return Some(None) };
        let answer = self.decl.answer.as_ref()?;
        let ty = self.field(answer.as_str(), items)?;
        let Some(model) = item_model(self.decl, items, self.types) else {
            let message = format!("`{}` is no list of models but `{ty}`", items.value);
            return self.refuse(FaultKind::Type, items.span, message);
        };
        Some(Some(Items { field: items.value.clone(), model }))
    }

    /// The parameter that takes the cursor of a page.
    pub(super) fn paging(&self, names: &Names<'_>) -> Option<Option<String>> {
        let Some(paging) = &self.decl.paging else { return Some(None) };
        Some(Some(names.param(paging.as_ref()?, self.sink)?.name().to_owned()))
    }

    /// What `newest_first` names, which must be as the walk through time needs it.
    pub(super) fn timeline(&self, names: &Names<'_>) -> Option<Option<Timeline>> {
        if self.decl.newest_first_at.is_none() {
            return Some(None);
        }
        let decl = self.decl.newest_first.as_ref()?;
        let end = |name| self.param_of(&Ty::DateTime, "a range of time is of `date-time`", name, names);
        let (from, to) = (end(&decl.from), end(&decl.to));
        let item = self.decl.items.as_ref().and_then(|items| item_model(self.decl, items, self.types));
        let time = self.hop(&item?, &decl.time)?;
        if time.ty != Ty::DateTime {
            let message = format!("`time` is a `date-time`, and `{}` is `{}`", time.field, time.ty);
            return self.refuse(FaultKind::Type, decl.time.span, message);
        }
        Some(Some(Timeline { from: from?, to: to?, time }))
    }

    /// The parameter of this name, which must be of this type.
    fn param_of(&self, ty: &Ty, demand: &str, name: &At<String>, names: &Names<'_>) -> Option<String> {
        let found = names.param(name, self.sink)?.ty.as_ref()?;
        if found != ty {
            let message = format!("{demand}, and `{}` is `{found}`", name.value);
            return self.refuse(FaultKind::Type, name.span, message);
        }
        Some(name.value.clone())
    }

    /// Ids that items are asked for by, and where the items have them.
    pub(super) fn expected(&self, param: &At<String>, path: &At<String>, names: &Names<'_>) -> Option<Expected> {
        let ty = names.param(param, self.sink)?.ty.as_ref()?;
        if !matches!(ty, Ty::List(of) | Ty::Csv(of) if matches!(**of, Ty::Id(_) | Ty::String)) {
            let message = format!("a list of ids is expected back, and `{}` is `{ty}`", param.value);
            return self.refuse(FaultKind::Type, param.span, message);
        }
        let mut ty = Ty::Model(item_model(self.decl, self.decl.items.as_ref()?, self.types)?);
        for step in path.value.split('.') {
            let Ty::Model(model) = &ty else {
                let message = format!("`{ty}` has no fields, so `{step}` is none");
                return self.refuse(FaultKind::Type, path.span, message);
            };
            ty = self.hop(model, &At::new(step.to_owned(), path.span))?.ty;
        }
        if !matches!(ty, Ty::Id(_) | Ty::String) {
            let message = format!("an id is compared with this field, and `{}` is `{ty}`", path.value);
            return self.refuse(FaultKind::Type, path.span, message);
        }
        Some(Expected { param: param.value.clone(), path: path.value.split('.').map(str::to_owned).collect() })
    }

    pub(super) fn keep(&self, decl: &KeepDecl, names: &Names<'_>) -> Option<Keep> {
        let item = self.decl.items.as_ref().and_then(|items| item_model(self.decl, items, self.types));
        let field = item.and_then(|item| self.hop(&item, &decl.field));
        let test = match decl.test.as_ref()? {
            KeepTestDecl::Is(constant) => {
                let ty = &field.as_ref()?.ty;
                if !is_word(ty) {
                    let message = format!("single values are compared, and `{}` is `{ty}`", decl.field.value);
                    return self.refuse(FaultKind::Type, decl.field.span, message);
                }
                if *ty == Ty::DateTime {
                    let message = format!("`{}` is an instant, which can be written in many ways", decl.field.value);
                    let fault = Fault::new(FaultKind::Type, decl.field.span, message);
                    return self.sink.refuse(fault.help("keep a range of days: `{from: $from, to: $to}`"));
                }
                constant::value(constant, ty, &Limits::default(), self.types, self.sink).map(KeepTest::Is)
            }
            KeepTestDecl::Between(RangeDecl { from, to }) => {
                let day = |name| self.param_of(&Ty::Date, "days are compared with a `date`", name, names);
                let (from, to) = (from.as_ref().map(day), to.as_ref().map(day));
                if let Some(field) = field.as_ref().filter(|field| !matches!(field.ty, Ty::Date | Ty::DateTime)) {
                    let message = format!("`{}` is no date but `{}`", field.field, field.ty);
                    return self.refuse(FaultKind::Type, decl.field.span, message);
                }
                Some(KeepTest::Between { from: all_or_none(from)?, to: all_or_none(to)? })
            }
        };
        Some(Keep { field: field?, test: test? })
    }
}
