//! From version 1 of the language to version 2, text to text: what the new version says with other words is written in
//! them, and everything else stays as it is, comments and layout too.
//!
//! * `language: 2`;
//! * `paging: $cursor`, where a parameter of that name and a page's envelope said it;
//! * `else: true` at the last of `requests`;
//! * `.field` in `reshape` and `take`, where `$field` was a field of the answer; text that begins with a `.` gets a
//!   second.

use std::collections::BTreeSet;

use crate::fault::Sink;
use crate::load::template::is_answer_path;
use crate::load::version;
use crate::source::SourceFile;
use crate::syntax::{self, Node, NodeKind};

/// The files of a spec in the language of today. What is wrong in them stays wrong, and a spec of today's version, or
/// of one that nobody knows, stays as it is.
#[must_use]
pub fn migrate(files: &[SourceFile]) -> Vec<SourceFile> {
    let Some((1, service)) = version::written(files) else { return files.to_vec() };
    let roots: Vec<Option<Node>> =
        files.iter().enumerate().map(|(index, file)| syntax::parse(file, index, &Sink::default())).collect();
    let pages = pages(&roots);
    let migrated = |(index, (file, root)): (usize, (&SourceFile, &Option<Node>))| {
        let Some(root) = root else { return file.clone() };
        let mut edits = Edits { text: &file.text, list: Vec::new() };
        if index == service.file {
            edits.language(root);
        }
        let tools = root.get("tools").map(Node::pairs).unwrap_or_default();
        tools.iter().for_each(|(_, tool)| edits.tool(tool, &pages));
        SourceFile { path: file.path.clone(), text: edits.applied() }
    };
    files.iter().zip(&roots).enumerate().map(migrated).collect()
}

/// The models that are pages: they have the service's envelope, and it has a cursor.
fn pages(roots: &[Option<Node>]) -> BTreeSet<&str> {
    let paging = roots.iter().flatten().find_map(|root| root.get("paging"));
    let said = |key| paging.and_then(|paging: &Node| paging.get(key)?.word());
    let (Some(envelope), Some(cursor)) = (said("envelope"), said("cursor")) else { return BTreeSet::new() };
    let types = || roots.iter().flatten().flat_map(Node::pairs);
    let field = |model: &str, field| {
        let (_, declared) = types().find(|(name, node)| name.word() == Some(model) && node.get("fields").is_some())?;
        declared.get("fields")?.get(field)
    };
    let is_page = |model: &&str| {
        let envelope = field(model, envelope).and_then(|field| field.get("type")?.word());
        envelope.is_some_and(|envelope| field(envelope, cursor).is_some())
    };
    types().filter_map(|(name, _)| name.word()).filter(is_page).collect()
}

/// The changes to one file.
struct Edits<'t> {
    text: &'t str,
    /// Where, how many bytes of what is there go, and what comes.
    list: Vec<(usize, usize, String)>,
}

impl Edits<'_> {
    fn applied(mut self) -> String {
        let mut text = self.text.to_owned();
        self.list.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        for (at, gone, comes) in self.list {
            text.replace_range(at..at + gone, &comes);
        }
        text
    }

    fn language(&mut self, root: &Node) {
        match root.get("language") {
            Some(version) => {
                self.list.push((version.span.start, version.span.end - version.span.start, "2".to_owned()))
            }
            None => self.before_first(root, "language: 2"),
        }
    }

    fn tool(&mut self, tool: &Node, pages: &BTreeSet<&str>) {
        let answers_page = tool.get("answer").and_then(Node::word).is_some_and(|answer| pages.contains(answer));
        if answers_page && tool.get("params").is_some_and(|params| params.get("cursor").is_some()) {
            self.paging(tool);
        }
        let elements = |key| tool.get(key).map(Node::items).unwrap_or_default();
        let requests = elements("requests");
        if let Some(last) = requests.last().filter(|last| last.get("when").is_none()) {
            self.before_first(last, "else: true");
        }
        let steps = elements("steps");
        for request in tool.get("request").into_iter().chain(requests).chain(steps) {
            ["query", "body"].iter().filter_map(|key| request.get(key)).for_each(|sent| self.dots(sent));
            request.get("reshape").into_iter().for_each(|reshape| self.reshape(reshape, false));
            request.get("take").map(Node::pairs).unwrap_or_default().iter().for_each(|(_, path)| self.path(path));
        }
    }

    /// Says what takes the cursor, after the `items` or else the `answer`.
    fn paging(&mut self, tool: &Node) {
        let named = |name| tool.pairs().iter().find(|(key, _)| key.word() == Some(name));
        let Some((key, value)) = named("items").or(named("answer")) else { return };
        if self.is_flow(tool) {
            return self.list.push((value.span.end, 0, ", paging: $cursor".to_owned()));
        }
        let indent = " ".repeat(self.column(key.span.start));
        let line_end = self.text.get(value.span.end..).and_then(|rest| rest.find('\n'));
        self.list.push(match line_end {
            Some(end) => (value.span.end + end + 1, 0, format!("{indent}paging: $cursor\n")),
            None => (self.text.len(), 0, format!("\n{indent}paging: $cursor")),
        });
    }

    /// Puts a pair before the first of a map.
    fn before_first(&mut self, map: &Node, pair: &str) {
        let Some((key, _)) = map.pairs().first() else { return };
        let start = key.span.start;
        let after = if self.is_flow(map) { ", ".to_owned() } else { format!("\n{}", " ".repeat(self.column(start))) };
        self.list.push((start, 0, format!("{pair}{after}")));
    }

    /// The holes of a `reshape`, of which all but the element of a `for` around them are fields of the answer.
    fn reshape(&mut self, template: &Node, inside: bool) {
        match &template.kind {
            NodeKind::Scalar { text, .. } => match text.strip_prefix('$') {
                Some(path) if path.starts_with('$') || inside && path.split('.').next() == Some("item") => {}
                Some(_) => self.path(template),
                None => self.dots(template),
            },
            NodeKind::List(items) => items.iter().for_each(|item| self.reshape(item, inside)),
            NodeKind::Map(pairs) => {
                let is_for = template.get("for").is_some();
                for (key, value) in pairs {
                    self.reshape(value, inside || is_for && key.word() == Some("as"));
                }
            }
        }
    }

    /// A path into an answer begins with a `.` in the place of its `$`.
    fn path(&mut self, path: &Node) {
        if let Some(at) = self.text.get(path.span.start..).and_then(|text| text.find('$')) {
            self.list.push((path.span.start + at, 1, ".".to_owned()));
        }
    }

    /// Text that would be a path now gets a second `.`.
    fn dots(&mut self, template: &Node) {
        match &template.kind {
            NodeKind::Scalar { text, .. } if is_answer_path(text) || text.starts_with("..") => {
                if let Some(at) = self.text.get(template.span.start..).and_then(|text| text.find('.')) {
                    self.list.push((template.span.start + at, 0, ".".to_owned()));
                }
            }
            NodeKind::Scalar { .. } => {}
            NodeKind::List(items) => items.iter().for_each(|item| self.dots(item)),
            NodeKind::Map(pairs) => pairs.iter().for_each(|(_, value)| self.dots(value)),
        }
    }

    fn is_flow(&self, map: &Node) -> bool {
        self.text.get(map.span.start..).is_some_and(|text| text.starts_with('{'))
    }

    /// How many characters stand before this place on its line.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rsplit('\n').next().map_or(0, |line| line.chars().count())
    }
}
