//! Paths into answers and parameters, and `reshape`: a template whose holes are fields of the answer that a request
//! got, held against the model that it is to become.

use super::constant;
use super::parts::all;
use super::tool::Reader;
use super::types::{Types, element, fits, is_word};
use crate::display::joined;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{EntryDecl, HoleDecl, RootDecl, TemplateDecl};
use crate::model::{Entry, Hole, Hop, Limits, Root, Template, Ty};
use crate::source::{At, Span};

/// What happens at a list on a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lists {
    /// Its first element stands for it.
    First,
    /// It is not entered.
    Closed,
}

/// A path from a model, field by field. The type is that of what stands at its end.
pub(crate) fn path(
    from: &Ty,
    fields: &[String],
    lists: Lists,
    types: &Types<'_>,
    span: Span,
    sink: &Sink,
) -> Option<(Vec<Hop>, Ty)> {
    let mut hops = Vec::new();
    let mut at = from.clone();
    for name in fields {
        let Ty::Model(model) = &at else {
            let fault = Fault::new(FaultKind::Type, span, format!("`{at}` has no field `{name}`"));
            let list = element(&at).is_some();
            return sink.refuse(if list {
                fault.help("a list is entered by `{for: …, as: $item…}`")
            } else {
                fault
            });
        };
        let field = types.need_field(model, name, span, sink)?;
        let (of, ty) = (model.clone(), field.ty.clone()?);
        at = match (lists, element(&ty)) {
            (Lists::First, Some(element)) => element.clone(),
            _ => ty.clone(),
        };
        hops.push(Hop { of, field: name.clone(), ty, always: field.always });
    }
    Some((hops, at))
}

/// Reads a `reshape`.
pub(crate) struct Reshape<'a> {
    pub(crate) reader: &'a Reader<'a>,
    /// The model of the answer that the request got.
    pub(crate) got: Ty,
}

/// What a part of the template is to become.
struct Target<'t> {
    ty: &'t Ty,
    always: bool,
}

