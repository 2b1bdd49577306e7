//! Entries as lines of YAML; the formatter sees to their form.

use super::parts::{Draft, Param, Sent};
use super::words::{self, yaml};
use tool_spec::is_free_method;
use tool_spec::model::{EnumValue, Field, Limits, Spec, Ty, Type, TypeKind, Verb};
use tool_spec::names::snake;

/// A tool's entry, below `tools:`.
pub(super) fn tool(draft: &Draft, spec: &Spec, example: Option<String>, review: &mut Vec<String>) -> String {
    let service = draft.name.split('_').next().unwrap_or_default();
    let (method, title) = words::method_and_title(&draft.name, service, &draft.group);
    let method = free_method(&snake(&method), draft, spec);
    let about = words::third_person(&title);
    review.push(format!("{}: {about}", draft.name));
    let mut out = format!("  {}:\n    method: {method}\n    title: {}\n", draft.name, yaml(&title));
    out.push_str(&format!("    about: {}\n    effect: {}\n", yaml(&about), effect(draft)));
    if !draft.params.is_empty() {
        out.push_str("    params:\n");
    }
    for Param { name, ty, required, facts, .. } in &draft.params {
        let (required, about) = (flag("required", *required), facts.sentence(name, ty));
        review.push(format!("{}, {name}: {about}", draft.name));
        let (limits, about) = (limits(&facts.limits), yaml(&about));
        out.push_str(&format!("      {name}: {{type: {ty}, {required}{limits}about: {about}}}\n"));
    }
    out.push_str(&request(draft));
    out.push_str(&format!("    answer: {}\n", draft.answer));
    if let Some(items) = &draft.items {
        out.push_str(&format!("    items: {items}\n"));
    }
    if let Some(param) = paging(draft, spec) {
        out.push_str(&format!("    paging: ${param}\n"));
    }
    if draft.deprecated {
        let about = "The service says that this is not to be used any more.";
        out.push_str(&format!("    deprecated: {about}\n"));
        review.push(format!("{}, deprecated: {about}", draft.name));
    }
    if let Some(example) = example {
        out.push_str(&format!("    example: {example}\n"));
    }
    out
}

/// The parameter that takes the cursor of the service's pages, if the answer is one.
fn paging<'d>(draft: &'d Draft, spec: &Spec) -> Option<&'d str> {
    let type_of = |model: &str, field: &str| {
        draft.fields(model, spec)?.iter().find(|member| member.name == field).map(|member| member.ty.to_string())
    };
    let cursor = &spec.service.paging_cursor;
    type_of(&type_of(&draft.answer, &spec.service.paging_envelope)?, cursor)?;
    let takes = |param: &&Param| param.sent_as == *cursor && param.ty == Ty::String && !param.required;
    draft.params.iter().find(takes).map(|param| param.name.as_str())
}

/// The method, with its group's name and a number as far as it takes to be one that is free.
fn free_method(best: &str, draft: &Draft, spec: &Spec) -> String {
    let longer = format!("{best}_{}", draft.group);
    let numbered = (2..).map(|number| format!("{longer}_{number}"));
    let mut all = [best.to_owned(), longer.clone()].into_iter().chain(numbered);
    all.find(|name| is_free_method(name, &draft.group, spec)).unwrap_or(longer)
}

fn effect(draft: &Draft) -> &str {
    let by_verb = match draft.verb {
        Verb::Get => "read",
        Verb::Delete => "destructive",
        Verb::Post | Verb::Put | Verb::Patch => "write",
    };
    draft.effect.as_deref().unwrap_or(by_verb)
}

fn request(draft: &Draft) -> String {
    let verb = draft.verb.as_str().to_ascii_lowercase();
    let scopes: Vec<String> = draft.scopes.iter().map(|scope| yaml(scope)).collect();
    let scope = if let [one] = scopes.as_slice() { one.clone() } else { format!("[{}]", scopes.join(", ")) };
    let mut out = format!("    request:\n      {verb}: {}\n      scope: {scope}\n", words::yaml_line(&draft.path));
    // Beside a file everything is a part of the form.
    let is_form = draft.params.iter().any(|param| param.sent == Sent::Part);
    let place_of = |param: &Param| match param.sent {
        Sent::Body if is_form => Sent::Part,
        sent => sent,
    };
    for place in [Sent::Query, Sent::Body, Sent::Part] {
        let fixed = draft.fixed.iter().filter(|_| place == Sent::Query).map(|(key, value)| {
            // Text that begins with `$` or `.` would be a hole.
            let sign = value.chars().next().filter(|first| "$.".contains(*first));
            let value = sign.map_or(value.clone(), |sign| format!("{sign}{value}"));
            format!("{}: {}", yaml(key), yaml(&value))
        });
        let sent = draft.params.iter().filter(|param| place_of(param) == place);
        let sent = sent.map(|param| format!("{}: ${}", yaml(&param.sent_as), param.name));
        let pairs: Vec<String> = fixed.chain(sent).collect();
        if !pairs.is_empty() {
            out.push_str(&format!("      {}: {{{}}}\n", place.as_str(), pairs.join(", ")));
        }
    }
    out
}

fn flag(key: &str, is_so: bool) -> String {
    if is_so { format!("{key}: true, ") } else { String::new() }
}

fn limits(limits: &Limits) -> String {
    let numbers = limits.numbers().into_iter().filter_map(|(key, limit)| Some(format!("{key}: {}, ", limit?)));
    numbers.chain([flag("unique", limits.unique)]).collect()
}

pub(super) fn ty(ty: &Type, review: &mut Vec<String>) -> String {
    review.push(format!("{}: {}", ty.name, ty.about));
    let mut out = format!("{}:\n  about: {}\n", ty.name, yaml(&ty.about));
    match &ty.kind {
        // Without any it says so.
        TypeKind::Model(fields) if fields.is_empty() => out.push_str("  fields: {}\n"),
        TypeKind::Model(fields) => {
            out.push_str("  fields:\n");
            for Field { name, ty: of, about, always, required, limits, .. } in fields {
                review.push(format!("{}, {name}: {about}", ty.name));
                let flags = flag("always", *always) + &flag("required", *required);
                let (name, limits, about) = (yaml(name), self::limits(limits), yaml(about));
                out.push_str(&format!("    {name}: {{type: {of}, {flags}{limits}about: {about}}}\n"));
            }
        }
        TypeKind::Enum(values) => {
            out.push_str("  enum:\n");
            for EnumValue { name, sends, about } in values {
                review.push(format!("{}, {name}: {about}", ty.name));
                let (name, about) = (yaml(name), yaml(about));
                let value = match sends {
                    Some(sends) => format!("{{sends: {}, about: {about}}}", yaml(sends)),
                    None => about,
                };
                out.push_str(&format!("    {name}: {value}\n"));
            }
        }
    }
    out
}
