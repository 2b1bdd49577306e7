//! `tools/GROUP.yaml`: a group of tools, and of each tool everything but its requests.

use super::decl::{
    GroupDecl, KeepDecl, KeepTestDecl, LimitsDecl, ParamDecl, RuleDecl, SourceDecl, TimelineDecl, ToolDecl, ValueDecl,
    WhichDecl,
};
use super::entries::{
    Entries, bare_name, boolean, count, filled, hole_name, list, one_of, pairs, sentence, sentences, text, texts, word,
};
use super::request::plan;
use super::types::{about, limits_of, type_expr};
use crate::fault::{Fault, FaultKind, Sink, listed};
use crate::model::Effect;
use crate::source::At;
use crate::syntax::{Node, NodeKind};

/// What a map begins with that is a source and no constant.
pub(crate) const SOURCES: [&str; 9] = ["fresh", "hash", "first", "same_as", "now", "days_ago", "find", "only", "every"];

pub(crate) fn group(root: &Node, name: At<String>, source: &str, sink: &Sink) -> Option<GroupDecl> {
    let mut map = Entries::of(root, "a group of tools", name.span, sink)?;
    let about = map.need("about", sink).and_then(|node| about(node, sink));
    let tools = map.need("tools", sink).and_then(|node| pairs(node, "`tools`", sink));
    map.finish(sink);
    let partial = tools.is_none();
    let tools = tools.unwrap_or_default().iter().filter_map(|(key, node)| tool(key, node, sink)).collect();
    Some(GroupDecl { name, about, source: source.to_owned(), tools, partial })
}

fn tool(key: &Node, node: &Node, sink: &Sink) -> Option<ToolDecl> {
    let before = sink.count();
    let name = text(key, "a tool's name", sink)?;
    let mut map = Entries::of(node, &format!("`{}`", name.value), key.span, sink)?;
    let line = |node: Option<&Node>, what: &str| node.and_then(|node| text(node, what, sink));
    let all = |node: Option<&Node>, what: &str, one: &str| -> Vec<String> {
        let sentences = node.map(|node| sentences(node, what, one, sink)).unwrap_or_default();
        sentences.into_iter().map(|sentence| sentence.value).collect()
    };
    let mut tool = ToolDecl {
        method: line(map.need("method", sink), "`method`"),
        title: line(map.need("title", sink), "`title`").map(|title| title.value),
        about: map.need("about", sink).and_then(|node| about(node, sink)),
        effect: map.need("effect", sink).and_then(|node| effect(node, sink)),
        extra: flag(map.take("extra", sink), "`extra`", sink),
        params: each(map.take("params", sink), "`params`", param, sink),
        values: each(map.take("values", sink), "`values`", value, sink),
        rules: rules(map.take("rules", sink), sink),
        plan: plan(&mut map, sink),
        answer: map.need("answer", sink).and_then(|node| bare_name(node, "`answer`", sink)),
        items: map.take("items", sink).and_then(|node| bare_name(node, "`items`", sink)),
        newest_first: map.take("newest_first", sink).and_then(|node| timeline(node, sink)),
        newest_first_at: map.key_span("newest_first"),
        keep: each(map.take("keep", sink), "`keep`", keep, sink),
        keep_at: map.key_span("keep"),
        expects: each(map.take("expects", sink), "`expects`", expected, sink).into_iter().flatten().collect(),
        expects_at: map.key_span("expects"),
        notices: all(map.take("notices", sink), "`notices`", "a notice"),
        notes: all(map.take("notes", sink), "`notes`", "a note"),
        deprecated: map
            .take("deprecated", sink)
            .and_then(|node| sentence(node, "`deprecated`", sink))
            .map(|at| at.value),
        example: map.take("example", sink).cloned(),
        partial: false,
        name,
    };
    map.finish(sink);
    tool.partial = sink.count() > before;
    Some(tool)
}

/// What a map declares under its keys.
fn each<T>(node: Option<&Node>, what: &str, read: impl Fn(At<String>, &Node, &Sink) -> T, sink: &Sink) -> Vec<T> {
    let pairs = node.and_then(|node| pairs(node, what, sink)).unwrap_or_default();
    pairs.iter().filter_map(|(key, node)| Some(read(text(key, "a name", sink)?, node, sink))).collect()
}

fn expected(param: At<String>, node: &Node, sink: &Sink) -> Option<(At<String>, At<String>)> {
    bare_name(node, "the item's field", sink).map(|field| (param, field))
}

fn effect(node: &Node, sink: &Sink) -> Option<Effect> {
    let effects = [Effect::Read, Effect::Write, Effect::Destructive].map(|effect| (effect.as_str(), effect));
    one_of(node, "`effect`", &effects, sink)
}

