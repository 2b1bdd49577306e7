//! Where values come from that the caller does not give.

use super::constant;
use super::names::Names;
use super::parts::all;
use super::tool::Reader;
use super::types::{Types, comparable, element, fits, is_word};
use crate::fault::{Fault, FaultKind};
use crate::load::constant::{Constant, ConstantKind};
use crate::load::decl::{RuleDecl, SourceDecl, ToolDecl};
use crate::load::tool::sources;
use crate::model::{Ask, Json, Limits, Source, Ty, Which};
use crate::source::{At, Span};

impl Reader<'_> {
    /// A source and the type of what it gives. The type is `None` where anything goes that the place takes.
    pub(crate) fn source(&self, decl: &At<SourceDecl>, names: &Names<'_>) -> Option<(Source, Ty)> {
        match &decl.value {
            SourceDecl::Constant(constant) => {
                let json = constant::value(constant, &Ty::Json, &Limits::default(), self.types, self.sink)?;
                let ty = constant_type(&json);
                Some((Source::Constant(json), ty))
            }
            SourceDecl::Fresh => Some((Source::FreshUuid, Ty::String)),
            SourceDecl::Hash(params) => {
                let param = |param| Some(names.needed_param(param, self.sink)?.name().to_owned());
                all(params.iter().map(param)).map(|params| (Source::Hash(params), Ty::String))
            }
            SourceDecl::First([param, field]) => self.first(param, field, names),
            SourceDecl::SameAs(param) => {
                let found = names.needed_param(param, self.sink)?;
                Some((Source::SameAs(param.value.clone()), found.ty.clone()?))
            }
            SourceDecl::Now => Some((Source::DaysAgo(0), Ty::DateTime)),
            SourceDecl::DaysAgo(days) => Some((Source::DaysAgo(days.value), Ty::DateTime)),
            SourceDecl::Find { field, tool, .. }
            | SourceDecl::Only { field, tool, .. }
            | SourceDecl::Every { field, tool } => self.ask(field, tool, &decl.value, names),
        }
    }

    /// A default, which must fit its parameter.
    pub(crate) fn default(
        &self,
        decl: &At<SourceDecl>,
        ty: Option<&Ty>,
        limits: &Limits,
        names: &Names<'_>,
    ) -> Option<Source> {
        if ty == Some(&Ty::File) {
            let fault = Fault::new(FaultKind::Contradiction, decl.span, "a file has no default: only a caller has one");
            return self.sink.refuse(fault.help("say `required: true`, or leave the part out when there is none"));
        }
        if let SourceDecl::Constant(constant) = &decl.value {
            self.check_is_constant(constant, ty?)?;
            return constant::value(constant, ty?, limits, self.types, self.sink).map(Source::Constant);
        }
        let (source, gives) = self.source(decl, names)?;
        let ty = ty?;
        if !fits(&gives, ty) {
            let message = format!("this gives `{gives}`, and the parameter is `{ty}`");
            return self.refuse(FaultKind::Type, decl.span, message);
        }
        Some(source)
    }

    /// A map where a single value is wanted is a source with a wrong name.
    fn check_is_constant(&self, constant: &Constant, ty: &Ty) -> Option<()> {
        let ConstantKind::Object(members) = &constant.kind else { return Some(()) };
        if matches!(ty, Ty::Map(_) | Ty::Model(_) | Ty::Json) {
            return Some(());
        }
        let written = members.first().map(|(key, _)| key.as_str()).unwrap_or_default();
        let fault = Fault::new(FaultKind::UnknownName, constant.span, format!("there is no source `{written}`"));
        self.sink.refuse(fault.did_you_mean(written, sources()))
    }

    fn first(&self, param: &At<String>, field: &At<String>, names: &Names<'_>) -> Option<(Source, Ty)> {
        let found = names.needed_param(param, self.sink)?;
        let ty = found.ty.as_ref()?;
        let Some(Ty::Model(model)) = element(ty) else {
            let message = format!("`first` looks into a list of models, and `{}` is `{ty}`", param.value);
            return self.refuse(FaultKind::Type, param.span, message);
        };
        let ty = self.field(model, field)?;
        Some((Source::First { param: param.value.clone(), field: field.value.clone() }, ty))
    }

    fn ask(&self, field: &At<String>, tool: &At<String>, decl: &SourceDecl, names: &Names<'_>) -> Option<(Source, Ty)> {
        let item = self.lookup.asked(tool, self.sink).and_then(|asked| self.item_of(asked, tool.span));
        let ty = item.as_ref().and_then(|item| self.field(item, field));
        let which_ty = ty.as_ref().filter(|ty| !is_word(ty));
        if let Some(ty) = which_ty {
            let message = format!("what is looked up is a single value, and `{}` is `{ty}`", field.value);
            return self.refuse(FaultKind::Type, field.span, message);
        }
        let which = self.which(decl, item.as_deref(), names);
        let ty = ty?;
        let which = which?;
        let ty = if matches!(which, Which::Every) { Ty::List(Box::new(ty)) } else { ty };
        Some((Source::Ask(Ask { tool: tool.value.clone(), field: field.value.clone(), which }), ty))
    }

    fn which(&self, decl: &SourceDecl, item: Option<&str>, names: &Names<'_>) -> Option<Which> {
        match decl {
            SourceDecl::Only { missing, several, .. } => {
                let missing = names.text(missing, self.sink);
                let several = names.text(several, self.sink);
                Some(Which::Only { missing: missing?, several: several? })
            }
            SourceDecl::Find { fields, missing, .. } => {
                let missing = names.text(missing, self.sink);
                let (fields, mut found) = (fields.as_ref()?, Vec::new());
                for (field, with) in fields {
                    let name = names.find(with, self.sink);
                    let ty = item.and_then(|item| self.field(item, field));
                    let types = name.and_then(|name| name.ty.as_ref()).zip(ty.as_ref());
                    if types.is_some_and(|(with_ty, ty)| self.comparable(with_ty, ty, with.span)) {
                        found.push((field.value.clone(), with.value.clone()));
                    }
                }
                (found.len() == fields.len()).then_some(Which::Match { fields: found, missing: missing? })
            }
            _ => Some(Which::Every),
        }
    }

    fn comparable(&self, with: &Ty, field: &Ty, span: Span) -> bool {
        let fine = comparable(with, field) && is_word(field);
        if !fine {
            let message = format!("this is `{with}`, and the field is `{field}`");
            self.sink.report(Fault::new(FaultKind::Type, span, message));
        }
        fine
    }

    /// The model of a tool's items. A tool is asked without parameters, so it may require none.
    fn item_of(&self, tool: &ToolDecl, span: Span) -> Option<String> {
        if let Some(param) = tool.params.iter().find(|param| param.required) {
            let message = format!("`{}` cannot be asked: it requires `{}`", tool.name.value, param.name.value);
            let fault = Fault::new(FaultKind::Contradiction, span, message);
            return self.sink.refuse(fault.related(param.name.span, "required here"));
        }
        if let Some(name) = demanded(tool) {
            let message = format!("`{}` cannot be asked: a rule of it demands `{}`", tool.name.value, name.value);
            let fault = Fault::new(FaultKind::Contradiction, span, message);
            return self.sink.refuse(fault.related(name.span, "demanded here"));
        }
        let Some(items) = &tool.items else {
            if !tool.partial {
                let message = format!("`{}` cannot be asked: it has no `items`", tool.name.value);
                let fault = Fault::new(FaultKind::Contradiction, span, message);
                self.sink.report(fault.related(tool.name.span, "declared here"));
            }
            return None;
        };
        // Whatever is wrong with the items is told where that tool is read.
        item_model(tool, items, self.types)
    }
}

