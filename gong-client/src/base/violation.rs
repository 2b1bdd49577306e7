//! What is wrong with an input, fault by fault, each with its place and a way to mend it.

use std::fmt;

use crate::base::text::printable;

/// One fault of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where: a parameter, or a place in one such as `parties[0].mediaChannelId`. Empty for the input as a whole.
    pub path: String,
    /// Which rule: `required`, `type`, `unknown`, `enum`, `format`, `length`, `range`, `items`, `unique`, `need`,
    /// `exclude`, `order`, `empty`, `file` or `size`.
    pub rule: &'static str,
    /// What was given, shortened; `None` if nothing was.
    pub given: Option<String>,
    /// What would be right.
    pub message: String,
    /// A name that was probably meant.
    pub did_you_mean: Option<String>,
}

impl fmt::Display for Violation {
    /// A name or a value that somebody else chose has nothing in it that a terminal would obey.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { String::new() } else { format!("`{}` ", self.path) };
        let given = self.given.as_ref().map(|given| format!(", not {given}")).unwrap_or_default();
        let meant = self.did_you_mean.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        f.write_str(&printable(&format!("{path}{}{given}{meant}", self.message)))
    }
}

/// Gathers violations while an input is walked. The way to a fault is put down once it is there, from within, so that a
/// good input pays nothing for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Violation>,
    /// How many of them are values that could not be read.
    unread: usize,
}

impl Faults {
    /// A fault at the place where the walk is.
    pub(crate) fn add(&mut self, rule: &'static str, given: Option<String>, message: impl Into<String>) {
        self.push(rule, given, message.into(), None);
    }

    /// A fault at the place where the walk is, with a name that was probably meant.
    pub(crate) fn push(
        &mut self,
        rule: &'static str,
        given: Option<String>,
        message: String,
        did_you_mean: Option<String>,
    ) {
        self.list.push(Violation { path: String::new(), rule, given: given.map(shorten), message, did_you_mean });
    }

    /// Adds these at the place where the walk is.
    pub(crate) fn extend(&mut self, faults: impl IntoIterator<Item = Violation>) {
        self.list.extend(faults);
    }

    /// Goes into a field for the time of `walk`.
    #[inline]
    pub(crate) fn field<T>(&mut self, name: &str, walk: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.len();
        let result = walk(self);
        if self.len() > before {
            self.lead_through(if name.is_empty() { "\"\"" } else { name }, before);
        }
        result
    }

    /// Goes into an element of a list for the time of `walk`.
    #[inline]
    pub(crate) fn element<T>(&mut self, index: usize, walk: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.len();
        let result = walk(self);
        if self.len() > before {
            self.lead_through(&format!("[{index}]"), before);
        }
        result
    }

    /// Puts `step` in front of the path of every fault after the first `before`.
    #[cold]
    fn lead_through(&mut self, step: &str, before: usize) {
        for fault in self.list.iter_mut().skip(before) {
            let dot = if fault.path.is_empty() || fault.path.starts_with('[') { "" } else { "." };
            fault.path = format!("{step}{dot}{}", fault.path);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// From here on faults are of values as they were read.
    pub(crate) fn reading_is_over(&mut self) {
        self.unread = self.list.len();
    }

    /// Whether what is at this path could not be read.
    pub(crate) fn is_unread(&self, path: &str) -> bool {
        self.list.iter().take(self.unread).any(|fault| covers(&fault.path, path))
    }

    /// All of them. What follows from a value that could not be read, such as its absence, is no second fault.
    pub(crate) fn into_list(mut self) -> Vec<Violation> {
        let mut others = self.list.split_off(self.unread.min(self.list.len()));
        others.retain(|fault| !self.is_unread(&fault.path));
        self.list.append(&mut others);
        self.list
    }
}

/// Whether a fault at `earlier` explains one at `path`: the same place, or the whole that `earlier` is a part of.
fn covers(earlier: &str, path: &str) -> bool {
    match earlier.strip_prefix(path) {
        Some("") => true,
        Some(rest) => !path.is_empty() && rest.starts_with('['),
        None => false,
    }
}

/// The name among `candidates` that `given` was probably meant to be.
pub(crate) fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = fold(given);
    candidates
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&folded, &fold(name)), name))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name.to_owned())
}

/// Case and the marks between words are the commonest mistakes, so they do not count.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Enough of a value to recognise it.
fn shorten(given: String) -> String {
    const MOST: usize = 80;
    if given.chars().count() <= MOST {
        return given;
    }
    given.chars().take(MOST).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests;
