//! The limits and rules of parameters. Every method looks at one of them and notes a fault; a value that is absent keeps all
//! limits but `required`.

use std::fmt::Display;

use super::json::ToJson;
use super::nested::Nested;
use super::values::shown;
use crate::violation::Faults;

/// Gathers what is wrong with parameters.
#[derive(Debug)]
pub struct Check<'a> {
    faults: &'a mut Faults,
}

impl<'a> Check<'a> {
    pub(crate) fn new(faults: &'a mut Faults) -> Self {
        Check { faults }
    }

    /// The caller must give it.
    pub fn required(&mut self, name: &str, given: bool) {
        if !given {
            self.fault(name, "required", None, "is required");
        }
    }

    /// An id is never empty: left out of a request by mistake, it would widen what the request is about.
    pub fn id(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if value.as_ref().is_some_and(|id| id.as_ref().trim().is_empty()) {
            self.fault(name, "empty", None, "must not be empty");
        }
    }

    /// Ids are never empty.
    pub fn ids(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>) {
        self.each(name, values, |check, id| {
            if id.as_ref().trim().is_empty() {
                check.faults.add("empty", None, "must not be empty");
            }
        });
    }

    /// So many characters.
    pub fn length(&mut self, name: &str, value: &Option<impl AsRef<str>>, least: Option<usize>, most: Option<usize>) {
        let Some(value) = value else { return };
        let length = value.as_ref().chars().count();
        if let Some(limit) = beyond(length, least, most) {
            let given = format!("{length}");
            self.fault(name, "length", Some(given), format!("must have {limit} characters"));
        }
    }

    /// A whole number between these.
    pub fn range(&mut self, name: &str, value: &Option<i64>, least: Option<i64>, most: Option<i64>) {
        let Some(value) = value else { return };
        if let Some(limit) = beyond(*value, least, most) {
            self.fault(name, "range", Some(value.to_string()), format!("must be {limit}"));
        }
    }

    /// A number between these.
    pub fn range_f64(&mut self, name: &str, value: &Option<f64>, least: Option<i64>, most: Option<i64>) {
        let Some(value) = value else { return };
        #[allow(clippy::cast_precision_loss)] // limits are small
        let limit = |limit: Option<i64>| limit.map(|limit| limit as f64);
        if !value.is_finite() {
            self.fault(name, "range", Some(value.to_string()), "must be a number");
        } else if let Some(limit) = beyond(*value, limit(least), limit(most)) {
            self.fault(name, "range", Some(value.to_string()), format!("must be {limit}"));
        }
    }

    /// So many elements.
    pub fn items<C>(&mut self, name: &str, values: &Option<C>, least: Option<usize>, most: Option<usize>)
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
    pub fn unique<T: ToJson>(&mut self, name: &str, values: &Option<Vec<T>>) {
        let mut seen = std::collections::BTreeSet::new();
        self.each(name, values, |check, value| {
            let text = shown(value).unwrap_or_default();
            if !seen.insert(text.clone()) {
                check.faults.add("unique", None, format!("is there twice: {text}"));
            }
        });
    }

    /// Shaped as an e-mail address.
    pub fn email(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if let Some(text) = value.as_ref().map(AsRef::as_ref).filter(|text| !is_email(text)) {
            let given = format!("\"{text}\"");
            self.fault(name, "format", Some(given), "must be an e-mail address");
        }
    }

    /// Shaped as e-mail addresses.
    pub fn emails(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>) {
        self.each(name, values, |check, value| {
            if !is_email(value.as_ref()) {
                check.faults.add("format", Some(format!("\"{}\"", value.as_ref())), "must be an e-mail address");
            }
        });
    }

    /// An `http` or `https` address.
    pub fn url(&mut self, name: &str, value: &Option<impl AsRef<str>>) {
        if let Some(text) = value.as_ref().map(AsRef::as_ref).filter(|text| !is_url(text)) {
            let given = format!("\"{text}\"");
            self.fault(name, "format", Some(given), "must be an address that begins with https:// or http://");
        }
    }

    /// `http` or `https` addresses.
    pub fn urls(&mut self, name: &str, values: &Option<Vec<impl AsRef<str>>>) {
        self.each(name, values, |check, value| {
            if !is_url(value.as_ref()) {
                let given = format!("\"{}\"", value.as_ref());
                check.faults.add("format", Some(given), "must be an address that begins with https:// or http://");
            }
        });
    }

    /// What an object's own limits say.
    pub fn nested(&mut self, name: &str, value: &Option<impl Nested>) {
        if let Some(value) = value {
            self.faults.field(name, |faults| value.check(&mut Check::new(faults)));
        }
    }

    /// What the limits of a list's objects say.
    pub fn nested_list<T: Nested>(&mut self, name: &str, values: &Option<Vec<T>>) {
        self.each(name, values, |check, value| value.check(check));
    }