/// A parameter that a rule demands and no default may fill in, so that the tool cannot be asked without parameters.
fn demanded(tool: &ToolDecl) -> Option<&At<String>> {
    let has_default = |name: &str| tool.params.iter().any(|param| param.name.value == name && param.default.is_some());
    let may_hold = |rule: &&RuleDecl| rule.when().is_none_or(|when| tool.may_hold_without(&when.value));
    tool.rules.iter().filter(may_hold).find_map(|rule| match rule {
        RuleDecl::Need { any_of, .. } if !any_of.iter().any(|name| has_default(name.as_str())) => any_of.first(),
        RuleDecl::Need { .. } | RuleDecl::Exclude { .. } | RuleDecl::Order { .. } => None,
    })
}

/// The model of the elements of the list `items` in a tool's answer.
pub(crate) fn item_model(tool: &ToolDecl, items: &At<String>, types: &Types<'_>) -> Option<String> {
    let field = types.field(tool.answer.as_ref()?.as_str(), items.as_str())?;
    match element(field.ty.as_ref()?)? {
        Ty::Model(model) => Some(model.clone()),
        _ => None,
    }
}

/// The type of a constant among the values, where no parameter says it.
fn constant_type(json: &Json) -> Ty {
    match json {
        Json::Bool(_) => Ty::Boolean,
        Json::Number(number) if number.is_i64() => Ty::Integer,
        Json::Number(_) => Ty::Number,
        Json::String(_) => Ty::String,
        Json::Array(items) if items.iter().all(Json::is_string) => Ty::List(Box::new(Ty::String)),
        _ => Ty::Json,
    }
}
