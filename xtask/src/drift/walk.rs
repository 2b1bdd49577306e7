//! Holds values against each other, field by field. What the document allows is on one side, what the spec says on the
//! other. Fields are taken one after the other, the outer before the inner, so neither depth nor a circle matters.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;
use spec_diff::Side;
use tool_spec::fault::listed;
use tool_spec::model::Ty;

use super::finding::{At, Finding, Kind};
use super::fit::fits;
use super::form::{Form, Is, Way};
use super::report::{Counted, Part};
use super::shape::Shape;
use crate::openapi::{Document, Field, Schema, all_say};

/// What was found so far.
pub(super) struct Walk<'a> {
    pub(super) document: &'a Document,
    pub(super) side: &'a Side,
    pub(super) findings: Vec<Finding>,
    pub(super) counted: Vec<Counted>,
    /// What cannot be understood, with the first place of each.
    pub(super) wrong: BTreeMap<String, String>,
    /// The tools that send the operation.
    pub(super) tools: Vec<String>,
}

pub(super) struct Task<'a> {
    pub(super) at: At,
    pub(super) schemas: Vec<&'a Value>,
    pub(super) forms: Vec<Form<'a>>,
    /// It is a field that counts, and no element of a list.
    pub(super) counts: bool,
}

/// What is walked through at once: a part of an operation.
pub(super) struct Through<'w, 'a> {
    pub(super) walk: &'w mut Walk<'a>,
    way: Way,
    pub(super) in_query: bool,
    left: VecDeque<Task<'a>>,
    /// What was held against each other already, with all that is in it.
    seen: BTreeSet<(Vec<*const Value>, Vec<String>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(document: &'a Document, side: &'a Side) -> Self {
        let (findings, counted, wrong, tools) = (Vec::new(), Vec::new(), BTreeMap::new(), Vec::new());
        Walk { document, side, findings, counted, wrong, tools }
    }

    pub(super) fn through<'w>(&'w mut self, way: Way) -> Through<'w, 'a> {
        Through { walk: self, way, in_query: false, left: VecDeque::new(), seen: BTreeSet::new() }
    }

    pub(super) fn wrong(&mut self, at: &At, what: impl Into<String>) {
        self.wrong.entry(what.into()).or_insert_with(|| at.to_string());
    }

    /// Tells a difference, the first of its kind at a place. `written` is where the spec says it, as the places of a
    /// spec are named.
    pub(super) fn find(
        &mut self,
        kind: Kind,
        at: impl ToString,
        message: impl Into<String>,
        instead: impl Into<String>,
        written: Option<&str>,
    ) {
        let (at, message, instead) = (at.to_string(), message.into(), instead.into());
        if self.findings.iter().any(|finding| finding.kind == kind && finding.at == at) {
            return;
        }
        let place = written.and_then(|written| self.side.places.find(written).cloned());
        self.findings.push(Finding { kind, at, message, instead, tools: self.tools.clone(), place, excused: None });
    }

    /// Tells that the document calls deprecated what the spec sends or reads.
    pub(super) fn deprecated(&mut self, at: &At, form: Option<&Form<'a>>) {
        let (message, instead) = ("the document calls it deprecated", "Say so in its `about`, and excuse it.");
        self.find(Kind::Deprecated, at, message, instead, form.map(|form| form.written.as_str()));
    }
}

