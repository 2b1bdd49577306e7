//! A template as JSON with holes, much as the spec writes it.

use tool_spec::display::joined;
use tool_spec::model::{Entry, Json, Template};

/// Longer than this, an object or a list is written one member a line.
const SHORT: usize = 72;

/// The template over as many lines as it is best read in.
pub(super) fn json(template: &Template) -> String {
    match template {
        Template::Object(entries) if !entries.is_empty() => object(entries, 0),
        other => broken(other, 0),
    }
}

/// JSON in the same manner.
pub(super) fn plain(value: &Json) -> String {
    json(&without_holes(value))
}

fn without_holes(value: &Json) -> Template {
    match value {
        Json::Object(members) => Template::Object(
            members
                .iter()
                .map(|(key, value)| Entry { key: key.clone(), always: false, value: without_holes(value) })
                .collect(),
        ),
        Json::Array(elements) => Template::List(elements.iter().map(without_holes).collect()),
        scalar => Template::Constant(scalar.clone()),
    }
}

fn broken(template: &Template, indent: usize) -> String {
    let line = template.to_string();
    if indent + line.len() <= SHORT {
        return line;
    }
    match template {
        Template::Object(entries) => object(entries, indent),
        Template::List(elements) => list(elements.iter().map(|element| broken(element, indent + 2)), indent),
        Template::For { over, element } => {
            list(std::iter::once(format!("{} for each of {over}", broken(element, indent + 2))), indent)
        }
        Template::When { when, then } => format!("{} if {when}", broken(then, indent)),
        Template::Constant(value @ (Json::Object(_) | Json::Array(_))) => broken(&without_holes(value), indent),
        Template::Constant(_) | Template::Hole(_) | Template::Has { .. } => line,
    }
}

fn object(entries: &[Entry], indent: usize) -> String {
    let members =
        entries.iter().map(|entry| format!("\"{}\": {}", entry.marked_key(), broken(&entry.value, indent + 2)));
    format!("{{{}}}", members_of(members, indent))
}

fn list(elements: impl Iterator<Item = String>, indent: usize) -> String {
    format!("[{}]", members_of(elements, indent))
}

fn members_of(members: impl Iterator<Item = String>, indent: usize) -> String {
    let inner = " ".repeat(indent + 2);
    let members = joined(members.map(|member| format!("{inner}{member}")), ",\n");
    format!("\n{members}\n{}", " ".repeat(indent))
}
