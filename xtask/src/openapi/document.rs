//! An OpenAPI document: read, its operations found, its references followed.

use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::json::{members, text};
use tool_spec::entries;
use tool_spec::fault::{Sink, nearest};
use tool_spec::model::Verb;
use tool_spec::source::SourceFile;
use tool_spec::syntax;

/// The verbs that a request can have, as documents write them.
pub(crate) const VERBS: [(&str, Verb); 5] =
    [("get", Verb::Get), ("post", Verb::Post), ("put", Verb::Put), ("patch", Verb::Patch), ("delete", Verb::Delete)];

/// What holds values and no schemas: a `$ref` in them refers to nothing.
const EXAMPLES: [&str; 4] = ["example", "examples", "default", "enum"];

/// A chain of references longer than this goes in a circle.
const LONGEST_CHAIN: usize = 32;

#[derive(Debug)]
pub(crate) struct Document {
    root: Value,
}

#[derive(Clone, Copy)]
pub(crate) struct Operation<'d> {
    pub(crate) verb: Verb,
    pub(crate) path: &'d str,
    /// What holds for every operation at the path.
    pub(crate) item: &'d Value,
    pub(crate) value: &'d Value,
}

/// Where a value stands once references are followed.
#[derive(Clone, Copy)]
pub(crate) enum Found<'d> {
    Here(&'d Value),
    /// The last reference leads to nothing in this document.
    Lost(&'d str),
}

impl Document {
    /// Reads the document in a file, or tells why there is none.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let read = || -> Result<Self, String> {
            let bytes = fs::read(path).map_err(|error| error.to_string())?;
            Document::read(&String::from_utf8(bytes).map_err(|_| "this is not UTF-8, and so no OpenAPI document")?)
        };
        read().map_err(|wrong| format!("{}: {wrong}", path.display()))
    }

    /// Reads a document, in JSON or in YAML, or tells why it is none.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let root = if text.trim_start().starts_with(['{', '[']) {
            serde_json::from_str(text).map_err(|error| format!("the OpenAPI document is no JSON: {error}"))?
        } else {
            yaml(text)?
        };
        let version = |key: &str| match root.get(key) {
            Some(Value::String(version)) => Some(version.clone()),
            other => other.map(Value::to_string),
        };
        match (version("openapi"), version("swagger")) {
            (Some(openapi), _) if openapi.starts_with("3.") => {}
            (Some(other), _) => return Err(format!("this is OpenAPI {other}, and what can be read is OpenAPI 3")),
            (None, Some(swagger)) => {
                let message = "and what can be read is OpenAPI 3; convert the document first";
                return Err(format!("this is Swagger {swagger}, {message}"));
            }
            (None, None) => {
                let message = "this is no OpenAPI document: it has no `openapi` that says its version, such as 3.1.0";
                return Err(message.to_owned());
            }
        }
        match root.get("paths") {
            Some(Value::Object(_)) => Ok(Document { root }),
            _ => Err("the OpenAPI document has no `paths`, so there is no operation in it".to_owned()),
        }
    }

    /// What it calls itself, with its version.
    pub(crate) fn title(&self) -> String {
        let say = |pointer: &str| self.root.pointer(pointer).and_then(Value::as_str).map(str::trim);
        let words = [say("/info/title"), say("/info/version")].into_iter().flatten().filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Every path, with what stands there.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, Found<'_>)> {
        members(&self.root, "paths").map(|(path, item)| (path, self.find(item)))
    }

    /// Every operation that can be a tool, written as `POST /v2/meetings`.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.all().map(|operation| format!("{} {}", operation.verb.as_str(), operation.path)).collect()
    }

    /// As [`Document::operations`], each as it was read.
    pub(crate) fn all(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = members(&self.root, "paths").filter_map(|(path, item)| Some((path, self.here(item)?)));
        paths.flat_map(|(path, item)| {
            let operation = move |(word, verb)| Some(Operation { verb, path, item, value: item.get(word)? });
            VERBS.into_iter().filter_map(operation)
        })
    }

    /// The operation that is written as its verb and path, or as its `operationId`.
    pub(crate) fn operation(&self, written: &str) -> Result<Operation<'_>, String> {
        let written = written.trim();
        if let Some(found) = self.all().find(|operation| text(operation.value, "operationId") == Some(written)) {
            return Ok(found);
        }
        let Some((word, path)) = written.split_once(char::is_whitespace) else {
            let message = "an operation is a verb and a path, such as `POST /v2/meetings`, or its `operationId`";
            return Err(format!("the document has no operation `{written}`: {message}{}", self.perhaps(written)));
        };
        let (word, path) = (word.to_ascii_lowercase(), path.trim());
        if !VERBS.iter().any(|(verb, _)| *verb == word) {
            let verbs = VERBS.map(|(verb, _)| verb).join(", ");
            return Err(format!("`{word}` is no verb; one of {verbs}"));
        }
        let at_path: Vec<Operation<'_>> = self.all().filter(|operation| operation.path == path).collect();
        if let Some(found) = at_path.iter().find(|operation| operation.verb.as_str().eq_ignore_ascii_case(&word)) {
            return Ok(*found);
        }
        let verbs: Vec<&str> = at_path.iter().map(|operation| operation.verb.as_str()).collect();
        let verb = word.to_ascii_uppercase();
        if self.root.get("paths").and_then(|paths| paths.get(path)).is_none() {
            return Err(format!("the document has no path `{path}`{}", self.perhaps(path)));
        }
        let others = if verbs.is_empty() { String::new() } else { format!(", but {}", verbs.join(", ")) };
        Err(format!("the document has no `{verb}` at `{path}`{others}"))
    }

    /// The path or the `operationId` that was meant.
    fn perhaps(&self, written: &str) -> String {
        let ids = self.all().filter_map(|operation| text(operation.value, "operationId"));
        let known: Vec<&str> = self.all().map(|operation| operation.path).chain(ids).collect();
        nearest(written, &known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
    }

    pub(crate) fn find<'d>(&'d self, value: &'d Value) -> Found<'d> {
        let (mut at, mut last) = (value, "");
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = reference(at) else { return Found::Here(at) };
            match self.target(reference) {
                Some(target) => (at, last) = (target, reference),
                None => return Found::Lost(reference),
            }
        }
        Found::Lost(last)
    }

    /// As [`Document::find`], where it does not matter why there is nothing.
    pub(crate) fn here<'d>(&'d self, value: &'d Value) -> Option<&'d Value> {
        match self.find(value) {
            Found::Here(value) => Some(value),
            Found::Lost(_) => None,
        }
    }

    /// What a reference such as `#/components/schemas/User` leads to.
    pub(crate) fn target(&self, reference: &str) -> Option<&Value> {
        let pointer = reference.strip_prefix('#')?;
        // A fragment of an address, so a brace in it may be written as its number.
        self.root.pointer(&percent_decode_str(pointer).decode_utf8_lossy())
    }

    /// Every reference that leads to nothing, with where it stands.
    pub(crate) fn lost(&self) -> Vec<(String, &str)> {
        let (mut lost, mut left) = (Vec::new(), vec![(String::from("#"), &self.root)]);
        while let Some((pointer, value)) = left.pop() {
            if let Some(reference) = reference(value).filter(|_| matches!(self.find(value), Found::Lost(_))) {
                lost.push((pointer.clone(), reference));
            }
            match value {
                Value::Object(members) => {
                    let below = members.iter().filter(|(key, _)| !EXAMPLES.contains(&key.as_str()));
                    left.extend(below.map(|(key, value)| (format!("{pointer}/{}", key.replace('/', "~1")), value)));
                }
                Value::Array(items) => {
                    let below = items.iter().enumerate();
                    left.extend(below.map(|(index, value)| (format!("{pointer}/{index}"), value)));
                }
                _ => {}
            }
        }
        lost.sort();
        lost
    }

    /// The path that stands before every path of the document, and the host.
    pub(crate) fn server(&self) -> Option<(String, String)> {
        let server = self.root.pointer("/servers/0")?;
        let mut url = text(server, "url")?.to_owned();
        for (name, variable) in members(server, "variables") {
            url = url.replace(&format!("{{{name}}}"), text(variable, "default").unwrap_or_default());
        }
        let rest = url.split_once("//").map_or(url.as_str(), |(_, rest)| rest);
        let (host, path) = match (url.contains("//"), rest.split_once('/')) {
            (true, Some((host, path))) => (host.to_owned(), path),
            (true, None) => (rest.to_owned(), ""),
            (false, _) => (String::new(), rest.trim_start_matches('/')),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        Some((host, if path.is_empty() { String::new() } else { format!("/{path}") }))
    }

    /// The security that holds where an operation says nothing of its own.
    pub(crate) fn security(&self) -> Option<&Value> {
        self.root.get("security")
    }
}

/// Where a value refers to.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    text(value, "$ref")
}

fn yaml(text: &str) -> Result<Value, String> {
    let file = SourceFile { path: "the OpenAPI document".to_owned(), text: text.to_owned() };
    let sink = Sink::default();
    let node = syntax::parse(&file, 0, &sink);
    match (node, sink.into_faults()) {
        (Some(node), None) => Ok(entries::json(&node)),
        (_, faults) => {
            let place = faults.iter().flat_map(|faults| faults.iter()).find_map(|fault| fault.span);
            let line = place.map(|span| format!(", line {}", file.place(span.start).line)).unwrap_or_default();
            let why = faults.map(|faults| faults.to_string()).unwrap_or_default();
            Err(format!("the OpenAPI document is neither JSON nor YAML that can be read{line}: {why}"))
        }
    }
}
