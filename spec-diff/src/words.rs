//! The parts of a model in the words of the spec language: to compare them, to show them and to know them again.

use tool_spec::model::{
    Condition, Expected, Fan, Filter, Hole, Hop, Keep, KeepTest, Limits, Outcomes, Root, Rule, Source, Text, TextPart,
    Timeline, Value, Which,
};

/// Where a value comes from, without what is told when it cannot be had.
pub(super) fn source(source: &Source) -> String {
    match source {
        Source::Constant(json) => json.to_string(),
        Source::FreshUuid => "{fresh: uuid}".to_owned(),
        Source::Hash(names) => format!("{{hash: [{}]}}", names.join(", ")),
        Source::First { param, field } => format!("{{first: {param}.{field}}}"),
        Source::SameAs(name) => format!("{{same_as: ${name}}}"),
        Source::DaysAgo(0) => "{now: true}".to_owned(),
        Source::DaysAgo(days) => format!("{{days_ago: {days}}}"),
        Source::Ask(ask) => match &ask.which {
            Which::Match { fields, .. } => {
                let fields: Vec<String> = fields.iter().map(|(field, with)| format!("{field}: ${with}")).collect();
                format!("{{find: {}, in: {}, where: {{{}}}}}", ask.field, ask.tool, fields.join(", "))
            }
            Which::Only { .. } => format!("{{only: {}, in: {}}}", ask.field, ask.tool),
            Which::Every => format!("{{every: {}, in: {}}}", ask.field, ask.tool),
        },
    }
}

/// What is told when a value cannot be had.
pub(super) fn source_texts(source: &Source) -> String {
    match source {
        Source::Ask(ask) => match &ask.which {
            Which::Match { missing, .. } => text(missing),
            Which::Only { missing, several } => format!("{} {}", text(missing), text(several)),
            Which::Every => String::new(),
        },
        _ => String::new(),
    }
}

/// A worked-out value.
pub(super) fn value(value: &Value) -> String {
    let given = value.given.as_ref().map(|given| format!("${given} or ")).unwrap_or_default();
    format!("{given}{}", source(&value.source))
}

/// What parameters demand of each other, without the reason.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Need { any_of, .. } => format!("need: [{}]", any_of.join(", ")),
        Rule::Order { first, second } => format!("order: [{first}, {second}]"),
    }
}

/// When a request is the one.
pub(super) fn condition(condition: Option<&Condition>) -> String {
    match condition {
        None => "otherwise".to_owned(),
        Some(Condition::Given(param)) => format!("${param}"),
        Some(Condition::Is(param, value)) => format!("${param} = {value}"),
    }
}

/// How one request becomes several, without sizes and outcomes.
pub(super) fn fan(fan: &Fan) -> String {
    match fan {
        Fan::Chunk { of, .. } => format!("chunk of ${of}"),
        Fan::Each { of, .. } => format!("each of ${of}"),
    }
}

/// Where the answers of one request each go.
pub(super) fn outcomes(outcomes: &Outcomes) -> String {
    format!("{{into: {}, item: {}, error: {}}}", outcomes.into, outcomes.item, outcomes.error)
}

/// Which ids are expected back, and where.
pub(super) fn expected(expected: &Expected) -> String {
    format!("{}: {}", expected.param, expected.path.join("."))
}

/// What a kept item's field must be.
pub(super) fn keep(keep: &Keep) -> String {
    match &keep.test {
        KeepTest::Is(value) => value.to_string(),
        KeepTest::Between { from, to } => {
            let ends = [("from", from), ("to", to)];
            let ends = ends.iter().filter_map(|(key, end)| Some(format!("{key}: ${}", end.as_ref()?)));
            format!("{{{}}}", ends.collect::<Vec<_>>().join(", "))
        }
    }
}

/// What makes items lie in time.
pub(super) fn timeline(timeline: &Timeline) -> String {
    format!("{{from: {}, to: {}, time: {}}}", timeline.from, timeline.to, timeline.time.field)
}

/// The limits that there are, each with its name.
pub(super) fn limits(limits: &Limits) -> Vec<(&'static str, i128)> {
    let number = |limit: Option<usize>| limit.and_then(|limit| i128::try_from(limit).ok());
    let all = [
        ("min", limits.min.map(i128::from)),
        ("max", limits.max.map(i128::from)),
        ("min_length", number(limits.min_length)),
        ("max_length", number(limits.max_length)),
        ("min_items", number(limits.min_items)),
        ("max_items", number(limits.max_items)),
    ];
    all.into_iter().filter_map(|(name, limit)| Some((name, limit?))).collect()
}

/// A sentence with its holes.
pub(super) fn text(text: &Text) -> String {
    let parts = text.0.iter().map(|part| match part {
        TextPart::Words(words) => words.clone(),
        TextPart::Hole(root) => format!("{{{}}}", self::root(root)),
    });
    parts.collect()
}

/// A hole, as a template has it.
pub(super) fn hole(hole: &Hole) -> String {
    let path: String = match hole.root {
        Root::Answer => self::path(&hole.path),
        _ => hole.path.iter().map(|hop| format!(".{}", hop.field)).collect(),
    };
    let filters: String = hole.filters.iter().map(|filter| format!(" | {}", self::filter(*filter))).collect();
    format!("${}{path}{filters}", root(&hole.root))
}

/// Fields from an answer on.
pub(super) fn path(hops: &[Hop]) -> String {
    hops.iter().map(|hop| hop.field.as_str()).collect::<Vec<_>>().join(".")
}

/// Where a hole starts.
pub(super) fn root(root: &Root) -> &str {
    match root {
        Root::Param(name) | Root::Value(name) | Root::Element(name) => name,
        Root::Item => "item",
        Root::Key => "key",
        Root::Answer => "",
    }
}

fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::Date => "date",
        Filter::EndDate => "end_date",
        Filter::UntilToday => "until_today",
    }
}
