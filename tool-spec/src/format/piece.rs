//! A file as pieces of text that can be put together in another way: keys, scalars as they are written, and the
//! comments beside them.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::comments::{self, Notes};

/// A file in pieces.
pub(super) struct Document {
    pub(super) root: Piece,
    /// What stands beside each entry, by the entry's number.
    pub(super) notes: Vec<Notes>,
}

impl Document {
    /// Every comment but the editor's line, in the order of the alphabet.
    pub(super) fn comments(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.notes.iter().flat_map(Notes::all).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all
    }
}

/// A scalar, a map or a list.
pub(super) enum Piece {
    Scalar(Scalar),
    Map { entries: Vec<Entry>, flow: bool },
    List { entries: Vec<Entry>, flow: bool },
}

/// A pair of a map or an element of a list.
pub(super) struct Entry {
    /// Its number in the order of the file.
    pub(super) id: usize,
    /// The key; none in a list.
    pub(super) key: Option<Scalar>,
    pub(super) value: Piece,
}

/// A scalar.
pub(super) struct Scalar {
    /// What it says.
    pub(super) text: String,
    pub(super) style: ScalarStyle,
    /// How it is written; of a folded or literal one, without the first line's `>` or `|`.
    pub(super) raw: String,
    /// The `>` or `|` and what belongs to it.
    pub(super) header: String,
    /// How far a folded or literal one is indented.
    pub(super) indent: usize,
}

/// Where an entry is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The column of its key or its dash.
    pub(super) column: usize,
    /// The entry that it is in.
    pub(super) parent: Option<usize>,
    /// Where the outermost braces or brackets around it end.
    pub(super) flow_end: Option<usize>,
}

/// Takes a file that is known to be fine apart.
pub(super) fn read(text: &str) -> Result<Document, &'static str> {
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader { chars: &chars, events: Vec::new(), scalars: Vec::new(), spots: Vec::new() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|_| "this is not YAML")?;
        if !matches!(event, Event::StreamStart | Event::DocumentStart(_) | Event::Nothing) {
            reader.events.push((event, span));
        }
    }
    reader.events.reverse();
    let (root, _) = reader.piece(None, None)?;
    let notes = comments::attach(&chars, &reader.scalars, &reader.spots);
    Ok(Document { root, notes })
}

struct Reader<'a> {
    chars: &'a [char],
    /// What is still to be read, the next one last.
    events: Vec<(Event<'a>, Span)>,
    /// Where scalars are, which no comment is in.
    scalars: Vec<(usize, usize)>,
    spots: Vec<Spot>,
}

