//! The pieces put together in the one form.

use saphyr_parser::ScalarStyle;

use super::comments::Notes;
use super::fold::{WIDTH, foldable, lines, one_line, plain};
use super::piece::{Document, Entry, Piece, Scalar};
use super::same::{of_element, of_key, shape};
use crate::language::{GROUP, Holds, SERVICE, TYPES};

/// What a file of this path holds.
pub(super) fn root_of(path: &str) -> &'static Holds {
    match path.rsplit('/').nth(1) {
        Some("tools") => &GROUP,
        Some("types") => &TYPES,
        _ => &SERVICE,
    }
}

/// The file, its first line this one.
pub(super) fn write(document: &Document, holds: &'static Holds, modeline: &str) -> String {
    let writer = Writer { notes: &document.notes };
    let body = match &document.root {
        Piece::Scalar(scalar) => format!("{}\n", scalar.raw),
        piece => writer.block(piece, 0, Some(holds)),
    };
    format!("{modeline}\n{}", body.trim_start_matches('\n'))
}

struct Writer<'d> {
    notes: &'d [Notes],
}

impl Writer<'_> {
    /// A map or a list, entry by entry.
    fn block(&self, piece: &Piece, indent: usize, holds: Option<&Holds>) -> String {
        let mut out = String::new();
        match piece {
            Piece::Scalar(_) => {}
            Piece::List { entries, .. } => {
                for entry in entries {
                    self.entry(&mut out, entry, indent, holds.and_then(of_element));
                }
            }
            Piece::Map { entries, .. } => {
                let keys: Vec<&str> = entries.iter().filter_map(key).collect();
                let spacing = spacing(holds);
                for (number, entry) in in_order(entries, holds, &keys).into_iter().enumerate() {
                    let apart = self.notes(entry).is_some_and(|notes| notes.apart);
                    if number > 0 && (spacing == Spacing::Apart || (spacing == Spacing::AsIs && apart)) {
                        out.push('\n');
                    }
                    let inner = holds.zip(key(entry)).and_then(|(holds, key)| of_key(holds, &keys, key));
                    self.entry(&mut out, entry, indent, inner);
                }
            }
        }
        out
    }

    fn entry(&self, out: &mut String, entry: &Entry, indent: usize, holds: Option<&Holds>) {
        let notes = self.notes(entry);
        if let Some(notes) = notes {
            comments(out, &notes.before, indent);
        }
        let after = notes.and_then(|notes| notes.after.as_deref());
        match &entry.key {
            Some(key) => {
                let head = format!("{}{}:", " ".repeat(indent), key_text(key));
                self.value(out, &head, &entry.value, (indent, indent + 2), after, holds);
            }
            None => self.element(out, &entry.value, indent, after, holds),
        }
        if let Some(notes) = notes {
            comments(out, &notes.below, indent);
        }
    }

    /// An element of a list: a map or a list in it begins on the dash's line.
    fn element(&self, out: &mut String, value: &Piece, indent: usize, after: Option<&str>, holds: Option<&Holds>) {
        let head = format!("{}-", " ".repeat(indent));
        if matches!(value, Piece::Scalar(_)) || self.flow(value, width(&head) + 1, holds).is_some() {
            return self.value(out, &head, value, (indent, indent + 2), after, holds);
        }
        let block = self.block(value, indent + 2, holds);
        let deeper = " ".repeat(indent + 2);
        let is_comment = |line: &&str| line.trim_start().starts_with('#') || line.trim().is_empty();
        let (above, rest): (Vec<&str>, Vec<&str>) = {
            let split = block.lines().take_while(is_comment).count();
            (block.lines().take(split).collect(), block.lines().skip(split).collect())
        };
        let above: Vec<String> = above.into_iter().map(|line| line.trim_start().to_owned()).collect();
        comments(out, &after.map(str::to_owned).into_iter().collect::<Vec<_>>(), indent);
        comments(out, &above, indent);
        for (number, line) in rest.into_iter().enumerate() {
            match line.strip_prefix(deeper.as_str()) {
                Some(line) if number == 0 => push_line(out, &format!("{head} {line}"), None),
                _ => push_line(out, line, None),
            }
        }
    }

    /// What stands behind a key or a dash. `indents` are those of the key, and of a block below it.
    fn value(
        &self,
        out: &mut String,
        head: &str,
        value: &Piece,
        indents: (usize, usize),
        after: Option<&str>,
        holds: Option<&Holds>,
    ) {
        match value {
            Piece::Scalar(scalar) => self.scalar(out, head, scalar, indents, after),
            piece => match self.flow(piece, width(head) + 1, holds) {
                Some(text) => push_line(out, &format!("{head} {text}"), after),
                None => {
                    push_line(out, head, after);
                    out.push_str(&self.block(piece, indents.1, holds));
                }
            },
        }
    }

    fn scalar(&self, out: &mut String, head: &str, scalar: &Scalar, indents: (usize, usize), after: Option<&str>) {
        let one_line = one_line(scalar);
        let fits = |text: &String| width(head) + 1 + width(text) <= WIDTH;
        let in_list = head.ends_with('-');
        let clipped = scalar.text.strip_suffix('\n').filter(|_| scalar.style == ScalarStyle::Folded);
        let text = clipped.unwrap_or(&scalar.text);
        let deep = " ".repeat(indents.1);
        let folded = |text: &str| lines(text, WIDTH.saturating_sub(indents.1), |word| word.starts_with('#'));
        match one_line {
            Some(text) if text.is_empty() => push_line(out, head, after),
            Some(text) if fits(&text) => push_line(out, &format!("{head} {text}"), after),
            _ if foldable(text) && in_list && plain(text) && clipped.is_none() => {
                let folded = folded(text).join(&format!("\n{deep}"));
                push_line(out, &format!("{head} {folded}"), after);
            }
            _ if foldable(text) && (clipped.is_none() || scalar.header == ">") => {
                let mark = if clipped.is_some() { ">" } else { ">-" };
                push_line(out, &format!("{head} {mark}"), after);
                for line in folded(text) {
                    push_line(out, &format!("{deep}{line}"), None);
                }
            }
            Some(text) => push_line(out, &format!("{head} {text}"), after),
            None => verbatim(out, head, scalar, &deep, after),
        }
    }

    /// A map in braces or a list in brackets that stays so: it was so, it fits, and no comment is in it.
    fn flow(&self, piece: &Piece, from: usize, holds: Option<&Holds>) -> Option<String> {
        let text = self.inline(piece, holds)?;
        (from + width(&text) <= WIDTH).then_some(text)
    }

    fn inline(&self, piece: &Piece, holds: Option<&Holds>) -> Option<String> {
        match piece {
            Piece::Scalar(scalar) => one_line(scalar),
            Piece::Map { entries, flow: true } => {
                let keys: Vec<&str> = entries.iter().filter_map(key).collect();
                let of_key = |entry| holds.zip(key(entry)).and_then(|(holds, key)| of_key(holds, &keys, key));
                let pairs = in_order(entries, holds, &keys).into_iter();
                let pairs: Option<Vec<String>> = pairs.map(|entry| self.inline_entry(entry, of_key(entry))).collect();
                Some(format!("{{{}}}", pairs?.join(", ")))
            }
            Piece::List { entries, flow: true } => {
                let inner = holds.and_then(of_element);
                let items: Option<Vec<String>> = entries.iter().map(|entry| self.inline_entry(entry, inner)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            _ => None,
        }
    }

    fn inline_entry(&self, entry: &Entry, holds: Option<&Holds>) -> Option<String> {
        if self.notes(entry).is_some_and(Notes::any) {
            return None;
        }
        let value = self.inline(&entry.value, holds)?;
        Some(match &entry.key {
            Some(key) => format!("{}: {value}", key_text(key)).trim_end().to_owned(),
            None => value,
        })
    }

    fn notes(&self, entry: &Entry) -> Option<&Notes> {
        self.notes.get(entry.id)
    }
}

/// Empty lines between a map's entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// None.
    Tight,
    /// One between any two.
    Apart,
    /// Where there was one.
    AsIs,
}

