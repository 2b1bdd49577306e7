//! What a tool sends.

use super::names::{Name, Names};
use super::reshape::{Lists, Reshape, path};
use super::template::Holes;
use super::tool::{Reader, all_or_none};
use super::types::{element, fits, is_word, written};
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{
    CaseDecl, ConditionDecl, EachDecl, OutcomesDecl, PlanDecl, RequestDecl, SourceDecl, StepDecl, TakeDecl,
    TemplateDecl,
};
use crate::load::path::path_holes;
use crate::model::{
    Case, Condition, Fan, Json, Outcomes, Plan, Repeated, Request, Root, Step, Take, Template, Ty, Verb,
};
use crate::source::{At, Span};

/// Where a request stands, which says whose its answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Its answer is the tool's, or is reshaped to it.
    Last,
    /// Other steps follow.
    Before,
}

impl Reader<'_> {
    pub(super) fn plan(&self, names: &Names<'_>) -> Option<Plan> {
        match self.decl.plan.as_ref()? {
            // There is none, which was told.
            PlanDecl::Requests(cases) if cases.is_empty() => None,
            PlanDecl::Steps(steps) if steps.is_empty() => None,
            PlanDecl::Request(only) => {
                let only = only.first().and_then(|only| self.request(&only.request, Stands::Last, names));
                only.map(|request| Plan::Cases(vec![Case { when: None, request }]))
            }
            PlanDecl::Requests(cases) => {
                let last = cases.len().saturating_sub(1);
                let cases: Vec<Option<Case>> =
                    cases.iter().enumerate().map(|(index, case)| self.case(case, index == last, names)).collect();
                cases.into_iter().collect::<Option<_>>().map(Plan::Cases)
            }
            PlanDecl::Steps(steps) => self.steps(steps, names.clone()),
        }
    }

    fn case(&self, decl: &CaseDecl, last: bool, names: &Names<'_>) -> Option<Case> {
        let request = self.request(&decl.request, Stands::Last, names);
        Some(Case { when: self.when(decl, last, names)?, request: request? })
    }

    /// When one of several requests is sent: the last when no other is, and each before it on a condition.
    fn when(&self, decl: &CaseDecl, last: bool, names: &Names<'_>) -> Option<Option<Condition>> {
        let (kind, span, message, help) = match (&decl.when, decl.else_at) {
            // Both are there, which was told.
            (Some(_), Some(_)) => return None,
            (Some(when), None) if !last => return self.condition(when.as_ref()?, names).map(Some),
            (None, Some(_)) if last => return decl.otherwise.as_ref()?.as_ref().map(|_| None),
            (Some(when), None) => {
                let message = "the last request is sent when no other is, so it has no `when`";
                (FaultKind::Contradiction, when.as_ref()?.span, message, "write `else: true` instead")
            }
            (None, Some(span)) => {
                let message = "only the last request has `else`: those after this one would never be sent";
                (FaultKind::Contradiction, span, message, "say on which condition it is sent: `when: $param`")
            }
            (None, None) if last => {
                let message = "the last request says that it is sent when no other is";
                (FaultKind::Missing, decl.request.at(), message, "add `else: true`")
            }
            (None, None) => {
                let message = "only the last request has no `when`: those after this one would never be sent";
                (FaultKind::Missing, decl.request.at(), message, "add `when: $param`")
            }
        };
        self.sink.report(Fault::new(kind, span, message).help(help));
        None
    }

    fn condition(&self, when: &At<ConditionDecl>, names: &Names<'_>) -> Option<Condition> {
        let param = At::new(when.value.param.clone(), when.span);
        let found = names.param(&param, self.sink)?;
        let Some(value) = &when.value.value else {
            self.check_may_lack(found, when.span)?;
            return Some(Condition::Given(param.value));
        };
        if self.decl.is_asked(&param.value) {
            let message = format!("which request is sent is decided before `{}` is looked up", param.value);
            return self.refuse(FaultKind::Contradiction, when.span, message);
        }
        let Ty::Enum(name) = found.ty.as_ref()? else {
            let message = format!("only an enum is compared with a value, and `{}` is none", param.value);
            return self.refuse(FaultKind::Type, when.span, message);
        };
        self.types.need_value(name, value, when.span, self.sink)?;
        Some(Condition::Is(param.value, value.clone()))
    }

    /// A condition that always holds would leave the requests after it unsent.
    fn check_may_lack(&self, found: &Name, span: Span) -> Option<()> {
        let decl = self.decl.params.iter().find(|param| param.name.value == found.name())?;
        let default = decl.default.as_ref().and_then(|default| default.as_ref()).map(|default| &default.value);
        let always = matches!(
            default,
            Some(SourceDecl::Constant(_) | SourceDecl::Fresh | SourceDecl::Now | SourceDecl::DaysAgo(_))
        );
        if (decl.required || always) && found.ty != Some(Ty::Boolean) {
            let message = format!("`{}` is always there, so no request after this one would be sent", found.name());
            return self.refuse(FaultKind::Contradiction, span, message);
        }
        Some(())
    }

    fn steps(&self, steps: &[StepDecl], mut names: Names<'_>) -> Option<Plan> {
        let last = steps.len().saturating_sub(1);
        let mut lowered = Vec::new();
        for (index, decl) in steps.iter().enumerate() {
            let stands = if index == last { Stands::Last } else { Stands::Before };
            lowered.push(self.step(decl, stands, &mut names));
        }
        for take in steps.iter().flat_map(|step| &step.take) {
            if !names.uses().used(take.name.as_str()) && !self.decl.partial {
                let message = format!("nothing uses `{}`", take.name.value);
                self.sink.report(Fault::new(FaultKind::Unused, take.name.span, message));
            }
        }
        lowered.into_iter().collect::<Option<_>>().map(Plan::Steps)
    }

    /// What the step takes becomes known to the steps after it, and to its own `failed` and `missing` it is not.
    fn step(&self, decl: &StepDecl, stands: Stands, names: &mut Names<'_>) -> Option<Step> {
        let request = self.request(&decl.request, stands, names);
        let fan = decl.request.chunk.as_ref().map(|chunk| &chunk.of);
        if let Some(of) = fan.or(decl.request.each.as_ref().map(|each| &each.of)).filter(|_| stands == Stands::Before) {
            let message =
                "only the last step may become several requests: the steps after this one need its one answer";
            self.sink.report(Fault::new(FaultKind::Contradiction, of.span, message));
        }
        let missing = decl.missing.as_ref().map(|text| names.text(text, self.sink));
        let failed = decl.failed.as_ref().map(|text| names.text(text, self.sink));
        self.check_take(decl, stands);
        let answer = decl.request.answer.as_ref().and_then(|answer| self.types.model_quietly(answer));
        let take: Vec<Option<Take>> = decl.take.iter().map(|take| self.take(take, answer.as_ref(), names)).collect();
        Some(Step {
            request: request?,
            take: take.into_iter().collect::<Option<_>>()?,
            missing: all_or_none(missing)?,
            failed: all_or_none(failed)?,
        })
    }

    fn check_take(&self, decl: &StepDecl, stands: Stands) {
        let (kind, span, message) = match (&decl.missing, decl.take.first()) {
            (_, Some(take)) if stands == Stands::Last => {
                let message = "nothing comes after the last step that could use this";
                (FaultKind::Contradiction, take.name.span, message)
            }
            (Some(missing), None) => {
                let message = "`missing` is said when something of `take` is not in the answer, and there is no `take`";
                (FaultKind::Contradiction, missing.span, message)
            }
            (None, Some(take)) => {
                let message = "a step with `take` needs `missing`: what to say when it is not in the answer";
                (FaultKind::Missing, take.name.span, message)
            }
            _ => return,
        };
        self.sink.report(Fault::new(kind, span, message));
    }

    fn take(&self, decl: &TakeDecl, answer: Option<&Ty>, names: &mut Names<'_>) -> Option<Take> {
        let found = decl
            .path
            .as_ref()
            .zip(answer)
            .and_then(|(at, answer)| path(answer, &at.value, Lists::First, self.types, at.span, self.sink));
        let found = found.filter(|(_, ty)| {
            let fine = is_word(element(ty).unwrap_or(ty)) || *ty == Ty::Json;
            if let Some(path) = decl.path.as_ref().filter(|_| !fine) {
                let message = format!("a step takes a value or a list of values, and this is `{}`", written(ty));
                let fault = Fault::new(FaultKind::Type, path.span, message);
                self.sink.report(fault.help("take the fields of it that are needed"));
            }
            fine
        });
        let name = decl.name.value.clone();
        let ty = found.as_ref().map(|(_, ty)| ty.clone());
        let root = Root::Value(name.clone());
        names.add(Name { root, ty, span: decl.name.span, required: false }, self.sink);
        let (path, ty) = found?;
        Some(Take { name, ty, path })
    }

    fn request(&self, decl: &RequestDecl, stands: Stands, names: &Names<'_>) -> Option<Request> {
        let mut names = names.clone();
        let fan = self.fan(decl, &mut names);
        let holes = Holes { names: &names, types: self.types, sink: self.sink };
        let path = decl.path().and_then(|path| self.path(path, &names));
        let query = self.query(decl, &holes);
        let body = decl.body.as_ref().map(|body| self.body(body, &holes));
        if let (Some(Verb::Get), Some(body)) = (decl.verb(), &decl.body) {
            let message = "a `get` has no body";
            self.sink.report(Fault::new(FaultKind::Contradiction, body.span, message).help("send it as `query`"));
        }
        self.check_fan_used(decl, &names);
        for scope in &decl.scope {
            self.lookup.check_scope(scope, self.sink);
        }
        if let Some(text) = decl.nothing_found.first() {
            self.check_empty_answer(text.span);
        }
        let repeat_key = decl.repeat_key.as_ref().map(|key| Some(names.find(key, self.sink)?.name().to_owned()));
        self.check_cursor_sent(decl, stands, &query, body.as_ref());
        let answer = self.answer(decl, stands);
        let reshape = self.reshape(decl, stands);
        Some(Request {
            verb: decl.verb()?,
            path: path?,
            scopes: decl.scope.iter().map(|scope| scope.value.clone()).collect(),
            query: query?,
            body: all_or_none(body)?,
            answer: answer?,
            nothing_found: decl.nothing_found.iter().map(|text| text.value.clone()).collect(),
            repeat_key: all_or_none(repeat_key)?,
            repeated: decl
                .repeated
                .as_ref()
                .map(|repeated| Repeated { status: repeated.status.value, message: repeated.message.value.clone() }),
            fan: fan?,
            reshape: reshape?,
        })
    }

    /// A body is an object, a list, or a value that is one.
    fn body(&self, body: &At<TemplateDecl>, holes: &Holes<'_>) -> Option<Template> {
        let template = holes.template(&body.value, None)?;
        let wrong = match &template {
            Template::Constant(json) if !json.is_object() && !json.is_array() => "a single value".to_owned(),
            Template::Hole(hole) if is_word(&hole.ty) => format!("`{}`", written(&hole.ty)),
            Template::Has { .. } => "a single value".to_owned(),
            _ => return Some(template),
        };
        let fault =
            Fault::new(FaultKind::Type, body.span, format!("a body is an object or a list, and this is {wrong}"));
        self.sink.report(fault.help("write `body: {field: …}`, with the name that the service knows it by"));
        None
    }

    /// A paged tool that does not send the cursor would get its first page again and again.
    fn check_cursor_sent(
        &self,
        decl: &RequestDecl,
        stands: Stands,
        query: &Option<Vec<(String, Template)>>,
        body: Option<&Option<Template>>,
    ) {
        let Some(Some(cursor)) = self.decl.paging.as_ref().filter(|_| stands == Stands::Last) else { return };
        if !self.decl.params.iter().any(|param| param.name.value == cursor.value) {
            return;
        }
        let makes_pages = decl.each.as_ref().is_some_and(|each| each.per_page.is_some());
        let (Some(query), false) = (query, makes_pages) else { return };
        let sent = match body {
            Some(None) => return,
            Some(Some(body)) => sends(body, cursor.as_str()),
            None => false,
        };
        if !sent && !query.iter().any(|(_, template)| sends(template, cursor.as_str())) {
            let message = format!("the answer is a page, and this request does not send `${}`", cursor.value);
            let fault = Fault::new(FaultKind::Missing, decl.at(), message);
            self.sink.report(fault.related(cursor.span, "by this the next page is asked for"));
        }
    }

    /// The path, whose holes must be parameters that are always there.
    fn path(&self, path: &At<String>, names: &Names<'_>) -> Option<String> {
        let holes: Vec<&str> = path_holes(&path.value).collect();
        let mut fine = true;
        for (at, name) in holes.iter().enumerate() {
            if holes.iter().take(at).any(|other| other == name) {
                let message = format!("`{{{name}}}` is in the path twice");
                self.sink.report(Fault::new(FaultKind::Clash, path.span, message));
                fine = false;
            } else {
                fine &= self.path_hole(&At::new((*name).to_owned(), path.span), names).is_some();
            }
        }
        fine.then(|| path.value.clone())
    }

    fn path_hole(&self, name: &At<String>, names: &Names<'_>) -> Option<()> {
        let found = names.param(name, self.sink)?;
        names.uses().mark_sent(name.as_str());
        if !found.required {
            let message = format!("`{}` is in the path, so it must be `required: true`", name.value);
            let fault = Fault::new(FaultKind::Contradiction, found.span, message);
            self.sink.report(fault.related(name.span, "used here"));
            return None;
        }
        if found.ty.as_ref().is_some_and(|ty| !is_word(ty)) {
            let message = format!("`{}` is no single value, so it cannot stand in a path", name.value);
            return self.refuse(FaultKind::Type, name.span, message);
        }
        Some(())
    }

    /// A query is flat: single values and lists of them.
    fn query(&self, decl: &RequestDecl, holes: &Holes<'_>) -> Option<Vec<(String, Template)>> {
        let lowered: Vec<Option<(String, Template)>> = decl
            .query
            .iter()
            .map(|(key, value)| {
                let template = holes.template(value, None)?;
                let flat = match &template {
                    Template::Constant(Json::Null) => {
                        let message = format!("a query has no `null`, and `{}` is one", key.value);
                        return self.refuse(FaultKind::Type, key.span, message);
                    }
                    Template::Constant(json) => !json.is_object() && !json.is_array(),
                    Template::Hole(hole) => is_word(element(&hole.ty).unwrap_or(&hole.ty)),
                    Template::Has { .. } => true,
                    Template::Object(_) | Template::List(_) | Template::For { .. } => false,
                };
                if !flat {
                    let message = format!("a query is flat, and `{}` is more than a value or a list", key.value);
                    return self.refuse(FaultKind::Type, key.span, message);
                }
                Some((key.value.clone(), template))
            })
            .collect();
        lowered.into_iter().collect()
    }

    fn fan(&self, decl: &RequestDecl, names: &mut Names<'_>) -> Option<Option<Fan>> {
        if let (Some(outcomes), None) = (&decl.outcomes, &decl.each) {
            let message = "`outcomes` says where the answers of `each` go, and there is no `each`";
            return self.refuse(FaultKind::Contradiction, outcomes.at, message);
        }
        match (&decl.chunk, &decl.each) {
            (None, None) => Some(None),
            (Some(_), Some(each)) => {
                self.refuse(FaultKind::Contradiction, each.of.span, "a request has `chunk` or `each`, not both")
            }
            (Some(chunk), None) => {
                let found = names.param(&chunk.of, self.sink)?;
                self.list(found, chunk.of.span)?;
                Some(Some(Fan::Chunk { of: chunk.of.value.clone(), size: chunk.size.value }))
            }
            (None, Some(each)) => self.each(each, decl.outcomes.as_ref(), names).map(Some),
        }
    }

    fn list(&self, found: &Name, span: Span) -> Option<Ty> {
        let ty = found.ty.as_ref()?;
        match element(ty) {
            Some(element) => Some(element.clone()),
            None => {
                let message = format!("`{}` is no list but `{}`", found.name(), written(ty));
                self.refuse(FaultKind::Type, span, message)
            }
        }
    }

    fn each(&self, each: &EachDecl, outcomes: Option<&OutcomesDecl>, names: &mut Names<'_>) -> Option<Fan> {
        let element = names.find(&each.of, self.sink).and_then(|found| self.list(found, each.of.span));
        let root = Root::Element(each.alias.value.clone());
        names.add(Name { root, ty: element.clone(), span: each.alias.span, required: false }, self.sink);
        let outcomes = match outcomes {
            None => Some(None),
            Some(outcomes) => self.outcomes(outcomes, element.as_ref()).map(Some),
        };
        if let Some(per_page) = &each.per_page {
            self.needs_items("per_page", per_page.span);
            self.needs_paging(per_page.span);
        }
        Some(Fan::Each {
            of: each.of.value.clone(),
            element: element?,
            alias: each.alias.value.clone(),
            per_page: each.per_page.as_ref().map(|per_page| per_page.value),
            outcomes: outcomes?,
        })
    }

    fn check_fan_used(&self, decl: &RequestDecl, names: &Names<'_>) {
        if self.decl.partial {
            return;
        }
        if let Some(chunk) = decl.chunk.as_ref().filter(|chunk| !names.uses().sent(chunk.of.as_str())) {
            let message = format!("`{}` is cut in chunks and not sent", chunk.of.value);
            self.sink.report(Fault::new(FaultKind::Unused, chunk.of.span, message));
        }
        let Some(each) = &decl.each else { return };
        if !names.uses().used(each.alias.as_str()) {
            let message = format!("nothing uses `{}`, so every request would be the same", each.alias.value);
            self.sink.report(Fault::new(FaultKind::Unused, each.alias.span, message));
        }
    }

    /// The fields of an outcome must be there.
    fn outcomes(&self, decl: &OutcomesDecl, of: Option<&Ty>) -> Option<Outcomes> {
        let answer = self.decl.answer.as_ref()?;
        let into = self.field(answer.as_str(), &decl.into)?;
        let Some(Ty::Model(model)) = element(&into) else {
            let message = format!("`{}` is no list of models but `{}`", decl.into.value, written(&into));
            return self.refuse(FaultKind::Type, decl.into.span, message);
        };
        let item = self.field(model, &decl.item);
        let error = self.field(model, &decl.error);
        if decl.item.value == decl.error.value {
            let message = "what went wrong stands in another field than what it was for";
            return self.refuse(FaultKind::Contradiction, decl.error.span, message);
        }
        if let Some((of, field)) = of.zip(item.as_ref()).filter(|(of, field)| !fits(of, field)) {
            let message =
                format!("the elements are `{}`, and `{}` is `{}`", written(of), decl.item.value, written(field));
            return self.refuse(FaultKind::Type, decl.item.span, message);
        }
        if error? != Ty::String {
            let message = "what went wrong is told in words: the field is a `string`";
            return self.refuse(FaultKind::Type, decl.error.span, message);
        }
        item?;
        Some(Outcomes { into: decl.into.value.clone(), item: decl.item.value.clone(), error: decl.error.value.clone() })
    }

    /// The model of the request's answer: its own, with `outcomes` that of an outcome, else the tool's.
    fn answer(&self, decl: &RequestDecl, stands: Stands) -> Option<String> {
        if let Some(answer) = &decl.answer {
            if decl.outcomes.is_some() {
                let message = "with `outcomes` the answer's model is that of the list's elements";
                return self.refuse(FaultKind::Contradiction, answer.span, message);
            }
            return self.types.model(answer, self.sink);
        }
        if stands == Stands::Before {
            let message = "a step before the last needs the `answer` it gets";
            return self.refuse(FaultKind::Missing, decl.at(), message);
        }
        let answer = self.decl.answer.as_ref()?;
        let Some(outcomes) = &decl.outcomes else { return Some(answer.value.clone()) };
        let into = self.types.field(answer.as_str(), outcomes.into.as_str())?;
        match element(into.ty.as_ref()?)? {
            Ty::Model(model) => Some(model.clone()),
            _ => None,
        }
    }

    fn reshape(&self, decl: &RequestDecl, stands: Stands) -> Option<Option<Template>> {
        let tool = self.decl.answer.as_ref();
        let other = decl.answer.as_ref().filter(|answer| Some(answer.as_str()) != tool.map(At::as_str));
        match (&decl.reshape, stands, other) {
            (Some(reshape), Stands::Before, _) => {
                let message = "only the last step's answer is the tool's; other steps `take` from theirs";
                self.refuse(FaultKind::Contradiction, reshape.span, message)
            }
            (Some(reshape), _, None) => {
                let message = "this request's answer is the tool's already";
                let fault = Fault::new(FaultKind::Contradiction, reshape.span, message);
                self.sink.report(fault.help("say with `answer` which other model the request gets, or drop `reshape`"));
                None
            }
            (Some(reshape), Stands::Last, Some(answer)) => {
                let got = self.types.model_quietly(answer)?;
                let into = self.types.model_quietly(tool?)?;
                self.check_envelope_kept(reshape);
                let reshape_to = Reshape { types: self.types, sink: self.sink, got };
                reshape_to.template(reshape, &into).map(Some)
            }
            (None, Stands::Last, Some(answer)) if decl.outcomes.is_none() => {
                let message = "this answer is not the tool's, so the request needs `reshape`";
                self.refuse(FaultKind::Missing, answer.span, message)
            }
            (None, _, _) => Some(None),
        }
    }

    /// Without the paging envelope the first page would seem to be the only one.
    fn check_envelope_kept(&self, reshape: &At<TemplateDecl>) {
        let (TemplateDecl::Object(entries), Some(envelope)) =
            (&reshape.value, self.envelope().filter(|_| self.decl.paging.is_some()))
        else {
            return;
        };
        if !entries.iter().any(|entry| entry.key.value == envelope) {
            let message = format!("the tool has pages, and this leaves out their envelope `{envelope}`");
            let fault = Fault::new(FaultKind::Missing, reshape.span, message);
            self.sink.report(fault.help(format!("add `{envelope}: .{envelope}`")));
        }
    }
}

/// Whether this parameter is sent as it was given.
fn sends(template: &Template, param: &str) -> bool {
    match template {
        Template::Hole(hole) => matches!(&hole.root, Root::Param(name) if name == param),
        Template::Object(entries) => entries.iter().any(|entry| sends(&entry.value, param)),
        Template::List(items) => items.iter().any(|item| sends(item, param)),
        Template::Constant(_) | Template::Has { .. } | Template::For { .. } => false,
    }
}
