//! The limits and rules of parameters. Every method looks at one of them and notes a fault; a value that is absent
//! keeps all limits but `required`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Display;

use crate::base::id::{Form, Id, Kind};
use crate::base::violation::Faults;
use crate::input::json::ToJson;
use crate::input::text::{is_blank, shown};
use crate::input::upload::Upload;

/// Gathers what is wrong with parameters.
#[derive(Debug)]
pub(crate) struct Check<'a> {
    pub(crate) faults: &'a mut Faults,
}

impl<'a> Check<'a> {
    pub(crate) fn new(faults: &'a mut Faults) -> Self {
        Check { faults }
    }

    /// The caller must give it.
    pub(crate) fn required(&mut self, name: &str, given: bool) {
        if !given {
            self.fault(name, "required", None, "is required");
        }
    }

    /// An id is never empty: left out of a request by mistake, it would widen what the request is about. And it is
    /// written as ids of its kind are.
    pub(crate) fn id<K: Kind>(&mut self, name: &str, value: &Option<Id<K>>) {
        if let Some(id) = value {
            self.id_text(name, None, id.as_str(), K::NAME, K::FORM);
        }
    }

    /// As [`Check::id`], each of them.
    pub(crate) fn ids<K: Kind>(&mut self, name: &str, values: &Option<Vec<Id<K>>>) {
        for (index, id) in values.as_deref().unwrap_or_default().iter().enumerate() {
            self.id_text(name, Some(index), id.as_str(), K::NAME, K::FORM);
        }
    }

    /// As [`Check::id`], whatever the kind of it, and wherever in a list.
    fn id_text(&mut self, name: &str, index: Option<usize>, text: &str, kind: &str, form: Form) {
        if is_blank(text) || !form.fits(text) {
            self.faults.field(name, |faults| match index {
                Some(index) => faults.element(index, |faults| no_id(faults, text, kind, form)),
                None => no_id(faults, text, kind, form),
            });
        }
    }

    /// A text that must be given is not empty.
    pub(crate) fn text(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if value.as_ref().is_some_and(|text| is_blank(text.as_ref())) {
            self.fault(name, "empty", None, "must not be empty");
        }
    }

    /// The number of characters of a text.
    pub(crate) fn length(
        &mut self,
        name: &str,
        value: &Option<impl AsRef<str>>,
        least: Option<usize>,
        most: Option<usize>,
    ) {
        let Some(value) = value else { return };
        let length = value.as_ref().chars().count();
        if let Some(limit) = beyond(length, least, most) {
            let given = format!("{length}");
            self.fault(name, "length", Some(given), format!("must have {limit} characters"));
        }
    }

    /// A whole number between these.
    pub(crate) fn range(&mut self, name: &str, value: &Option<i64>, least: Option<i64>, most: Option<i64>) {
        let Some(value) = value else { return };
        if let Some(limit) = beyond(*value, least, most) {
            self.fault(name, "range", Some(value.to_string()), format!("must be {limit}"));
        }
    }

    /// A number between these.
    pub(crate) fn range_f64(&mut self, name: &str, value: &Option<f64>, least: Option<i64>, most: Option<i64>) {
        let Some(value) = value else { return };
        #[allow(clippy::cast_precision_loss)] // limits are small
        let limit = |limit: Option<i64>| limit.map(|limit| limit as f64);
        if !value.is_finite() {
            self.fault(name, "range", Some(value.to_string()), "must be a number");
        } else if let Some(limit) = beyond(*value, limit(least), limit(most)) {
            self.fault(name, "range", Some(value.to_string()), format!("must be {limit}"));
        }
    }

    /// The number of elements of a list.
    pub(crate) fn items<C>(&mut self, name: &str, values: &Option<C>, least: Option<usize>, most: Option<usize>)
    where
        for<'v> &'v C: IntoIterator,
    {
        let Some(values) = values else { return };
        let count = values.into_iter().count();
        if let Some(limit) = beyond(count, least, most) {
            self.fault(name, "items", Some(count.to_string()), format!("must have {limit} elements"));
        }
    }

    /// No element twice.
    pub(crate) fn unique<T: ToJson>(&mut self, name: &str, values: &Option<Vec<T>>) {
        let values = values.as_deref().unwrap_or_default().iter();
        for (index, text) in repeats(&mut values.map(|value| shown(value).unwrap_or_default())) {
            self.element_fault(name, index, "unique", None, format!("is there twice: {text}"));
        }
    }

    /// Shaped as an e-mail address.
    pub(crate) fn email(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if let Some(text) = value.as_ref().map(AsRef::as_ref).filter(|text| !is_email(text)) {
            let given = format!("\"{text}\"");
            self.fault(name, "format", Some(given), "must be an e-mail address");
        }
    }

    /// Shaped as e-mail addresses.
    pub(crate) fn emails(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>) {
        self.texts(name, values, |text| {
            (!is_email(text)).then(|| (("format", Some(format!("\"{text}\""))), "must be an e-mail address"))
        });
    }

    /// An `http` or `https` address.
    pub(crate) fn url(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if let Some(text) = value.as_ref().map(AsRef::as_ref).filter(|text| !is_url(text)) {
            let given = format!("\"{text}\"");
            self.fault(name, "format", Some(given), "must be an address that begins with https:// or http://");
        }
    }

    /// `http` or `https` addresses.
    pub(crate) fn urls(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>) {
        let message = "must be an address that begins with https:// or http://";
        self.texts(name, values, |text| (!is_url(text)).then(|| (("format", Some(format!("\"{text}\""))), message)));
    }