fn spacing(holds: Option<&Holds>) -> Spacing {
    match holds {
        Some(Holds::Map(Holds::Shape(shape))) if matches!(shape.name, "tool" | "type") => Spacing::Apart,
        Some(Holds::Shape(shape)) if shape.name == "service" => Spacing::AsIs,
        _ => Spacing::Tight,
    }
}

/// The entries in the order of the language's table, where the table has them.
fn in_order<'e>(entries: &'e [Entry], holds: Option<&Holds>, keys: &[&str]) -> Vec<&'e Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    if let Some(shape) = holds.and_then(|holds| shape(holds, keys)) {
        let order: Vec<&str> = shape.keys().map(|key| key.name).collect();
        let place = |entry: &&Entry| order.iter().position(|known| Some(*known) == key(entry)).unwrap_or(usize::MAX);
        sorted.sort_by_key(place);
    }
    sorted
}

fn key(entry: &Entry) -> Option<&str> {
    entry.key.as_ref().map(|key| key.text.as_str())
}

fn key_text(key: &Scalar) -> String {
    one_line(key).unwrap_or_else(|| key.raw.clone())
}

fn comments(out: &mut String, comments: &[String], indent: usize) {
    for text in comments {
        if text.is_empty() {
            out.push('\n');
        } else {
            push_line(out, &format!("{}{text}", " ".repeat(indent)), None);
        }
    }
}

/// A folded or literal scalar of several paragraphs, moved as it is.
fn verbatim(out: &mut String, head: &str, scalar: &Scalar, deep: &str, after: Option<&str>) {
    let block = matches!(scalar.style, ScalarStyle::Folded | ScalarStyle::Literal);
    if !block {
        // Text in quotes with an escape or a paragraph in it keeps its lines; how they are indented says nothing.
        let rest: Vec<&str> = scalar.raw.lines().map(str::trim).collect();
        let rest: Vec<String> = rest
            .iter()
            .enumerate()
            .map(|(n, line)| if n == 0 { (*line).to_owned() } else { format!("{deep}{line}") })
            .collect();
        return push_line(out, &format!("{head} {}", rest.join("\n")), after);
    }
    push_line(out, &format!("{head} {}", scalar.header), after);
    for (number, line) in scalar.raw.lines().enumerate() {
        let line = if number == 0 { line } else { line.get(scalar.indent..).unwrap_or_default() };
        push_line(out, format!("{deep}{line}").trim_end(), None);
    }
}

fn push_line(out: &mut String, line: &str, after: Option<&str>) {
    out.push_str(line);
    if let Some(comment) = after {
        out.push(' ');
        out.push_str(comment);
    }
    out.push('\n');
}

fn width(text: &str) -> usize {
    text.chars().count()
}
