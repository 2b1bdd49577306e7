//! From declarations to what they mean: every name is looked up, every hole gets its type, and what has a type is held
//! against the one that it is to have. What is found is a part of the model already, so nothing is told a second time:
//! a part that is wrong is reported and left out, and what depends on it is left out without a further report.

pub(crate) mod asks;
pub(crate) mod constant;
mod example;
mod items;
mod lookup;
pub(crate) mod names;
mod parts;
mod plan;
pub(crate) mod reach;
mod reshape;
mod sources;
mod template;
mod tool;
pub(crate) mod types;
mod wait;

use crate::circles::Walk;
use crate::fault::Sink;
use crate::load::decl::{Declared, ToolDecl};
use crate::model::Tool;
use lookup::Lookup;
use names::Uses;
use reach::Reach;
use tool::Reader;
use types::Types;

/// What the declarations mean, as far as it could be found out.
pub(crate) struct Resolved<'d> {
    pub(crate) types: Types<'d>,
    pub(crate) tools: Vec<ResolvedTool<'d>>,
    /// The types that go in and that come out.
    pub(crate) reach: Reach,
    /// Which tools' sources ask which.
    pub(crate) asks: Walk,
}

/// A tool, and what was found out about it.
pub(crate) struct ResolvedTool<'d> {
    pub(crate) decl: &'d ToolDecl,
    /// All of it but its scopes, unless a part was reported.
    pub(crate) tool: Option<Tool>,
    /// What its names are used for.
    pub(crate) uses: Uses,
}

/// Looks everything up.
pub(crate) fn resolve<'d>(declared: &'d Declared, sink: &Sink) -> Resolved<'d> {
    let types = Types::of(declared, sink);
    let lookup = Lookup::of(declared);
    let read = |decl: &'d ToolDecl| {
        let reader = Reader { decl, lookup: &lookup, types: &types, sink };
        let uses = Uses::default();
        let tool = sink.partially(decl.partial, || reader.tool(&uses));
        ResolvedTool { decl, tool, uses }
    };
    let tools = declared.tools().map(read).collect();
    let (reach, asks) = (Reach::of(declared, &types), asks::walk(declared));
    Resolved { types, tools, reach, asks }
}
