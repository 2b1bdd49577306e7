//! What the language has no words for: parts of a model as they are compared and shown.

use tool_spec::model::{Condition, Fan, Source, Which};

/// What is told when a value cannot be had.
pub(super) fn source_texts(source: &Source) -> String {
    match source {
        Source::Ask(ask) => match &ask.which {
            Which::Match { missing, .. } => missing.to_string(),
            Which::Only { missing, several } => format!("{missing} {several}"),
            Which::Every => String::new(),
        },
        _ => String::new(),
    }
}

/// When a request is the one.
pub(super) fn condition(condition: Option<&Condition>) -> String {
    condition.map_or_else(|| "otherwise".to_owned(), ToString::to_string)
}

/// How one request becomes several, without sizes and outcomes.
pub(super) fn fan(fan: &Fan) -> String {
    match fan {
        Fan::Chunk { of, .. } => format!("chunk of ${of}"),
        Fan::Each { of, .. } => format!("each of ${of}"),
    }
}

/// What there is, each once, in the order in which it comes.
#[must_use]
pub fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}