    /// What the limits of a map's objects say.
    pub fn nested_map<T: Nested>(&mut self, name: &str, values: &Option<std::collections::BTreeMap<String, T>>) {
        self.faults.field(name, |faults| {
            for (key, value) in values.iter().flatten() {
                faults.field(key, |faults| value.check(&mut Check::new(faults)));
            }
        });
    }

    /// At least one of these was given.
    pub fn need(&mut self, any_of: &[(&str, bool)], because: &str) {
        if any_of.iter().any(|(name, given)| *given || self.faults.is_unread(name)) {
            return;
        }
        let names: Vec<String> = any_of.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} is needed: {because}"),
            several => format!("one of {} is needed: {because}", several.join(", ")),
        };
        self.faults.add("need", None, message.trim_end_matches('.'));
    }

    /// The first is before the second.
    pub fn order<T: PartialOrd + Display>(
        &mut self,
        first: &str,
        earlier: &Option<T>,
        second: &str,
        later: &Option<T>,
    ) {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && earlier >= later
        {
            let given = Some(earlier.to_string());
            self.fault(first, "order", given, format!("must be before `{second}` ({later})"));
        }
    }

    fn fault(&mut self, name: &str, rule: &'static str, given: Option<String>, message: impl Into<String>) {
        self.faults.field(name, |faults| faults.add(rule, given, message));
    }

    fn each<T>(&mut self, name: &str, values: &Option<Vec<T>>, mut look: impl FnMut(&mut Check<'_>, &T)) {
        self.faults.field(name, |faults| {
            for (index, value) in values.iter().flatten().enumerate() {
                faults.element(index, |faults| look(&mut Check::new(faults), value));
            }
        });
    }
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

/// Only the shape: whether there is such a mailbox nobody can tell from its name.
fn is_email(text: &str) -> bool {
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control() || "<>(),;\"".contains(letter);
    match text.rsplit_once('@') {
        Some((name, host)) => {
            !name.is_empty()
                && !name.contains('@')
                && !text.contains(forbidden)
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
        }
        None => false,
    }
}

fn is_url(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DateTime;

    fn told(check: impl FnOnce(&mut Check<'_>)) -> String {
        let mut faults = Faults::default();
        check(&mut Check::new(&mut faults));
        faults.into_list().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_absent_keeps_every_limit() {
        let told = told(|check| {
            check.id("a", &None::<String>);
            check.length("a", &None::<String>, Some(1), None);
            check.range("a", &None, Some(1), None);
            check.items("a", &None::<Vec<i64>>, Some(1), None);
            check.email("a", &None::<String>);
            check.order("a", &None, "b", &Some(1));
        });
        assert_eq!(told, "");
    }

    #[test]
    fn limits_include_their_ends_and_count_characters() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(told(|check| check.length("a", &text("äöü"), Some(3), Some(3))), "");
        assert_eq!(
            told(|check| check.length("a", &text("äöü"), Some(4), None)),
            "`a` must have at least 4 characters, not 3"
        );
        assert_eq!(told(|check| check.range("a", &Some(-1), Some(0), Some(1))), "`a` must be 0 to 1, not -1");
        assert_eq!(told(|check| check.range_f64("a", &Some(f64::NAN), None, None)), "`a` must be a number, not NaN");
        assert_eq!(
            told(|check| check.items("a", &Some(vec![1, 2]), None, Some(1))),
            "`a` must have at most 1 elements, not 2"
        );
    }

    #[test]
    fn lists_name_the_element() {
        let values = Some(vec!["x".to_owned(), " ".to_owned(), "x".to_owned()]);
        assert_eq!(told(|check| check.ids("a", &values)), "`a[1]` must not be empty");
        assert_eq!(told(|check| check.unique("a", &values)), "`a[2]` is there twice: x");
    }

    #[test]
    fn shapes() {
        for good in ["a@b.co", "a+b@c.d.example", "o'neil@example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.co", "a b@c.de", "a@b..co", "a@b@c.de", "A <a@b.co>", "a@b.co,c@d.co"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_url("https://example.com/x?y") && is_url("http://localhost:1"));
        assert!(!is_url("example.com") && !is_url("ftp://example.com") && !is_url("javascript:1"));
    }

    #[test]
    fn order_compares_instants_and_needs_a_difference() {
        let at = |text: &str| Some(text.parse::<DateTime>().unwrap());
        let noon = at("2026-01-01T12:00:00Z");
        assert_eq!(told(|check| check.order("a", &at("2026-01-01T12:30:00+01:00"), "b", &noon)), "");
        let same = told(|check| check.order("a", &at("2026-01-01T13:00:00+01:00"), "b", &noon));
        assert_eq!(same, "`a` must be before `b` (2026-01-01T12:00:00Z), not 2026-01-01T13:00:00+01:00");
    }

    #[test]
    fn a_need_names_all_that_would_do() {
        let told = told(|check| check.need(&[("user_id", false), ("user_email", false)], "Gong wants the owner."));
        assert_eq!(told, "one of `user_id`, `user_email` is needed: Gong wants the owner");
    }
}
