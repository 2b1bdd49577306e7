//! One tool: its parameters, values, rules, items and filters. What it sends is read in [`super::plan`].

use super::constant;
use super::names::{Name, Names, Uses};
use super::sources::{Sources, item_model};
use super::types::{Types, check_limits, element, written};
use crate::fault::{Fault, FaultKind, Sink, listed};
use crate::load::decl::{Declared, KeepDecl, KeepTestDecl, ParamDecl, RuleDecl, SourceDecl, ToolDecl, ValueDecl};
use crate::load::entries::{json, word};
use crate::model::{Hop, Items, Json, Keep, KeepTest, Limits, Param, Root, Rule, Timeline, Tool, Ty, Value};
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// Reads one tool. Every part is read even if another is wrong.
pub(crate) struct Reader<'a> {
    pub(super) decl: &'a ToolDecl,
    pub(super) declared: &'a Declared,
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
        self.check_cursor();
        self.check_uses(&uses);
        let example = self.example();
        Some(Tool {
            name: decl.name.value.clone(),
            method: decl.method.as_ref()?.value.clone(),
            title: decl.title.clone()?,
            about: decl.about.clone()?,
            effect: decl.effect?,
            scopes: Vec::new(),
            params: lowered_params.into_iter().collect::<Option<_>>()?,
            values: values?,
            rules: rules.into_iter().collect::<Option<_>>()?,
            plan: plan?,
            answer: answer?,
            items: items?,
            newest_first: newest_first?,
            keep: keep.into_iter().collect::<Option<_>>()?,
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
        Sources { declared: self.declared, types: self.types, sink: self.sink }
    }

    fn param_names<'u>(&self, uses: &'u Uses) -> Names<'u> {
        let mut names = Names::new(uses, self.decl.partial && self.decl.params.is_empty());
        for param in &self.decl.params {
            let ty = param.ty.as_ref().and_then(|ty| self.types.ty(ty, self.sink));
            check_limits(&param.limits, ty.as_ref(), self.sink);
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

    /// Defaults are worked out from the first parameter to the last, so one may look only at those before it and at those
    /// that have none.
    fn check_order(&self, param: &ParamDecl, default: &At<SourceDecl>) {
        let behind = self.decl.params.iter().skip_while(|other| other.name.value != param.name.value);
        let needs = needs(&default.value);
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
        let given = decl.given.as_ref().map(|given| names.param(given, self.sink).map(|found| (given, found)));
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
        let fresh = decl.source.as_ref().filter(|source| matches!(source.value, SourceDecl::FreshUuid));
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
            RuleDecl::Order { first, second } => {
                let (one, other) = (names.param(first, self.sink), names.param(second, self.sink));
                let (one, other) = (one?.ty.as_ref()?, other?.ty.as_ref()?);
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

    fn hop(&self, model: &str, name: &At<String>) -> Option<Hop> {
        let fields = self.types.fields(model)?;
        let Some(field) = fields.iter().find(|field| field.name == name.value) else {
            let message = format!("`{model}` has no field `{}`", name.value);
            let fault = Fault::new(FaultKind::UnknownName, name.span, message);
            self.sink.report(fault.did_you_mean(&name.value, fields.iter().map(|field| field.name)));
            return None;
        };
        Some(Hop { field: name.value.clone(), ty: field.ty.clone()?, always: field.always })
    }

    fn items(&self) -> Option<Option<Items>> {
        let Some(items) = &self.decl.items else { return Some(None) };
        let answer = self.decl.answer.as_ref()?;
        let ty = self.field(answer.as_str(), items)?;
        let Some(model) = item_model(self.decl, items, self.types) else {
            let message = format!("`{}` is no list of models but `{}`", items.value, written(&ty));
            return self.refuse(FaultKind::Type, items.span, message);
        };
        let paged = self.is_paged();
        Some(Some(Items { field: items.value.clone(), model, paged }))
    }

    fn has_cursor(&self) -> bool {
        self.decl.params.iter().any(|param| param.name.value == "cursor")
    }

    fn has_envelope(&self) -> bool {
        self.envelope().is_some()
    }

    pub(super) fn is_paged(&self) -> bool {
        self.has_cursor() && self.has_envelope()
    }

    /// The field of the answer that is the paging envelope with its cursor.
    pub(super) fn envelope(&self) -> Option<&str> {
        let service = self.declared.service.as_ref()?.service.as_ref()?;
        let fields = self.types.fields(self.decl.answer.as_ref()?.as_str())?;
        let envelope = fields.iter().find(|field| field.name == service.paging_envelope)?;
        let Some(Ty::Model(model)) = &envelope.ty else { return None };
        let has_cursor = self.types.fields(model)?.iter().any(|field| field.name == service.paging_cursor);
        has_cursor.then_some(service.paging_envelope.as_str())
    }

    /// A page that says where the next begins is of no use if the caller cannot ask for it.
    fn check_cursor(&self) {
        let Some(answer) = &self.decl.answer else { return };
        if self.has_envelope() && !self.has_cursor() && !self.decl.partial {
            let message = format!("`{}` is a page, and the tool has no `cursor`", answer.value);
            let fault = Fault::new(FaultKind::Missing, answer.span, message);
            self.sink.report(fault.help("give it the parameter `cursor: {type: string, about: …}`"));
        }
        let cursor = self.decl.params.iter().find(|param| param.name.value == "cursor");
        if let Some(cursor) = cursor.filter(|cursor| self.has_envelope() && (cursor.required || !is_string(cursor))) {
            let message = "the `cursor` of a paged tool is an optional `string`";
            self.sink.report(Fault::new(FaultKind::Type, cursor.name.span, message));
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
        if !self.is_paged() && !self.decl.partial && self.declared_fully() {
            let message = "`per_page` makes pages: the tool needs a `cursor`, and its answer the paging envelope";
            self.sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
    }

    /// Whether the answer and the service could be read, so that what they lack is really not there.
    fn declared_fully(&self) -> bool {
        let answer = self.decl.answer.as_ref().and_then(|answer| self.types.fields(answer.as_str()));
        answer.is_some() && self.declared.service.as_ref().is_some_and(|service| service.service.is_some())
    }

    pub(super) fn scope(&self, scope: &At<String>) {
        let Some(service) = self.declared.service.as_ref().filter(|_| !self.declared.unread.service) else { return };
        // Without any scope the fault is there and not here.
        if !service.scopes.is_empty() && !service.scopes.iter().any(|known| known.name.value == scope.value) {
            let message = format!("`gong.yaml` has no scope `{}`", scope.value);
            let fault = Fault::new(FaultKind::UnknownName, scope.span, message);
            let known = service.scopes.iter().map(|known| known.name.as_str());
            self.sink.report(fault.did_you_mean(&scope.value, known));
        }
    }

    /// What `newest_first` names, which must be as the walk through time needs it.
    fn timeline(&self, names: &Names<'_>) -> Option<Option<Timeline>> {
        let Some(at) = self.decl.newest_first_at else { return Some(None) };
        self.needs_items("newest_first", at);
        if self.decl.items.is_some() && !self.is_paged() && !self.decl.partial && self.declared_fully() {
            let message = "`newest_first` is for pages, and this tool answers with everything at once";
            self.sink.report(Fault::new(FaultKind::Contradiction, at, message));
        }
        if let Some(keep) = self.decl.keep_at {
            let message = "`newest_first` reckons with full pages, so `keep` cannot go with it";
            self.sink.report(Fault::new(FaultKind::Contradiction, at, message).related(keep, "this thins them out"));
        }
        let decl = self.decl.newest_first.as_ref()?;
        let (from, to) = (self.end_of_range(&decl.from, names), self.end_of_range(&decl.to, names));
        let item = self.decl.items.as_ref().and_then(|items| item_model(self.decl, items, self.types));
        let time = self.hop(&item?, &decl.time)?;
        if time.ty != Ty::DateTime {
            let message = format!("`time` is a `date-time`, and `{}` is `{}`", time.field, written(&time.ty));
            return self.refuse(FaultKind::Type, decl.time.span, message);
        }
        Some(Some(Timeline { from: from?, to: to?, time }))
    }

    fn end_of_range(&self, name: &At<String>, names: &Names<'_>) -> Option<String> {
        let found = names.param(name, self.sink)?;
        let ty = found.ty.as_ref()?;
        if *ty != Ty::DateTime {
            let message = format!("a range of time is of `date-time`, and `{}` is `{}`", name.value, written(ty));
            return self.refuse(FaultKind::Type, name.span, message);
        }
        Some(name.value.clone())
    }

    fn keep(&self, decl: &KeepDecl, names: &Names<'_>) -> Option<Keep> {
        let item = self.decl.items.as_ref().and_then(|items| item_model(self.decl, items, self.types));
        let field = item.and_then(|item| self.hop(&item, &decl.field));
        let test = match decl.test.as_ref()? {
            KeepTestDecl::Is(node) => {
                let ty = &field.as_ref()?.ty;
                let fine = constant::check(node, ty, &Limits::default(), self.types, self.sink);
                fine.then(|| KeepTest::Is(json(node)))
            }
            KeepTestDecl::Between { from, to } => {
                let from = from.as_ref().map(|from| self.day(from, names));
                let to = to.as_ref().map(|to| self.day(to, names));
                if let Some(field) = field.as_ref().filter(|field| !matches!(field.ty, Ty::Date | Ty::DateTime)) {
                    let message = format!("`{}` is no date but `{}`", field.field, written(&field.ty));
                    return self.refuse(FaultKind::Type, decl.field.span, message);
                }
                Some(KeepTest::Between { from: all_or_none(from)?, to: all_or_none(to)? })
            }
        };
        Some(Keep { field: field?, test: test? })
    }

    fn day(&self, name: &At<String>, names: &Names<'_>) -> Option<String> {
        let ty = names.param(name, self.sink)?.ty.as_ref()?;
        if *ty != Ty::Date {
            let message = format!("days are compared with a `date`, and `{}` is `{}`", name.value, written(ty));
            return self.refuse(FaultKind::Type, name.span, message);
        }
        Some(name.value.clone())
    }

    /// A parameter that nothing uses does nothing, and one with a notice is not to be sent.
    fn check_uses(&self, uses: &Uses) {
        if self.decl.partial {
            return;
        }
        for param in &self.decl.params {
            let name = param.name.as_str();
            match &param.notice {
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

    /// The example, which is checked as what a caller gives is.
    fn example(&self) -> Option<Json> {
        let Some(node) = &self.decl.example else {
            return match self.decl.params.iter().find(|param| param.required) {
                None => Some(Json::Object(serde_json::Map::new())),
                Some(param) => {
                    let message = format!("`{}` needs an `example`", self.decl.name.value);
                    let fault = Fault::new(FaultKind::Missing, self.decl.name.span, message);
                    self.sink.report(fault.related(param.name.span, "as this is required"));
                    None
                }
            };
        };
        let before = self.sink.count();
        self.check_example(node);
        (self.sink.count() == before).then(|| json(node))
    }

    fn check_example(&self, node: &Node) {
        let NodeKind::Map(pairs) = &node.kind else {
            let message = "an example is a map of parameters";
            return self.sink.report(Fault::new(FaultKind::Type, node.head(), message));
        };
        let no_params = self.decl.partial && self.decl.params.is_empty();
        for (key, value) in pairs.iter().filter(|_| !no_params) {
            let name = word(key).unwrap_or_default();
            match self.decl.params.iter().find(|param| param.name.value == name) {
                Some(param) => {
                    let quiet = Sink::default();
                    if let Some(ty) = param.ty.as_ref().and_then(|ty| self.types.ty(ty, &quiet)) {
                        constant::check(value, &ty, &param.limits.limits, self.types, self.sink);
                    }
                }
                None => {
                    let fault =
                        Fault::new(FaultKind::UnknownName, key.span, format!("the tool has no parameter `{name}`"));
                    let known = self.decl.params.iter().map(|param| param.name.as_str());
                    self.sink.report(fault.did_you_mean(name, known));
                }
            }
        }
        let given = |name: &str| pairs.iter().any(|(key, _)| word(key) == Some(name));
        for param in self.decl.params.iter().filter(|param| param.required && !given(param.name.as_str())) {
            let message = format!("the example lacks `{}`, which is required", param.name.value);
            self.sink.report(Fault::new(FaultKind::Missing, node.head(), message));
        }
        self.check_example_rules(node, &given);
    }

    /// The example gives what the rules demand, unless a default may.
    fn check_example_rules(&self, node: &Node, given: &dyn Fn(&str) -> bool) {
        for rule in &self.decl.rules {
            let RuleDecl::Need { any_of, .. } = rule else { continue };
            let params =
                || self.decl.params.iter().filter(|param| any_of.iter().any(|any| any.value == param.name.value));
            if params().next().is_some() && !params().any(|param| param.default.is_some() || given(param.name.as_str()))
            {
                let names: Vec<&str> = any_of.iter().map(At::as_str).collect();
                let message = format!("a rule demands one of {}, and the example has none", listed(&names));
                self.sink.report(Fault::new(FaultKind::Missing, node.head(), message));
            }
        }
    }
}

/// Something that may be left out: nothing if it is there and could not be read.
pub(super) fn all_or_none<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}

fn is_string(param: &ParamDecl) -> bool {
    use crate::load::decl::TypeExpr;
    // A type that could not be read is not called wrong a second time.
    param.ty.as_ref().is_none_or(|ty| matches!(ty, TypeExpr::Word(word) if word.value == "string"))
}

/// The parameters and values that a source looks at.
fn needs(source: &SourceDecl) -> Vec<&At<String>> {
    use crate::load::decl::WhichDecl;
    match source {
        SourceDecl::Hash(params) => params.iter().collect(),
        SourceDecl::First { param, .. } | SourceDecl::SameAs(param) => vec![param],
        SourceDecl::Ask { which: WhichDecl::Match { fields, .. }, .. } => fields.iter().map(|(_, with)| with).collect(),
        SourceDecl::Constant(_) | SourceDecl::FreshUuid | SourceDecl::DaysAgo(_) | SourceDecl::Ask { .. } => Vec::new(),
    }
}
