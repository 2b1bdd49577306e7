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
    /// `order` or `empty`.
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

    /// The faults after so many are within this.
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
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_misspelt_name_is_obeyed_by_a_terminal() {
        let mut faults = Faults::default();
        faults.field("a\u{1b}]52;c;aGk=\u{7}b", |faults| {
            faults.add("unknown", Some("\u{202e}x".to_owned()), "is unknown");
        });
        assert_eq!(faults.into_list()[0].to_string(), "`a\u{fffd}]52;c;aGk=\u{fffd}b` is unknown, not \u{fffd}x");
    }

    #[test]
    fn paths_grow_and_shrink_with_the_walk() {
        let mut faults = Faults::default();
        faults.field("parties", |faults| {
            faults.element(0, |faults| {
                faults.field("mediaChannelId", |faults| faults.add("range", None, "must be 0 or 1"))
            });
        });
        faults.add("need", None, "Say who.");
        let shown: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["`parties[0].mediaChannelId` must be 0 or 1", "Say who."]);
    }

    #[test]
    fn what_could_not_be_read_is_blamed_once() {
        let mut faults = Faults::default();
        faults.field("ids", |faults| faults.element(2, |faults| faults.add("type", None, "must be an id")));
        faults.reading_is_over();
        for name in ["ids", "id", "text", "text"] {
            faults.field(name, |faults| faults.add("required", None, "is required"));
        }
        let paths: Vec<String> = faults.into_list().into_iter().map(|fault| fault.path).collect();
        assert_eq!(paths, ["ids[2]", "id", "text", "text"]);
    }

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let names = ["from_date_time", "to_date_time", "cursor"];
        assert_eq!(did_you_mean("fromDateTime", names).as_deref(), Some("from_date_time"));
        assert_eq!(did_you_mean("curser", names).as_deref(), Some("cursor"));
        assert_eq!(did_you_mean("workspace", names), None);
    }
}
