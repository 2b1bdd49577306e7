//! The requests of the spec, by the operation that each sends.

use std::collections::BTreeMap;

use spec_diff::{operation, place};
use tool_spec::model::{Fan, Plan, Request, Spec, Ty};

use crate::openapi::media::FORM;

use super::form::{Form, Is, Origin, Way, element_model};

pub(super) struct Sending<'s> {
    pub(super) origin: Origin<'s>,
    pub(super) request: &'s Request,
    /// Where it is written, as the places of a spec are named.
    pub(super) written: String,
}

pub(super) fn sendings(spec: &Spec) -> BTreeMap<String, Vec<Sending<'_>>> {
    let mut all: BTreeMap<String, Vec<Sending<'_>>> = BTreeMap::new();
    for (_, tool) in spec.tools() {
        for (at, request) in tool.requests().into_iter().enumerate() {
            let when = match &tool.plan {
                Plan::Cases(cases) => cases.get(at).and_then(|case| case.when.as_ref()),
                Plan::Steps(_) => None,
            };
            let origin = Origin { spec, tool, when, way: Way::Sent };
            let written = format!("{}.{}", tool.name, place(&tool.plan, at));
            let operation = operation(request.verb.as_str(), &request.path);
            all.entry(operation).or_default().push(Sending { origin, request, written });
        }
    }
    all
}

impl<'s> Sending<'s> {
    pub(super) fn tool(&self) -> &'s str {
        &self.origin.tool.name
    }

    pub(super) fn hole(&self, name: &str) -> Option<Form<'s>> {
        Some(Form::new(self.origin, Is::Ty(self.ty(name)?), format!("{}.params.{name}", self.tool())))
    }

    /// The type of what a name in the path stands for.
    fn ty(&self, name: &str) -> Option<&'s Ty> {
        let tool = self.origin.tool;
        let element = match &self.request.fan {
            Some(Fan::Each { alias, element, .. }) if alias == name => Some(element),
            _ => None,
        };
        let taken = match &tool.plan {
            Plan::Steps(steps) => steps.iter().flat_map(|step| &step.take).find(|take| take.name == name),
            Plan::Cases(_) => None,
        };
        let param = tool.params.iter().find(|param| param.name == name).map(|param| &param.ty);
        let value = tool.values.iter().find(|value| value.name == name).map(|value| &value.ty);
        element.or(param).or(value).or(taken.map(|take| &take.ty))
    }

    pub(super) fn query(&self) -> Form<'s> {
        Form::new(self.origin, Is::Pairs(&self.request.query), format!("{}.query", self.written))
    }

    /// The body, and the media type that it is sent as; nothing if none is sent.
    pub(super) fn body(&self) -> Option<(&'static str, Form<'s>)> {
        if let Some(body) = &self.request.body {
            return Some(("application/json", Form::of(self.origin, body, &format!("{}.body", self.written))));
        }
        if self.request.multipart.is_empty() {
            return None;
        }
        let form = Form::new(self.origin, Is::Pairs(&self.request.multipart), format!("{}.multipart", self.written));
        let always = self.request.multipart.iter().any(|(_, part)| Form::of(self.origin, part, "").always);
        Some((FORM, Form { always, ..form }))
    }

    /// What is read of the answer: its model, without what the client puts there.
    pub(super) fn answer(&self) -> Form<'s> {
        let spec = self.origin.spec;
        let (mut model, mut without) = (self.request.answer.as_str(), Vec::new());
        match &self.request.fan {
            Some(Fan::Each { outcomes: Some(outcomes), .. }) => {
                model = element_model(spec, model, &outcomes.into).unwrap_or(model);
                without = vec![outcomes.item.as_str(), outcomes.error.as_str()];
            }
            Some(Fan::Each { per_page: Some(_), .. }) => without = vec![spec.service.paging_envelope.as_str()],
            _ => {}
        }
        let origin = Origin { way: Way::Answered, ..self.origin };
        Form { without, ..Form::new(origin, Is::Model(model), model) }
    }
}
