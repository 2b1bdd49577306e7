//! What a comparison finds, and where it is put together.

use super::Side;
use super::accepted::Acceptance;
use super::places::Location;
use super::reach::Reach;
use super::rule::Rule;

/// One way in which the head differs from the base.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it is about, such as `acme_calls_create.params.title`: as the head names it, or the base if the head has
    /// none.
    pub path: String,
    /// What changed, in one sentence without a full stop.
    pub message: String,
    /// What it was, where that is short.
    pub was: Option<String>,
    /// What it is, where that is short.
    pub is: Option<String>,
    /// Where it is in the base, or what holds it there.
    pub base: Option<Location>,
    /// Where it is in the head, or what holds it there.
    pub head: Option<Location>,
    /// The tools that it concerns.
    pub tools: Vec<String>,
    /// What stays the same when lines move: by this a finding is accepted.
    pub fingerprint: String,
    /// Why it is accepted, if it is.
    pub accepted: Option<Acceptance>,
}

impl Finding {
    /// The tool, the model or the part of the service that it is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.path.split('.').next().unwrap_or_default()
    }
}

/// The path of one thing, as either side names it.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    base: String,
    head: String,
}

impl Spot {
    pub(super) fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        Spot { base: path.clone(), head: path }
    }

    pub(super) fn renamed(base: impl Into<String>, head: impl Into<String>) -> Self {
        Spot { base: base.into(), head: head.into() }
    }

    /// Something in it.
    pub(super) fn at(&self, below: &str) -> Self {
        self.between(below, below)
    }

    /// Something in it that the sides name differently.
    pub(super) fn between(&self, base: &str, head: &str) -> Self {
        Spot { base: format!("{}.{base}", self.base), head: format!("{}.{head}", self.head) }
    }
}

/// All findings so far, and what is needed to make more of them.
pub(super) struct Found<'a> {
    pub(super) base: &'a Side,
    pub(super) head: &'a Side,
    reach: Reach,
    pub(super) list: Vec<Finding>,
}

impl<'a> Found<'a> {
    pub(super) fn new(base: &'a Side, head: &'a Side) -> Self {
        Found { base, head, reach: Reach::of(&base.spec, &head.spec), list: Vec::new() }
    }

    /// Something changed that cannot be said as one value in place of another.
    pub(super) fn add(&mut self, rule: &'static Rule, spot: &Spot, message: String) {
        self.push(rule, spot, message, None, None);
    }

    /// One value took the place of another.
    pub(super) fn changed(
        &mut self,
        rule: &'static Rule,
        spot: &Spot,
        message: String,
        was: impl Into<String>,
        is: impl Into<String>,
    ) {
        self.push(rule, spot, message, Some(was.into()), Some(is.into()));
    }

    /// A value is there that was not.
    pub(super) fn set(&mut self, rule: &'static Rule, spot: &Spot, message: String, is: impl Into<String>) {
        self.push(rule, spot, message, None, Some(is.into()));
    }

    /// A value is gone.
    pub(super) fn unset(&mut self, rule: &'static Rule, spot: &Spot, message: String, was: impl Into<String>) {
        self.push(rule, spot, message, Some(was.into()), None);
    }

    /// One value took the place of another, if it is another.
    pub(super) fn differs(
        &mut self,
        rule: &'static Rule,
        spot: &Spot,
        (was, is): (impl ToString, impl ToString),
        message: impl FnOnce(&str, &str) -> String,
    ) {
        let (was, is) = (was.to_string(), is.to_string());
        if was != is {
            let message = message(&was, &is);
            self.changed(rule, spot, message, was, is);
        }
    }

    /// A value that need not be there came, became another or went: the rule and the message for each, in this order.
    pub(super) fn optional(
        &mut self,
        spot: &Spot,
        (was, is): (Option<impl ToString>, Option<impl ToString>),
        [came, became, went]: [(&'static Rule, String); 3],
    ) {
        match (was.map(|was| was.to_string()), is.map(|is| is.to_string())) {
            (None, Some(is)) => self.set(came.0, spot, came.1, is),
            (Some(was), None) => self.unset(went.0, spot, went.1, was),
            (was, is) if was == is => {}
            (was, is) => self.push(became.0, spot, became.1, was, is),
        }
    }

    /// Names that are only in the head or only in the base: the rule and the message for either.
    pub(super) fn names(
        &mut self,
        spot: impl Fn(&str) -> Spot,
        (was, is): (&[String], &[String]),
        came: (&'static Rule, impl Fn(&str) -> String),
        went: (&'static Rule, impl Fn(&str) -> String),
    ) {
        for name in is.iter().filter(|name| !was.contains(name)) {
            self.set(came.0, &spot(name), came.1(name), name);
        }
        for name in was.iter().filter(|name| !is.contains(name)) {
            self.unset(went.0, &spot(name), went.1(name), name);
        }
    }

    fn push(&mut self, rule: &'static Rule, spot: &Spot, message: String, was: Option<String>, is: Option<String>) {
        let path = spot.head.clone();
        let subject = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        self.list.push(Finding {
            rule,
            message,
            base: self.base.places.find(&spot.base).cloned(),
            head: self.head.places.find(&spot.head).cloned(),
            tools: self.reach.tools(&[&subject(&spot.base), &subject(&spot.head)]),
            fingerprint: fingerprint(&[rule.id, &path, was.as_deref().unwrap_or("-"), is.as_deref().unwrap_or("-")]),
            path,
            was,
            is,
            accepted: None,
        });
    }
}

/// Sixteen hexadecimal digits made of these texts by FNV-1a, which is short, old and the same everywhere; nothing here
/// has to be kept from anybody.
fn fingerprint(parts: &[&str]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
