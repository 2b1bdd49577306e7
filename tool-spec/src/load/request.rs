//! What a tool sends: one request, one of several, or several in order.

use super::decl::{
    CaseDecl, ChunkDecl, ConditionDecl, EachDecl, OutcomesDecl, PlanDecl, RepeatedDecl, RequestDecl, StepDecl,
    TakeDecl, TemplateDecl,
};
use super::entries::{Entries, bare_name, count, filled, hole_name, is_name, pairs, sentence, text, texts};
use super::path::path;
use super::template::{entries, hole, template};
use crate::fault::{Fault, FaultKind, Sink, listed};
use crate::model::Verb;
use crate::source::At;
use crate::syntax::Node;

const VERBS: [(&str, Verb); 5] =
    [("get", Verb::Get), ("post", Verb::Post), ("put", Verb::Put), ("patch", Verb::Patch), ("delete", Verb::Delete)];

/// `request`, `requests` or `steps` of a tool.
pub(crate) fn plan(map: &mut Entries<'_>, sink: &Sink) -> Option<PlanDecl> {
    let at = map.at;
    let request = map.take("request", sink);
    let requests = map.take("requests", sink);
    let steps = map.take("steps", sink);
    let plan = match (request, requests, steps) {
        (Some(node), None, None) => one(node, sink).map(|case| PlanDecl::Cases(vec![case])),
        (None, Some(node), None) => {
            let cases = filled(node, "`requests`", sink)?;
            Some(PlanDecl::Cases(cases.iter().filter_map(|node| case(node, sink)).collect()))
        }
        (None, None, Some(node)) => {
            let steps = filled(node, "`steps`", sink)?;
            Some(PlanDecl::Steps(steps.iter().filter_map(|node| step(node, sink)).collect()))
        }
        (None, None, None) => {
            let message = "a tool sends something: it needs `request`, `requests` or `steps`";
            map.lacks(&["request", "requests", "steps"], Fault::new(FaultKind::Missing, at, message));
            None
        }
        _ => {
            let message = "a tool has only one of `request`, `requests` and `steps`";
            sink.report(Fault::new(FaultKind::Contradiction, at, message));
            None
        }
    };
    match plan {
        Some(PlanDecl::Cases(cases)) if cases.is_empty() => None,
        Some(PlanDecl::Steps(steps)) if steps.is_empty() => None,
        plan => plan,
    }
}

fn one(node: &Node, sink: &Sink) -> Option<CaseDecl> {
    let mut map = Entries::of(node, "a request", node.head(), sink)?;
    let request = request(&mut map, sink);
    map.finish(sink);
    Some(CaseDecl { when: None, request })
}

fn case(node: &Node, sink: &Sink) -> Option<CaseDecl> {
    let mut map = Entries::of(node, "a request", node.head(), sink)?;
    let when = map.take("when", sink).map(|node| condition(node, sink));
    let request = request(&mut map, sink);
    map.finish(sink);
    Some(CaseDecl { when, request })
}

/// `$param` or `$param = value`.
fn condition(node: &Node, sink: &Sink) -> Option<At<ConditionDecl>> {
    let written = text(node, "`when`", sink)?;
    let (hole, value) = match written.value.split_once('=') {
        Some((hole, value)) => (hole.trim(), Some(value.trim().to_owned())),
        None => (written.as_str(), None),
    };
    match hole.strip_prefix('$').filter(|name| is_name(name)) {
        Some(param) => Some(At::new(ConditionDecl { param: param.to_owned(), value }, node.span)),
        None => {
            let message = format!("`{}` is no condition", written.value);
            sink.report(Fault::new(FaultKind::Syntax, node.span, message).help("write `$param` or `$param = value`"));
            None
        }
    }
}

fn step(node: &Node, sink: &Sink) -> Option<StepDecl> {
    let mut map = Entries::of(node, "a step", node.head(), sink)?;
    let request = request(&mut map, sink);
    let take = map.take("take", sink).and_then(|node| pairs(node, "`take`", sink)).unwrap_or_default();
    let take = take.iter().filter_map(|(key, node)| self::take(key, node, sink)).collect();
    let missing = map.take("missing", sink).and_then(|node| sentence(node, "`missing`", sink));
    let failed = map.take("failed", sink).and_then(|node| sentence(node, "`failed`", sink));
    map.finish(sink);
    Some(StepDecl { request, take, missing, failed })
}

fn take(key: &Node, node: &Node, sink: &Sink) -> Option<TakeDecl> {
    let name = text(key, "a name", sink)?;
    let written = text(node, "a path into the answer", sink);
    let hole = written.and_then(|written| hole(&At::new(written.as_str(), written.span), sink));
    let path = hole.map(|hole| {
        if !hole.filters.is_empty() {
            let message = "what is taken from an answer has no filters";
            sink.report(Fault::new(FaultKind::Contradiction, node.span, message));
        }
        At::new(std::iter::once(hole.root.value).chain(hole.path).collect(), node.span)
    });
    Some(TakeDecl { name, path })
}