impl Reader<'_> {
    /// The next piece, and where it ends.
    fn piece(&mut self, parent: Option<usize>, flow_end: Option<usize>) -> Result<(Piece, usize), &'static str> {
        let (event, span) = self.events.pop().ok_or("this ends too early")?;
        let flow = |open| self.chars.get(span.start.index()) == Some(&open) && span.end.index() > span.start.index();
        match event {
            Event::Scalar(text, style, ..) => {
                let scalar = self.scalar(text.into_owned(), style, span);
                let end = self.scalars.last().map_or(0, |(_, end)| *end);
                Ok((Piece::Scalar(scalar), end))
            }
            Event::MappingStart(..) => {
                let flow = flow('{');
                let (entries, end) = self.entries(true, parent, self.within(flow, flow_end), span.end.index())?;
                Ok((Piece::Map { entries, flow: flow || flow_end.is_some() }, end))
            }
            Event::SequenceStart(..) => {
                let flow = flow('[');
                let (entries, end) = self.entries(false, parent, self.within(flow, flow_end), span.end.index())?;
                Ok((Piece::List { entries, flow: flow || flow_end.is_some() }, end))
            }
            _ => Err("this has YAML that the language doesn't use"),
        }
    }

    /// Where the outermost braces end, once what has just been opened counts.
    fn within(&self, flow: bool, outer: Option<usize>) -> Option<usize> {
        if !flow || outer.is_some() {
            return outer;
        }
        let mut open = 1usize;
        for (event, span) in self.events.iter().rev() {
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => open += 1,
                Event::MappingEnd | Event::SequenceEnd => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Some(span.start.index() + 1);
            }
        }
        None
    }

    fn entries(
        &mut self,
        keyed: bool,
        parent: Option<usize>,
        flow_end: Option<usize>,
        opened: usize,
    ) -> Result<(Vec<Entry>, usize), &'static str> {
        let mut entries = Vec::new();
        let mut end = opened;
        loop {
            let Some((event, span)) = self.events.last() else { return Err("this ends too early") };
            let span = *span;
            if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
                self.events.pop();
                // The parser's ends take in comments, so only where things begin is relied on.
                return Ok((entries, if flow_end.is_some() { span.start.index() + 1 } else { end }));
            }
            let id = self.spots.len();
            let start = span.start.index();
            self.spots.push(Spot { start, end: start, column: self.column(start, keyed), parent, flow_end });
            let key = if keyed { Some(self.key()?) } else { None };
            let (value, ends) = self.piece(Some(id), flow_end)?;
            end = ends;
            if let Some(spot) = self.spots.get_mut(id) {
                spot.end = ends;
            }
            entries.push(Entry { id, key, value });
        }
    }

    fn key(&mut self) -> Result<Scalar, &'static str> {
        match self.events.pop() {
            Some((Event::Scalar(text, style, ..), span)) => Ok(self.scalar(text.into_owned(), style, span)),
            _ => Err("a key is a word"),
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span) -> Scalar {
        let start = span.start.index();
        let mut end = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.closing_quote(start),
            // The parser's place of what is not there may take in a comma or a brace.
            ScalarStyle::Plain if text.is_empty() => start,
            _ => span.end.index().min(self.chars.len()),
        };
        while end > start && self.chars.get(end - 1).is_some_and(|c| c.is_whitespace()) {
            end -= 1;
        }
        self.scalars.push((start, end));
        let raw = self.chars.get(start..end).unwrap_or_default().iter().collect();
        let block = matches!(style, ScalarStyle::Folded | ScalarStyle::Literal);
        let header = if block { self.header(start) } else { String::new() };
        Scalar { text, style, raw, header, indent: self.line_start(start).map_or(0, |line| start - line) }
    }

    /// Where text in quotes ends. The parser's own end takes in a comment after it.
    fn closing_quote(&self, start: usize) -> usize {
        let quote = self.chars.get(start).copied().unwrap_or('"');
        let mut at = start + 1;
        while let Some(c) = self.chars.get(at).copied() {
            let doubled = quote == '\'' && self.chars.get(at + 1) == Some(&quote);
            match c {
                '\\' if quote == '"' => at += 1,
                _ if c == quote && doubled => at += 1,
                _ if c == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        at.min(self.chars.len())
    }

    /// The `>-` before the first line of a folded or literal scalar.
    fn header(&self, start: usize) -> String {
        let before = self.chars.get(..start).unwrap_or_default();
        let from = before.iter().rposition(|c| matches!(c, '>' | '|')).unwrap_or(start);
        before.get(from..).unwrap_or_default().iter().take_while(|c| !c.is_whitespace()).collect()
    }

    fn line_start(&self, at: usize) -> Option<usize> {
        let before = self.chars.get(..at)?;
        Some(before.iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1))
    }

    /// The column of an entry: of its key, or of its dash if that is on the same line.
    fn column(&self, start: usize, keyed: bool) -> usize {
        let line = self.line_start(start).unwrap_or(start);
        let before = self.chars.get(line..start).unwrap_or_default();
        let dash = before.iter().rposition(|c| *c != ' ').filter(|at| before.get(*at) == Some(&'-'));
        match dash {
            Some(dash) if !keyed => dash,
            _ => start - line,
        }
    }
}
