//! The scopes that an operation's security or its text names: facts, not sentences.

use std::collections::BTreeSet;

use serde_json::Value;

use super::names::can_be_written;
use super::told::Told;
use crate::openapi::json::text;
use crate::openapi::{Document, Operation};
use tool_spec::fault::listed;

pub(super) fn scopes(document: &Document, operation: &Operation<'_>, told: &Told) -> Vec<String> {
    let place = told.at("the scope");
    let security = operation.value.get("security").or(document.security()).and_then(Value::as_array);
    let (mut scopes, mut others, mut schemes) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (index, way) in security.into_iter().flatten().enumerate() {
        for (scheme, named) in way.as_object().into_iter().flatten() {
            schemes.insert(scheme);
            let named = named.as_array().into_iter().flatten().filter_map(Value::as_str);
            if scopes.is_empty() || index == 0 { scopes.extend(named) } else { others.extend(named) }
        }
    }
    let text = text(operation.value, "description").unwrap_or_default();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ":-_".contains(c)));
    let mut written =
        words.map(|word| word.trim_end_matches(':')).filter(|word| word.starts_with("api:") && word.len() > 4);
    if let Some(first) = written.next().filter(|_| scopes.is_empty()) {
        scopes.push(first);
        place.guessed(format!("`{first}`, the first that its text names"));
        others.extend(written);
    }
    let mut seen = BTreeSet::new();
    scopes.retain(|scope| can_be_written(scope) && seen.insert(*scope));
    others.retain(|scope| seen.insert(*scope));
    if !others.is_empty() {
        place.left_out(format!("the document names {} too", listed(&others)));
    }
    if scopes.is_empty() {
        place.guessed("none, as the document names none: say which one a token needs");
    }
    if !schemes.is_empty() {
        let schemes: Vec<&String> = schemes.into_iter().collect();
        told.at(format!("the security {}", listed(&schemes))).left_out("who signs in, and how, is said of the service");
    }
    scopes.into_iter().map(str::to_owned).collect()
}