/// The keys that every request has, whether it stands alone, under `requests` or as a step.
fn request(map: &mut Entries<'_>, sink: &Sink) -> RequestDecl {
    let (verb, path) = verb_and_path(map, sink);
    let scopes = map.need("scope", sink).map(|node| texts(node, "`scope`", sink)).unwrap_or_default();
    let query = map.take("query", sink).map(|node| query(node, sink)).unwrap_or_default();
    let nothing_found = map.take("nothing_found", sink).map(|node| texts(node, "`nothing_found`", sink));
    RequestDecl {
        at: path.as_ref().map_or(map.at, |path| path.span),
        verb,
        path,
        scopes,
        query,
        body: map.take("body", sink).map(|node| At::new(template(node, sink), node.head())),
        answer: map.take("answer", sink).and_then(|node| bare_name(node, "`answer`", sink)),
        nothing_found: nothing_found.unwrap_or_default(),
        repeat_key: map.take("repeat_key", sink).and_then(|node| hole_name(node, "`repeat_key`", sink)),
        repeated: repeated(map, sink),
        chunk: map.take("chunk", sink).and_then(|node| chunk(node, sink)),
        each: map.take("each", sink).and_then(|node| each(node, sink)),
        outcomes: map.take("outcomes", sink).and_then(|node| outcomes(node, sink)),
        reshape: map.take("reshape", sink).map(|node| At::new(template(node, sink), node.head())),
    }
}

fn verb_and_path(map: &mut Entries<'_>, sink: &Sink) -> (Option<Verb>, Option<At<String>>) {
    let written: Vec<&str> = VERBS.iter().map(|(word, _)| *word).filter(|word| map.has(word)).collect();
    let found = VERBS.map(|(word, verb)| map.take(word, sink).map(|node| (verb, node)));
    if written.is_empty() {
        let verbs = VERBS.map(|(word, _)| word);
        let message = format!("a request needs its verb and path: one of {}", listed(&verbs));
        let fault = Fault::new(FaultKind::Missing, map.at, message).help("write `get: /v2/users`");
        map.lacks(&verbs, fault);
        return (None, None);
    }
    if written.len() > 1 {
        let message = format!("a request has one verb, and this has {}", listed(&written));
        sink.report(Fault::new(FaultKind::Contradiction, map.at, message));
        return (None, None);
    }
    let Some((verb, node)) = found.into_iter().flatten().next() else { return (None, None) };
    (Some(verb), text(node, "a path", sink).and_then(|written| path(written, sink)))
}

fn query(node: &Node, sink: &Sink) -> Vec<(At<String>, TemplateDecl)> {
    let pairs = entries(node, sink);
    pairs
        .into_iter()
        .map(|entry| {
            if entry.always {
                let message = "a query has no key that is always sent";
                sink.report(Fault::new(FaultKind::Syntax, entry.key.span, message).help("take the `!` away"));
            }
            (entry.key, entry.value)
        })
        .collect()
}

fn repeated(map: &mut Entries<'_>, sink: &Sink) -> Option<RepeatedDecl> {
    let node = map.take("repeated", sink)?;
    if !map.has("repeat_key") {
        let message = "`repeated` tells how a repetition is refused, and nothing makes a repetition known";
        let fault = Fault::new(FaultKind::Contradiction, node.head(), message);
        sink.report(fault.help("name with `repeat_key` what the service knows it by, or drop `repeated`"));
    }
    let mut inner = Entries::of(node, "`repeated`", node.head(), sink)?;
    let status = inner.need("status", sink).and_then(|node| count(node, 400, "`status`", sink));
    let message = inner.need("message", sink).and_then(|node| text(node, "`message`", sink));
    inner.finish(sink);
    Some(RepeatedDecl { status: status?, message: message? })
}

fn chunk(node: &Node, sink: &Sink) -> Option<ChunkDecl> {
    let mut map = Entries::of(node, "`chunk`", node.head(), sink)?;
    let of = map.need("of", sink).and_then(|node| hole_name(node, "`of`", sink));
    let size = map.need("size", sink).and_then(|node| count(node, 1, "`size`", sink));
    map.finish(sink);
    Some(ChunkDecl { of: of?, size: size?.value })
}

fn each(node: &Node, sink: &Sink) -> Option<EachDecl> {
    let mut map = Entries::of(node, "`each`", node.head(), sink)?;
    let of = map.need("of", sink).and_then(|node| hole_name(node, "`of`", sink));
    let alias = map.need("as", sink).and_then(|node| bare_name(node, "`as`", sink));
    let per_page = map.take("per_page", sink).and_then(|node| count(node, 1, "`per_page`", sink));
    map.finish(sink);
    Some(EachDecl { of: of?, alias: alias?, per_page })
}

fn outcomes(node: &Node, sink: &Sink) -> Option<OutcomesDecl> {
    let mut map = Entries::of(node, "`outcomes`", node.head(), sink)?;
    let mut field = |key: &'static str| map.need(key, sink).and_then(|node| bare_name(node, &format!("`{key}`"), sink));
    let (into, item, error) = (field("into"), field("item"), field("error"));
    map.finish(sink);
    Some(OutcomesDecl { at: node.head(), into: into?, item: item?, error: error? })
}
