//! From what the declarations mean to the model, which is plain data. Whatever is missing was reported by a stage before.

mod scopes;
mod types;

use crate::load::decl::{Declared, GroupDecl, IdDecl, NamedDecl};
use crate::model::{Group, IdKind, Named, Service, Spec, Tool};
use crate::resolve::Resolved;

/// The model; nothing if a part of it was reported.
pub(crate) fn lower(declared: &Declared, mut resolved: Resolved<'_>) -> Option<Spec> {
    let types = types::of(&resolved)?;
    let scopes = scopes::of(declared, &resolved);
    for (name, tool) in &mut resolved.tools {
        tool.as_mut()?.scopes = scopes.get(name).cloned().unwrap_or_default();
    }
    let mut groups: Vec<Group> =
        declared.groups.iter().map(|decl| group(decl, &mut resolved)).collect::<Option<_>>()?;
    groups.sort_by(|one, other| one.name.cmp(&other.name));
    Some(Spec { service: service(declared)?, groups, types })
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

fn group(decl: &GroupDecl, resolved: &mut Resolved<'_>) -> Option<Group> {
    let mut take = |name: &str| -> Option<Tool> { resolved.tools.get_mut(name)?.take() };
    Some(Group {
        name: decl.name.value.clone(),
        about: decl.about.clone()?,
        source: decl.source.clone(),
        tools: decl.tools.iter().map(|tool| take(tool.name.as_str())).collect::<Option<_>>()?,
    })
}
