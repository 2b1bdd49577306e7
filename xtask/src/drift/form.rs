//! What the spec says of a value that a tool sends, or that it reads of an answer.

use tool_spec::model::{
    Ask, Condition, Entry, Filter, Hole, Json, Param, Root, Rule, Source, Spec, Template, Tool, Ty, Which,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Answered,
}

/// Whose value it is.
#[derive(Clone, Copy)]
pub(super) struct Origin<'s> {
    pub(super) spec: &'s Spec,
    pub(super) tool: &'s Tool,
    /// When the request is sent that it belongs to, or the part of the request.
    pub(super) when: Option<&'s Condition>,
    pub(super) way: Way,
}

/// One of the forms that a value may have.
#[derive(Clone)]
pub(super) struct Form<'s> {
    pub(super) origin: Origin<'s>,
    pub(super) is: Is<'s>,
    /// It is there whenever that is which holds it.
    pub(super) always: bool,
    /// The caller has to give it.
    pub(super) demanded: bool,
    /// Where the spec says so, as the places of a spec are named.
    pub(super) written: String,
    /// Fields of a model that are no part of it here.
    pub(super) without: Vec<&'s str>,
}

#[derive(Clone, Copy)]
pub(super) enum Is<'s> {
    Ty(&'s Ty),
    Model(&'s str),
    Constant(&'s Json),
    Object(&'s [Entry]),
    List(&'s [Template]),
    /// A list with as many elements as another.
    Each(&'s Template),
    /// A query, or the parts of a form.
    Pairs(&'s [(String, Template)]),
}

/// What the filters make of a date-time.
static DATE: Ty = Ty::Date;
/// What is sent when a list holds a value.
static TRUE: Json = Json::Bool(true);

impl<'s> Form<'s> {
    pub(super) fn new(origin: Origin<'s>, is: Is<'s>, written: impl Into<String>) -> Self {
        let is = match is {
            Is::Ty(Ty::Model(name)) => Is::Model(name),
            other => other,
        };
        Form { origin, is, always: true, demanded: false, written: written.into(), without: Vec::new() }
    }

    pub(super) fn of(origin: Origin<'s>, template: &'s Template, written: &str) -> Self {
        let is = match template {
            Template::Constant(json) => Is::Constant(json),
            Template::Hole(hole) => Is::Ty(ty_of(hole)),
            Template::Has { then: None, .. } => Is::Constant(&TRUE),
            Template::Has { then: Some(json), .. } => Is::Constant(json),
            Template::When { when, then } => {
                let origin = Origin { when: Some(when), ..origin };
                return Form { always: false, demanded: false, ..Form::of(origin, then, written) };
            }
            Template::Object(entries) => Is::Object(entries),
            Template::List(elements) => Is::List(elements),
            Template::For { element, .. } => Is::Each(element),
        };
        let (always, demanded) = (origin.is_there(template), origin.is_demanded(template));
        Form { always, demanded, ..Form::new(origin, is, written) }
    }

    /// The names of what an object holds. None where any name may stand.
    pub(super) fn names(&self) -> Option<Vec<&'s str>> {
        Some(match self.is {
            Is::Object(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
            Is::Pairs(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
            Is::Constant(Json::Object(members)) => members.iter().map(|(key, _)| key.as_str()).collect(),
            Is::Model(name) => {
                let fields = self.origin.spec.fields(name).iter();
                let fields = fields.filter(|field| self.origin.way == Way::Answered || field.is_sent());
                fields.map(|field| field.name.as_str()).filter(|name| !self.without.contains(name)).collect()
            }
            _ => return None,
        })
    }

    /// What an object holds under this name.
    pub(super) fn member(&self, name: &str) -> Option<Form<'s>> {
        if !self.names()?.contains(&name) {
            return None;
        }
        let written = format!("{}.{name}", self.written);
        match self.is {
            Is::Object(entries) => {
                let entry = entries.iter().find(|entry| entry.key == name)?;
                let form = Form::of(self.origin, &entry.value, &written);
                Some(Form { always: form.always || entry.always, ..form })
            }
            Is::Pairs(entries) => {
                let (_, template) = entries.iter().find(|(key, _)| key == name)?;
                Some(Form::of(self.origin, template, &written))
            }
            Is::Constant(Json::Object(members)) => {
                Some(Form::new(self.origin, Is::Constant(members.get(name)?), written))
            }
            Is::Model(model) => {
                let field = self.origin.spec.fields(model).iter().find(|field| field.name == name)?;
                let form = Form::new(self.origin, Is::Ty(&field.ty), format!("{model}.fields.{name}"));
                Some(match self.origin.way {
                    Way::Sent => Form { always: field.required, demanded: field.required, ..form },
                    Way::Answered => Form { always: field.always, ..form },
                })
            }
            _ => None,
        }
    }

    /// Whether an object goes when this member of it does, as it holds no other that is filled in.
    pub(super) fn goes_with(&self, name: &str) -> bool {
        match self.is {
            Is::Object(entries) => {
                let mut filled = entries.iter().filter(|entry| entry.always || has_holes(&entry.value));
                filled.next().is_some_and(|entry| entry.key == name && !entry.always) && filled.next().is_none()
            }
            _ => false,
        }
    }

    /// What a list holds.
    pub(super) fn elements(&self) -> Vec<Form<'s>> {
        let form = |is| Form::new(self.origin, is, self.written.clone());
        match self.is {
            Is::Ty(Ty::List(of) | Ty::Csv(of)) => vec![form(Is::Ty(of))],
            Is::Constant(Json::Array(elements)) => elements.iter().map(|json| form(Is::Constant(json))).collect(),
            Is::List(elements) => elements.iter().map(|one| Form::of(self.origin, one, &self.written)).collect(),
            Is::Each(element) => vec![Form::of(self.origin, element, &self.written)],
            _ => Vec::new(),
        }
    }

    /// What an object holds under keys that are free.
    pub(super) fn values(&self) -> Option<Form<'s>> {
        match self.is {
            Is::Ty(Ty::Map(of)) => Some(Form::new(self.origin, Is::Ty(of), self.written.clone())),
            _ => None,
        }
    }

    /// The texts that it may be, as they are sent or come; nothing if it may be any.
    pub(super) fn texts(&self) -> Option<Vec<&'s str>> {
        match self.is {
            Is::Constant(Json::String(text)) => Some(vec![text]),
            Is::Ty(Ty::Enum(name)) => {
                let sent = self.origin.way == Way::Sent;
                let values = self.origin.spec.values(name).iter();
                Some(values.map(|value| value.sends.as_deref().filter(|_| sent).unwrap_or(&value.name)).collect())
            }
            _ => None,
        }
    }

    /// Where the spec says what it holds.
    pub(super) fn inside(&self) -> String {
        match self.is {
            Is::Model(name) => format!("{name}.fields"),
            _ => self.written.clone(),
        }
    }

    /// What it is, as the spec has it.
    pub(super) fn words(&self) -> String {
        match self.is {
            Is::Ty(ty) => format!("`{ty}`"),
            Is::Model(name) => format!("the model `{name}`"),
            Is::Constant(json) => format!("the constant `{json}`"),
            Is::Object(_) | Is::Pairs(_) => "an object".to_owned(),
            Is::List(_) | Is::Each(_) => "a list".to_owned(),
        }
    }

    /// What is the same for forms that hold the same.
    pub(super) fn key(&self) -> String {
        match self.is {
            Is::Ty(ty) => ty.to_string(),
            Is::Model(name) => format!("{name} {}", self.without.join(" ")),
            // Where it is written tells one template from another.
            _ => format!("{:p} {}", self.origin.tool, self.written),
        }
    }
}

/// The type of what fills a hole.
fn ty_of(hole: &Hole) -> &Ty {
    let cuts = |filter: &Filter| matches!(filter, Filter::Date | Filter::EndDate);
    if hole.filters.iter().any(cuts) { &DATE } else { &hole.ty }
}

/// Whether what a template makes depends on what the caller gives.
fn has_holes(template: &Template) -> bool {
    match template {
        Template::Constant(_) => false,
        Template::Hole(_) | Template::Has { .. } | Template::When { .. } | Template::For { .. } => true,
        Template::Object(entries) => entries.iter().any(|entry| has_holes(&entry.value)),
        Template::List(elements) => elements.iter().any(has_holes),
    }
}

impl<'s> Origin<'s> {
    /// Whether something is sent for a template, whatever the caller gives.
    fn is_there(self, template: &Template) -> bool {
        match template {
            Template::Constant(_) => true,
            Template::Has { .. } | Template::When { .. } => false,
            Template::Hole(hole) | Template::For { over: hole, .. } => self.is_filled(hole),
            Template::Object(entries) => {
                let keeps = |entry: &Entry| entry.always || has_holes(&entry.value) && self.is_there(&entry.value);
                !has_holes(template) || entries.iter().any(keeps)
            }
            Template::List(elements) => {
                let keeps = |element: &Template| has_holes(element) && self.is_there(element);
                !has_holes(template) || elements.iter().any(keeps)
            }
        }
    }

    fn is_filled(self, hole: &Hole) -> bool {
        let is_filled = match &hole.root {
            Root::Param(name) => self.is_given(name),
            Root::Value(name) => self.is_worked_out(name),
            Root::Element(_) | Root::Item | Root::Key | Root::Answer => true,
        };
        is_filled && self.leads_on(hole)
    }

    /// Whether a path from a parameter on leads through fields that must be given.
    fn leads_on(self, hole: &Hole) -> bool {
        let mut model = hole.root.name().and_then(|name| self.param(name)).map(|param| &param.ty);
        hole.path.iter().all(|hop| {
            let fields = model.and_then(Ty::declared).map_or(&[][..], |name| self.spec.fields(name));
            model = Some(&hop.ty);
            fields.iter().any(|field| field.name == hop.field && field.required)
        })
    }

    /// Whether the request cannot be sent without a value that the caller gives for this.
    fn is_demanded(self, template: &'s Template) -> bool {
        match template {
            Template::Constant(_) | Template::Has { .. } | Template::When { .. } => false,
            Template::Hole(hole) | Template::For { over: hole, .. } => self.is_wanted(hole),
            Template::Object(entries) => entries.iter().any(|entry| self.is_demanded(&entry.value)),
            Template::List(elements) => elements.iter().any(|element| self.is_demanded(element)),
        }
    }

    fn is_wanted(self, hole: &'s Hole) -> bool {
        let from = self.made_of(&hole.root);
        let ruled = |any_of: &[String]| any_of.iter().all(|one| from.contains(&one.as_str()));
        let given = match &hole.root {
            Root::Param(name) => self.param(name).is_some_and(|param| param.required) || self.is_condition(name),
            _ => false,
        };
        (given || self.needs().any(ruled)) && self.leads_on(hole)
    }

    /// The parameters of which the caller must always give one, rule by rule.
    fn needs(self) -> impl Iterator<Item = &'s [String]> {
        self.tool.rules.iter().filter_map(|rule| match rule {
            Rule::Need { any_of, when: None, .. } => Some(any_of.as_slice()),
            _ => None,
        })
    }

    /// The parameters of which any makes the value of a hole.
    fn made_of(self, root: &'s Root) -> Vec<&'s str> {
        let Some(name) = root.name() else { return Vec::new() };
        let Some(value) = self.tool.values.iter().find(|value| value.name == name) else { return vec![name] };
        let mut params: Vec<&str> = value.given.as_deref().into_iter().collect();
        if let Source::Ask(Ask { which: Which::Match { fields, .. }, .. }) = &value.source {
            params.extend(fields.iter().map(|(_, with)| with.as_str()));
        }
        params
    }

    fn param(self, name: &str) -> Option<&'s Param> {
        self.tool.params.iter().find(|param| param.name == name)
    }

    /// Whether the request is sent only while the caller gives this.
    fn is_condition(self, name: &str) -> bool {
        matches!(self.when, Some(Condition::Given(param) | Condition::Is(param, _)) if param == name)
    }

    /// Whether a parameter has a value: it must be given, one is worked out for it, or a rule wants it or another.
    fn is_given(self, name: &str) -> bool {
        let wanted = |any_of: &[String]| any_of.iter().any(|one| one == name);
        self.param(name).is_some_and(|param| param.required || param.default.is_some())
            || self.needs().any(wanted)
            || self.is_condition(name)
    }

    fn is_worked_out(self, name: &str) -> bool {
        // One that is none of the tool's values was taken from the answer of a step before, and is there.
        let Some(value) = self.tool.values.iter().find(|value| value.name == name) else { return true };
        let given = |name: &String| self.is_given(name) || self.tool.values.iter().any(|value| value.name == *name);
        value.given.as_ref().is_some_and(given)
            || match &value.source {
                Source::Constant(_) | Source::FreshUuid | Source::Hash(_) | Source::DaysAgo(_) => true,
                Source::First { param: from, .. } | Source::SameAs(from) => given(from),
                Source::Ask(ask) => match &ask.which {
                    Which::Match { fields, .. } => fields.iter().all(|(_, with)| given(with)),
                    Which::Only { .. } | Which::Every => true,
                },
            }
    }
}

/// The model of the elements of a model's list.
pub(super) fn element_model<'s>(spec: &'s Spec, model: &str, list: &str) -> Option<&'s str> {
    spec.fields(model).iter().find(|field| field.name == list)?.ty.declared()
}