/// Whether a key that is false unless it is there says true.
fn flag(node: Option<&Node>, what: &str, sink: &Sink) -> bool {
    node.and_then(|node| boolean(node, what, sink)).is_some_and(|flag| flag.value)
}

fn param(name: At<String>, node: &Node, sink: &Sink) -> ParamDecl {
    let mut param = ParamDecl {
        name,
        ty: None,
        about: None,
        required: false,
        extra: false,
        default: None,
        limits: LimitsDecl::default(),
        notice: None,
    };
    let Some(mut map) = Entries::of(node, "a parameter", param.name.span, sink) else { return param };
    param.ty = map.need("type", sink).and_then(|node| type_expr(node, sink));
    param.about = map.need("about", sink).and_then(|node| about(node, sink));
    param.required = flag(map.take("required", sink), "`required`", sink);
    param.extra = flag(map.take("extra", sink), "`extra`", sink);
    param.default = map.take("default", sink).map(|node| source(node, sink));
    param.limits = limits_of(&mut map, sink);
    param.notice = map.take("notice", sink).and_then(|node| sentence(node, "`notice`", sink));
    map.finish(sink);
    param
}

fn value(name: At<String>, node: &Node, sink: &Sink) -> ValueDecl {
    let mut value = ValueDecl { name, given: None, source: None };
    // Beside a parameter a map may be a constant; here it never is.
    if !matches!(node.kind, NodeKind::Map(_)) {
        value.source = source(node, sink);
        return value;
    }
    let Some(mut map) = Entries::of(node, "a source", value.name.span, sink) else { return value };
    value.given = map.take("given", sink).and_then(|node| hole_name(node, "`given`", sink));
    value.source = named_source(&mut map, sink).map(|source| At::new(source, node.head()));
    map.finish(sink);
    value
}

fn source(node: &Node, sink: &Sink) -> Option<At<SourceDecl>> {
    if !is_source(node) {
        return Some(At::new(SourceDecl::Constant(node.clone()), node.head()));
    }
    let mut map = Entries::of(node, "a source", node.head(), sink)?;
    let source = named_source(&mut map, sink);
    map.finish(sink);
    source.map(|source| At::new(source, node.head()))
}

/// Whether a node is written as a source rather than a constant.
fn is_source(node: &Node) -> bool {
    let NodeKind::Map(pairs) = &node.kind else { return false };
    let is = |key: &str| pairs.iter().any(|(written, _)| word(written) == Some(key));
    SOURCES.iter().any(|key| is(key))
}

fn named_source(map: &mut Entries<'_>, sink: &Sink) -> Option<SourceDecl> {
    if let Some(node) = map.take("fresh", sink) {
        return one_of(node, "`fresh`", &[("uuid", ())], sink).map(|()| SourceDecl::FreshUuid);
    }
    if let Some(node) = map.take("hash", sink) {
        let names = filled(node, "`hash`", sink)?;
        return Some(SourceDecl::Hash(
            names.iter().filter_map(|name| bare_name(name, "a parameter to hash", sink)).collect(),
        ));
    }
    if let Some(node) = map.take("first", sink) {
        return first(node, sink);
    }
    if let Some(node) = map.take("same_as", sink) {
        return hole_name(node, "`same_as`", sink).map(SourceDecl::SameAs);
    }
    if let Some(node) = map.take("now", sink) {
        return one_of(node, "`now`", &[("true", ())], sink).map(|()| SourceDecl::DaysAgo(0));
    }
    if let Some(node) = map.take("days_ago", sink) {
        return count(node, 0, "`days_ago`", sink).map(|days| SourceDecl::DaysAgo(days.value));
    }
    ask(map, sink)
}

fn first(node: &Node, sink: &Sink) -> Option<SourceDecl> {
    let path = bare_name(node, "the list parameter", sink)?;
    match path.value.split_once('.') {
        Some((param, field)) if !field.contains('.') => Some(SourceDecl::First {
            param: At::new(param.to_owned(), path.span),
            field: At::new(field.to_owned(), path.span),
        }),
        _ => {
            let message = "`first` names a list parameter and a field of its elements";
            sink.report(Fault::new(FaultKind::Syntax, path.span, message).help("write `{first: parties.userId}`"));
            None
        }
    }
}

