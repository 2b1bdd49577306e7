//! Which types go in with parameters and which come out with answers.

use std::collections::BTreeSet;

use super::types::Types;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, FieldDecl, PlanDecl, RequestDecl, ToolDecl, TypeExpr, TypeKindDecl};
use crate::model::{Ty, Type};
use crate::source::Span;

/// The names of the types on each way.
pub(crate) struct Reach<'a> {
    goes_in: BTreeSet<&'a str>,
    comes_out: BTreeSet<&'a str>,
    /// A tool names a type that is not there, so that what it means may seem unused.
    lost: bool,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(declared: &'a Declared, types: &'a Types<'_>) -> Self {
        let mut reach = Reach { goes_in: BTreeSet::new(), comes_out: BTreeSet::new(), lost: false };
        let quiet = Sink::default();
        for tool in declared.groups.iter().flat_map(|group| &group.tools) {
            for param in tool.params.iter().filter_map(|param| param.ty.as_ref()) {
                reach.lost |= types.ty(param, &quiet).is_none();
                follow(innermost(param), types, &mut reach.goes_in);
            }
            let of_requests = requests(tool).into_iter().filter_map(|request| request.answer.as_ref());
            for answer in of_requests.chain(&tool.answer) {
                reach.lost |= types.model_quietly(answer).is_none();
                follow(answer.as_str(), types, &mut reach.comes_out);
            }
        }
        reach
    }

    /// Sets [`Type::goes_in`] and [`Type::comes_out`].
    pub(crate) fn mark(&self, types: &mut [Type]) {
        for ty in types {
            ty.goes_in = self.goes_in.contains(ty.name.as_str());
            ty.comes_out = self.comes_out.contains(ty.name.as_str());
        }
    }

    /// Reports types that nothing reaches, and what is said of fields for a way that they never go.
    pub(crate) fn check(&self, declared: &Declared, types: &Types<'_>, sink: &Sink) {
        let partial = declared.groups.iter().any(|group| group.tools.iter().any(|tool| tool.partial));
        if declared.unread.tools || declared.unread.types || partial || self.lost || !types.complete() {
            return;
        }
        for decl in &declared.types {
            let name = decl.name.as_str();
            let (goes_in, comes_out) = (self.goes_in.contains(name), self.comes_out.contains(name));
            if !goes_in && !comes_out {
                let message = format!("no parameter and no answer uses `{name}`");
                sink.report(Fault::new(FaultKind::Unused, decl.name.span, message));
            } else if let Some(TypeKindDecl::Model(fields)) = &decl.kind {
                for field in fields {
                    check_field(field, name, goes_in, comes_out, sink);
                }
            }
        }
    }
}

/// Adds every declared type that a name leads to. A list of what is left to do, as models may hold each other.
fn follow<'a>(from: &'a str, types: &'a Types<'_>, reached: &mut BTreeSet<&'a str>) {
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        if reached.insert(name) {
            let fields = types.fields(name).unwrap_or_default();
            left.extend(fields.iter().filter_map(|field| declared_name(field.ty.as_ref()?)));
        }
    }
}

/// The declared type that a type leads to.
pub(crate) fn declared_name(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => declared_name(of),
        Ty::Model(name) | Ty::Enum(name) => Some(name),
        _ => None,
    }
}

fn innermost(expr: &TypeExpr) -> &str {
    match expr {
        TypeExpr::Word(word) => word.as_str(),
        TypeExpr::Around(_, inside) => innermost(inside),
    }
}

/// The kind of id that a type is, in a list or a map too.
pub(crate) fn kind_of_id(expr: &TypeExpr) -> Option<&str> {
    match expr {
        TypeExpr::Word(_) => None,
        TypeExpr::Around(around, inside) if around.value == "id" => Some(innermost(inside)),
        TypeExpr::Around(_, inside) => kind_of_id(inside),
    }
}

/// All requests of a tool.
pub(crate) fn requests(tool: &ToolDecl) -> Vec<&RequestDecl> {
    match &tool.plan {
        Some(PlanDecl::Cases(cases)) => cases.iter().map(|case| &case.request).collect(),
        Some(PlanDecl::Steps(steps)) => steps.iter().map(|step| &step.request).collect(),
        None => Vec::new(),
    }
}

fn check_field(field: &FieldDecl, model: &str, goes_in: bool, comes_out: bool, sink: &Sink) {
    let report = |key: &str, span: Span, way: &str| {
        let message = format!("`{key}` is for a model that {way}, and `{model}` never does");
        sink.report(Fault::new(FaultKind::Contradiction, span, message));
    };
    if let Some(always) = field.always.as_ref().filter(|_| !comes_out) {
        report("always", always.span, "comes out in an answer");
    }
    if let Some(TypeExpr::Around(around, _)) = field.ty.as_ref().filter(|_| comes_out)
        && around.value == "csv"
    {
        let message = format!("`csv<…>` is text that a caller gives, and `{model}` comes out in an answer");
        sink.report(Fault::new(FaultKind::Type, around.span, message).help("write `list<…>`, or another model"));
    }
    if goes_in {
        return;
    }
    let way = "goes in with a parameter";
    if let Some(required) = &field.required {
        report("required", required.span, way);
    }
    if let Some(notice) = &field.notice {
        report("notice", notice.span, way);
    }
    for limit in &field.limits.written {
        report(limit.value, limit.span, way);
    }
}
