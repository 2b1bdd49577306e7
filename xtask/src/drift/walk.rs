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
use super::shape::{Shape, all_say};
use crate::openapi::{Document, Field};

/// What was found so far.
pub(super) struct Walk<'a> {
    pub(super) document: &'a Document,
    pub(super) side: &'a Side,
    pub(super) findings: Vec<Finding>,
    pub(super) counted: Vec<Counted>,
    /// What cannot be understood, with the first place of each.
    pub(super) wrong: BTreeMap<String, String>,
}

/// A value on both sides.
pub(super) struct Task<'a> {
    pub(super) at: At,
    pub(super) schemas: Vec<&'a Value>,
    pub(super) forms: Vec<Form<'a>>,
    /// It is a field that counts, and no element of a list.
    pub(super) counts: bool,
    /// The place of the finding because of which the spec has nothing here.
    pub(super) lost_by: Option<String>,
}

/// An object on both sides.
pub(super) struct Object<'a> {
    pub(super) at: At,
    pub(super) fields: Vec<Field<'a>>,
    /// It may have fields that are not named.
    pub(super) open: bool,
    pub(super) parents: Vec<Form<'a>>,
    pub(super) lost_by: Option<String>,
}

/// What is walked through at once: a part of an operation.
pub(super) struct Through<'w, 'a> {
    pub(super) walk: &'w mut Walk<'a>,
    /// The tools that send the operation.
    pub(super) tools: &'w [String],
    pub(super) way: Way,
    pub(super) in_query: bool,
    left: VecDeque<Task<'a>>,
    /// What was held against each other already, with all that is in it.
    seen: BTreeSet<(Vec<*const Value>, Vec<String>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn through<'w>(&'w mut self, tools: &'w [String], way: Way) -> Through<'w, 'a> {
        Through { walk: self, tools, way, in_query: false, left: VecDeque::new(), seen: BTreeSet::new() }
    }

    pub(super) fn wrong(&mut self, at: &At, what: impl Into<String>) {
        self.wrong.entry(what.into()).or_insert_with(|| at.to_string());
    }

    /// Tells a difference. `written` is where the spec says it, as the places of a spec are named.
    pub(super) fn find(&mut self, kind: Kind, at: impl ToString, tools: &[String], told: Told) {
        let place = told.written.and_then(|written| self.side.places.find(&written).cloned());
        let Told { message, instead, .. } = told;
        let (at, tools) = (at.to_string(), tools.to_vec());
        self.findings.push(Finding { kind, at, message, instead, tools, place, excused: None });
    }
}

/// What is said of a difference.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) instead: String,
    pub(super) written: Option<String>,
}

impl Told {
    pub(super) fn new(message: impl Into<String>, instead: impl Into<String>) -> Self {
        Told { message: message.into(), instead: instead.into(), written: None }
    }

