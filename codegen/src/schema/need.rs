//! What parameters demand of each other, as far as JSON Schema can say it.
//!
//! The demands stand below `then`, as the makers of language models refuse a tool with `anyOf`, `oneOf` or `allOf` at
//! the top of its schema, and with it every other tool of the same request. The condition above them always holds.

use serde_json::{Map, json};

use crate::words;
use tool_spec::model::{Condition, Json, Rule, Source, Tool, Which};

/// Parameters that together are enough.
type Way<'a> = Vec<&'a str>;

/// The members of a tool's schema that demand what its rules do; none when its rules always hold or compare values.
pub(super) fn conditions(tool: &Tool) -> Map<String, Json> {
    let demands = tool.rules.iter().filter_map(|rule| {
        let demand = demand(tool, rule)?;
        match rule.when() {
            Some(when) => Some(json!({"if": holds(tool, when)?, "then": demand})),
            None => Some(demand),
        }
    });
    let demands = demands.collect();
    match joined("allOf", demands) {
        Some(demand) => Map::from_iter([("if".to_owned(), json!({"type": "object"})), ("then".to_owned(), demand)]),
        None => Map::new(),
    }
}

/// Several schemas under a keyword, or the only one by itself.
fn joined(keyword: &str, mut schemas: Vec<Json>) -> Option<Json> {
    if schemas.len() > 1 {
        Some(Map::from_iter([(keyword.to_owned(), Json::from(schemas))]).into())
    } else {
        schemas.pop()
    }
}

fn demand(tool: &Tool, rule: &Rule) -> Option<Json> {
    match rule {
        Rule::Need { any_of, .. } => one_of(tool, any_of),
        Rule::Exclude { of, .. } => {
            let pairs =
                of.iter().enumerate().flat_map(|(at, one)| of.iter().skip(at + 1).map(move |other| [one, other]));
            let pairs = pairs.map(|pair| all_given(tool, &pair.map(String::as_str))).collect();
            joined("anyOf", pairs).map(|pairs| json!({"not": pairs}))
        }
        Rule::Order { .. } => None,
    }
}

/// When a condition holds; nothing if it depends on what becomes of another parameter.
fn holds(tool: &Tool, when: &Condition) -> Option<Json> {
    let (name, value) = match when {
        Condition::Given(name) => return one_of(tool, std::slice::from_ref(name)),
        Condition::Is(name, value) => (name, value),
    };
    let has_value = json!({(name): {"const": value}});
    match tool.params.iter().find(|param| param.name == *name)?.default.as_ref() {
        Some(Source::Constant(default)) if default == value.as_str() => Some(json!({"properties": has_value})),
        Some(Source::Constant(_)) | None => Some(json!({"properties": has_value, "required": [name]})),
        Some(_) => None,
    }
}

/// Each way to give one of these; nothing if one is there in any case.
fn one_of(tool: &Tool, names: &[String]) -> Option<Json> {
    let mut ways: Vec<Way<'_>> = Vec::new();
    for way in names.iter().flat_map(|name| ways_to(tool, name)) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let required = |name: &&str| tool.params.iter().any(|param| param.required && param.name == *name);
    if ways.iter().any(|way| way.iter().all(required)) {
        return None;
    }
    joined("anyOf", ways.iter().map(|way| all_given(tool, way)).collect())
}

/// Each way in which a parameter gets a value: it is given, or its default has what it needs.
fn ways_to<'a>(tool: &'a Tool, name: &'a str) -> Vec<Way<'a>> {
    let default = tool.params.iter().find(|param| param.name == name).and_then(|param| param.default.as_ref());
    let mut ways = vec![vec![name]];
    match default {
        // `false` counts as not given.
        None | Some(Source::Constant(Json::Bool(false))) => {}
        Some(Source::First { param, .. } | Source::SameAs(param)) => ways.push(vec![param]),
        Some(Source::Ask(ask)) => match &ask.which {
            Which::Match { fields, .. } => {
                let is_param = |name: &&str| tool.params.iter().any(|param| param.name == *name);
                ways.push(fields.iter().map(|(_, param)| param.as_str()).filter(is_param).collect());
            }
            Which::Only { .. } | Which::Every => ways.push(Vec::new()),
        },
        Some(Source::Constant(_) | Source::FreshUuid | Source::Hash(_) | Source::DaysAgo(_)) => ways.push(Vec::new()),
    }
    ways
}

fn all_given(tool: &Tool, names: &[&str]) -> Json {
    let must_be_true: Map<String, Json> = names
        .iter()
        .filter(|name| words::is_boolean(&tool.params, name))
        .map(|name| ((*name).to_owned(), json!({"const": true})))
        .collect();
    if must_be_true.is_empty() {
        json!({"required": names})
    } else {
        json!({"properties": must_be_true, "required": names})
    }
}
