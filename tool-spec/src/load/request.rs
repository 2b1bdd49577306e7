//! What stands in a request beside plain words: its path and query, the condition on which it is sent, and what is
//! taken from its answer.

use super::decl::{CaseDecl, ConditionDecl, RequestDecl, TakeDecl, TemplateDecl};
use super::entries::{Entries, is_name, text};
use super::kind::{Cx, Kind};
use super::path::path;
use super::template::{answer_path, entries};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::shape::Holds;
use crate::source::At;
use crate::syntax::Node;

/// A request that is sent in any case.
pub(crate) enum Alone {}

impl Kind for Alone {
    type Value = Vec<CaseDecl>;
    const HOLDS: Holds = RequestDecl::HOLDS;

    fn read(node: &Node, cx: Cx<'_>) -> Option<Vec<CaseDecl>> {
        Some(vec![CaseDecl { when: None, otherwise: None, else_at: None, request: RequestDecl::read(node, cx)? }])
    }
}

/// `$param` or `$param = value`.
pub(crate) enum Condition {}

impl Kind for Condition {
    type Value = At<ConditionDecl>;
    const HOLDS: Holds = Holds::Condition;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<ConditionDecl>> {
        let written = text(node, cx.what, cx.sink)?;
        let (hole, value) = match written.value.split_once('=') {
            Some((hole, value)) => (hole.trim(), Some(value.trim().to_owned())),
            None => (written.as_str(), None),
        };
        let Some(param) = hole.strip_prefix('$').filter(|name| is_name(name)) else {
            let fault = Fault::new(FaultKind::Syntax, node.span, format!("`{}` is no condition", written.value));
            return cx.sink.refuse(fault.help("write `$param` or `$param = value`"));
        };
        Some(At::new(ConditionDecl { param: param.to_owned(), value }, node.span))
    }
}

/// A path below the host.
pub(crate) enum Path {}

impl Kind for Path {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Path;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        text(node, cx.what, cx.sink).and_then(|written| path(written, cx.sink))
    }
}

/// Templates by name, none of which is sent without a value.
pub(crate) enum Query {}

impl Kind for Query {
    type Value = Vec<(At<String>, TemplateDecl)>;
    const HOLDS: Holds = Holds::Map(&Holds::Template);

    fn read(node: &Node, cx: Cx<'_>) -> Option<Self::Value> {
        let entries = entries(node, cx.sink);
        for entry in entries.iter().filter(|entry| entry.always) {
            let message = format!("{} has no key that is always sent", cx.what);
            let fault = Fault::new(FaultKind::Syntax, entry.key.span, message);
            cx.sink.report(fault.help("take the `!` away"));
        }
        Some(entries.into_iter().map(|entry| (entry.key, entry.value)).collect())
    }
}

impl Kind for TakeDecl {
    type Value = TakeDecl;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<TakeDecl> {
        Some(TakeDecl { name: cx.name?.clone(), path: answer_path(node, cx.sink) })
    }
}

/// A request that is sent on a condition is not the one that is sent when no other is.
pub(crate) fn when_or_else(_: &mut CaseDecl, map: &mut Entries<'_>, sink: &Sink) {
    if let Some(span) = map.key_span("else").filter(|_| map.has("when")) {
        let message = "a request has either `when` or `else`, and this has both";
        sink.report(Fault::new(FaultKind::Contradiction, span, message));
    }
}

/// Without the key by which a repetition is known none is refused.
pub(crate) fn known_repetition(_: &mut RequestDecl, map: &mut Entries<'_>, sink: &Sink) {
    if let Some(span) = map.key_span("repeated").filter(|_| !map.has("repeat_key")) {
        let message = "`repeated` tells how a repetition is refused, and nothing makes a repetition known";
        let fault = Fault::new(FaultKind::Contradiction, span, message);
        sink.report(fault.help("name with `repeat_key` what the service knows it by, or drop `repeated`"));
    }
}