    pub(super) fn written(self, written: Option<String>) -> Self {
        Told { written, ..self }
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

    /// Holds an object against the other, and all that it is made of.
    pub(super) fn object(&mut self, object: Object<'a>) {
        self.fields(object);
        self.all();
    }

    fn all(&mut self) {
        while let Some(task) = self.left.pop_front() {
            self.one(task);
        }
    }

    fn find(&mut self, kind: Kind, at: impl ToString, told: Told) {
        self.walk.find(kind, at, self.tools, told);
    }

    fn one(&mut self, task: Task<'a>) {
        let Task { at, schemas, forms, counts, lost_by } = task;
        let mut shape = Shape::of(self.walk.document, &schemas);
        for wrong in std::mem::take(&mut shape.wrong) {
            self.walk.wrong(&at, wrong);
        }
        let (forms, others): (Vec<Form<'a>>, Vec<Form<'a>>) =
            forms.into_iter().partition(|form| fits(&shape, form, self.in_query));
        let mut differs = !others.is_empty();
        if let Some(other) = others.first() {
            self.differs(&at, &shape, other);
        } else if let Some(open) = forms.iter().find(|form| shape.texts.is_some() && is_any_text(form)) {
            differs = true;
            self.differs(&at, &shape, open);
        } else if lost_by.is_none() {
            self.texts(&at, &shape, &forms);
        }
        let lost_by = lost_by.or_else(|| differs.then(|| at.to_string()));
        if counts {
            self.walk.counted.push(Counted { part: self.part(), lost_by: lost_by.clone() });
        }
        // What is kept as any JSON is all there, whichever sort it is of.
        if !forms.iter().any(|form| matches!(form.is, Is::Ty(Ty::Json))) {
            self.inside(&at, &schemas, shape, &forms, lost_by);
        }
    }

    /// What a value is made of, on both sides.
    fn inside(
        &mut self,
        at: &At,
        schemas: &[&'a Value],
        shape: Shape<'a>,
        forms: &[Form<'a>],
        lost_by: Option<String>,
    ) {
        let schemas = schemas.iter().map(|schema| self.node(schema)).collect();
        if !self.seen.insert((schemas, forms.iter().map(Form::key).collect())) {
            return;
        }
        let lost_by = lost_by.filter(|_| forms.is_empty());
        // One of several sorts was chosen, and that is another.
        let chosen = |inner: &[Form<'a>]| inner.is_empty() && !forms.is_empty();
        if !shape.items.is_empty() {
            let forms: Vec<Form<'a>> = forms.iter().flat_map(Form::elements).collect();
            if !chosen(&forms) {
                let (at, schemas) = (at.elements(), shape.items);
                self.left.push_back(Task { at, schemas, forms, counts: false, lost_by: lost_by.clone() });
            }
        }
        let values: Vec<Form<'a>> = forms.iter().filter_map(Form::values).collect();
        if !shape.rest.is_empty() && !chosen(&values) {
            let (at, schemas) = (at.values(), shape.rest);
            self.left.push_back(Task { at, schemas, forms: values, counts: false, lost_by: lost_by.clone() });
        }
        let parents: Vec<Form<'a>> = forms.iter().filter(|form| form.names().is_some()).cloned().collect();
        if shape.named && !chosen(&parents) {
            self.fields(Object { at: at.clone(), fields: shape.fields, open: shape.open, parents, lost_by });
        }
    }

    /// What is the same wherever a schema is referred to.
    fn node(&self, schema: &'a Value) -> *const Value {
        crate::openapi::Schema::of(self.walk.document, schema).map_or(schema, |schema| schema.node)
    }

    fn differs(&mut self, at: &At, shape: &Shape<'a>, form: &Form<'a>) {
        let message = format!("the document has {}, and the spec {}", shape.words(), form.words());
        let instead = "Take the document's type; if the service's own is another, excuse it.";
        self.find(Kind::Type, at, Told::new(message, instead).written(Some(form.written.clone())));
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
            self.find(Kind::Missing, at.value(text), Told::new(message, instead).written(Some(first.inside())));
        }
        let mut told: Vec<&str> = Vec::new();
        for (text, form) in said.iter().filter(|(text, _)| !texts.contains(text)) {
            if !told.contains(text) {
                told.push(text);
                let message = format!("the value `{text}` {unknown}, and the document does not have it");
                self.find(Kind::Unknown, at.value(text), Told::new(message, TAKE_OUT).written(Some(form.inside())));
            }
        }
    }

    /// The fields of an object, both ways.
    fn fields(&mut self, object: Object<'a>) {
        let Object { at, fields, open, parents, lost_by } = object;
        let unused = match self.way {
            Way::Sent => "readOnly",
            Way::Answered => "writeOnly",
        };
        let fields: Vec<Field<'a>> =
            fields.into_iter().filter(|field| !all_say(self.walk.document, &field.schemas, unused)).collect();
        if lost_by.is_none() && !open {
            self.unknown(&at, &fields, &parents);
        }
        let promises = fields.iter().any(|field| field.required);
        for field in fields {
            let at = at.field(field.name);
            let members: Vec<Option<Form<'a>>> = parents.iter().map(|parent| parent.member(field.name)).collect();
            let mut lost_by = lost_by.clone();
            if lost_by.is_none() && members.iter().all(Option::is_none) {
                self.missing(&at, &field, &parents);
                lost_by = Some(at.to_string());
            }
            if lost_by.is_none() {
                match self.way {
                    Way::Sent => self.demands(&at, &field, &parents, &members),
                    Way::Answered => self.promises(&at, &field, promises, &members),
                }
                if all_say(self.walk.document, &field.schemas, "deprecated") {
                    self.deprecated(&at, members.iter().flatten().next());
                }
            }
            let (schemas, forms) = (field.schemas, members.into_iter().flatten().collect());
            self.left.push_back(Task { at, schemas, forms, counts: true, lost_by });
        }
    }

    /// Fields of the spec that the document does not have.
    fn unknown(&mut self, at: &At, fields: &[Field<'a>], parents: &[Form<'a>]) {
        let mut told: Vec<&str> = Vec::new();
        for parent in parents {
            for name in parent.names().unwrap_or_default() {
                if told.contains(&name) || fields.iter().any(|field| field.name == name) {
                    continue;
                }
                told.push(name);
                let message = match self.way {
                    Way::Sent => format!("`{name}` is sent, and the document does not take it"),
                    Way::Answered => format!("`{name}` is read, and the document does not answer with it"),
                };
                let written = parent.member(name).map(|member| member.written);
                self.find(Kind::Unknown, at.field(name), Told::new(message, TAKE_OUT).written(written));
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
            _ => format!("Let {} take it and send it.", one_of(self.tools)),
        };
        let written = parents.first().map(Form::inside);
        self.find(Kind::Missing, at, Told::new(message, instead).written(written));
    }

    /// Whether a field of what is sent must be there.
    fn demands(&mut self, at: &At, field: &Field<'a>, parents: &[Form<'a>], members: &[Option<Form<'a>>]) {
        if field.required {
            let both = parents.iter().zip(members);
            let lacks = |(parent, member): &(&Form<'a>, &Option<Form<'a>>)| {
                !member.as_ref().is_some_and(|member| member.always || parent.goes_with(field.name))
            };
            let lacking: Vec<&Form<'a>> =
                both.filter(lacks).map(|(parent, member)| member.as_ref().unwrap_or(parent)).collect();
            if let Some(first) = lacking.first() {
                let message = format!("the document requires it, and {} may leave it out", tools(&lacking));
                let instead = "Make it `required`, give it a `default`, or demand it by a rule.";
                self.find(Kind::Required, at, Told::new(message, instead).written(Some(first.written.clone())));
            }
        } else if let Some(all) = members.iter().map(Option::as_ref).collect::<Option<Vec<&Form<'a>>>>()
            && all.iter().all(|member| member.demanded)
            && let Some(first) = all.first()
        {
            let message = format!("the document does not require it, and {} does", tools(&all));
            let instead = "Let it be left out; if the service does want it, excuse it.";
            self.find(Kind::Optional, at, Told::new(message, instead).written(Some(first.written.clone())));
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
                let instead = "Say `always: true` of it; if an answer may lack it, excuse it.";
                let told = Told::new("the document has it in every answer, and the spec in some", instead);
                let written = Some(member.written.clone());
                self.find(Kind::Required, at, told.written(written));
            }
        } else if promises && let Some(member) = first(true) {
            let instead = "Take its `always` out; if every answer has it, excuse it.";
            let told = Told::new("the document does not have it in every answer, and the spec does", instead);
            let written = Some(member.written.clone());
            self.find(Kind::Optional, at, told.written(written));
        }
    }

    pub(super) fn deprecated(&mut self, at: &At, form: Option<&Form<'a>>) {
        let written = form.map(|form| form.written.clone());
        let told = Told::new("the document calls it deprecated", "Say so in its `about`, and excuse it.");
        self.find(Kind::Deprecated, at, told.written(written));
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

/// The tools that forms belong to.
fn tools(forms: &[&Form<'_>]) -> String {
    let mut names: Vec<&str> = forms.iter().map(|form| form.origin.tool.name.as_str()).collect();
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
