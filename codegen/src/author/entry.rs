//! Entries as lines of YAML; the formatter sees to their form.

use super::{Draft, DraftKind, DraftParam, DraftType, DraftValue, Facts, Place, words};
use tool_spec::is_free_method;
use tool_spec::model::{Limits, Spec, Verb};
use tool_spec::names::snake;

/// A tool's entry, below `tools:`.
pub(super) fn tool(draft: &Draft, spec: &Spec, example: Option<String>, review: &mut Vec<String>) -> String {
    let service = draft.name.split('_').next().unwrap_or_default();
    let (method, title) = words::method_and_title(&draft.name, service, &draft.group);
    let method = free_method(&snake(&method), draft, spec);
    let about = words::third_person(&title);
    review.push(format!("{}: {about}", draft.name));
    let mut out = format!("  {}:\n    method: {method}\n    title: {}\n", draft.name, words::yaml(&title));
    out.push_str(&format!("    about: {}\n    effect: {}\n", words::yaml(&about), effect(draft)));
    if !draft.params.is_empty() {
        out.push_str("    params:\n");
    }
    for param in &draft.params {
        let about = said(&param.name, &param.ty, &param.facts);
        review.push(format!("{}, {}: {about}", draft.name, param.name));
        let required = if param.required { "required: true, " } else { "" };
        let (limits, about) = (limits(&param.facts.limits), words::yaml(&about));
        out.push_str(&format!("      {}: {{type: {}, {required}{limits}about: {about}}}\n", param.name, param.ty));
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
        out.push_str("    deprecated: The service says that this is not to be used any more.\n");
        review.push(format!("{}, deprecated: The service says that this is not to be used any more.", draft.name));
    }
    if let Some(example) = example {
        out.push_str(&format!("    example: {example}\n"));
    }
    out
}

/// The parameter that takes the cursor of the service's pages, if the answer is one.
fn paging<'d>(draft: &'d Draft, spec: &Spec) -> Option<&'d str> {
    let type_of = |model: &str, field: &str| match draft.types.iter().find(|ty| ty.name == model).map(|ty| &ty.kind) {
        Some(DraftKind::Model(fields)) => fields.iter().find(|other| other.name == field).map(|field| field.ty.clone()),
        Some(DraftKind::Enum(_)) => None,
        None => spec.fields(model).iter().find(|other| other.name == field).map(|field| field.ty.to_string()),
    };
    let envelope = type_of(&draft.answer, &spec.service.paging_envelope)?;
    type_of(&envelope, &spec.service.paging_cursor)?;
    let takes =
        |param: &&DraftParam| param.sent_as == spec.service.paging_cursor && param.ty == "string" && !param.required;
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
    let verb = match draft.verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Put => "put",
        Verb::Patch => "patch",
        Verb::Delete => "delete",
    };
    let scopes: Vec<String> = draft.scopes.iter().map(|scope| words::yaml(scope)).collect();
    let scope = if let [one] = scopes.as_slice() { one.clone() } else { format!("[{}]", scopes.join(", ")) };
    let mut out = format!("    request:\n      {verb}: {}\n      scope: {scope}\n", words::yaml_line(&draft.path));
    for (place, key) in [(Place::Query, "query"), (Place::Body, "body")] {
        let fixed = draft.fixed.iter().filter(|_| place == Place::Query).map(|(key, value)| {
            // Text that begins with `$` or `.` would be a hole.
            let sign = value.chars().next().filter(|first| "$.".contains(*first));
            let value = sign.map_or(value.clone(), |sign| format!("{sign}{value}"));
            format!("{}: {}", words::yaml(key), words::yaml(&value))
        });
        let sent = draft.params.iter().filter(|param| param.place == place);
        let sent = sent.map(|param: &DraftParam| format!("{}: ${}", words::yaml(&param.sent_as), param.name));
        let pairs: Vec<String> = fixed.chain(sent).collect();
        if !pairs.is_empty() {
            out.push_str(&format!("      {key}: {{{}}}\n", pairs.join(", ")));
        }
    }
    out
}

/// The sentence for a field or a parameter, with what else is known of it.
fn said(name: &str, ty: &str, facts: &Facts) -> String {
    let mut about = words::of_field(name, ty);
    if let Some(default) = &facts.default {
        about = format!("{}; left out, `{default}`.", about.trim_end_matches('.'));
    }
    if facts.deprecated {
        about.push_str(" It is not to be used any more.");
    }
    about
}

fn limits(limits: &Limits) -> String {
    let number = |key: &str, value: Option<i64>| value.map(|value| format!("{key}: {value}, "));
    let size = |key: &str, value: Option<usize>| value.map(|value| format!("{key}: {value}, "));
    let all = [
        number("min", limits.min),
        number("max", limits.max),
        size("min_length", limits.min_length),
        size("max_length", limits.max_length),
        size("min_items", limits.min_items),
        size("max_items", limits.max_items),
        limits.unique.then(|| "unique: true, ".to_owned()),
    ];
    all.into_iter().flatten().collect()
}

/// A type's entry.
pub(super) fn ty(ty: &DraftType, review: &mut Vec<String>) -> String {
    let about = words::sentence(&ty.name);
    review.push(format!("{}: {about}", ty.name));
    let mut out = format!("{}:\n  about: {}\n", ty.name, words::yaml(&about));
    match &ty.kind {
        DraftKind::Model(fields) => {
            out.push_str("  fields:\n");
            // Without any it says so.
            if fields.is_empty() {
                out = out.replace("  fields:\n", "  fields: {}\n");
            }
            for field in fields {
                let about = said(&field.name, &field.ty, &field.facts);
                review.push(format!("{}, {}: {about}", ty.name, field.name));
                let always = if field.always { "always: true, " } else { "" };
                let required = if field.required { "required: true, " } else { "" };
                let (name, limits, about) =
                    (words::yaml(&field.name), limits(&field.facts.limits), words::yaml(&about));
                out.push_str(&format!(
                    "    {name}: {{type: {}, {always}{required}{limits}about: {about}}}\n",
                    field.ty
                ));
            }
        }
        DraftKind::Enum(values) => {
            out.push_str("  enum:\n");
            for DraftValue { name, sends } in values {
                let about = words::of_value(name);
                review.push(format!("{}, {name}: {about}", ty.name));
                let (name, about) = (words::yaml(name), words::yaml(&about));
                match sends {
                    Some(sends) => {
                        out.push_str(&format!("    {name}: {{sends: {}, about: {about}}}\n", words::yaml(sends)))
                    }
                    None => out.push_str(&format!("    {name}: {about}\n")),
                }
            }
        }
    }
    out
}
