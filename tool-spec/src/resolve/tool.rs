//! One tool: its parameters, values and rules. What it sends is read in [`super::plan`], what its answer holds in
//! [`super::items`] and its example in [`super::example`].

use super::lookup::Lookup;
use super::names::{Name, Names, Uses};
use super::parts::{all, all_or_none};
use super::types::{Types, element};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{ConditionDecl, ParamDecl, RuleDecl, ToolDecl, ValueDecl};
use crate::model::{Hop, Param, Root, Rule, Tool, Ty, Value};
use crate::source::{At, Span};

/// Reads one tool. Every part is read even if another is wrong.
pub(crate) struct Reader<'a> {
    pub(super) decl: &'a ToolDecl,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) types: &'a Types<'a>,
    pub(super) sink: &'a Sink,
}

impl Reader<'_> {
    /// The tool, all but its scopes, which depend on other tools.
    pub(crate) fn tool(&self, uses: &Uses) -> Option<Tool> {
        let decl = self.decl;
        let params = self.param_names(uses);
        let lowered_params = all(decl.params.iter().map(|param| self.param(param, &params)));
        let (values, names) = self.values(params);
        let rules = all(decl.rules.iter().map(|rule| self.rule(rule, &names)));
        let plan = self.plan(&names);
        let confirm = decl.confirm.as_ref().map(|param| Some(names.param(param, self.sink)?.name().to_owned()));
        let answer = decl.answer.as_ref().and_then(|answer| self.types.model(answer, self.sink));
        let items = self.items();
        let newest_first = self.timeline(&names);
        let wait = self.wait();
        let keep = all(decl.keep.iter().map(|keep| self.keep(keep, &names)));
        let expects = all(decl.expects.iter().map(|(param, path)| self.expected(param, path, &names)));
        let paging = self.paging(&names);
        let example = self.example();
        Some(Tool {
            name: decl.name.value.clone(),
            method: decl.method.as_ref()?.value.clone(),
            title: decl.title.clone()?,
            about: decl.about.clone()?,
            effect: decl.effect?,
            confirm: all_or_none(confirm)?,
            extra: decl.extra,
            credits: decl.credits,
            scopes: Vec::new(),
            params: lowered_params?,
            values: values?,
            rules: rules?,
            plan: plan?,
            answer: answer?,
            items: items?,
            paging: paging?,
            newest_first: newest_first?,
            wait: wait?,
            keep: keep?,
            expects: expects?,
            notices: decl.notices.clone(),
            notes: decl.notes.clone(),
            deprecated: decl.deprecated.clone(),
            example: example?,
        })
    }

    pub(super) fn refuse<T>(&self, kind: FaultKind, span: Span, message: impl Into<String>) -> Option<T> {
        self.sink.refuse(Fault::new(kind, span, message))
    }

    fn param_names<'u>(&'u self, uses: &'u Uses) -> Names<'u> {
        let mut names = Names::new(self.decl.name.as_str(), uses, self.decl.partial && self.decl.params.is_empty());
        for param in &self.decl.params {
            let ty = param.ty.as_ref().and_then(|ty| self.types.ty(ty, self.sink));
            let root = Root::Param(param.name.value.clone());
            names.add(Name { root, ty, span: param.name.span }, self.sink);
        }
        names
    }

    fn param(&self, decl: &ParamDecl, names: &Names<'_>) -> Option<Param> {
        let ty = names.get(decl.name.as_str()).and_then(|name| name.ty.clone());
        let default = match &decl.default {
            None => Some(None),
            Some(default) => default
                .as_ref()
                .and_then(|default| self.default(default, ty.as_ref(), &decl.limits.limits, names).map(Some)),
        };
        Some(Param {
            name: decl.name.value.clone(),
            ty: ty?,
            about: decl.about.clone()?,
            required: decl.required,
            extra: decl.extra,
            default: default?,
            limits: decl.limits.limits.clone(),
            notice: decl.notice.as_ref().map(|notice| notice.value.clone()),
        })
    }

    /// The values in an order in which each needs only earlier ones, and the names with them.
    fn values<'u>(&self, mut names: Names<'u>) -> (Option<Vec<Value>>, Names<'u>) {
        let mut waiting: Vec<&ValueDecl> = self.decl.values.iter().collect();
        let mut values = Vec::new();
        while !waiting.is_empty() {
            let is_ready = |value: &&ValueDecl| {
                let needs = value.source.as_ref().map(|source| source.value.needs()).unwrap_or_default();
                !needs.iter().any(|need| waiting.iter().any(|other| other.name.value == need.value))
            };
            let Some(index) = waiting.iter().position(is_ready) else {
                for value in &waiting {
                    let message = format!("`{}` is worked out from itself", value.name.value);
                    self.sink.report(Fault::new(FaultKind::Contradiction, value.name.span, message));
                }
                values.push(None);
                break;
            };
            let decl = waiting.remove(index);
            let value = self.value(decl, &names);
            let root = Root::Value(decl.name.value.clone());
            let ty = value.as_ref().map(|value| value.ty.clone());
            names.add(Name { root, ty, span: decl.name.span }, self.sink);
            values.push(value);
        }
        (values.into_iter().collect(), names)
    }

    fn value(&self, decl: &ValueDecl, names: &Names<'_>) -> Option<Value> {
        let given = decl.given.as_ref().map(|given| names.needed_param(given, self.sink).map(|found| (given, found)));
        let (source, ty) = self.source(decl.source.as_ref()?, names)?;
        let given = match given {
            None => None,
            Some(found) => {
                let (given, found) = found?;
                let given_ty = found.ty.as_ref()?;
                if *given_ty != ty && element(&ty) != Some(given_ty) {
                    let message = format!("this is `{given_ty}`, and the value is `{ty}`");
                    return self.refuse(FaultKind::Type, given.span, message);
                }
                Some(given.value.clone())
            }
        };
        Some(Value { name: decl.name.value.clone(), ty, given, source })
    }

    fn rule(&self, decl: &RuleDecl, names: &Names<'_>) -> Option<Rule> {
        let param = |name: &At<String>| Some(names.param(name, self.sink)?.name().to_owned());
        let condition = |when: &Option<Option<At<ConditionDecl>>>| {
            all_or_none(when.as_ref().map(|when| self.condition(when.as_ref()?, names)))
        };
        match decl {
            RuleDecl::Need { any_of, when, because } => {
                let (any_of, when) = (all(any_of.iter().map(param)), condition(when));
                Some(Rule::Need { any_of: any_of?, when: when?, because: because.clone()? })
            }
            RuleDecl::Exclude { of, because } => {
                let of = all(of.iter().map(param));
                Some(Rule::Exclude { of: of?, because: because.clone()? })
            }
            RuleDecl::Order { ends: [first, second], when } => {
                let (first, second, when) = (param(first), param(second), condition(when));
                Some(Rule::Order { first: first?, second: second?, when: when? })
            }
        }
    }

    /// A field of a model; one that is not there is reported.
    pub(super) fn field(&self, model: &str, name: &At<String>) -> Option<Ty> {
        self.hop(model, name).map(|hop| hop.ty)
    }

    pub(super) fn hop(&self, model: &str, name: &At<String>) -> Option<Hop> {
        let field = self.types.need_field(model, name.as_str(), name.span, self.sink)?;
        Some(Hop { of: model.to_owned(), field: name.value.clone(), ty: field.ty.clone()?, always: field.always })
    }
}
