//! From what the declarations mean to the model, which is plain data. Whatever is missing was reported by a stage before.

mod scopes;
mod service;
mod types;

use crate::load::decl::{Declared, GroupDecl};
use crate::model::{Group, Spec, Tool};
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
    Some(Spec { service: service::of(declared)?, groups, types })
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
