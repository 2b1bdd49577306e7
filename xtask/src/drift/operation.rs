//! Holds an operation against the requests that send it.

use serde_json::Value;

use super::finding::{At, Kind};
use super::form::{Form, Way};
use super::report::{Counted, Part};
use super::sending::Sending;
use super::shape::{Shape, Sort, lost};
use super::walk::{TAKE_OUT, Task, Walk, one_of, tools};
use crate::openapi::json::{is, members, names, text};
use crate::openapi::media::{self, FORM};
use crate::openapi::{Field, Found, Operation, Slip, all_say, holes, params};

/// The headers that an operation does not take as parameters, whatever a document says.
const NO_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

pub(super) struct Both<'w, 'a> {
    pub(super) walk: &'w mut Walk<'a>,
    pub(super) at: At,
    pub(super) operation: Operation<'a>,
    pub(super) sendings: &'w [Sending<'a>],
}

impl<'a> Both<'_, 'a> {
    pub(super) fn compare(mut self) {
        if self.sendings.is_empty() {
            let draft = format!("`cargo xtask new-tool NAME --from-openapi FILE \"{}\"`", self.at);
            let instead = format!("Write a tool for it; {draft} drafts one.");
            let message = "the document has the operation, and no tool sends it";
            self.walk.find(Kind::Missing, &self.at, message, instead, None);
        } else {
            self.deprecation();
        }
        let (at, lost) = (self.at.to_string(), self.sendings.is_empty());
        self.walk.counted.push(Counted { part: Part::Operations, at, lost });
        self.params();
        self.body();
        self.answer();
    }

    fn deprecation(&mut self) {
        let (old, current): (Vec<&Sending<'a>>, Vec<&Sending<'a>>) =
            self.sendings.iter().partition(|sending| sending.origin.tool.deprecated.is_some());
        let tools = |of: &[&Sending<'a>]| tools(of.iter().map(|sending| sending.tool()));
        let first = |of: &[&Sending<'a>]| of.first().map(|sending| sending.tool()).unwrap_or_default();
        if is(self.operation.value, "deprecated") && !current.is_empty() {
            let message = "the document calls the operation deprecated";
            let instead = format!("Say so with `deprecated` in {}.", tools(&current));
            self.walk.find(Kind::Deprecated, &self.at, message, instead, Some(first(&current)));
        } else if !is(self.operation.value, "deprecated") && current.is_empty() {
            let message = format!("{} is deprecated, and the operation is not", tools(&old));
            let instead = "Take its `deprecated` out; if it is meant, excuse it.";
            let written = format!("{}.deprecated", first(&old));
            self.walk.find(Kind::NotDeprecated, &self.at, message, instead, Some(&written));
        }
    }

    fn params(&mut self) {
        let (all, slips) = params(self.walk.document, &self.operation);
        for slip in slips {
            let what = match slip {
                Slip::Nameless => "a parameter has no name".to_owned(),
                Slip::Lost(reference) => lost(self.walk.document, reference),
            };
            self.walk.wrong(&self.at, what);
        }
        let (mut in_path, mut query): (Vec<&'a Value>, Vec<Field<'a>>) = (Vec::new(), Vec::new());
        for param in all {
            let name = text(param, "name").unwrap_or_default();
            match text(param, "in") {
                Some("path") => in_path.push(param),
                Some("query") => self.query_param(param, name, &mut query),
                Some(of @ ("header" | "cookie")) => self.not_sent(param, name, of),
                _ => self
                    .walk
                    .wrong(&self.at.part("parameters").field(name), "its `in` is none of path, query, header, cookie"),
            }
        }
        self.path(&in_path);
        let parents: Vec<Form<'a>> = self.sendings.iter().map(Sending::query).collect();
        self.walk.through(Way::Sent).query(&self.at.part("query"), query, &parents);
    }

    /// A parameter of the query; of an object that is spread over it, one for each of its fields.
    fn query_param(&mut self, param: &'a Value, name: &'a str, query: &mut Vec<Field<'a>>) {
        let at = self.at.part("query").field(name);
        let schemas: Vec<&'a Value> = param.get("schema").into_iter().collect();
        let shape = Shape::of(self.walk.document, &schemas);
        let required = is(param, "required");
        if shape.sorts == [Sort::Object] && !shape.fields.is_empty() {
            match text(param, "style").unwrap_or("form") {
                "form" if param.get("explode") != Some(&Value::Bool(false)) => {
                    let field = |field: Field<'a>| Field { required: required && field.required, ..field };
                    return query.extend(shape.fields.into_iter().map(field));
                }
                style => {
                    self.walk.wrong(&at, format!("an object in the query of the style `{style}` is not understood"))
                }
            }
        }
        if is(param, "deprecated") && !all_say(self.walk.document, &schemas, "deprecated") {
            let form = self.sendings.iter().find_map(|sending| sending.query().member(name));
            if form.is_some() {
                self.walk.deprecated(&at, form.as_ref());
            }
        }
        query.push(Field { name, schemas, required });
    }

    /// A parameter that a tool has no place for.
    fn not_sent(&mut self, param: &Value, name: &str, of: &str) {
        if of == "header" && NO_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
            return;
        }
        let at = self.at.part(of).field(name);
        if !self.sendings.is_empty() {
            let wanted = if is(param, "required") { " and requires it" } else { "" };
            let message = format!("the document takes the {of} `{name}`{wanted}, and a tool sends no {of} of its own");
            self.walk.find(Kind::Missing, &at, message, "Excuse it, with what is lost without it.", None);
        }
        self.walk.counted.push(Counted { part: Part::RequestFields, at: at.to_string(), lost: true });
    }

    /// The places of the path, one after the other: each side has its own names for them.
    fn path(&mut self, declared: &[&'a Value]) {
        for (index, name) in holes(self.operation.path).into_iter().enumerate() {
            let param = declared.iter().find(|param| text(param, "name") == Some(name));
            let fills = |sending: &Sending<'a>| sending.hole(holes(&sending.request.path).get(index)?);
            let forms: Vec<Form<'a>> = self.sendings.iter().filter_map(fills).collect();
            let at = self.at.part("path").field(name);
            if param.is_some_and(|param| is(param, "deprecated")) && !forms.is_empty() {
                self.walk.deprecated(&at, forms.first());
            }
            let schemas = param.and_then(|param| param.get("schema")).into_iter().collect();
            self.walk.through(Way::Sent).value(Task { at, schemas, forms, counts: true });
        }
    }

    fn body(&mut self) {
        let at = self.at.part("body");
        let sent: Vec<Option<(&str, Form<'a>)>> = self.sendings.iter().map(Sending::body).collect();
        let first = sent.iter().flatten().next().map(|(_, form)| form.written.as_str());
        let body = match self.operation.value.get("requestBody").map(|body| self.walk.document.find(body)) {
            Some(Found::Here(body)) => body,
            Some(Found::Lost(reference)) => {
                let what = lost(self.walk.document, reference);
                return self.walk.wrong(&at, what);
            }
            None => {
                if first.is_some() {
                    let message = "a body is sent, and the document takes none";
                    self.walk.find(Kind::Unknown, &at, message, TAKE_OUT, first);
                }
                return;
            }
        };
        if first.is_none() && !self.sendings.is_empty() {
            let instead = format!("Let {} send one.", one_of(&self.walk.tools));
            let written = self.sendings.first().map(|sending| sending.written.as_str());
            self.walk.find(Kind::Missing, &at, "the document takes a body, and none is sent", instead, written);
        }
        let Some((kind, media)) = media::json(body).or_else(|| media::form(body, FORM)) else {
            if first.is_some() {
                let message = format!("the document takes a body as {}, and the spec sends JSON", media::forms(body));
                self.walk.find(Kind::Type, &at, message, "Excuse it, or let the tool send that.", first);
            }
            return;
        };
        let is_same = |(sent, _): &&(&str, Form<'_>)| media::is_json(sent) == media::is_json(kind);
        if let Some((sent, form)) = sent.iter().flatten().find(|sent| !is_same(sent)) {
            let message = format!("the document takes a body as `{kind}`, and the spec sends it as `{sent}`");
            self.walk.find(Kind::Type, &at, message, "Send it as the document takes it.", Some(&form.written));
        }
        if first.is_some() && is(body, "required") {
            self.required_body(&at, &sent);
        }
        let forms = sent.into_iter().flatten().map(|(_, form)| form).collect();
        let schemas = media.get("schema").into_iter().collect();
        self.walk.through(Way::Sent).value(Task { at, schemas, forms, counts: false });
    }

    fn required_body(&mut self, at: &At, sent: &[Option<(&str, Form<'a>)>]) {
        let both = self.sendings.iter().zip(sent);
        let lacks = |body: &Option<(&str, Form<'_>)>| !body.as_ref().is_some_and(|(_, form)| form.always);
        let lacking: Vec<&Sending<'a>> = both.filter(|(_, body)| lacks(body)).map(|(sending, _)| sending).collect();
        let Some(first) = lacking.first() else { return };
        let tools = tools(lacking.iter().map(|sending| sending.tool()));
        let message = format!("the document requires a body, and {tools} may send none");
        let instead = "End a key of the body with `!`, so that it is sent even when it is empty.";
        self.walk.find(Kind::Required, at, message, instead, Some(&format!("{}.body", first.written)));
    }

    fn answer(&mut self) {
        let at = self.at.part("answer");
        let forms: Vec<Form<'a>> = self.sendings.iter().map(Sending::answer).collect();
        let responses: Vec<(&'a str, &'a Value)> = members(self.operation.value, "responses").collect();
        if responses.is_empty() {
            return self.walk.wrong(&at, "the operation has no `responses`");
        }
        let good = |(status, _): &&(&str, &Value)| status.starts_with('2');
        let mut chosen: Vec<&(&str, &'a Value)> = responses.iter().filter(good).collect();
        if chosen.is_empty() {
            chosen = responses.iter().filter(|(status, _)| *status == "default").collect();
        }
        let (mut schemas, mut others): (Vec<&'a Value>, Vec<String>) = (Vec::new(), Vec::new());
        for (_, response) in chosen {
            match self.walk.document.find(response) {
                Found::Lost(reference) => {
                    let what = lost(self.walk.document, reference);
                    self.walk.wrong(&at, what);
                }
                Found::Here(response) => match media::json(response) {
                    Some((_, media)) => schemas.extend(media.get("schema")),
                    None if names(response, "content").is_empty() => {}
                    None => others.push(media::forms(response)),
                },
            }
        }
        let read = forms.iter().find(|form| form.names().is_some_and(|names| !names.is_empty()));
        if schemas.is_empty() {
            if let Some(form) = read {
                let (kind, message) = match others.first() {
                    Some(kinds) => (Kind::Type, format!("the answer comes as {kinds}, and the spec reads JSON")),
                    None => (Kind::Unknown, "fields are read, and the document answers with none".to_owned()),
                };
                self.walk.find(kind, &at, message, TAKE_OUT, Some(&form.written));
            }
            return;
        }
        self.walk.through(Way::Answered).value(Task { at, schemas, forms, counts: false });
    }
}
