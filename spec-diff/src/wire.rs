//! What a tool sends, laid open: as places on the wire to compare, and as text to read.

use tool_spec::model::{Case, Entry, Fan, Hole, Plan, Request, Root, Step, Template, Tool};

use super::names::Names;
use super::words;

/// One thing that is sent, with the names of the head.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// Where, such as `body.filter.callIds`.
    pub(super) place: String,
    pub(super) what: What,
    /// As the template has it.
    pub(super) text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The same whatever is called.
    Constant,
    /// A parameter or a value of this name.
    Hole(String),
    /// What is sent when a list holds a value.
    Has { param: String, value: String },
    /// What depends on a parameter in another way.
    Other,
}

/// Everything that a request sends but its verb and the words of its path; and the keys that it sends even when they
/// hold nothing. `names` are new ones by those that the request has.
pub(super) fn leaves(request: &Request, names: &Names) -> (Vec<Leaf>, Vec<String>) {
    let mut out = Leaves { request, names, list: Vec::new(), always: Vec::new() };
    out.all();
    (out.list, out.always)
}

/// The operation of the service that a verb and a path ask for, whatever the path calls its holes.
#[must_use]
pub fn operation(verb: &str, path: &str) -> String {
    format!("{verb} {}", path_shape(path))
}

/// A request's path with `{}` for what is filled in.
pub(super) fn path_shape(path: &str) -> String {
    let mut parts = path.split('{');
    let start = parts.next().unwrap_or_default().to_owned();
    parts.fold(start, |shape, part| shape + "{}" + part.split_once('}').map_or(part, |(_, words)| words))
}

/// How a request is told from others of the same tool.
pub(super) fn target(request: &Request) -> String {
    operation(request.verb.as_str(), &request.path)
}

struct Leaves<'a> {
    request: &'a Request,
    names: &'a Names,
    list: Vec<Leaf>,
    always: Vec<String>,
}

impl Leaves<'_> {
    fn all(&mut self) {
        let request = self.request;
        for (index, hole) in request.segments.iter().enumerate() {
            self.hole(&format!("path.{index}"), hole);
        }
        for (key, template) in &request.query {
            self.template(&format!("query.{key}"), template);
        }
        if let Some(body) = &request.body {
            self.template("body", body);
        }
        for (name, part) in &request.multipart {
            self.template(&format!("multipart.{name}"), part);
        }
    }

    fn template(&mut self, place: &str, template: &Template) {
        match template {
            Template::Constant(json) => self.add(place, What::Constant, json.to_string()),
            Template::Hole(hole) => self.hole(place, hole),
            Template::Has { param, value, then } => {
                let then = then.as_ref().map(|then| format!(" then {then}")).unwrap_or_default();
                let (param, value) = (self.names.param(param).to_owned(), value.clone());
                let text = format!("${param} has {value}{then}");
                self.add(place, What::Has { param, value }, text);
            }
            Template::When { when, then } => {
                self.add(&format!("{place}.when"), What::Other, self.names.text(&when.to_string()));
                self.template(place, then);
            }
            Template::Object(entries) => {
                for Entry { key, always, value } in entries {
                    let place = format!("{place}.{key}");
                    if *always {
                        self.always.push(place.clone());
                    }
                    self.template(&place, value);
                }
            }
            Template::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.template(&format!("{place}.{index}"), item);
                }
            }
            Template::For { over, element } => {
                self.hole(&format!("{place}[]"), over);
                self.template(&format!("{place}[].each"), element);
            }
        }
    }

    fn hole(&mut self, place: &str, hole: &Hole) {
        let text = hole.to_string();
        match &hole.root {
            Root::Param(name) | Root::Value(name) | Root::Element(name) if hole.path.is_empty() => {
                let filters = text.strip_prefix(&format!("${name}")).unwrap_or_default();
                let name = self.names.param(self.origin(name)).to_owned();
                let text = format!("${name}{filters}");
                self.add(place, What::Hole(name), text);
            }
            _ => self.add(place, What::Other, self.names.text(&text)),
        }
    }

    /// The list whose element this name stands for, or the name itself.
    fn origin<'n>(&'n self, name: &'n str) -> &'n str {
        match &self.request.fan {
            Some(Fan::Each { of, alias, .. }) if alias == name => of,
            _ => name,
        }
    }

    fn add(&mut self, place: &str, what: What, text: String) {
        self.list.push(Leaf { place: place.to_owned(), what, text });
    }
}

/// Everything that a tool sends, to be read.
pub(super) fn tool_text(tool: &Tool) -> String {
    let requests: Vec<String> = match &tool.plan {
        Plan::Cases(cases) => match cases.as_slice() {
            [Case { when: None, request }] => vec![request_text(request)],
            cases => cases
                .iter()
                .map(|case| format!("when {}\n{}", words::condition(case.when.as_ref()), request_text(&case.request)))
                .collect(),
        },
        Plan::Steps(steps) => steps
            .iter()
            .enumerate()
            .map(|(index, Step { request, .. })| format!("step {}\n{}", index + 1, request_text(request)))
            .collect(),
    };
    requests.join("\n")
}

/// A request, to be read: the verb and the path, and below it what is sent.
pub(super) fn request_text(request: &Request) -> String {
    let mut out = format!("{} {}\n", request.verb.as_str(), request.path);
    match &request.fan {
        Some(Fan::Chunk { of, size }) => out += &format!("  {size} of ${of} at a time\n"),
        Some(Fan::Each { of, alias, .. }) => out += &format!("  once for each ${alias} of ${of}\n"),
        None => {}
    }
    if !request.query.is_empty() {
        out += "  query\n";
    }
    for (key, template) in &request.query {
        member(&mut out, 2, key, template);
    }
    if let Some(body) = &request.body {
        member(&mut out, 1, "body", body);
    }
    if !request.multipart.is_empty() {
        out += "  multipart\n";
    }
    for (name, part) in &request.multipart {
        member(&mut out, 2, name, part);
    }
    out
}

fn member(out: &mut String, depth: usize, key: &str, template: &Template) {
    let indent = "  ".repeat(depth);
    match template {
        Template::Object(entries) => {
            *out += &format!("{indent}{key}\n");
            for entry in entries {
                member(out, depth + 1, &entry.marked_key(), &entry.value);
            }
        }
        Template::List(items) => {
            *out += &format!("{indent}{key}\n");
            items.iter().for_each(|item| member(out, depth + 1, "-", item));
        }
        Template::When { when, then } => member(out, depth, &format!("{key}, if {when}"), then),
        Template::For { over, element } => {
            *out += &format!("{indent}{key}, for each of {}\n", over);
            member(out, depth + 1, "-", element);
        }
        one => *out += &format!("{indent}{key}: {one}\n"),
    }
}

/// A template on one line, to be compared.
pub(super) fn template_text(template: &Template) -> String {
    let mut out = String::new();
    member(&mut out, 0, "", template);
    out
}
