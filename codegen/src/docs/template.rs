//! A template as JSON with holes, much as the spec writes it.

use tool_spec::model::{Entry, Filter, Hole, Json, Root, Template};

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
    let line = on_one_line(template);
    if indent + line.len() <= SHORT {
        return line;
    }
    match template {
        Template::Object(entries) => object(entries, indent),
        Template::List(elements) => list(elements.iter().map(|element| broken(element, indent + 2)), indent),
        Template::For { over, element } => {
            list(std::iter::once(format!("{} for each of {}", broken(element, indent + 2), hole(over))), indent)
        }
        Template::Constant(value @ (Json::Object(_) | Json::Array(_))) => broken(&without_holes(value), indent),
        Template::Constant(_) | Template::Hole(_) | Template::Has { .. } => line,
    }
}

fn object(entries: &[Entry], indent: usize) -> String {
    let members = entries.iter().map(|entry| format!("{}: {}", key(entry), broken(&entry.value, indent + 2)));
    format!("{{{}}}", members_of(members, indent))
}

fn list(elements: impl Iterator<Item = String>, indent: usize) -> String {
    format!("[{}]", members_of(elements, indent))
}

fn members_of(members: impl Iterator<Item = String>, indent: usize) -> String {
    let inner = " ".repeat(indent + 2);
    let members: Vec<String> = members.map(|member| format!("{inner}{member}")).collect();
    format!("\n{}\n{}", members.join(",\n"), " ".repeat(indent))
}

fn on_one_line(template: &Template) -> String {
    match template {
        Template::Constant(value @ (Json::Object(_) | Json::Array(_))) => on_one_line(&without_holes(value)),
        Template::Constant(value) => value.to_string(),
        Template::Hole(of) => hole(of),
        Template::Has { param, value, then: None } => format!("true if ${param} has {value}"),
        Template::Has { param, value, then: Some(then) } => format!("{then} if ${param} has {value}"),
        Template::Object(entries) => {
            let members = entries.iter().map(|entry| format!("{}: {}", key(entry), on_one_line(&entry.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Template::List(elements) => {
            format!("[{}]", elements.iter().map(on_one_line).collect::<Vec<_>>().join(", "))
        }
        Template::For { over, element } => format!("[{} for each of {}]", on_one_line(element), hole(over)),
    }
}

/// A key that is always sent has the mark that the spec gives it.
fn key(entry: &Entry) -> String {
    format!("\"{}{}\"", entry.key, if entry.always { "!" } else { "" })
}

/// A hole, such as `$to_date_time | end_date`.
pub(super) fn hole(hole: &Hole) -> String {
    let root = root(&hole.root);
    let mut steps: Vec<&str> = root.into_iter().collect();
    steps.extend(hole.path.iter().map(|hop| hop.field.as_str()));
    let filters = hole.filters.iter().map(|filter| match filter {
        Filter::Date => " | date",
        Filter::EndDate => " | end_date",
        Filter::UntilToday => " | until_today",
    });
    format!("${}{}", steps.join("."), filters.collect::<String>())
}

/// The name by which a template calls a value; an answer's fields are called by their own names.
pub(super) fn root(root: &Root) -> Option<&str> {
    match root {
        Root::Param(name) | Root::Value(name) | Root::Element(name) => Some(name),
        Root::Item => Some("item"),
        Root::Key => Some("key"),
        Root::Answer => None,
    }
}
