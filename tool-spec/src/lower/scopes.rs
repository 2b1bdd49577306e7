//! Which scopes a tool may need: its own, and those of the tools that its sources ask.

use std::collections::BTreeMap;

use crate::load::decl::{Declared, ToolDecl};
use crate::resolve::Resolved;
use crate::resolve::asks::asked;

/// The scopes of each tool, in the order in which they are needed: values are looked up before anything is sent.
pub(super) fn of<'d>(declared: &'d Declared, resolved: &Resolved<'d>) -> BTreeMap<&'d str, Vec<String>> {
    let tools: Vec<&ToolDecl> = declared.tools().collect();
    let mut scopes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for tool in resolved.asks.order.iter().filter_map(|index| tools.get(*index)) {
        let of_asked = asked(tool).filter_map(|asked| scopes.get(asked.as_str())).flatten();
        let own = tool.requests().into_iter().flat_map(|(request, _)| &request.scope).map(|scope| &scope.value);
        let mut all: Vec<String> = Vec::new();
        for scope in of_asked.chain(own) {
            if !all.contains(scope) {
                all.push(scope.clone());
            }
        }
        scopes.insert(&tool.name.value, all);
    }
    scopes
}
