//! Templates of what is sent: every hole is a parameter, a value or the element of the `for` around it.

use super::names::{Names, Use};
use super::parts::all;
use super::reshape::{self, Lists};
use super::tool::Reader;
use super::types::element;
use crate::fault::{Fault, FaultKind};
use crate::load::constant::Constant;
use crate::load::decl::{EntryDecl, HoleDecl, RootDecl, TemplateDecl};
use crate::model::{Entry, Filter, Hole, Hop, Json, Root, Template, Ty};
use crate::source::{At, Span};

/// What a template's holes may name, and where faults go.
pub(crate) struct Holes<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(crate) names: &'a Names<'a>,
}

/// The `for` that a template is in: the types of its key and its element. A type is `None` if it could not be read.
#[derive(Clone)]
pub(crate) struct Around {
    pub(crate) key: Option<Ty>,
    pub(crate) item: Option<Ty>,
}

impl Holes<'_> {
    pub(crate) fn template(&self, decl: &TemplateDecl, around: Option<&Around>) -> Option<Template> {
        match decl {
            TemplateDecl::Broken => None,
            TemplateDecl::Constant(constant) => self.constant(constant),
            TemplateDecl::Hole(hole) => self.hole(hole, around).map(Template::Hole),
            TemplateDecl::Has { param, value, then } => self.has(param, value, then.as_ref()),
            TemplateDecl::When { when, then } => {
                let when = self.reader.condition(when, self.names);
                let then = self.template(then, around);
                Some(Template::When { when: when?, then: Box::new(then?) })
            }
            TemplateDecl::Object(entries) => all(entries.iter().map(|entry| self.entry(entry, around))).map(object),
            TemplateDecl::List(items) => all(items.iter().map(|item| self.template(item, around))).map(list),
            TemplateDecl::For { over, element } => self.for_each(over, element, around),
        }
    }

    fn constant(&self, constant: &Constant) -> Option<Template> {
        let json = constant.untyped(self.reader.sink)?;
        let braced = json.as_str().map(|text| text.trim_start_matches('{').trim_end_matches('}').trim());
        if let Some(name) = braced.filter(|name| json.as_str() != Some(name) && self.names.get(name).is_some()) {
            let message = format!("`{}` is sent as it stands here", json.as_str().unwrap_or_default());
            let fault = Fault::new(FaultKind::Syntax, constant.span, message);
            self.reader.sink.report(fault.help(format!("a hole is written `${name}`")));
            self.names.uses().mark(name, Use::Sent);
            return None;
        }
        Some(Template::Constant(json))
    }

    fn entry(&self, decl: &EntryDecl, around: Option<&Around>) -> Option<Entry> {
        if decl.always && !matches!(decl.value, TemplateDecl::Object(_) | TemplateDecl::Broken) {
            let message = format!("`!` makes an object be sent without members, and `{}` is none", decl.key.value);
            let fault = Fault::new(FaultKind::Type, decl.key.span, message);
            self.reader.sink.report(fault.help("take the `!` away"));
        }
        let value = self.template(&decl.value, around)?;
        Some(Entry { key: decl.key.value.clone(), always: decl.always, value })
    }

    fn for_each(&self, over: &HoleDecl, inside: &TemplateDecl, around: Option<&Around>) -> Option<Template> {
        let span = over.root.span;
        let over = self.hole(over, around);
        let inner = over.as_ref().and_then(|over| match (&over.ty, element(&over.ty)) {
            (_, Some(item)) => Some(Around { key: None, item: Some(item.clone()) }),
            (Ty::Map(item), _) => Some(Around { key: Some(Ty::String), item: Some((**item).clone()) }),
            (other, None) => {
                let message = format!("`for` runs over a list or a map, and this is `{other}`");
                self.reader.refuse(FaultKind::Type, span, message)
            }
        });
        // What is inside is read in any case, for the faults in it and the parameters that it uses.
        let unknown = Around { key: Some(Ty::String), item: None };
        let element = self.template(inside, Some(inner.as_ref().unwrap_or(&unknown)));
        inner?;
        Some(Template::For { over: over?, element: Box::new(element?) })
    }

    pub(crate) fn hole(&self, decl: &HoleDecl, around: Option<&Around>) -> Option<Hole> {
        let RootDecl::Name(name) = &decl.root.value else {
            let message = format!("`.{}` is a field of an answer, and here is none", decl.path.join("."));
            let fault = Fault::new(FaultKind::UnknownName, decl.root.span, message);
            let help = "a parameter is written `$name`; text that begins with a `.` is written with two";
            return self.reader.sink.refuse(fault.help(help));
        };
        let name = name.as_str();
        if let Some(other) = self.names.get(name).filter(|_| around.is_some() && matches!(name, "item" | "key")) {
            let message = format!("inside `for`, `${name}` is not the `{name}` of the tool");
            let fault = Fault::new(FaultKind::Clash, decl.root.span, message);
            return self
                .reader
                .sink
                .refuse(fault.help(format!("call the other one otherwise than `{name}`")).related(other.span, "this"));
        }
        let (root, ty) = match around {
            Some(around) if name == "item" => (Root::Item, around.item.clone()),
            Some(Around { key: Some(key), .. }) if name == "key" => (Root::Key, Some(key.clone())),
            Some(Around { key: None, .. }) if name == "key" => {
                let message = "a list has no keys: `$key` is for a map";
                return self.reader.refuse(FaultKind::UnknownName, decl.root.span, message);
            }
            _ => {
                let found = self.names.find(&At::new(name.to_owned(), decl.root.span), self.reader.sink)?;
                self.names.uses().mark(name, Use::Sent);
                (found.root.clone(), found.ty.clone())
            }
        };
        let (path, ty) = self.path(&ty?, &decl.path, decl.root.span)?;
        self.filters(decl, &ty)?;
        Some(Hole { root, path, filters: decl.filters.clone(), ty })
    }

    /// A path into what is given, all of whose fields the service takes.
    pub(super) fn path(&self, from: &Ty, fields: &[String], span: Span) -> Option<(Vec<Hop>, Ty)> {
        let (path, ty) = reshape::path(from, fields, Lists::Closed, self.reader.types, span, self.reader.sink)?;
        let unsent =
            |hop: &&Hop| self.reader.types.field(&hop.of, &hop.field).is_some_and(|field| field.decl.notice.is_some());
        if let Some(hop) = path.iter().find(unsent) {
            let message = format!("`{}` of `{}` has a `notice`, so it is not sent", hop.field, hop.of);
            self.reader.sink.report(Fault::new(FaultKind::Contradiction, span, message));
        }
        Some((path, ty))
    }

    /// Each filter must fit what the one before it gives.
    fn filters(&self, decl: &HoleDecl, ty: &Ty) -> Option<()> {
        let mut ty = ty.clone();
        for filter in &decl.filters {
            ty = match (filter, &ty) {
                (Filter::Date | Filter::EndDate, Ty::DateTime) | (Filter::UntilToday, Ty::Date) => Ty::Date,
                (filter, ty) => {
                    let wanted = if *filter == Filter::UntilToday { Ty::Date } else { Ty::DateTime };
                    let message = format!("`{}` is for a `{wanted}`, and this is `{ty}`", filter.as_str());
                    let fault = Fault::new(FaultKind::Type, decl.root.span, message);
                    let before = matches!((filter, ty), (Filter::UntilToday, Ty::DateTime));
                    return self.reader.sink.refuse(if before {
                        fault.help("put `| date` or `| end_date` before it")
                    } else {
                        fault
                    });
                }
            };
        }
        Some(())
    }

    fn has(&self, param: &At<String>, value: &At<String>, then: Option<&Json>) -> Option<Template> {
        let found = self.names.param(param, self.reader.sink)?;
        self.names.uses().mark(&param.value, Use::Sent);
        let Some(Ty::Enum(name)) = element(found.ty.as_ref()?) else {
            let message = format!("`has` is for a list of enum values, and `{}` is none", param.value);
            return self.reader.refuse(FaultKind::Type, param.span, message);
        };
        self.reader.types.need_value(name, value.as_str(), value.span, self.reader.sink)?;
        Some(Template::Has { param: param.value.clone(), value: value.value.clone(), then: then.cloned() })
    }
}

/// An object without a hole is a constant, unless it must be sent for itself.
fn object(entries: Vec<Entry>) -> Template {
    let member = |entry: &Entry| Some((entry.key.clone(), constant(&entry.value).filter(|_| !entry.always)?));
    match entries.iter().map(member).collect() {
        Some(members) => Template::Constant(Json::Object(members)),
        None => Template::Object(entries),
    }
}

/// A list without a hole is a constant.
fn list(items: Vec<Template>) -> Template {
    match items.iter().map(constant).collect() {
        Some(items) => Template::Constant(Json::Array(items)),
        None => Template::List(items),
    }
}

fn constant(template: &Template) -> Option<Json> {
    match template {
        Template::Constant(json) => Some(json.clone()),
        _ => None,
    }
}
