//! From what the declarations mean to the model, which is plain data. Nothing is reported here: whatever is missing was
//! reported by a stage before.

mod scopes;
mod service;
mod types;

use std::collections::BTreeMap;

use crate::load::decl::{Declared, GroupDecl};
use crate::model::{Group, Spec, Tool};
use crate::resolve::{Resolved, ResolvedTool};

/// The model; nothing if a part of it was reported.
pub(crate) fn lower(declared: &Declared, resolved: Resolved<'_>) -> Option<Spec> {
    let types = types::of(&resolved)?;
    let scopes = scopes::of(declared, &resolved);
    let mut tools = resolved.tools.into_iter();
    let mut groups: Vec<Group> =
        declared.groups.iter().map(|decl| group(decl, &mut tools, &scopes)).collect::<Option<_>>()?;
    groups.sort_by(|one, other| one.name.cmp(&other.name));
    Some(Spec { service: service::of(declared)?, groups, types })
}

/// A group, whose tools are the next.
fn group<'d>(
    decl: &GroupDecl,
    tools: &mut impl Iterator<Item = ResolvedTool<'d>>,
    scopes: &BTreeMap<&str, Vec<String>>,
) -> Option<Group> {
    let tool = |found: ResolvedTool<'_>| {
        let scopes = scopes.get(found.decl.name.as_str()).cloned().unwrap_or_default();
        Some(Tool { scopes, ..found.tool? })
    };
    Some(Group {
        name: decl.name.value.clone(),
        about: decl.about.clone()?,
        source: decl.source.clone(),
        tools: tools.take(decl.tools.len()).map(tool).collect::<Option<_>>()?,
    })
}
