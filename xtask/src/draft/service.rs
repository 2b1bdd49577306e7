//! The service's file with the ids and scopes that a tool needs and the service doesn't have yet, in the order of their
//! names.

use std::collections::BTreeSet;

use super::parts::Draft;
use super::words;
use tool_spec::model::{Spec, Ty, TypeKind};

/// The text with them.
pub(super) fn with_names(text: &str, spec: &Spec, draft: &Draft, review: &mut Vec<String>) -> String {
    let mut text = text.to_owned();
    for kind in ids(draft) {
        if !spec.service.ids.iter().any(|known| known.name == kind) {
            add(&mut text, "ids", kind, &format!("One {}.", words::of(kind)), review);
        }
    }
    for scope in draft.scopes.iter().filter(|scope| !spec.service.scopes.iter().any(|known| known.name == **scope)) {
        add(&mut text, "scopes", scope, &about_scope(scope), review);
    }
    text
}

/// The kinds of ids in the draft's types.
fn ids(draft: &Draft) -> BTreeSet<&str> {
    let fields = draft.types.iter().flat_map(|ty| match &ty.kind {
        TypeKind::Model(fields) => fields.as_slice(),
        TypeKind::Enum(_) => &[],
    });
    let types = draft.params.iter().map(|param| &param.ty).chain(fields.map(|field| &field.ty));
    types
        .filter_map(|ty| match ty.innermost() {
            Ty::Id(kind) => Some(kind.as_str()),
            _ => None,
        })
        .collect()
}

/// `api:logs:read` is *Allows: logs read.*
fn about_scope(scope: &str) -> String {
    let words: Vec<&str> = scope.split([':', '-', '_']).filter(|word| *word != "api").collect();
    format!("Allows {}.", words.join(" "))
}

/// Adds a line to one of the top maps: before the first name that comes after it, or at the map's end.
fn add(text: &mut String, map: &str, name: &str, about: &str, review: &mut Vec<String>) {
    review.push(format!("{map}, {name}: {about}"));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let Some(head) = lines.iter().position(|line| line.trim_end() == format!("{map}:")) else { return };
    let mut at = head + 1;
    for (number, line) in lines.iter().enumerate().skip(head + 1) {
        let inside = line.starts_with(' ') || line.starts_with('#') || line.trim().is_empty();
        let key = line.trim_start().split(": ").next().unwrap_or_default().trim_matches('"');
        if !inside || (line.starts_with("  ") && !line.starts_with("   ") && !key.starts_with('#') && key > name) {
            break;
        }
        if !line.trim().is_empty() {
            at = number + 1;
        }
    }
    lines.insert(at, format!("  {}: {}", words::yaml(name), words::yaml(about)));
    *text = lines.join("\n") + "\n";
}
