//! What is wrong with a spec even when every name in it can be looked up and every type fits. It makes nothing.

mod circles;
mod clashes;
mod confirm;
mod example;
mod items;
mod limits;
mod names;
mod order;
mod paging;
mod repeat;
mod requests;
mod rules;
mod tool;
mod unused;
mod wait;

use crate::fault::Sink;
use crate::load::decl::Declared;
use crate::model::Spec;
use crate::names::taken::OF_GROUPS;
use crate::names::{field_ident, id_ident};
use crate::resolve::{Resolved, ResolvedTool};
use tool::Checked;

/// Reports everything.
pub(crate) fn check(declared: &Declared, resolved: &Resolved<'_>, sink: &Sink) {
    names::check(declared, sink);
    limits::check(declared, &resolved.types, sink);
    circles::models(declared, &resolved.types, sink);
    circles::tools(declared, &resolved.asks, sink);
    for ResolvedTool { decl, uses, .. } in &resolved.tools {
        let tool = Checked { declared, decl, uses, types: &resolved.types, sink };
        sink.partially(decl.partial, || {
            items::check(&tool);
            order::check(&tool);
            paging::check(&tool);
            requests::check(&tool);
            rules::check(&tool);
            repeat::check(&tool);
            confirm::check(&tool);
            wait::check(&tool);
            example::check(&tool);
            unused::names(&tool);
        });
    }
    unused::types(declared, resolved, sink);
    // What is wrong elsewhere may be why nothing seems to use it.
    if sink.count() == 0 {
        unused::scopes_and_ids(declared, sink);
    }
}

/// Whether a type may be called so beside everything that the spec has.
#[must_use]
pub fn is_free(name: &str, spec: &Spec) -> bool {
    !spec.service.ids.iter().any(|id| id_ident(&id.name) == name) && spec.declared(name).is_none()
}

/// Whether a method may be called so beside those that the group has.
#[must_use]
pub fn is_free_method(name: &str, group: &str, spec: &Spec) -> bool {
    let mut tools = spec.groups.iter().filter(|known| known.name == group).flat_map(|group| &group.tools);
    !name.is_empty()
        && field_ident(name) == name
        && !OF_GROUPS.contains(&name)
        && !tools.any(|tool| tool.method == name)
}
