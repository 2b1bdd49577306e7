//! What a hole may name at some point of a tool, and which of it was used.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Sink, nearest};
use crate::model::{Root, Text, TextPart, Ty};
use crate::names::{is_name, snake};
use crate::source::{At, Span};

/// A parameter, a value, a take or an alias.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) root: Root,
    /// `None` if the type could not be read, which has been reported.
    pub(crate) ty: Option<Ty>,
    /// Where it is declared.
    pub(crate) span: Span,
}

impl Name {
    pub(crate) fn name(&self) -> &str {
        match &self.root {
            Root::Param(name) | Root::Value(name) | Root::Element(name) => name,
            Root::Item => "item",
            Root::Key => "key",
            Root::Answer => "",
        }
    }
}

/// The names that are known at some point of a tool. Steps and requests add theirs to a copy.
#[derive(Clone)]
pub(crate) struct Names<'a> {
    tool: &'a str,
    known: Vec<Name>,
    indices: BTreeMap<String, usize>,
    uses: &'a Uses,
    /// No parameter could be read, so that a name which is not known may be one.
    partial: bool,
}

/// What the names of a tool are used for.
#[derive(Default)]
pub(crate) struct Uses(RefCell<BTreeMap<String, Use>>);

/// What a name is used for, each more than the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// Something looks at it.
    Used,
    /// A request cannot be made without it.
    Needed,
    Sent,
}

impl Uses {
    /// Whether a name is used for this, or for more.
    pub(crate) fn has(&self, name: &str, least: Use) -> bool {
        self.0.borrow().get(name).is_some_and(|most| *most >= least)
    }

    pub(crate) fn mark(&self, name: &str, now: Use) {
        let mut uses = self.0.borrow_mut();
        match uses.get_mut(name) {
            Some(most) => *most = now.max(*most),
            None => drop(uses.insert(name.to_owned(), now)),
        }
    }
}

impl<'a> Names<'a> {
    pub(crate) fn new(tool: &'a str, uses: &'a Uses, partial: bool) -> Self {
        Names { tool, known: Vec::new(), indices: BTreeMap::new(), uses, partial }
    }

    pub(crate) fn uses(&self) -> &'a Uses {
        self.uses
    }

    /// Adds a name; one that is known already is reported.
    pub(crate) fn add(&mut self, name: Name, sink: &Sink) {
        let text = name.name().to_owned();
        if let Some(first) = self.get(&text) {
            let fault = Fault::new(FaultKind::Clash, name.span, format!("`{text}` is the name of something else too"));
            return sink.report(fault.related(first.span, "first here"));
        }
        if !is_name(&text) || snake(&text) != text {
            let help =
                "such a name has words of small letters and digits with one `_` between them, and begins with a letter";
            sink.report(Fault::new(FaultKind::Syntax, name.span, format!("`{text}` cannot be a name")).help(help));
        }
        self.indices.insert(text, self.known.len());
        self.known.push(name);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Name> {
        self.known.get(*self.indices.get(name)?)
    }

    /// What a hole names. It counts as used; an unknown name is reported, and so is a file, which is no value.
    pub(crate) fn find(&self, name: &At<String>, sink: &Sink) -> Option<&Name> {
        let found = self.get(&name.value);
        match found {
            Some(_) => self.uses.mark(&name.value, Use::Needed),
            None => self.unknown(&name.value, name.span, "parameter or value", |_| true, sink),
        }
        no_file(found?, name.span, sink)
    }

    /// The file that a part of a form carries, if the part is one. It counts as sent.
    pub(crate) fn file(&self, name: &str) -> Option<&Name> {
        let found = self.get(name).filter(|found| found.ty == Some(Ty::File))?;
        self.uses.mark(name, Use::Sent);
        Some(found)
    }

    /// A parameter. It counts as used; an unknown name is reported.
    pub(crate) fn param(&self, name: &At<String>, sink: &Sink) -> Option<&Name> {
        let found = self.get(&name.value).filter(|found| is_param(found));
        match found {
            Some(_) => self.uses.mark(&name.value, Use::Used),
            None => self.unknown(&name.value, name.span, "parameter", is_param, sink),
        }
        found
    }

    /// A parameter that something is worked out from.
    pub(crate) fn needed_param(&self, name: &At<String>, sink: &Sink) -> Option<&Name> {
        let found = self.param(name, sink)?;
        self.uses.mark(&name.value, Use::Needed);
        no_file(found, name.span, sink)
    }

    fn unknown(&self, name: &str, span: Span, what: &str, count: impl Fn(&Name) -> bool, sink: &Sink) {
        if self.partial {
            return;
        }
        let known: Vec<&str> = self.known.iter().filter(|name| count(name)).map(Name::name).collect();
        sink.report_cause(&cause(self.tool, name), span, || {
            let fault = Fault::new(FaultKind::UnknownName, span, format!("the tool has no {what} `{name}`"));
            if matches!(name, "item" | "key") {
                return fault.help("`$item` and `$key` are known inside the `as` of `{for: …, as: …}`");
            }
            let fault = fault.did_you_mean(name, known.iter().copied());
            // What was most likely meant is not called unused on top.
            match nearest(name, &known).and_then(|meant| self.get(meant)) {
                Some(meant) => {
                    self.uses.mark(meant.name(), Use::Sent);
                    fault.related(meant.span, "declared here")
                }
                None => fault,
            }
        });
    }

    /// A sentence in which `{name}` stands for a parameter or a value. Braces around anything else are themselves.
    pub(crate) fn text(&self, written: &At<String>, sink: &Sink) -> Option<Text> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut fine = true;
        let mut rest = written.value.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            words.push_str(before);
            match after.split_once('}').filter(|(name, _)| is_name(name)) {
                Some((name, after)) => {
                    match self.find(&At::new(name.to_owned(), written.span), sink) {
                        Some(name) => {
                            if !words.is_empty() {
                                parts.push(TextPart::Words(std::mem::take(&mut words)));
                            }
                            parts.push(TextPart::Hole(name.root.clone()));
                        }
                        None => fine = false,
                    }
                    rest = after;
                }
                None => {
                    words.push('{');
                    rest = after;
                }
            }
        }
        words.push_str(rest);
        if !words.is_empty() {
            parts.push(TextPart::Words(words));
        }
        fine.then_some(Text(parts))
    }
}

/// What is behind a name that a tool does not have, wherever in the tool it stands.
pub(crate) fn cause(tool: &str, name: &str) -> String {
    format!("name {name} of {tool}")
}

/// The name, if it is no file's: nothing but a part of a form can be made of a file.
fn no_file<'n>(found: &'n Name, span: Span, sink: &Sink) -> Option<&'n Name> {
    if found.ty != Some(Ty::File) {
        return Some(found);
    }
    let message = format!("`{}` is a file, which is the whole of a part of a form and nothing else", found.name());
    let fault = Fault::new(FaultKind::Type, span, message).related(found.span, "declared here");
    sink.refuse(fault.help(format!("send it with `multipart: {{name: ${}}}`", found.name())))
}

fn is_param(name: &Name) -> bool {
    matches!(name.root, Root::Param(_))
}
