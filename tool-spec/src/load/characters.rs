//! Characters that a reader does not see, or that change the order in which others are seen: they make a text look
//! other than it is, in the spec, in generated code and in a terminal.

use crate::fault::{Fault, FaultKind, Sink};
use crate::source::{SourceFile, Span};
use crate::syntax::{Node, NodeKind};

/// Reports every such character of a file, each at its place.
pub(crate) fn check(file: &SourceFile, index: usize, sink: &Sink) {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let start = file.text.len() - text.len();
    for (at, c) in text.char_indices().filter(|(_, c)| is_unseen(*c)) {
        let span = Span { file: index, start: start + at, end: start + at + c.len_utf8() };
        sink.report(fault(c, span));
    }
}

/// Reports such characters of scalars that stand in the file as an escape.
pub(crate) fn check_escapes(node: &Node, file: &SourceFile, sink: &Sink) {
    match &node.kind {
        NodeKind::Scalar { text, .. } => {
            let written = file.text.get(node.span.start..node.span.end).unwrap_or_default();
            if let Some(c) = text.chars().find(|c| is_unseen(*c) && !written.contains(*c)) {
                sink.report(fault(c, node.span));
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| check_escapes(item, file, sink)),
        NodeKind::Map(pairs) => {
            for (key, value) in pairs {
                check_escapes(key, file, sink);
                check_escapes(value, file, sink);
            }
        }
    }
}

fn fault(c: char, span: Span) -> Fault {
    if is_odd_space(c) {
        let message = format!("this looks like a space and is another character: U+{:04X}", u32::from(c));
        return Fault::new(FaultKind::Syntax, span, message).help("write a plain space");
    }
    let message = format!("there is a character that cannot be seen here: U+{:04X}", u32::from(c));
    Fault::new(FaultKind::Syntax, span, message).help("take it away")
}

fn is_unseen(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let nothing = matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    control || direction || nothing || is_odd_space(c)
}

/// Spaces that do not part words, or are of another width: text processors put them in.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}