impl<'a> Through<'_, 'a> {
    fn part(&self) -> Part {
        match self.way {
            Way::Sent => Part::RequestFields,
            Way::Answered => Part::AnswerFields,
        }
    }

    /// Holds a value against the other, and all that it is made of.
    pub(super) fn value(&mut self, task: Task<'a>) {
        self.left.push_back(task);
        self.all();
    }

    /// Holds the parameters of a query against what is sent, and all that they are made of.
    pub(super) fn query(&mut self, at: &At, params: Vec<Field<'a>>, sent: &[Form<'a>]) {
        self.in_query = true;
        self.fields(at, params, false, sent);
        self.all();
    }

    fn all(&mut self) {
        while let Some(task) = self.left.pop_front() {
            self.one(task);
        }
    }

    fn one(&mut self, task: Task<'a>) {
        let Task { at, schemas, forms, counts } = task;
        let mut shape = Shape::of(self.walk.document, &schemas);
        for wrong in std::mem::take(&mut shape.wrong) {
            self.walk.wrong(&at, wrong);
        }
        let (forms, others): (Vec<Form<'a>>, Vec<Form<'a>>) =
            forms.into_iter().partition(|form| fits(&shape, form, self.in_query));
        // Where no tool has anything, that was told of what is around it.
        let mut lost = !others.is_empty() || forms.is_empty();
        if let Some(other) = others.first() {
            self.differs(&at, &shape, other);
        } else if let Some(open) = forms.iter().find(|form| shape.texts.is_some() && is_any_text(form)) {
            lost = true;
            self.differs(&at, &shape, open);
        } else {
            self.texts(&at, &shape, &forms);
        }
        if counts {
            self.walk.counted.push(Counted { part: self.part(), at: at.to_string(), lost });
        }
        // What is kept as any JSON is all there, whichever sort it is of.
        if !forms.iter().any(|form| matches!(form.is, Is::Ty(Ty::Json))) {
            self.inside(&at, &schemas, shape, &forms);
        }
    }

    /// What a value is made of, on both sides.
    fn inside(&mut self, at: &At, schemas: &[&'a Value], shape: Shape<'a>, forms: &[Form<'a>]) {
        let schemas = schemas.iter().map(|schema| self.node(schema)).collect();
        if !self.seen.insert((schemas, forms.iter().map(Form::key).collect())) {
            return;
        }
        // One of several sorts was chosen, and that is another.
        let chosen = |inner: &[Form<'a>]| inner.is_empty() && !forms.is_empty();
        if !shape.items.is_empty() {
            let forms: Vec<Form<'a>> = forms.iter().flat_map(Form::elements).collect();
            if !chosen(&forms) {
                let (at, schemas) = (at.elements(), shape.items);
                self.left.push_back(Task { at, schemas, forms, counts: false });
            }
        }
        let values: Vec<Form<'a>> = forms.iter().filter_map(Form::values).collect();
        if !shape.rest.is_empty() && !chosen(&values) {
            let (at, schemas) = (at.values(), shape.rest);
            self.left.push_back(Task { at, schemas, forms: values, counts: false });
        }
        let parents: Vec<Form<'a>> = forms.iter().filter(|form| form.names().is_some()).cloned().collect();
        if shape.named && !chosen(&parents) {
            self.fields(at, shape.fields, shape.open, &parents);
        }
    }

    /// What is the same wherever a schema is referred to.
    fn node(&self, schema: &'a Value) -> *const Value {
        Schema::of(self.walk.document, schema).map_or(schema, |schema| schema.node)
    }

    fn differs(&mut self, at: &At, shape: &Shape<'a>, form: &Form<'a>) {
        let message = format!("the document has {}, and the spec {}", shape.words(), form.words());
        let instead = "Take the document's type; if the service's own is another, excuse it.";
        self.walk.find(Kind::Type, at, message, instead, Some(&form.written));
    }

    /// The texts of an enum, both ways.
    fn texts(&mut self, at: &At, shape: &Shape<'a>, forms: &[Form<'a>]) {
        let Some(texts) = &shape.texts else { return };
        let said: Vec<(&str, &Form<'a>)> = forms
            .iter()
            .flat_map(|form| form.texts().unwrap_or_default().into_iter().map(move |text| (text, form)))
            .collect();
        let Some((_, first)) = said.first() else { return };
        let (missing, unknown) = match self.way {
            Way::Sent => ("nothing sends it", "is sent"),
            Way::Answered => ("the spec does not name it", "is named"),
        };
        for text in texts.iter().filter(|text| !said.iter().any(|(said, _)| said == *text)) {
            let message = format!("the document has the value `{text}`, and {missing}");
            let instead = match first.is {
                Is::Ty(Ty::Enum(name)) => format!("Add it to the values of `{name}`."),
                _ => "Let a tool send it, or excuse it.".to_owned(),
            };
            self.walk.find(Kind::Missing, at.value(text), message, instead, Some(&first.inside()));
        }
        for (text, form) in said.iter().filter(|(text, _)| !texts.contains(text)) {
            let message = format!("the value `{text}` {unknown}, and the document does not have it");
            self.walk.find(Kind::Unknown, at.value(text), message, TAKE_OUT, Some(&form.inside()));
        }
    }

    /// The fields of an object, both ways.
    fn fields(&mut self, at: &At, fields: Vec<Field<'a>>, open: bool, parents: &[Form<'a>]) {
        let unused = match self.way {
            Way::Sent => "readOnly",
            Way::Answered => "writeOnly",
        };
        let fields: Vec<Field<'a>> =
            fields.into_iter().filter(|field| !all_say(self.walk.document, &field.schemas, unused)).collect();
        if !open {
            self.unknown(at, &fields, parents);
        }
        let promises = fields.iter().any(|field| field.required);
        for field in fields {
            let at = at.field(field.name);
            let members: Vec<Option<Form<'a>>> = parents.iter().map(|parent| parent.member(field.name)).collect();
            if members.iter().any(Option::is_some) {
                match self.way {
                    Way::Sent => self.demands(&at, &field, parents, &members),
                    Way::Answered => self.promises(&at, &field, promises, &members),
                }
                if all_say(self.walk.document, &field.schemas, "deprecated") {
                    self.walk.deprecated(&at, members.iter().flatten().next());
                }
            } else if !parents.is_empty() {
                self.missing(&at, &field, parents);
            }
            let forms = members.into_iter().flatten().collect();
            self.left.push_back(Task { at, schemas: field.schemas, forms, counts: true });
        }
    }

    /// Fields of the spec that the document does not have.
    fn unknown(&mut self, at: &At, fields: &[Field<'a>], parents: &[Form<'a>]) {
        for parent in parents {
            let known = |name: &&str| fields.iter().any(|field| field.name == *name);
            for name in parent.names().unwrap_or_default().into_iter().filter(|name| !known(name)) {
                let message = match self.way {
                    Way::Sent => format!("`{name}` is sent, and the document does not take it"),
                    Way::Answered => format!("`{name}` is read, and the document does not answer with it"),
                };
                let written = parent.member(name).map(|member| member.written);
                self.walk.find(Kind::Unknown, at.field(name), message, TAKE_OUT, written.as_deref());
            }
        }
    }

    fn missing(&mut self, at: &At, field: &Field<'a>, parents: &[Form<'a>]) {
        let (name, words) = (field.name, Shape::of(self.walk.document, &field.schemas).words());
        let wanted = if field.required && self.way == Way::Sent { " and required" } else { "" };
        let message = match self.way {
            Way::Sent => format!("the document takes `{name}`, which is {words}{wanted}, and nothing sends it"),
            Way::Answered => format!("the document answers with `{name}`, which is {words}, and nothing reads it"),
        };
        let instead = match parents.first().map(|parent| parent.is) {
            Some(Is::Model(model)) => format!("Add it to the fields of `{model}`."),
            _ => format!("Let {} take it and send it.", one_of(&self.walk.tools)),
        };
        let written = parents.first().map(Form::inside);
        self.walk.find(Kind::Missing, at, message, instead, written.as_deref());
    }

    /// Whether a field of what is sent must be there.
    fn demands(&mut self, at: &At, field: &Field<'a>, parents: &[Form<'a>], members: &[Option<Form<'a>>]) {
        let tool = |form: &&Form<'a>| form.origin.tool.name.as_str();
        if field.required {
            let both = parents.iter().zip(members);
            let lacks = |(parent, member): &(&Form<'a>, &Option<Form<'a>>)| {
                !member.as_ref().is_some_and(|member| member.always || parent.goes_with(field.name))
            };
            let lacking: Vec<&Form<'a>> =
                both.filter(lacks).map(|(parent, member)| member.as_ref().unwrap_or(parent)).collect();
            if let Some(first) = lacking.first() {
                let message =
                    format!("the document requires it, and {} may leave it out", tools(lacking.iter().map(tool)));
                let instead = "Make it `required`, give it a `default`, or demand it by a rule.";
                self.walk.find(Kind::Required, at, message, instead, Some(&first.written));
            }
        } else if let Some(all) = members.iter().map(Option::as_ref).collect::<Option<Vec<&Form<'a>>>>()
            && all.iter().all(|member| member.demanded)
            && let Some(first) = all.first()
        {
            let message = format!("the document does not require it, and {} does", tools(all.iter().map(tool)));
            let instead = "Let it be left out; if the service does want it, excuse it.";
            self.walk.find(Kind::Optional, at, message, instead, Some(&first.written));
        }
    }

    /// Whether a field of an answer is counted on. Where the document requires none of the fields that stand beside it,
    /// it does not say which are there.
    fn promises(&mut self, at: &At, field: &Field<'a>, promises: bool, members: &[Option<Form<'a>>]) {
        let first = |always: bool| members.iter().flatten().find(|member| member.always == always);
        let plain = |form: &&Form<'a>| !matches!(form.is, Is::Ty(Ty::List(_) | Ty::Map(_) | Ty::Json));
        if field.required {
            let nullable = Shape::of(self.walk.document, &field.schemas).nullable;
            if let Some(member) = first(false).filter(|_| !nullable && !at.is_outermost()).filter(plain) {
                let message = "the document has it in every answer, and the spec in some";
                let instead = "Say `always: true` of it; if an answer may lack it, excuse it.";
                self.walk.find(Kind::Required, at, message, instead, Some(&member.written));
            }
        } else if promises && let Some(member) = first(true) {
            let message = "the document does not have it in every answer, and the spec does";
            let instead = "Take its `always` out; if every answer has it, excuse it.";
            self.walk.find(Kind::Optional, at, message, instead, Some(&member.written));
        }
    }
}

pub(super) const TAKE_OUT: &str = "If the service has it no more, take it out; if it does have it, excuse it.";

/// Whether a text may be any, where others are those of a list.
fn is_any_text(form: &Form<'_>) -> bool {
    let text = |ty: &Ty| {
        matches!(ty, Ty::String | Ty::Email | Ty::Url | Ty::Id(_) | Ty::DateTime | Ty::Date | Ty::Csv(_) | Ty::List(_))
    };
    matches!(form.is, Is::Ty(ty) if text(ty))
}

/// Tools in a sentence, each once.
pub(super) fn tools<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    listed(&names)
}

/// One of the tools, for what one has to do.
pub(super) fn one_of(tools: &[String]) -> String {
    match tools {
        [only] => format!("`{only}`"),
        tools => format!("one of {}", listed(tools)),
    }
}
