//! Which tools the sources of a tool ask.

use std::collections::BTreeMap;

use crate::circles::{self, Walk, Ways};
use crate::load::decl::{Declared, ToolDecl};
use crate::source::At;

/// The walk along all that is asked, the tools counted as [`Declared::tools`] gives them.
pub(super) fn walk(declared: &Declared) -> Walk {
    let indices: BTreeMap<&str, usize> =
        declared.tools().enumerate().map(|(index, tool)| (tool.name.as_str(), index)).collect();
    let to = |asked: &At<String>| Some((*indices.get(asked.as_str())?, asked.span));
    let ways: Ways = declared.tools().map(|tool| asked(tool).filter_map(to).collect()).collect();
    circles::walk(&ways)
}

/// The tools that a tool's sources ask.
pub(crate) fn asked(tool: &ToolDecl) -> impl Iterator<Item = &At<String>> {
    let defaults = tool.params.iter().filter_map(|param| param.default.as_ref()?.as_ref());
    let values = tool.values.iter().filter_map(|value| value.source.as_ref());
    defaults.chain(values).filter_map(|source| source.value.asks())
}
