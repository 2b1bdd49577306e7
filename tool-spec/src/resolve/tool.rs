//! One tool: its parameters, values and rules. What it sends is read in [`super::plan`], what its answer holds in
//! [`super::items`] and its example in [`super::example`].

use super::lookup::Lookup;
use super::names::{Name, Names, Uses};
use super::sources::Sources;
use super::types::{Types, element, written};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, ParamDecl, RuleDecl, SourceDecl, ToolDecl, ValueDecl};
use crate::model::{Expected, Hop, Keep, Param, Root, Rule, Tool, Ty, Value};
use crate::source::{At, Span};

/// Reads one tool. Every part is read even if another is wrong.
pub(crate) struct Reader<'a> {
    pub(super) decl: &'a ToolDecl,
    pub(super) declared: &'a Declared,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) types: &'a Types<'a>,
    pub(super) sink: &'a Sink,
}

impl Reader<'_> {
    /// The tool, all but its scopes, which depend on other tools.
    pub(crate) fn tool(&self) -> Option<Tool> {
        let decl = self.decl;
        let uses = Uses::default();
        let params = self.param_names(&uses);
        let lowered_params: Vec<Option<Param>> = decl.params.iter().map(|param| self.param(param, &params)).collect();
        let (values, names) = self.values(params);
        let rules: Vec<Option<Rule>> = decl.rules.iter().map(|rule| self.rule(rule, &names)).collect();
        let plan = self.plan(&names);
        let answer = decl.answer.as_ref().and_then(|answer| self.types.model(answer, self.sink));
        let items = self.items();
        let newest_first = self.timeline(&names);
        let keep: Vec<Option<Keep>> = decl.keep.iter().map(|keep| self.keep(keep, &names)).collect();
        if let Some(span) = decl.keep_at {
            self.needs_items("keep", span);
        }
        let expects: Vec<Option<Expected>> =
            decl.expects.iter().map(|(param, path)| self.expected(param, path, &names)).collect();
        if let Some(span) = decl.expects_at {
            self.needs_items("expects", span);
            if let Some(keep) = decl.keep_at {
                let message = "`expects` looks for every item, so `keep` cannot go with it";
                let fault = Fault::new(FaultKind::Contradiction, span, message);
                self.sink.report(fault.related(keep, "this thins them out"));
            }
        }
        self.check_cursor();
        self.check_uses(&uses);
        let example = self.example();
        Some(Tool {
            name: decl.name.value.clone(),
            method: decl.method.as_ref()?.value.clone(),
            title: decl.title.clone()?,
            about: decl.about.clone()?,
            effect: decl.effect?,
            extra: decl.extra,
            scopes: Vec::new(),
            params: lowered_params.into_iter().collect::<Option<_>>()?,
            values: values?,
            rules: rules.into_iter().collect::<Option<_>>()?,
            plan: plan?,
            answer: answer?,
            items: items?,
            newest_first: newest_first?,
            keep: keep.into_iter().collect::<Option<_>>()?,
            expects: expects.into_iter().collect::<Option<_>>()?,
            notices: decl.notices.clone(),
            notes: decl.notes.clone(),
            deprecated: decl.deprecated.clone(),
            example: example?,
        })
    }

    pub(super) fn refuse<T>(&self, kind: FaultKind, span: Span, message: impl Into<String>) -> Option<T> {
        self.sink.report(Fault::new(kind, span, message));
        None
    }

    fn sources(&self) -> Sources<'_> {
        Sources { lookup: self.lookup, types: self.types, sink: self.sink }
    }

    fn param_names<'u>(&'u self, uses: &'u Uses) -> Names<'u> {
        let mut names = Names::new(self.decl.name.as_str(), uses, self.decl.partial && self.decl.params.is_empty());
        for param in &self.decl.params {
            let ty = param.ty.as_ref().and_then(|ty| self.types.ty(ty, self.sink));
            let root = Root::Param(param.name.value.clone());
            names.add(Name { root, ty, span: param.name.span, required: param.required }, self.sink);
        }
        names
    }

    fn param(&self, decl: &ParamDecl, names: &Names<'_>) -> Option<Param> {
        let ty = names.get(decl.name.as_str()).and_then(|name| name.ty.clone());
        let default = match &decl.default {
            None => Some(None),
            Some(default) => default.as_ref().and_then(|default| {
                if decl.required {
                    let message = format!("`{}` is required, so its default would never be used", decl.name.value);
                    return self.refuse(FaultKind::Contradiction, default.span, message);
                }
                self.check_order(decl, default);
                self.sources().default(default, ty.as_ref(), &decl.limits.limits, names).map(Some)
            }),
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

    /// Whether a parameter's default is looked up, which is when the request is made.
    pub(super) fn is_asked(&self, name: &str) -> bool {
        let param = self.decl.params.iter().find(|param| param.name.value == name);
        let default = param.and_then(|param| param.default.as_ref()?.as_ref());
        default.is_some_and(|default| default.value.asks().is_some())
    }

    /// Defaults are worked out from the first parameter to the last, so one may look only at those before it and at those
    /// that have none.
    fn check_order(&self, param: &ParamDecl, default: &At<SourceDecl>) {
        let is_asked = default.value.asks().is_some();
        if let Some(name) = needs(&default.value).into_iter().find(|name| !is_asked && self.is_asked(name.as_str())) {
            let message = format!("`{}` is looked up when the request is made, after this default", name.value);
            let fault = Fault::new(FaultKind::Contradiction, name.span, message);
            return self.sink.report(fault.help("work it out among the `values`, which come after the look-ups"));
        }
        let needs = needs(&default.value);
        if needs.is_empty() {
            return;
        }
        let behind = self.decl.params.iter().skip_while(|other| other.name.value != param.name.value);
        for other in behind.filter(|other| other.default.is_some()) {
            if let Some(name) = needs.iter().find(|name| name.value == other.name.value) {
                let itself = other.name.value == param.name.value;
                let message = if itself {
                    format!("the default of `{}` looks at `{}` itself", param.name.value, name.value)
                } else {
                    format!("`{}` has a default too, which is worked out after this one", name.value)
                };
                let fault = Fault::new(FaultKind::Contradiction, name.span, message);
                self.sink.report(if itself { fault } else { fault.help(format!("put `{}` first", name.value)) });
            }
        }
    }

    /// The values in an order in which each needs only earlier ones, and the names with them.
    fn values<'u>(&self, mut names: Names<'u>) -> (Option<Vec<Value>>, Names<'u>) {
        let mut waiting: Vec<&ValueDecl> = self.decl.values.iter().collect();
        let mut values = Vec::new();
        while !waiting.is_empty() {
            let is_ready = |value: &&ValueDecl| {
                let needs = value.source.as_ref().map(|source| needs(&source.value)).unwrap_or_default();
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
            names.add(Name { root, ty, span: decl.name.span, required: false }, self.sink);
            values.push(value);
        }
        (values.into_iter().collect(), names)
    }

    fn value(&self, decl: &ValueDecl, names: &Names<'_>) -> Option<Value> {
        let given = decl.given.as_ref().map(|given| names.needed_param(given, self.sink).map(|found| (given, found)));
        let (source, ty) = self.sources().source(decl.source.as_ref()?, names)?;
        self.check_same_on_every_page(decl);
        let given = match given {
            None => None,
            Some(found) => {
                let (given, found) = found?;
                let given_ty = found.ty.as_ref()?;
                if *given_ty != ty && element(&ty) != Some(given_ty) {
                    let message = format!("this is `{}`, and the value is `{}`", written(given_ty), written(&ty));
                    return self.refuse(FaultKind::Type, given.span, message);
                }
                Some(given.value.clone())
            }
        };
        Some(Value { name: decl.name.value.clone(), ty, given, source })
    }

    /// Values are worked out for every page, parameters and their defaults once for all of them.
    fn check_same_on_every_page(&self, decl: &ValueDecl) {
        let fresh = decl.source.as_ref().filter(|source| matches!(source.value, SourceDecl::Fresh));
        if let Some(source) = fresh.filter(|_| self.is_paged()) {
            let message =
                format!("`{}` would be another one on every page, for which no cursor is good", decl.name.value);
            let fault = Fault::new(FaultKind::Contradiction, source.span, message);
            self.sink.report(fault.help("make it a parameter with this default, which is worked out once"));
        }
    }

    fn rule(&self, decl: &RuleDecl, names: &Names<'_>) -> Option<Rule> {
        match decl {
            RuleDecl::Need { any_of, because } => {
                let mut fine = true;
                for name in any_of {
                    let found = names.param(name, self.sink);
                    fine &= found.is_some();
                    if found.is_some_and(|found| found.required) {
                        let message = format!("`{}` is required, so this rule always holds", name.value);
                        self.sink.report(Fault::new(FaultKind::Contradiction, name.span, message));
                    }
                }
                let because = because.clone()?;
                fine.then(|| Rule::Need { any_of: any_of.iter().map(|name| name.value.clone()).collect(), because })
            }
            RuleDecl::Order([first, second]) => {
                let (one, other) = (names.param(first, self.sink), names.param(second, self.sink));
                let (one, other) = (one?.ty.as_ref()?, other?.ty.as_ref()?);
                if first.value == second.value {
                    let message = "`order` is about two parameters, and this is one";
                    return self.refuse(FaultKind::Contradiction, second.span, message);
                }
                if let Some(asked) = [first, second].into_iter().find(|name| self.is_asked(name.as_str())) {
                    let message = format!("`{}` is looked up after the rules were checked", asked.value);
                    return self.refuse(FaultKind::Contradiction, asked.span, message);
                }
                if one != other || !matches!(one, Ty::DateTime | Ty::Date) {
                    let message = format!(
                        "`order` is for two dates or two instants, and these are `{}` and `{}`",
                        written(one),
                        written(other)
                    );
                    return self.refuse(FaultKind::Type, second.span, message);
                }
                Some(Rule::Order { first: first.value.clone(), second: second.value.clone() })
            }
        }
    }

    /// A field of a model; one that is not there is reported.
    pub(super) fn field(&self, model: &str, name: &At<String>) -> Option<Ty> {
        self.hop(model, name).map(|hop| hop.ty)
    }

    pub(super) fn hop(&self, model: &str, name: &At<String>) -> Option<Hop> {
        let field = self.types.need_field(model, name.as_str(), name.span, self.sink)?;
        Some(Hop { field: name.value.clone(), ty: field.ty.clone()?, always: field.always })
    }

    /// A parameter that nothing uses does nothing, and one with a notice is not to be sent.
    fn check_uses(&self, uses: &Uses) {
        if self.decl.partial {
            return;
        }
        for param in &self.decl.params {
            let name = param.name.as_str();
            match &param.notice {
                _ if self.is_asked(name) && !uses.needed(name) => {
                    let message = format!("no request needs `{name}`, so its default would never be looked up");
                    let fault = Fault::new(FaultKind::Unused, param.name.span, message);
                    self.sink.report(fault.help("send it, or take the default away"));
                }
                None if !uses.used(name) => {
                    let fault = Fault::new(FaultKind::Unused, param.name.span, format!("nothing uses `{name}`"));
                    self.sink.report(fault.help("send it, or say with `notice` why it is not sent"));
                }
                Some(notice) if uses.sent(name) => {
                    let message = format!("`{name}` is sent, so this `notice` is not true");
                    self.sink.report(Fault::new(FaultKind::Contradiction, notice.span, message));
                }
                _ => {}
            }
        }
        for value in self.decl.values.iter().filter(|value| !uses.used(value.name.as_str())) {
            let message = format!("nothing uses `{}`", value.name.value);
            self.sink.report(Fault::new(FaultKind::Unused, value.name.span, message));
        }
    }
}

/// Something that may be left out: nothing if it is there and could not be read.
pub(super) fn all_or_none<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}

/// The parameters and values that a source looks at.
fn needs(source: &SourceDecl) -> Vec<&At<String>> {
    match source {
        SourceDecl::Hash(params) => params.iter().collect(),
        SourceDecl::First([param, _]) | SourceDecl::SameAs(param) => vec![param],
        SourceDecl::Find { fields, .. } => fields.iter().flatten().map(|(_, with)| with).collect(),
        SourceDecl::Constant(_) | SourceDecl::Fresh | SourceDecl::Now | SourceDecl::DaysAgo(_) => Vec::new(),
        SourceDecl::Only { .. } | SourceDecl::Every { .. } => Vec::new(),
    }
}
