//! What a tool sends.

use super::names::{Name, Names, Use};
use super::parts::{all, all_or_none};
use super::reshape::{Lists, Reshape, path};
use super::template::Holes;
use super::tool::Reader;
use super::types::{element, fits, is_word};
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{
    CaseDecl, ConditionDecl, EachDecl, HoleDecl, OutcomesDecl, PlanDecl, RequestDecl, RootDecl, StepDecl, TakeDecl,
    TemplateDecl,
};
use crate::load::path::path_holes;
use crate::model::{
    Case, Condition, Fan, Hole, Hop, Json, Outcomes, Plan, Repeated, Request, Root, Step, Take, Template, Ty,
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
                let case = |(index, case)| self.case(case, index == last, names);
                all(cases.iter().enumerate().map(case)).map(Plan::Cases)
            }
            PlanDecl::Steps(steps) => self.steps(steps, names.clone()),
        }
    }

    fn case(&self, decl: &CaseDecl, last: bool, names: &Names<'_>) -> Option<Case> {
        let request = self.request(&decl.request, Stands::Last, names);
        Some(Case { when: self.when(decl, last, names)?, request: request? })
    }

    /// When one of several requests is sent; the last is when no other is.
    fn when(&self, decl: &CaseDecl, last: bool, names: &Names<'_>) -> Option<Option<Condition>> {
        match &decl.when {
            Some(when) if !last => self.condition(when.as_ref()?, names).map(Some),
            Some(_) => None,
            None => Some(None),
        }
    }

    pub(super) fn condition(&self, when: &At<ConditionDecl>, names: &Names<'_>) -> Option<Condition> {
        let param = At::new(when.value.param.clone(), when.span);
        let found = names.param(&param, self.sink)?;
        let Some(value) = &when.value.value else { return Some(Condition::Given(param.value)) };
        let Ty::Enum(name) = found.ty.as_ref()? else {
            let message = format!("only an enum is compared with a value, and `{}` is none", param.value);
            return self.refuse(FaultKind::Type, when.span, message);
        };
        self.types.need_value(name, value, when.span, self.sink)?;
        Some(Condition::Is(param.value, value.clone()))
    }

    fn steps(&self, steps: &[StepDecl], mut names: Names<'_>) -> Option<Plan> {
        let last = steps.len().saturating_sub(1);
        let step = |(index, decl)| {
            let stands = if index == last { Stands::Last } else { Stands::Before };
            self.step(decl, stands, &mut names)
        };
        all(steps.iter().enumerate().map(step)).map(Plan::Steps)
    }

    /// What the step takes becomes known to the steps after it, and to its own `failed` and `missing` it is not.
    fn step(&self, decl: &StepDecl, stands: Stands, names: &mut Names<'_>) -> Option<Step> {
        let request = self.request(&decl.request, stands, names);
        let missing = decl.missing.as_ref().map(|text| names.text(text, self.sink));
        let failed = decl.failed.as_ref().map(|text| names.text(text, self.sink));
        let answer = decl.request.answer.as_ref().and_then(|answer| self.types.model_quietly(answer));
        let take = all(decl.take.iter().map(|take| self.take(take, answer.as_ref(), names)));
        Some(Step { request: request?, take: take?, missing: all_or_none(missing)?, failed: all_or_none(failed)? })
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
                let message = format!("a step takes a value or a list of values, and this is `{ty}`");
                let fault = Fault::new(FaultKind::Type, path.span, message);
                self.sink.report(fault.help("take the fields of it that are needed"));
            }
            fine
        });
        let name = decl.name.value.clone();
        let ty = found.as_ref().map(|(_, ty)| ty.clone());
        let root = Root::Value(name.clone());
        names.add(Name { root, ty, span: decl.name.span }, self.sink);
        let (path, ty) = found?;
        Some(Take { name, ty, path })
    }

    fn request(&self, decl: &RequestDecl, stands: Stands, names: &Names<'_>) -> Option<Request> {
        let mut names = names.clone();
        let fan = self.fan(decl, &mut names);
        let holes = Holes { reader: self, names: &names };
        let segments = decl.path().and_then(|path| self.segments(path, &holes));
        let query = self.query(decl, &holes);
        let body = decl.body.as_ref().map(|body| self.body(body, &holes));
        let multipart = all(decl.multipart.iter().map(|(key, value)| self.part(key, value, &holes)));
        self.check_fan_used(decl, &names);
        for scope in &decl.scope {
            self.lookup.check_scope(scope, self.sink);
        }
        let repeat_key = decl.repeat_key.as_ref().map(|key| Some(names.find(key, self.sink)?.name().to_owned()));
        self.check_cursor_sent(decl, stands, &query, body.as_ref());
        let answer = self.answer(decl, stands);
        let reshape = self.reshape(decl, stands);
        Some(Request {
            verb: decl.verb()?,
            path: decl.path()?.value.clone(),
            segments: segments?,
            scopes: decl.scope.iter().map(|scope| scope.value.clone()).collect(),
            query: query?,
            body: all_or_none(body)?,
            multipart: multipart?,
            answer: answer?,
            nothing_found: decl.nothing_found.iter().map(|text| text.value.clone()).collect(),
            repeatable: decl.repeatable,
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
            Template::Hole(hole) if is_word(&hole.ty) => format!("`{}`", hole.ty),
            Template::Has { .. } => "a single value".to_owned(),
            Template::When { .. } => "only there on a condition".to_owned(),
            _ => return Some(template),
        };
        let fault =
            Fault::new(FaultKind::Type, body.span, format!("a body is an object or a list, and this is {wrong}"));
        self.sink.refuse(fault.help("write `body: {field: …}`, with the name that the service knows it by"))
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

    /// What fills the braces of a path: parameters, and the element that the request is for.
    fn segments(&self, path: &At<String>, holes: &Holes<'_>) -> Option<Vec<Hole>> {
        all(path_holes(&path.value).map(|written| {
            let mut fields = written.split('.').map(str::to_owned);
            let name = At::new(fields.next().unwrap_or_default(), path.span);
            let element = holes.names.get(&name.value).filter(|found| matches!(found.root, Root::Element(_)));
            let found = match element {
                Some(element) => element,
                None => holes.names.param(&name, self.sink)?,
            };
            holes.names.uses().mark(found.name(), Use::Sent);
            let fields: Vec<String> = fields.collect();
            let (hops, ty) = holes.path(found.ty.as_ref()?, &fields, path.span)?;
            if !is_word(&ty) {
                let message = format!("`{written}` is no single value, so it cannot stand in a path");
                return self.refuse(FaultKind::Type, path.span, message);
            }
            let may_lack = |hop: &&Hop| self.types.field(&hop.of, &hop.field).is_some_and(|field| !field.required);
            if let Some(hop) = hops.iter().find(may_lack) {
                let message =
                    format!("`{written}` is in the path, so `{}` of `{}` must be `required: true`", hop.field, hop.of);
                return self.refuse(FaultKind::Contradiction, path.span, message);
            }
            Some(Hole { root: found.root.clone(), path: hops, filters: Vec::new(), ty })
        }))
    }

    fn query(&self, decl: &RequestDecl, holes: &Holes<'_>) -> Option<Vec<(String, Template)>> {
        all(decl.query.iter().map(|(key, value)| self.flat("a query", key, value, holes)))
    }

    /// A part of a form is a file, or text as in a query.
    fn part(&self, key: &At<String>, value: &TemplateDecl, holes: &Holes<'_>) -> Option<(String, Template)> {
        if let TemplateDecl::Hole(HoleDecl { root, path, filters }) = value
            && let RootDecl::Name(name) = &root.value
            && path.is_empty()
            && filters.is_empty()
            && let Some(Name { root, .. }) = holes.names.file(name)
        {
            let hole = Hole { root: root.clone(), path: Vec::new(), filters: Vec::new(), ty: Ty::File };
            return Some((key.value.clone(), Template::Hole(hole)));
        }
        self.flat("a part of a form", key, value, holes)
    }

    /// Single values and lists of them, which are written as text.
    fn flat(
        &self,
        what: &str,
        key: &At<String>,
        value: &TemplateDecl,
        holes: &Holes<'_>,
    ) -> Option<(String, Template)> {
        let template = holes.template(value, None)?;
        let flat = match innermost(&template) {
            Template::Constant(Json::Null) => {
                let message = format!("{what} has no `null`, and `{}` is one", key.value);
                return self.refuse(FaultKind::Type, key.span, message);
            }
            Template::Constant(json) => !json.is_object() && !json.is_array(),
            Template::Hole(hole) => is_word(element(&hole.ty).unwrap_or(&hole.ty)),
            Template::Has { .. } => true,
            _ => false,
        };
        if !flat {
            let message = format!("{what} is flat, and `{}` is more than a value or a list", key.value);
            return self.refuse(FaultKind::Type, key.span, message);
        }
        Some((key.value.clone(), template))
    }

    fn fan(&self, decl: &RequestDecl, names: &mut Names<'_>) -> Option<Option<Fan>> {
        match (&decl.chunk, &decl.each) {
            (None, None) => Some(None),
            (Some(_), Some(_)) => None,
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
                let message = format!("`{}` is no list but `{ty}`", found.name());
                self.refuse(FaultKind::Type, span, message)
            }
        }
    }

    fn each(&self, each: &EachDecl, outcomes: Option<&OutcomesDecl>, names: &mut Names<'_>) -> Option<Fan> {
        let element = names.find(&each.of, self.sink).and_then(|found| self.list(found, each.of.span));
        let root = Root::Element(each.alias.value.clone());
        names.add(Name { root, ty: element.clone(), span: each.alias.span }, self.sink);
        let outcomes = match outcomes {
            None => Some(None),
            Some(outcomes) => self.outcomes(outcomes, element.as_ref()).map(Some),
        };
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
        if let Some(chunk) = decl.chunk.as_ref().filter(|chunk| !names.uses().has(chunk.of.as_str(), Use::Sent)) {
            let message = format!("`{}` is cut in chunks and not sent", chunk.of.value);
            self.sink.report(Fault::new(FaultKind::Unused, chunk.of.span, message));
        }
        let Some(each) = &decl.each else { return };
        if !names.uses().has(each.alias.as_str(), Use::Used) {
            let message = format!("nothing uses `{}`, so every request would be the same", each.alias.value);
            self.sink.report(Fault::new(FaultKind::Unused, each.alias.span, message));
        }
    }

    /// The fields of an outcome must be there.
    fn outcomes(&self, decl: &OutcomesDecl, of: Option<&Ty>) -> Option<Outcomes> {
        let answer = self.decl.answer.as_ref()?;
        let into = self.field(answer.as_str(), &decl.into)?;
        let Some(Ty::Model(model)) = element(&into) else {
            let message = format!("`{}` is no list of models but `{into}`", decl.into.value);
            return self.refuse(FaultKind::Type, decl.into.span, message);
        };
        let item = self.field(model, &decl.item);
        let error = self.field(model, &decl.error);
        if let Some((of, field)) = of.zip(item.as_ref()).filter(|(of, field)| !fits(of, field)) {
            let message = format!("the elements are `{of}`, and `{}` is `{field}`", decl.item.value);
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
            return if decl.outcomes.is_some() { None } else { self.types.model(answer, self.sink) };
        }
        let answer = self.decl.answer.as_ref().filter(|_| stands == Stands::Last)?;
        let Some(outcomes) = &decl.outcomes else { return Some(answer.value.clone()) };
        let into = self.types.field(answer.as_str(), outcomes.into.as_str())?;
        match element(into.ty.as_ref()?)? {
            Ty::Model(model) => Some(model.clone()),
            _ => None,
        }
    }

    fn reshape(&self, decl: &RequestDecl, stands: Stands) -> Option<Option<Template>> {
        let Some(reshape) = &decl.reshape else { return Some(None) };
        let answer = decl.answer.as_ref().filter(|_| stands == Stands::Last)?;
        let got = self.types.model_quietly(answer)?;
        let into = self.types.model_quietly(self.decl.answer.as_ref()?)?;
        if got == into {
            return None;
        }
        Reshape { reader: self, got }.template(reshape, &into).map(Some)
    }
}

/// Whether this parameter is sent as it was given.
fn sends(template: &Template, param: &str) -> bool {
    match template {
        Template::Hole(hole) => hole.path.is_empty() && matches!(&hole.root, Root::Param(name) if name == param),
        Template::Object(entries) => entries.iter().any(|entry| sends(&entry.value, param)),
        Template::List(items) => items.iter().any(|item| sends(item, param)),
        Template::Constant(_) | Template::Has { .. } | Template::When { .. } | Template::For { .. } => false,
    }
}

/// What is sent if every condition around it holds.
fn innermost(template: &Template) -> &Template {
    match template {
        Template::When { then, .. } => innermost(then),
        other => other,
    }
}