    /// A file has something in it, and no more than this; and its name ends in one of these, if there are any.
    pub(crate) fn file(&mut self, name: &str, value: &Option<Upload>, most: Option<u64>, formats: &[&str]) {
        let Some(upload) = value else { return };
        let shown = || Some(format!("\"{}\"", upload.name()));
        if !formats.is_empty() && !upload.format().is_some_and(|format| formats.contains(&&*format)) {
            let ends: Vec<String> = formats.iter().map(|format| format!(".{format}")).collect();
            let message = format!("must be a file whose name ends in {}", ends.join(", "));
            self.fault(name, "format", shown(), message);
        }
        let size = upload.size();
        if size == 0 {
            self.fault(name, "size", shown(), "must be a file with something in it");
        } else if let Some(most) = most.filter(|most| size > *most) {
            let given = Some(format!("{size}"));
            self.fault(name, "size", given, format!("must be a file of at most {most} bytes"));
        }
    }

    /// Texts that each become a part of a path, of which these would make another path.
    #[allow(dead_code)] // whether a spec has such a list is its affair
    pub(crate) fn segments(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>, refused: &[&str]) {
        self.texts(name, values, |text| {
            let fault = || (("format", Some(format!("{text:?}"))), "must be fit for a part of a path");
            refused.contains(&text).then(fault)
        });
    }

    /// At least one of these was given. `when` is the condition of which that is demanded, in words; empty for none.
    pub(crate) fn need(&mut self, any_of: &[(&str, bool)], when: &str, because: &str) {
        if any_of.iter().any(|(name, given)| *given || self.faults.is_unread(name)) {
            return;
        }
        let names: Vec<String> = any_of.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (needed, when) = (if names.len() > 1 { "one of " } else { "" }, on_condition(when));
        let message = format!("{needed}{} is needed{when}: {because}", names.join(", "));
        self.faults.add("need", None, message.trim_end_matches('.'));
    }

    /// At most one of these was given.
    pub(crate) fn exclude(&mut self, of: &[(&str, bool)], because: &str) {
        let given: Vec<String> = of.iter().filter(|(_, given)| *given).map(|(name, _)| format!("`{name}`")).collect();
        if let Some((last, others @ [_, ..])) = given.split_last() {
            let message = format!("{} and {last} cannot be given together: {because}", others.join(", "));
            self.faults.add("exclude", None, message.trim_end_matches('.'));
        }
    }

    /// The first is before the second; `when` as in [`need`](Self::need).
    pub(crate) fn order<T: PartialOrd + Display>(
        &mut self,
        first: &str,
        earlier: &Option<T>,
        second: &str,
        later: &Option<T>,
        when: &str,
    ) {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && earlier >= later
        {
            let given = Some(earlier.to_string());
            let when = on_condition(when);
            self.fault(first, "order", given, format!("must be before `{second}` ({later}){when}"));
        }
    }

    fn fault(&mut self, name: &str, rule: &'static str, given: Option<String>, message: impl Into<String>) {
        self.faults.field(name, |faults| faults.add(rule, given, message));
    }

    fn element_fault(
        &mut self,
        name: &str,
        index: usize,
        rule: &'static str,
        given: Option<String>,
        message: impl Into<String>,
    ) {
        self.faults.field(name, |faults| faults.element(index, |faults| faults.add(rule, given, message)));
    }

    /// Looks at the texts of a list; the way to an element is only written down if there is something to say of it.
    fn texts(
        &mut self,
        name: &str,
        values: &Option<Vec<impl AsRef<str>>>,
        look: impl Fn(&str) -> Option<((&'static str, Option<String>), &'static str)>,
    ) {
        for (index, value) in values.as_deref().unwrap_or_default().iter().enumerate() {
            if let Some(((rule, given), message)) = look(value.as_ref()) {
                self.element_fault(name, index, rule, given, message);
            }
        }
    }
}

/// The condition of a rule, as a message goes on.
fn on_condition(when: &str) -> String {
    if when.is_empty() { String::new() } else { format!(" when {when}") }
}

/// The limits in words, if the value is beyond them.
fn beyond<T: PartialOrd + Display>(value: T, least: Option<T>, most: Option<T>) -> Option<String> {
    let kept = least.as_ref().is_none_or(|least| value >= *least) && most.as_ref().is_none_or(|most| value <= *most);
    match (least, most) {
        _ if kept => None,
        (Some(least), Some(most)) if least == most => Some(format!("exactly {least}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

#[cold]
fn no_id(faults: &mut Faults, text: &str, kind: &str, form: Form) {
    match is_blank(text) {
        true => faults.add("empty", None, "must not be empty"),
        false => faults.add("format", Some(format!("{text:?}")), format!("must be a {kind} id{}", form.said())),
    }
}

/// Where in a list a text stands that stood there before.
fn repeats<'t>(texts: &mut dyn Iterator<Item = Cow<'t, str>>) -> Vec<(usize, Cow<'t, str>)> {
    let mut seen = HashSet::with_capacity(texts.size_hint().0);
    texts.enumerate().filter(|(_, text)| !seen.insert(text.clone())).collect()
}

/// Only the shape: whether there is such a mailbox nobody can tell from its name.
fn is_email(text: &str) -> bool {
    let strange = |letter: char| letter.is_whitespace() || letter.is_control();
    let (mut at, mut dots, mut part) = (false, 0, 0);
    for byte in text.bytes() {
        match byte {
            // The name and every part of the host have letters.
            b'@' if at || part == 0 => return false,
            b'@' => (at, part) = (true, 0),
            b'.' if at && part == 0 => return false,
            b'.' if at => (dots, part) = (dots + 1, 0),
            b'<' | b'>' | b'(' | b')' | b',' | b';' | b'"' | b'\x00'..=b' ' | b'\x7f' => return false,
            _ => part += 1,
        }
    }
    at && dots > 0 && part > 0 && (text.is_ascii() || !text.contains(strange))
}

fn is_url(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests;