fn ask(map: &mut Entries<'_>, sink: &Sink) -> Option<SourceDecl> {
    let find = map.take("find", sink);
    let only = map.take("only", sink);
    let every = map.take("every", sink);
    if !["find", "only", "every"].iter().any(|key| map.has(key)) {
        let message = format!("this says no source: one of {}", listed(&SOURCES));
        map.lacks(&SOURCES, Fault::new(FaultKind::Missing, map.at, message));
        return None;
    }
    let field = find.or(only).or(every).and_then(|node| bare_name(node, "the item's field", sink));
    let tool = map.need("in", sink).and_then(|node| bare_name(node, "`in`", sink));
    if find.is_none() {
        map.only_beside("where", "find", sink);
    }
    if only.is_none() {
        map.only_beside("several", "only", sink);
    }
    if find.is_none() && only.is_none() {
        map.only_beside("missing", "find", sink);
    }
    let which = if find.is_some() {
        let fields = map.need("where", sink).map(|node| conditions(node, sink));
        let missing = map.need("missing", sink).and_then(|node| sentence(node, "`missing`", sink));
        WhichDecl::Match { fields: fields?, missing: missing? }
    } else if only.is_some() {
        let missing = map.need("missing", sink).and_then(|node| sentence(node, "`missing`", sink));
        let several = map.need("several", sink).and_then(|node| sentence(node, "`several`", sink));
        WhichDecl::Only { missing: missing?, several: several? }
    } else {
        WhichDecl::Every
    };
    Some(SourceDecl::Ask { field: field?, tool: tool?, which })
}

fn conditions(node: &Node, sink: &Sink) -> Vec<(At<String>, At<String>)> {
    let pairs = pairs(node, "`where`", sink).unwrap_or_default();
    if matches!(&node.kind, NodeKind::Map(pairs) if pairs.is_empty()) {
        sink.report(Fault::new(FaultKind::Missing, node.span, "`where` says by which fields an item is found"));
    }
    pairs
        .iter()
        .filter_map(|(field, with)| {
            Some((text(field, "a field", sink)?, hole_name(with, "what a field is compared with", sink)?))
        })
        .collect()
}

fn rules(node: Option<&Node>, sink: &Sink) -> Vec<RuleDecl> {
    let rules = node.and_then(|node| list(node, "`rules`", sink)).unwrap_or_default();
    rules.iter().filter_map(|node| rule(node, sink)).collect()
}

fn rule(node: &Node, sink: &Sink) -> Option<RuleDecl> {
    let mut map = Entries::of(node, "a rule", node.head(), sink)?;
    let (order, any_of) = (map.take("order", sink), map.take("need", sink));
    let rule = if let Some(order) = order {
        map.only_beside("because", "need", sink);
        if any_of.is_some() {
            let message = "a rule has either `need` or `order`, and this has both";
            sink.report(Fault::new(FaultKind::Contradiction, order.head(), message));
        }
        let ends = Some(order).map(|node| (node, texts(node, "a parameter", sink)));
        ends.and_then(|(node, ends)| match <[At<String>; 2]>::try_from(ends) {
            Ok([first, second]) => Some(RuleDecl::Order { first, second }),
            Err(_) => {
                let message = "`order` names two parameters, the earlier one first";
                sink.report(Fault::new(FaultKind::Syntax, node.head(), message));
                None
            }
        })
    } else {
        if !map.has("need") && !map.has("order") {
            let message = "a rule has either `need` or `order`";
            map.lacks(&["need", "order"], Fault::new(FaultKind::Missing, map.at, message));
        }
        let any_of_is_there = any_of.is_some();
        let any_of = any_of.and_then(|node| filled(node, "`need`", sink)).unwrap_or_default();
        let any_of = any_of.iter().filter_map(|node| bare_name(node, "a parameter", sink)).collect();
        let because = if any_of_is_there { map.need("because", sink) } else { map.take("because", sink) };
        let because = because.and_then(|node| sentence(node, "`because`", sink));
        Some(RuleDecl::Need { any_of, because: because.map(|because| because.value) })
    };
    map.finish(sink);
    rule
}

fn timeline(node: &Node, sink: &Sink) -> Option<TimelineDecl> {
    let mut map = Entries::of(node, "`newest_first`", node.head(), sink)?;
    let from = map.need("from", sink).and_then(|node| bare_name(node, "`from`", sink));
    let to = map.need("to", sink).and_then(|node| bare_name(node, "`to`", sink));
    let time = map.need("time", sink).and_then(|node| bare_name(node, "`time`", sink));
    map.finish(sink);
    Some(TimelineDecl { from: from?, to: to?, time: time? })
}

fn keep(field: At<String>, node: &Node, sink: &Sink) -> KeepDecl {
    let test = match &node.kind {
        NodeKind::Map(_) => Entries::of(node, "a range of days", field.span, sink).and_then(|mut map| {
            let from = map.take("from", sink).and_then(|node| hole_name(node, "`from`", sink));
            let to = map.take("to", sink).and_then(|node| hole_name(node, "`to`", sink));
            if !map.has("from") && !map.has("to") {
                let message = "a range of days has `from`, `to` or both";
                map.lacks(&["from", "to"], Fault::new(FaultKind::Missing, field.span, message));
            }
            map.finish(sink);
            if from.is_none() && to.is_none() {
                return None;
            }
            Some(KeepTestDecl::Between { from, to })
        }),
        _ => Some(KeepTestDecl::Is(node.clone())),
    };
    KeepDecl { field, test }
}
