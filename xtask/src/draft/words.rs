//! Sentences made of names. They are neutral on purpose: what a thing means, a person has to say.

use tool_spec::format::plain;
use tool_spec::model::Ty;
use tool_spec::names::snake;

/// The words of a name, in small letters.
pub(super) fn of(name: &str) -> String {
    snake(name).replace('_', " ")
}

/// `The workspace id.`
pub(super) fn sentence(name: &str) -> String {
    match of(name).as_str() {
        "" => "What the service calls so.".to_owned(),
        words => format!("The {words}."),
    }
}

/// A sentence for a field or a parameter of this type.
pub(super) fn of_field(name: &str, ty: &Ty) -> String {
    match ty {
        Ty::Boolean => match of(name).split_once(' ') {
            Some(("is", rest)) => format!("Whether it is {rest}."),
            Some(("has", rest)) => format!("Whether it has {rest}."),
            _ => format!("Whether: {}.", of(name)),
        },
        _ => sentence(name),
    }
}

/// `Access log.`
pub(super) fn capitalised(name: &str) -> String {
    let words = of(name);
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_owned(),
    }
}

pub(super) fn of_value(name: &str) -> String {
    match of(name).as_str() {
        "" => "What the service calls so.".to_owned(),
        _ => format!("{}.", capitalised(name)),
    }
}

/// `from_date_time` as a service would write it: `fromDateTime`.
pub(super) fn wire_name(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| all + &capitalised(word))
}

/// A tool's method and title, from its name: `acme_settings_briefs_list` of the group `settings` is `briefs`, *List
/// briefs*.
pub(super) fn method_and_title(name: &str, service: &str, group: &str) -> (String, String) {
    let short = name.strip_prefix(&format!("{service}_")).unwrap_or(name);
    let short = short.strip_prefix(&format!("{group}_")).unwrap_or(short);
    let title = |verb: &str, thing: &str| format!("{} {}", capitalised(verb), of(thing));
    match short.rsplit_once('_') {
        Some((thing, verb @ ("list" | "get"))) => (thing.to_owned(), title(verb, thing)),
        Some((thing, verb @ ("create" | "update" | "delete" | "add" | "remove"))) => {
            (short.to_owned(), title(verb, thing))
        }
        // The verb alone: the group says of what.
        _ => (short.to_owned(), title(short, group)),
    }
}

/// `Lists briefs.`, of *List briefs*.
pub(super) fn third_person(title: &str) -> String {
    match title.split_once(' ') {
        Some((verb, rest)) if verb.ends_with(['s', 'x', 'z', 'o']) || verb.ends_with("ch") || verb.ends_with("sh") => {
            format!("{verb}es {rest}.")
        }
        Some((verb, rest)) => format!("{verb}s {rest}."),
        None => format!("{title}."),
    }
}

/// A scalar as YAML, on a line of its own.
pub(super) fn yaml_line(text: &str) -> String {
    if plain(text) { text.to_owned() } else { yaml(text) }
}

/// A scalar as YAML, within braces too.
pub(super) fn yaml(text: &str) -> String {
    if plain(text) && !text.contains([',', '[', ']', '{', '}']) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "))
    }
}
