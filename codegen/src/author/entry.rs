//! Entries as lines of YAML; the formatter sees to their form.

use super::{Draft, DraftKind, DraftParam, DraftType, Place, words};
use crate::model::Verb;
use crate::names::snake;

/// A tool's entry, below `tools:`.
pub(super) fn tool(draft: &Draft, example: Option<String>, review: &mut Vec<String>) -> String {
    let service = draft.name.split('_').next().unwrap_or_default();
    let (method, title) = words::method_and_title(&draft.name, service, &draft.group);
    let about = words::third_person(&title);
    review.push(format!("{}: {about}", draft.name));
    let mut out = format!("  {}:\n    method: {}\n    title: {}\n", draft.name, snake(&method), words::yaml(&title));
    out.push_str(&format!("    about: {}\n    effect: {}\n", words::yaml(&about), effect(draft)));
    if !draft.params.is_empty() {
        out.push_str("    params:\n");
    }
    for param in &draft.params {
        let about = words::of_field(&param.name, &param.ty);
        review.push(format!("{}, {}: {about}", draft.name, param.name));
        let required = if param.required { "required: true, " } else { "" };
        let about = words::yaml(&about);
        out.push_str(&format!("      {}: {{type: {}, {required}about: {about}}}\n", param.name, param.ty));
    }
    out.push_str(&request(draft));
    out.push_str(&format!("    answer: {}\n", draft.answer));
    if let Some(items) = &draft.items {
        out.push_str(&format!("    items: {items}\n"));
    }
    if let Some(example) = example {
        out.push_str(&format!("    example: {example}\n"));
    }
    out
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
    let mut out = format!("    request:\n      {verb}: {}\n      scope: {}\n", draft.path, words::yaml(&draft.scope));
    for (place, key) in [(Place::Query, "query"), (Place::Body, "body")] {
        let sent: Vec<&DraftParam> = draft.params.iter().filter(|param| param.place == place).collect();
        if !sent.is_empty() {
            let pairs: Vec<String> =
                sent.iter().map(|param| format!("{}: ${}", words::yaml(&param.sent_as), param.name)).collect();
            out.push_str(&format!("      {key}: {{{}}}\n", pairs.join(", ")));
        }
    }
    out
}

/// A type's entry.
pub(super) fn ty(ty: &DraftType, review: &mut Vec<String>) -> String {
    let about = words::sentence(&ty.name);
    review.push(format!("{}: {about}", ty.name));
    let mut out = format!("{}:\n  about: {}\n", ty.name, words::yaml(&about));
    match &ty.kind {
        DraftKind::Model(fields) => {
            out.push_str("  fields:\n");
            for (name, of, required) in fields {
                let about = words::of_field(name, of);
                review.push(format!("{}, {name}: {about}", ty.name));
                let required = if *required { "required: true, " } else { "" };
                let (name, about) = (words::yaml(name), words::yaml(&about));
                out.push_str(&format!("    {name}: {{type: {of}, {required}about: {about}}}\n"));
            }
        }
        DraftKind::Enum(values) => {
            out.push_str("  enum:\n");
            for value in values {
                let about = format!("{}.", words::capitalised(value));
                review.push(format!("{}, {value}: {about}", ty.name));
                out.push_str(&format!("    {}: {}\n", words::yaml(value), words::yaml(&about)));
            }
        }
    }
    out
}
