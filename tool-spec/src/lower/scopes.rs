//! Which scopes a tool may need, its own and those of the tools that its sources ask; and that no tool ends up asking
//! itself.

use std::collections::BTreeMap;

use super::lookup::Lookup;
use super::reach::requests;
use crate::circles::{Ways, walk, written};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::decl::{Declared, SourceDecl, ToolDecl};
use crate::source::At;

/// The scopes of each tool, in the order in which they are needed: values are looked up before anything is sent. Tools
/// whose sources lead back to them are reported.
pub(crate) fn of<'d>(declared: &'d Declared, lookup: &Lookup<'d>, sink: &Sink) -> BTreeMap<&'d str, Vec<String>> {
    let tools: Vec<&ToolDecl> = declared.tools().collect();
    let indices: BTreeMap<&str, usize> =
        tools.iter().enumerate().map(|(index, tool)| (tool.name.as_str(), index)).collect();
    let asked = |tool: &ToolDecl| -> Vec<&'d ToolDecl> {
        asks(tool).into_iter().filter_map(|asked| lookup.tool(asked.as_str())).collect()
    };
    let ways: Ways = tools
        .iter()
        .map(|tool| {
            let to = |asked: &At<String>| Some((*indices.get(asked.as_str())?, asked.span));
            asks(tool).into_iter().filter_map(to).collect()
        })
        .collect();
    let walk = walk(&ways);
    for circle in &walk.circles {
        let names: Vec<&str> =
            circle.iter().filter_map(|(member, _)| tools.get(*member)).map(|tool| tool.name.as_str()).collect();
        let (Some(first), Some((_, span))) = (names.first(), circle.first()) else { continue };
        let message = format!("`{first}` asks itself: {}", written(&names));
        let fault = Fault::new(FaultKind::Contradiction, *span, message);
        sink.report(fault.help("take one of these look-ups away, or let another tool be asked"));
    }
    let mut scopes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for tool in walk.order.iter().filter_map(|index| tools.get(*index)) {
        let asked = asked(tool).into_iter().filter_map(|asked| scopes.get(asked.name.as_str())).flatten();
        let own = requests(tool).into_iter().flat_map(|request| &request.scopes).map(|scope| &scope.value);
        let mut all: Vec<String> = Vec::new();
        for scope in asked.chain(own) {
            if !all.contains(scope) {
                all.push(scope.clone());
            }
        }
        scopes.insert(&tool.name.value, all);
    }
    scopes
}

/// The tools that a tool's sources ask.
fn asks(tool: &ToolDecl) -> Vec<&At<String>> {
    let defaults = tool.params.iter().filter_map(|param| param.default.as_ref()?.as_ref());
    let values = tool.values.iter().filter_map(|value| value.source.as_ref());
    defaults
        .chain(values)
        .filter_map(|source| match &source.value {
            SourceDecl::Ask { tool, .. } => Some(tool),
            _ => None,
        })
        .collect()
}
