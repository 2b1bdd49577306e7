//! YAML text as a tree in which every node knows where it is written.
//!
//! Only the YAML that the spec language needs: one document of maps, lists and scalars. No serde reader: serde stops at
//! the first error and loses places under `flatten` and `untagged`, and a wrong spec is to be told everything at once.

mod slip;

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as YamlSpan};

use crate::fault::{Fault, FaultKind, Sink};
use crate::source::{SourceFile, Span};

/// Deep enough for any request, and shallow enough that no reader of the tree runs out of stack.
const DEEPEST: usize = 64;

/// A piece of YAML.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
    /// Whether it stands without quotes and a comment follows: what was to be a part of it may be lost.
    pub cut: bool,
}

/// What a piece of YAML is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Text, and whether it stands without quotes and on its own line, so that it may be a number, a boolean or
    /// nothing.
    Scalar {
        /// What it says.
        text: String,
        /// Whether it stands without quotes.
        plain: bool,
    },
    /// Pairs in the order of the file, of which no two have the same key.
    Map(Vec<(Node, Node)>),
    /// Elements.
    List(Vec<Node>),
}

impl Node {
    /// What a report about the whole node points at: its first line says enough.
    pub fn head(&self) -> Span {
        match &self.kind {
            NodeKind::Map(pairs) => pairs.first().map_or(self.span, |(key, _)| key.head()),
            NodeKind::List(items) => items.first().map_or(self.span, Node::head),
            NodeKind::Scalar { .. } => self.span,
        }
    }

    /// What the node is, for reports.
    pub fn what(&self) -> String {
        match &self.kind {
            NodeKind::Scalar { .. } if self.is_null() => "nothing".to_owned(),
            NodeKind::Scalar { text, .. } if text.chars().count() <= 40 && !text.contains('\n') => format!("`{text}`"),
            NodeKind::Scalar { .. } => "text".to_owned(),
            NodeKind::Map(_) => "a map".to_owned(),
            NodeKind::List(_) => "a list".to_owned(),
        }
    }

    /// What a scalar says, as a map's key for one. Nothing for a map or a list.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The pairs of a map; none of anything else.
    pub fn pairs(&self) -> &[(Node, Node)] {
        match &self.kind {
            NodeKind::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The elements of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::List(items) => items,
            _ => &[],
        }
    }

    /// What stands at a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(written, _)| written.word() == Some(key)).map(|(_, value)| value)
    }

    /// Whether the value was left out, or is `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }
}

/// Reads one file. What is wrong is reported; what could be read before it is lost, so that it causes no further
/// reports.
pub fn parse(file: &SourceFile, index: usize, sink: &Sink) -> Option<Node> {
    let mut builder = Builder {
        bytes: Bytes::of(&file.text, index),
        text: &file.text,
        sink,
        open: Vec::new(),
        root: None,
        fine: true,
    };
    for event in Parser::new_from_str(&file.text) {
        match event {
            Ok((event, span)) => {
                let span = builder.bytes.span(span);
                builder.event(event, span);
            }
            Err(error) => {
                let span = builder.bytes.at(*error.marker());
                let fault = match slip::find(&file.text, index) {
                    Some(slip) => Fault::new(FaultKind::Yaml, slip.span, slip.message).help(slip.help),
                    None => Fault::new(FaultKind::Yaml, span, format!("this is not YAML: {}", error.info()))
                        .help("text with `: ` or ` #` in it stands in quotes"),
                };
                sink.report(fault);
                return None;
            }
        }
        if !builder.fine {
            return None;
        }
    }
    if builder.root.is_none() {
        let span = Span { file: index, start: 0, end: 0 };
        sink.report(Fault::new(FaultKind::Missing, span, "this file is empty"));
    }
    builder.root
}

/// From the parser's character counts to bytes.
struct Bytes {
    file: usize,
    offsets: Vec<usize>,
    newlines: Vec<usize>,
    length: usize,
}

