//! From declarations to the model: every name is looked up and every type is known. A part that is wrong is reported and
//! left out, and what depends on it is left out without a further report.

pub(crate) mod constant;
mod example;
mod items;
mod lookup;
mod names;
mod plan;
mod reach;
mod repeat;
mod reshape;
mod scopes;
mod sources;
mod template;
mod tool;
pub(crate) mod types;

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, GroupDecl, IdDecl, NamedDecl, ToolDecl, TypeKindDecl};
use crate::model::{Group, IdKind, Named, Service, Spec, Tool};
use crate::source::At;
use lookup::Lookup;
use reach::Reach;
use tool::Reader;
use types::{Types, check_limits};

/// The model; nothing if a part of it was reported.
pub(crate) fn lower(declared: &Declared, types: &Types<'_>, sink: &Sink) -> Option<Spec> {
    check_fields(declared, types, sink);
    let service = service(declared);
    let lookup = Lookup::of(declared);
    let scopes = scopes::of(declared, &lookup, sink);
    let read = |tool: &ToolDecl| {
        let reader = Reader { decl: tool, declared, lookup: &lookup, types, sink };
        let read = sink.partially(tool.partial, || reader.tool())?;
        Some(Tool { scopes: scopes.get(tool.name.as_str()).cloned().unwrap_or_default(), ..read })
    };
    let mut groups: Vec<Option<Group>> = declared.groups.iter().map(|group| self::group(group, &read)).collect();
    groups.sort_by(|a, b| a.as_ref().map(|group| &group.name).cmp(&b.as_ref().map(|group| &group.name)));
    let reach = Reach::of(declared, types);
    reach.check(declared, types, sink);
    // What is wrong elsewhere may be why nothing seems to use it.
    if sink.count() == 0 {
        check_unused(declared, sink);
    }
    let mut types = types.lowered()?;
    reach.mark(&mut types);
    Some(Spec { service: service?, groups: groups.into_iter().collect::<Option<_>>()?, types })
}

/// Reports scopes that no request needs, and kinds of ids that nothing has.
fn check_unused(declared: &Declared, sink: &Sink) {
    let Some(service) = &declared.service else { return };
    let tools = || declared.groups.iter().flat_map(|group| &group.tools);
    let needed: BTreeSet<&str> =
        tools().flat_map(reach::requests).flat_map(|request| &request.scopes).map(At::as_str).collect();
    for scope in service.scopes.iter().filter(|scope| !needed.contains(scope.name.as_str())) {
        let message = format!("no request needs the scope `{}`", scope.name.value);
        let fault = Fault::new(FaultKind::Unused, scope.name.span, message);
        sink.report(fault.help("give it to the requests that need it, or take it away"));
    }
    let params = tools().flat_map(|tool| &tool.params).filter_map(|param| param.ty.as_ref());
    let fields = declared.types.iter().filter_map(|decl| match &decl.kind {
        Some(TypeKindDecl::Model(fields)) => Some(fields),
        _ => None,
    });
    let types = params.chain(fields.flatten().filter_map(|field| field.ty.as_ref()));
    let had: BTreeSet<&str> = types.filter_map(reach::kind_of_id).collect();
    for id in service.ids.iter().filter(|id| !had.contains(id.name.as_str())) {
        let message = format!("nothing is an id of the kind `{}`", id.name.value);
        let fault = Fault::new(FaultKind::Unused, id.name.span, message);
        sink.report(
            fault.help(format!("say `id<{}>` where one goes in or comes out, or take the kind away", id.name.value)),
        );
    }
}

fn service(declared: &Declared) -> Option<Service> {
    let decl = declared.service.as_ref()?;
    let known = decl.service.as_ref()?;
    let named = |decls: &[NamedDecl]| -> Option<Vec<Named>> {
        decls.iter().map(|decl| Some(Named { name: decl.name.value.clone(), about: decl.about.clone()? })).collect()
    };
    let id = |decl: &IdDecl| -> Option<IdKind> {
        let (name, address) = (decl.name.value.clone(), decl.address.clone());
        Some(IdKind { name, about: decl.about.clone()?, form: decl.form, address })
    };
    let ids = decl.ids.iter().map(id).collect::<Option<_>>()?;
    Some(Service { ids, scopes: named(&decl.scopes)?, ..known.clone() })
}

fn group(decl: &GroupDecl, read: &dyn Fn(&ToolDecl) -> Option<Tool>) -> Option<Group> {
    let tools: Vec<Option<Tool>> = decl.tools.iter().map(read).collect();
    Some(Group {
        name: decl.name.value.clone(),
        about: decl.about.clone()?,
        source: decl.source.clone(),
        tools: tools.into_iter().collect::<Option<_>>()?,
    })
}

/// The limits of the fields of every model.
fn check_fields(declared: &Declared, types: &Types<'_>, sink: &Sink) {
    for decl in &declared.types {
        let Some(TypeKindDecl::Model(fields)) = &decl.kind else { continue };
        let known = types.fields(decl.name.as_str()).unwrap_or_default();
        for (field, known) in fields.iter().zip(known) {
            check_limits(&field.limits, known.ty.as_ref(), sink);
        }
    }
}
