//! Holds a document against a spec: their operations, and then operation by operation.

use std::collections::BTreeSet;

use serde_json::Value;
use spec_diff::Side;

use super::finding::{At, Kind};
use super::operation::Both;
use super::report::{Counted, Part, Report};
use super::sending::{Sending, sendings};
use super::shape::{lost, short};
use super::walk::{TAKE_OUT, Walk};
use crate::openapi::{Document, Found, VERBS};

/// The verbs that an operation may have and a tool may not.
const OTHER_VERBS: [&str; 4] = ["head", "options", "trace", "query"];
/// What else may stand at a path.
const BESIDE: [&str; 5] = ["parameters", "servers", "summary", "description", "$ref"];

pub(super) fn compare(document: &Document, side: &Side) -> Report {
    let mut walk = Walk::new(document, side);
    let before = document.server().map(|(_, before)| before).unwrap_or_default();
    paths(&mut walk, &before);
    let sendings = sendings(&side.spec);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for operation in document.all() {
        let verb = operation.verb.as_str();
        let path = format!("{before}/{}", operation.path.trim_start_matches('/'));
        let at = At::operation(&format!("{verb} {path}"));
        let target = spec_diff::operation(verb, &path);
        if !known.insert(target.clone()) {
            walk.wrong(&at, "another path of the document differs in nothing but the names of its parameters");
            continue;
        }
        let sendings = sendings.get(&target).map(Vec::as_slice).unwrap_or_default();
        walk.tools = tools(sendings);
        Both { walk: &mut walk, at, operation, sendings }.compare();
    }
    for (_, sendings) in sendings.iter().filter(|(target, _)| !known.contains(*target)) {
        unknown(&mut walk, sendings);
    }
    // Those that the comparison met have told themselves, with a better place.
    for (pointer, reference) in document.lost() {
        walk.wrong(&At::operation(&pointer), lost(document, reference));
    }
    let Walk { mut findings, counted, wrong, .. } = walk;
    findings.sort_by(|one, other| (&one.at, one.kind).cmp(&(&other.at, other.kind)));
    let wrong = wrong.into_iter().map(|(what, at)| format!("{at}: {what}")).collect();
    Report { title: document.title(), findings, counted, wrong }
}

fn tools(sendings: &[Sending<'_>]) -> Vec<String> {
    let tools: BTreeSet<&str> = sendings.iter().map(Sending::tool).collect();
    tools.into_iter().map(str::to_owned).collect()
}

fn unknown(walk: &mut Walk<'_>, sendings: &[Sending<'_>]) {
    let Some(first) = sendings.first() else { return };
    let verb = first.request.verb.as_str();
    let written = format!("{}.{}", first.written, verb.to_lowercase());
    let at = format!("{verb} {}", first.request.path);
    walk.tools = tools(sendings);
    let message = "a tool sends the operation, and the document does not have it";
    walk.find(Kind::Unknown, at, message, TAKE_OUT, Some(&written));
}

/// What stands at the paths and is no operation that a tool could send.
fn paths(walk: &mut Walk<'_>, before: &str) {
    let document = walk.document;
    for (path, item) in document.paths() {
        let whole = format!("{before}/{}", path.trim_start_matches('/'));
        let at = At::operation(&whole);
        let item = match item {
            Found::Here(item) => item,
            Found::Lost(reference) => {
                walk.wrong(&at, lost(document, reference));
                continue;
            }
        };
        if path.contains(['?', '#']) {
            walk.wrong(&at, "a path with a `?` or a `#` is not understood");
        }
        let Some(members) = item.as_object() else {
            walk.wrong(&at, format!("`{}` is no path with its operations", short(item)));
            continue;
        };
        for (key, value) in members {
            at_path(walk, &whole, key, value);
        }
    }
}

fn at_path(walk: &mut Walk<'_>, path: &str, key: &str, value: &Value) {
    if VERBS.iter().any(|(verb, _)| *verb == key) && value.is_object() || BESIDE.contains(&key) || key.starts_with("x-")
    {
        return;
    }
    if OTHER_VERBS.contains(&key) && value.is_object() {
        let at = format!("{} {path}", key.to_uppercase());
        walk.counted.push(Counted { part: Part::Operations, at: at.clone(), lost: true });
        let message = "the document has the operation, and a tool has no such verb";
        walk.find(Kind::Missing, at, message, "Excuse it.", None);
    } else {
        walk.wrong(&At::operation(path), format!("`{key}: {}` is no operation that is understood", short(value)));
    }
}
