//! Names that are the same once they are Rust.

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Sink};
use crate::source::At;

/// The names of one kind that must all differ in Rust.
pub(crate) struct Clashes {
    what: &'static str,
    taken: BTreeMap<String, (&'static str, At<String>)>,
    reserved: Vec<(&'static str, &'static str)>,
}

impl Clashes {
    pub(crate) fn new(what: &'static str) -> Self {
        Clashes { what, taken: BTreeMap::new(), reserved: Vec::new() }
    }

    /// Names that are gone already, and to what.
    pub(crate) fn reserve(&mut self, names: &[&'static str], owner: &'static str) {
        self.reserved.extend(names.iter().map(|name| (*name, owner)));
    }

    /// Adds a name that Rust spells `rust`, and reports it if it cannot be or is taken.
    pub(crate) fn add(&mut self, name: &At<String>, rust: String, sink: &Sink) {
        self.add_as(self.what, name, rust, sink);
    }

    /// As [`Clashes::add`], for a name of another kind that must differ from these.
    pub(crate) fn add_as(&mut self, what: &'static str, name: &At<String>, rust: String, sink: &Sink) {
        let written = &name.value;
        if rust.is_empty() {
            let message = format!("the {what} `{written}` has no letter or digit that Rust could call it by");
            return sink.report(Fault::new(FaultKind::Syntax, name.span, message));
        }
        if let Some((_, owner)) = self.reserved.iter().find(|(reserved, _)| *reserved == rust) {
            let message = format!("`{rust}` is {owner}, so no {what} can be called `{written}`");
            return sink.report(Fault::new(FaultKind::Clash, name.span, message));
        }
        if let Some((other, first)) = self.taken.get(&rust) {
            let message = if first.value == *written && *other == what {
                format!("the {what} `{written}` is here twice")
            } else {
                format!("the {what} `{written}` and the {other} `{}` are the same in Rust: `{rust}`", first.value)
            };
            return sink.report(Fault::new(FaultKind::Clash, name.span, message).related(first.span, "first here"));
        }
        self.taken.insert(rust, (what, name.clone()));
    }
}
