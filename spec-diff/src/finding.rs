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
    pub(super) fn add(&mut self, rule: &'static Rule, spot: &Spot, message: impl Into<String>) {
        self.push(rule, spot, message.into(), None, None);
    }

    /// One value took the place of another.
    pub(super) fn changed(
        &mut self,
        rule: &'static Rule,
        spot: &Spot,
        message: impl Into<String>,
        was: impl Into<String>,
        is: impl Into<String>,
    ) {
        self.push(rule, spot, message.into(), Some(was.into()), Some(is.into()));
    }

    /// A value is there that was not.
    pub(super) fn set(&mut self, rule: &'static Rule, spot: &Spot, message: impl Into<String>, is: impl Into<String>) {
        self.push(rule, spot, message.into(), None, Some(is.into()));
    }

    /// A value is gone.
    pub(super) fn unset(
        &mut self,
        rule: &'static Rule,
        spot: &Spot,
        message: impl Into<String>,
        was: impl Into<String>,
    ) {
        self.push(rule, spot, message.into(), Some(was.into()), None);
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
