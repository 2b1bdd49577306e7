//! The items of a tool's answer: where they are, whether they come in pages, how they lie in time and which are kept.

use super::constant;
use super::names::Names;
use super::sources::item_model;
use super::tool::{Reader, all_or_none};
use super::types::{element, is_word, written};
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{KeepDecl, KeepTestDecl, ParamDecl, RangeDecl, TypeExpr};
use crate::model::{Expected, Items, Keep, KeepTest, Limits, Timeline, Ty};
use crate::source::{At, Span};

impl Reader<'_> {
    pub(super) fn items(&self) -> Option<Option<Items>> {
        let Some(items) = &self.decl.items else { return Some(None) };
        let answer = self.decl.answer.as_ref()?;
        let ty = self.field(answer.as_str(), items)?;
        let Some(model) = item_model(self.decl, items, self.types) else {
            let message = format!("`{}` is no list of models but `{}`", items.value, written(&ty));
            return self.refuse(FaultKind::Type, items.span, message);
        };
        Some(Some(Items { field: items.value.clone(), model }))
    }

    /// The field of the answer that is the paging envelope with its cursor.
    pub(super) fn envelope(&self) -> Option<&str> {
        self.envelope_model()?;
        Some(self.declared.paging()?.envelope.as_str())
    }

    fn envelope_model(&self) -> Option<&str> {
        let paging = self.declared.paging()?;
        let envelope = self.types.field(self.decl.answer.as_ref()?.as_str(), paging.envelope.as_str())?;
        let Some(Ty::Model(model)) = &envelope.ty else { return None };
        let has_cursor = self.types.field(model, paging.cursor.as_str()).is_some();
        has_cursor.then_some(model)
    }

    /// The parameter that takes the cursor of a page. A page that says where the next begins is of no use if the caller
    /// cannot ask for that one.
    pub(super) fn paging(&self, names: &Names<'_>) -> Option<Option<String>> {
        self.check_envelope();
        let Some(paging) = &self.decl.paging else {
            if let Some(answer) = self.decl.answer.as_ref().filter(|_| self.envelope().is_some() && !self.decl.partial)
            {
                let message =
                    format!("`{}` is a page, and the tool does not say how the next is asked for", answer.value);
                let fault = Fault::new(FaultKind::Missing, answer.span, message);
                self.sink.report(fault.help("say `paging: $param`: the parameter that is sent as the cursor"));
            }
            return Some(None);
        };
        let paging = paging.as_ref()?;
        names.param(paging, self.sink)?;
        if let Some(answer) = self.decl.answer.as_ref().filter(|answer| self.is_no_page(answer.as_str())) {
            self.sink.report_cause(&format!("page {}", answer.value), paging.span, || {
                let message = format!("`paging` is for pages, and `{}` has no envelope with a cursor", answer.value);
                let fault = Fault::new(FaultKind::Contradiction, paging.span, message);
                fault
                    .related(answer.span, "this is the answer")
                    .help(format!("`paging` in `{}` says how these are called", self.declared.service_file()))
            });
            return None;
        }
        let param = self.decl.params.iter().find(|param| param.name.value == paging.value)?;
        if param.required || param.default.is_some() || !is_string(param) {
            let message = "the parameter that takes a cursor is an optional `string` without a default";
            let fault = Fault::new(FaultKind::Type, param.name.span, message);
            self.sink.report(fault.related(paging.span, "by it the next page is asked for"));
            return None;
        }
        Some(Some(paging.value.clone()))
    }

    /// Whether a model is known to lack the paging envelope or its cursor.
    fn is_no_page(&self, model: &str) -> bool {
        let Some(paging) = self.declared.paging() else { return false };
        match self.types.field(model, paging.envelope.as_str()).map(|envelope| &envelope.ty) {
            None => self.types.fields(model).is_some(),
            Some(Some(Ty::Model(envelope))) => {
                self.types.fields(envelope).is_some() && self.types.field(envelope, paging.cursor.as_str()).is_none()
            }
            Some(Some(_)) => true,
            Some(None) => false,
        }
    }

    /// What the envelope says of pages is read by the runtime.
    fn check_envelope(&self) {
        let Some((answer, model)) = self.decl.answer.as_ref().zip(self.envelope_model()) else { return };
        let Some(paging) = self.declared.paging() else { return };
        for field in self.types.fields(model).unwrap_or_default() {
            let (wanted, what) = match field.name {
                name if name == paging.cursor.value => (Ty::String, "where the next page begins"),
                name if name == paging.total.value => (Ty::Integer, "how many items there are"),
                _ => continue,
            };
            if let Some(ty) = field.ty.as_ref().filter(|ty| **ty != wanted) {
                let (name, wanted) = (field.name, written(&wanted));
                let message =
                    format!("`{name}` of `{model}` says {what}, so it is `{wanted}` and not `{}`", written(ty));
                self.sink.report(Fault::new(FaultKind::Type, answer.span, message));
            }
        }
    }

    pub(super) fn needs_items(&self, what: &str, span: Span) {
        if self.decl.items.is_none() && !self.decl.partial {
            let message = format!("`{what}` is about the items of the answer, and the tool has no `items`");
            self.sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
    }

    /// "Nothing matched" becomes an answer without anything in it, so there must be such an answer: one with a list that
    /// is then empty, and with nothing that is always there.
    pub(super) fn check_empty_answer(&self, span: Span) {
        let Some(answer) = &self.decl.answer else { return };
        let Some(fields) = self.types.fields(answer.as_str()) else { return };
        let is_list = |ty: Option<&Ty>| ty.is_none_or(|ty| element(ty).is_some());
        if !fields.iter().any(|field| is_list(field.ty.as_ref())) {
            let message =
                format!("`nothing_found` makes an empty answer, and `{}` has no list to be empty", answer.value);
            self.sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
        if let Some(field) = fields.iter().find(|field| field.always && !is_list(field.ty.as_ref())) {
            let message =
                format!("`nothing_found` makes an empty answer, and `{}` always has `{}`", answer.value, field.name);
            self.sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
    }

    pub(super) fn needs_paging(&self, span: Span) {
        if self.decl.paging.is_none() && !self.decl.partial && self.declared_fully() {
            let message = "`per_page` makes pages, and the tool has no `paging`";
            let fault = Fault::new(FaultKind::Contradiction, span, message);
            self.sink.report(fault.help("say `paging: $param`, and answer with a page"));
        }
    }

    /// Whether the answer and the service could be read, so that what they lack is really not there.
    fn declared_fully(&self) -> bool {
        let answer = self.decl.answer.as_ref().and_then(|answer| self.types.fields(answer.as_str()));
        answer.is_some() && self.declared.paging().is_some()
    }

    /// What `newest_first` names, which must be as the walk through time needs it.
    pub(super) fn timeline(&self, names: &Names<'_>) -> Option<Option<Timeline>> {
        let Some(at) = self.decl.newest_first_at else { return Some(None) };
        self.needs_items("newest_first", at);
        if self.decl.items.is_some() && self.decl.paging.is_none() && !self.decl.partial && self.declared_fully() {
            let message = "`newest_first` is for pages, and this tool answers with everything at once";
            self.sink.report(Fault::new(FaultKind::Contradiction, at, message));
        }
        if let Some(keep) = self.decl.keep_at {
            let message = "`newest_first` reckons with full pages, so `keep` cannot go with it";
            self.sink.report(Fault::new(FaultKind::Contradiction, at, message).related(keep, "this thins them out"));
        }
        let decl = self.decl.newest_first.as_ref()?;
        let end = |name| self.param_of(&Ty::DateTime, "a range of time is of `date-time`", name, names);
        let (from, to) = (end(&decl.from), end(&decl.to));
        if decl.from.value == decl.to.value {
            let message = "a range ends at another parameter than it begins";
            return self.refuse(FaultKind::Contradiction, decl.to.span, message);
        }
        let item = self.decl.items.as_ref().and_then(|items| item_model(self.decl, items, self.types));
        let time = self.hop(&item?, &decl.time)?;
        if time.ty != Ty::DateTime {
            let message = format!("`time` is a `date-time`, and `{}` is `{}`", time.field, written(&time.ty));
            return self.refuse(FaultKind::Type, decl.time.span, message);
        }
        Some(Some(Timeline { from: from?, to: to?, time }))
    }

    /// The parameter of this name, which must be of this type.
    fn param_of(&self, ty: &Ty, demand: &str, name: &At<String>, names: &Names<'_>) -> Option<String> {
        let found = names.param(name, self.sink)?.ty.as_ref()?;
        if found != ty {
            let message = format!("{demand}, and `{}` is `{}`", name.value, written(found));
            return self.refuse(FaultKind::Type, name.span, message);
        }
        if self.decl.is_asked(&name.value) {
            let message = format!("`{}` is looked up for a request, and this comes after it", name.value);
            return self.refuse(FaultKind::Contradiction, name.span, message);
        }
        Some(name.value.clone())
    }

    /// Ids that items are asked for by, and where the items have them.
    pub(super) fn expected(&self, param: &At<String>, path: &At<String>, names: &Names<'_>) -> Option<Expected> {
        let ty = names.param(param, self.sink)?.ty.as_ref()?;
        if !matches!(ty, Ty::List(of) | Ty::Csv(of) if matches!(**of, Ty::Id(_) | Ty::String)) {
            let message = format!("a list of ids is expected back, and `{}` is `{}`", param.value, written(ty));
            return self.refuse(FaultKind::Type, param.span, message);
        }
        let mut ty = Ty::Model(item_model(self.decl, self.decl.items.as_ref()?, self.types)?);
        for step in path.value.split('.') {
            let Ty::Model(model) = &ty else {
                let message = format!("`{}` has no fields, so `{step}` is none", written(&ty));
                return self.refuse(FaultKind::Type, path.span, message);
            };
            ty = self.hop(model, &At::new(step.to_owned(), path.span))?.ty;
        }
        if !matches!(ty, Ty::Id(_) | Ty::String) {
            let message = format!("an id is compared with this field, and `{}` is `{}`", path.value, written(&ty));
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
                    let message =
                        format!("single values are compared, and `{}` is `{}`", decl.field.value, written(ty));
                    return self.refuse(FaultKind::Type, decl.field.span, message);
                }
                if *ty == Ty::DateTime {
                    let message = format!("`{}` is an instant, which can be written in many ways", decl.field.value);
                    let fault = Fault::new(FaultKind::Type, decl.field.span, message);
                    self.sink.report(fault.help("keep a range of days: `{from: $from, to: $to}`"));
                    return None;
                }
                constant::value(constant, ty, &Limits::default(), self.types, self.sink).map(KeepTest::Is)
            }
            KeepTestDecl::Between(RangeDecl { from, to }) => {
                let day = |name| self.param_of(&Ty::Date, "days are compared with a `date`", name, names);
                let (from, to) = (from.as_ref().map(day), to.as_ref().map(day));
                if let Some(field) = field.as_ref().filter(|field| !matches!(field.ty, Ty::Date | Ty::DateTime)) {
                    let message = format!("`{}` is no date but `{}`", field.field, written(&field.ty));
                    return self.refuse(FaultKind::Type, decl.field.span, message);
                }
                Some(KeepTest::Between { from: all_or_none(from)?, to: all_or_none(to)? })
            }
        };
        Some(Keep { field: field?, test: test? })
    }
}

fn is_string(param: &ParamDecl) -> bool {
    // A type that could not be read is not called wrong a second time.
    param.ty.as_ref().is_none_or(|ty| matches!(ty, TypeExpr::Word(word) if word.value == "string"))
}
