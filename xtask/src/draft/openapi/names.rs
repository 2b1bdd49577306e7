//! Names of a document as the spec can have them.

use tool_spec::names::camel;

/// Whether a character is not to be seen, so that a name with it could be taken for another.
pub(super) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a name can stand in a template as it is.
pub(super) fn can_be_written(name: &str) -> bool {
    !name.is_empty() && name.trim() == name && !name.ends_with('!') && !name.chars().any(hidden)
}

/// The name of one of what a list holds.
pub(super) fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if !one.ends_with(['s', 'u', 'i']) && one.chars().count() > 2 => one,
        _ => name,
    }
}

/// A name as a type has it: upper camel case, and the same if it is made so again.
pub(super) fn type_name(hint: &str) -> String {
    let mut name = hint.to_owned();
    for _ in 0..4 {
        name = camel(&name);
    }
    // The keyword `Self` keeps a trailing `_` that is none of a type's.
    let name = name.trim_end_matches('_').to_owned();
    if name.is_empty() || name == "Self" { format!("Thing{name}") } else { name }
}

/// The last part of a path that is no parameter.
pub(super) fn last_word(path: &str) -> Option<&str> {
    path.rsplit('/').find(|part| !part.is_empty() && !part.contains('{'))
}