impl Bytes {
    fn of(text: &str, file: usize) -> Self {
        Bytes {
            file,
            offsets: text.char_indices().map(|(offset, _)| offset).collect(),
            newlines: text.match_indices('\n').map(|(offset, _)| offset).collect(),
            length: text.len(),
        }
    }

    fn byte(&self, marker: Marker) -> usize {
        self.offsets.get(marker.index()).copied().unwrap_or(self.length)
    }

    /// The span up to the end of its first line: reports show that one.
    fn span(&self, span: YamlSpan) -> Span {
        let start = self.byte(span.start);
        let line = self.newlines.get(self.newlines.partition_point(|newline| *newline < start));
        let end = self.byte(span.end).min(line.copied().unwrap_or(self.length)).max(start);
        Span { file: self.file, start, end }
    }

    fn at(&self, marker: Marker) -> Span {
        let start = self.byte(marker);
        Span { file: self.file, start, end: start }
    }
}

/// A map or a list that has not ended.
enum Open {
    Map { span: Span, pairs: Vec<(Node, Node)>, places: BTreeMap<String, Span>, key: Option<Node> },
    List { span: Span, items: Vec<Node> },
}

struct Builder<'a> {
    bytes: Bytes,
    text: &'a str,
    sink: &'a Sink,
    open: Vec<Open>,
    root: Option<Node>,
    fine: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                let plain = style == ScalarStyle::Plain;
                let cut = plain && self.text.get(span.end..).is_some_and(|after| after.starts_with(" #"));
                self.add(Node { span, kind: NodeKind::Scalar { text: text.into_owned(), plain }, cut });
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                self.open(Open::List { span, items: Vec::new() }, span);
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                self.open(Open::Map { span, pairs: Vec::new(), places: BTreeMap::new(), key: None }, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(_) => self.refuse(span, "an alias (`*…`)"),
            Event::DocumentStart(_) if self.root.is_some() => {
                self.fail(Fault::new(FaultKind::Yaml, span, "a file holds one document, and a second begins here"));
            }
            Event::DocumentStart(_) | Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
        }
    }

    fn refuse_extras(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor != 0 {
            self.refuse(span, "an anchor (`&…`)");
        }
        if tagged {
            self.refuse(span, "a tag (`!…`)");
        }
    }

    fn refuse(&mut self, span: Span, what: &str) {
        let help = "write the value itself; a value that begins with `*`, `&` or `!` stands in quotes";
        self.fail(Fault::new(FaultKind::Yaml, span, format!("{what} is not part of the spec language")).help(help));
    }

    fn fail(&mut self, fault: Fault) {
        self.sink.report(fault);
        self.fine = false;
    }

    fn open(&mut self, open: Open, span: Span) {
        if self.open.len() >= DEEPEST {
            self.fail(Fault::new(FaultKind::Yaml, span, "this is nested too deeply to be meant"));
        }
        self.open.push(open);
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Map { span, pairs, .. }) => self.add(Node { span, kind: NodeKind::Map(pairs), cut: false }),
            Some(Open::List { span, items }) => self.add(Node { span, kind: NodeKind::List(items), cut: false }),
            None => {}
        }
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { pairs, places, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(written) if is_new_key(places, &written, self.sink) => pairs.push((written, node)),
                Some(_) => {}
            },
        }
    }
}

/// Whether a key is a word that the map does not have yet. Of two equal keys the first is kept.
fn is_new_key(places: &mut BTreeMap<String, Span>, key: &Node, sink: &Sink) -> bool {
    let NodeKind::Scalar { text, .. } = &key.kind else {
        let message = format!("a key is a word, and this is {}", key.what());
        sink.report(Fault::new(FaultKind::Syntax, key.span, message));
        return false;
    };
    if let Some(first) = places.get(text) {
        let fault = Fault::new(FaultKind::Clash, key.span, format!("`{text}` is here twice"));
        sink.report(fault.related(*first, "first here").help("keep one of the two"));
        return false;
    }
    places.insert(text.clone(), key.span);
    true
}