impl Reshape<'_> {
    /// The template that makes the model `into`.
    pub(crate) fn template(&self, decl: &At<TemplateDecl>, into: &Ty) -> Option<Template> {
        match &decl.value {
            TemplateDecl::Object(_) => self.part(&decl.value, &Target { ty: into, always: true }, None, decl.span),
            TemplateDecl::Broken => None,
            _ => self.refuse(decl.span, "`reshape` is an object with the fields of the tool's answer"),
        }
    }

    fn part(&self, decl: &TemplateDecl, into: &Target<'_>, item: Option<&Ty>, span: Span) -> Option<Template> {
        match decl {
            TemplateDecl::Broken => None,
            TemplateDecl::Constant(constant) => {
                let word = is_word(into.ty) || matches!(into.ty, Ty::Csv(_) | Ty::Json);
                if !word {
                    return self.refuse(constant.span, format!("the field is `{}`, and this is none", into.ty));
                }
                if constant.json().is_null() {
                    return self.refuse(constant.span, "`null` is the same as nothing: leave the field out");
                }
                let value =
                    constant::value(constant, into.ty, &Limits::default(), self.reader.types, self.reader.sink)?;
                Some(Template::Constant(value))
            }
            TemplateDecl::Has { .. } => {
                self.refuse(span, "`has` looks at parameters, and `reshape` only at the answer")
            }
            TemplateDecl::When { when, .. } => {
                self.refuse(when.span, "`when` looks at parameters, and `reshape` only at the answer")
            }
            TemplateDecl::List(_) => self.refuse(span, "a list in `reshape` is made with `{for: …, as: …}`"),
            TemplateDecl::Hole(decl) => {
                let (hole, end) = self.hole(decl, item)?;
                self.check_fit(&hole, &end, into, decl.root.span)?;
                Some(Template::Hole(hole))
            }
            TemplateDecl::Object(entries) => self.object(entries, into, item, span),
            TemplateDecl::For { over, element } => self.for_each(over, element, into, item),
        }
    }

    fn for_each(
        &self,
        over: &HoleDecl,
        inside: &TemplateDecl,
        into: &Target<'_>,
        item: Option<&Ty>,
    ) -> Option<Template> {
        let span = over.root.span;
        let Some(target) = element(into.ty) else {
            return self.refuse(span, format!("`for` makes a list, and the field is `{}`", into.ty));
        };
        let (over, end) = self.hole(over, item)?;
        let Some(item) = element(&end) else {
            return self.refuse(span, format!("`for` runs over a list, and this is `{end}`"));
        };
        let element = self.part(inside, &Target { ty: target, always: false }, Some(item), span)?;
        Some(Template::For { over, element: Box::new(element) })
    }

    fn object(&self, entries: &[EntryDecl], into: &Target<'_>, item: Option<&Ty>, span: Span) -> Option<Template> {
        let Ty::Model(model) = into.ty else {
            return self.refuse(span, format!("this is an object, and the field is `{}`", into.ty));
        };
        let fields = self.reader.types.fields(model)?;
        for field in fields.iter().filter(|field| field.always) {
            if !entries.iter().any(|entry| entry.key.value == field.name) {
                let message = format!("`{model}` always has `{}`, which is not filled here", field.name);
                self.reader.sink.report(Fault::new(FaultKind::Missing, span, message));
            }
        }
        all(entries.iter().map(|entry| self.entry(entry, model, item))).map(Template::Object)
    }

    fn entry(&self, decl: &EntryDecl, model: &str, item: Option<&Ty>) -> Option<Entry> {
        let key = &decl.key;
        let field = self.reader.types.need_field(model, key.as_str(), key.span, self.reader.sink)?;
        if decl.always {
            let fault = Fault::new(FaultKind::Syntax, key.span, "`!` is for what is sent, and an answer is not");
            self.reader.sink.report(fault.help("take the `!` away"));
        }
        let target = Target { ty: field.ty.as_ref()?, always: field.always };
        let value = self.part(&decl.value, &target, item, key.span)?;
        Some(Entry { key: key.value.clone(), always: decl.always, value })
    }

    /// A hole, and the type of what stands at the end of its path.
    fn hole(&self, decl: &HoleDecl, item: Option<&Ty>) -> Option<(Hole, Ty)> {
        let span = decl.root.span;
        if !decl.filters.is_empty() {
            return self.refuse(span, "a hole in `reshape` has no filters");
        }
        let (root, from) = match (&decl.root.value, item) {
            (RootDecl::Answer, _) => (Root::Answer, &self.got),
            (RootDecl::Name(name), Some(item)) if name == "item" => (Root::Item, item),
            (RootDecl::Name(name), _) => {
                let message = format!("`reshape` looks at the answer alone, and `${name}` is none of its fields");
                let help = if name == "item" {
                    "`$item` is known inside the `as` of `{for: …, as: …}`".to_owned()
                } else {
                    format!(
                        "a field of the answer is written `.{}`",
                        joined(std::iter::once(name).chain(&decl.path), ".")
                    )
                };
                return self.reader.sink.refuse(Fault::new(FaultKind::UnknownName, span, message).help(help));
            }
        };
        let (path, ty) = path(from, &decl.path, Lists::Closed, self.reader.types, span, self.reader.sink)?;
        Some((Hole { root, path, filters: Vec::new(), ty: ty.clone() }, ty))
    }

    fn check_fit(&self, hole: &Hole, ty: &Ty, into: &Target<'_>, span: Span) -> Option<()> {
        if !fits(ty, into.ty) {
            let message = format!("this is `{ty}`, and the field is `{}`", into.ty);
            return self.refuse(span, message);
        }
        let may_lack = hole.path.iter().any(|hop| !hop.always) && element(into.ty).is_none();
        if into.always && may_lack {
            return self.refuse(span, "the field is always there, and this may be absent");
        }
        Some(())
    }

    fn refuse<T>(&self, span: Span, message: impl Into<String>) -> Option<T> {
        self.reader.refuse(FaultKind::Type, span, message)
    }
}
