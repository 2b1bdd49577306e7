//! What stands in `tools/GROUP.yaml` beside plain words, requests aside: sources, pairs of names, and what keys demand
//! of each other.

use super::constant::Constant;
use super::decl::{GroupDecl, KeepDecl, KeepTestDecl, RangeDecl, SourceDecl, ValueDecl};
use super::entries::{Entries, What};
use super::kind::{Cx, Kind, Shaped};
use super::kinds::{Anything, Name, OneOrMore, Plain, Text, Word, Words};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::shape::Holds;
use crate::model::Effect;
use crate::source::At;
use crate::syntax::{Node, NodeKind};

impl Words for Effect {
    const MEAN: &'static [Effect] = &[Effect::Read, Effect::Write, Effect::Destructive];
    const WORDS: &'static [&'static str] =
        &[Effect::Read.as_str(), Effect::Write.as_str(), Effect::Destructive.as_str()];
}

/// The only thing that can be made afresh.
#[derive(Clone, Copy)]
pub(crate) struct Uuid;

impl Words for Uuid {
    const MEAN: &'static [Uuid] = &[Uuid];
    const WORDS: &'static [&'static str] = &["uuid"];
}

/// `true`, and nothing else would make sense.
#[derive(Clone, Copy, Debug)]
pub(crate) struct True;

impl Words for True {
    const MEAN: &'static [True] = &[True];
    const WORDS: &'static [&'static str] = &["true"];
}

impl Kind for True {
    type Value = At<True>;
    const HOLDS: Holds = Holds::True;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<True>> {
        Word::<True>::read(node, cx)
    }
}

/// Without its tools a group lacks what others may name.
pub(crate) fn whole_group(group: &mut GroupDecl, map: &mut Entries<'_>, _: &Sink) {
    group.partial = !map.is_map("tools");
}

/// The keys that make a map a source.
pub(crate) fn sources() -> impl Iterator<Item = &'static str> {
    SourceDecl::SHAPE.firsts()
}

/// A source, or a constant.
pub(crate) enum Source {}

impl Kind for Source {
    type Value = At<SourceDecl>;
    const HOLDS: Holds = Holds::Source(SourceDecl::SHAPE);

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<SourceDecl>> {
        let is_source = sources().any(|key| node.get(key).is_some());
        let source = if is_source { SourceDecl::read(node, cx)? } else { SourceDecl::Constant(Constant::of(node)) };
        Some(At::new(source, node.head()))
    }
}

/// Beside a parameter a map may be a constant; among the values it never is.
impl Plain for ValueDecl {
    type Kind = Anything;
    const DOES: &'static str = "is";

    fn plain(name: At<String>, value: Option<Node>) -> Self {
        let source = value.map(|node| At::new(SourceDecl::Constant(Constant::of(&node)), node.head()));
        ValueDecl { name, given: None, source }
    }
}

/// A list parameter and a field of its elements.
pub(crate) enum FirstOf {}

impl Kind for FirstOf {
    type Value = [At<String>; 2];
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<Self::Value> {
        let path = Name::read(node, Cx { what: What::Is("the list parameter"), ..cx })?;
        match path.value.split_once('.') {
            Some((param, field)) if !field.contains('.') => {
                let named = |name: &str| At::new(name.to_owned(), path.span);
                Some([named(param), named(field)])
            }
            _ => {
                let message = "`first` names a list parameter and a field of its elements";
                let fault = Fault::new(FaultKind::Syntax, path.span, message);
                cx.sink.refuse(fault.help("write `{first: parties.userId}`"))
            }
        }
    }
}

/// Two parameters, the earlier one first.
pub(crate) enum Ends {}

impl Kind for Ends {
    type Value = [At<String>; 2];
    const HOLDS: Holds = Holds::List(&Holds::Name);

    fn read(node: &Node, cx: Cx<'_>) -> Option<Self::Value> {
        let ends = OneOrMore::<Text>::read(node, Cx { each: Some("a parameter"), ..cx })?;
        let ends = ends.try_into().ok();
        if ends.is_none() {
            let message = "`order` names two parameters, the earlier one first";
            cx.sink.report(Fault::new(FaultKind::Syntax, node.head(), message));
        }
        ends
    }
}

/// Values by the names of parameters. What they should be is looked up later.
pub(crate) enum Example {}

impl Kind for Example {
    type Value = Constant;
    const HOLDS: Holds = Holds::Map(&Holds::Constant);

    fn read(node: &Node, _: Cx<'_>) -> Option<Constant> {
        Some(Constant::of(node))
    }
}

impl Kind for KeepDecl {
    type Value = KeepDecl;
    const HOLDS: Holds = Holds::Or(RangeDecl::SHAPE, &Holds::Constant);

    fn read(node: &Node, cx: Cx<'_>) -> Option<KeepDecl> {
        let test = match &node.kind {
            NodeKind::Map(_) => RangeDecl::read(node, cx)
                .filter(|range| range.from.is_some() || range.to.is_some())
                .map(KeepTestDecl::Between),
            _ => Some(KeepTestDecl::Is(Constant::of(node))),
        };
        Some(KeepDecl { field: cx.name?.clone(), test })
    }
}

/// A range has an end.
pub(crate) fn both_ends(_: &mut RangeDecl, map: &mut Entries<'_>, _: &Sink) {
    if !map.has("from") && !map.has("to") {
        map.lacks(&["from", "to"], "a range of days has `from`, `to` or both");
    }
}
