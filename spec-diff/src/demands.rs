//! What parameters demand of each other, and which scopes a tool needs.

use super::finding::{Found, Spot};
use super::names::{Fits, Names, Paired, pair};
use super::rule::{Rule, rules};
use super::{requests, texts};
use tool_spec::model::{Rule as ToolRule, Tool};

rules! { "Demands and scopes":
    NEED_ADDED = "need-rule-added" [Dangerous Breaking None => Major]
        "A tool wants at least one of some parameters."
        why "Calls without any of them are refused before they are sent."
        instead "Give one of them a default or a look-up.";
    NEED_NARROWED = "need-rule-narrowed" [Dangerous Breaking None => Major]
        "A parameter no longer counts as one of those of which one is needed."
        why "Calls that gave only this one are refused before they are sent."
        instead "Keep it among them, if the service takes it.";
    NEED_RELAXED = "need-rule-relaxed" [Compatible Compatible Compatible => Minor]
        "One more parameter counts as one of those of which one is needed."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    NEED_REMOVED = "need-rule-removed" [Compatible Compatible Compatible => Minor]
        "A tool no longer wants one of some parameters."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    EXCLUDE_ADDED = "exclude-rule-added" [Dangerous Breaking None => Major]
        "At most one of some parameters may be given."
        why "Calls with more of them are refused before they are sent."
        instead "Nothing, if the service refuses them too.";
    EXCLUDE_WIDENED = "exclude-rule-widened" [Dangerous Breaking None => Major]
        "One more parameter is among those of which at most one may be given."
        why "Calls that gave it beside another are refused before they are sent."
        instead "Nothing, if the service refuses them too.";
    EXCLUDE_RELAXED = "exclude-rule-relaxed" [Compatible Compatible Compatible => Minor]
        "A parameter is no longer among those of which at most one may be given."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    EXCLUDE_REMOVED = "exclude-rule-removed" [Compatible Compatible Compatible => Minor]
        "Some parameters may be given together that excluded each other."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    ORDER_ADDED = "order-rule-added" [Dangerous Breaking None => Major]
        "One parameter must be before another."
        why "Calls with an empty or a reversed range are refused before they are sent."
        instead "Nothing, if the service refuses them too.";
    ORDER_REMOVED = "order-rule-removed" [Compatible Compatible Compatible => Minor]
        "One parameter need not be before another any more."
        why "Calls that were refused are sent now."
        instead "Make sure what the service does with a reversed range.";
    CONDITION_ADDED = "rule-condition-added" [Compatible Compatible Compatible => Minor]
        "What parameters demand of each other is demanded on a condition only."
        why "Calls that were refused are sent now."
        instead "Make sure that the service takes them.";
    CONDITION_CHANGED = "rule-condition-changed" [Dangerous Breaking None => Major]
        "What parameters demand of each other is demanded on another condition, or in any case."
        why "Calls that were taken are refused before they are sent."
        instead "Keep to the condition of before, if the service does.";
    SCOPE_ADDED = "scope-added" [Dangerous Dangerous Breaking => Minor]
        "A tool needs a scope that it did not need."
        why "Whoever granted access without it gets a 403 until they grant it again."
        instead "Use a request that the old scopes allow; else say in the changelog which scope to grant.";
    SCOPE_REMOVED = "scope-removed" [Compatible Compatible Compatible => Patch]
        "A tool no longer needs a scope."
        why "Less access is enough than before."
        instead "Nothing; those who like to grant little may want to know.";
}

pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let at = spot.at("rules");
    let demands = |tool: &Tool, names: &Names| -> Vec<Demand> {
        tool.rules.iter().map(|rule| Demand::new(rule, names)).collect()
    };
    let (was, is) = (demands(base, names), demands(head, &Names::default()));
    for kind in [&NEED, &EXCLUDE, &ORDER] {
        kind.compare(found, &at, &head.name, &was, &is);
    }
    let name = &head.name;
    found.names(
        |scope| spot.at(&scope_place(if head.scopes.iter().any(|other| other == scope) { head } else { base }, scope)),
        (&base.scopes, &head.scopes),
        (&SCOPE_ADDED, |scope| format!("`{name}` needs the scope `{scope}`")),
        (&SCOPE_REMOVED, |scope| format!("`{name}` no longer needs the scope `{scope}`")),
    );
}

/// A kind of rules, and what is said of a change of one.
struct Kind {
    /// What the tool does with its parameters, and what it does not any more.
    says: [&'static str; 2],
    came: &'static Rule,
    went: &'static Rule,
    /// Another parameter makes it one that refuses more, or one that refuses less. No `order` becomes another.
    stricter: &'static Rule,
    milder: &'static Rule,
    /// Whether it is one more that makes it refuse more.
    gaining_is_stricter: bool,
}

static NEED: Kind = Kind {
    says: ["needs one of", "no longer needs one of"],
    came: &NEED_ADDED,
    went: &NEED_REMOVED,
    stricter: &NEED_NARROWED,
    milder: &NEED_RELAXED,
    gaining_is_stricter: false,
};

static EXCLUDE: Kind = Kind {
    says: ["takes at most one of", "now takes together"],
    came: &EXCLUDE_ADDED,
    went: &EXCLUDE_REMOVED,
    stricter: &EXCLUDE_WIDENED,
    milder: &EXCLUDE_RELAXED,
    gaining_is_stricter: true,
};

static ORDER: Kind = Kind {
    says: ["wants an", "no longer wants an"],
    came: &ORDER_ADDED,
    went: &ORDER_REMOVED,
    stricter: &ORDER_ADDED,
    milder: &ORDER_REMOVED,
    gaining_is_stricter: true,
};

/// A rule, with the names of the head.
struct Demand {
    kind: &'static Kind,
    of: Vec<String>,
    /// Its condition, and empty without one.
    when: String,
    because: String,
}

impl Demand {
    fn new(rule: &ToolRule, names: &Names) -> Self {
        let named = |of: &[String]| of.iter().map(|name| names.param(name).to_owned()).collect();
        let (kind, of, because) = match rule {
            ToolRule::Need { any_of, because, .. } => (&NEED, named(any_of), because.clone()),
            ToolRule::Exclude { of, because } => (&EXCLUDE, named(of), because.clone()),
            ToolRule::Order { first, second, .. } => {
                let order = format!("order: [{}, {}]", names.param(first), names.param(second));
                (&ORDER, vec![order], String::new())
            }
        };
        let when = rule.when().map(|when| names.text(&when.to_string())).unwrap_or_default();
        Demand { kind, of, when, because }
    }

    fn quoted(&self) -> String {
        let when = if self.when.is_empty() { String::new() } else { format!(" when `{}`", self.when) };
        format!("`{}`{when}", self.of.join("`, `"))
    }

    fn text(&self) -> String {
        let when = if self.when.is_empty() { String::new() } else { format!(" when {}", self.when) };
        self.of.join(", ") + &when
    }
}

impl Kind {
    fn compare(&self, found: &mut Found<'_>, spot: &Spot, tool: &str, was: &[Demand], is: &[Demand]) {
        // First those that are the same, then those on another condition, then those that share the most.
        let shared = |was: &Demand, is: &Demand| was.of.iter().filter(|name| is.of.contains(name)).count();
        let most = was.iter().map(|was| was.of.len()).max().unwrap_or_default();
        let shares = |least: usize| move |was: &Demand, is: &Demand| shared(was, is) >= least;
        let shares: Vec<_> = (1..=most).rev().map(shares).collect();
        let mut fits: Vec<Fits<'_, &Demand>> =
            vec![&|was, is| was.of == is.of && was.when == is.when, &|was, is| was.of == is.of];
        fits.extend(shares.iter().map(|shares| shares as Fits<'_, &Demand>));
        let of_kind = |demand: &&Demand| std::ptr::eq(demand.kind, self);
        let Paired { both, gone, new } = pair(was.iter().filter(of_kind), is.iter().filter(of_kind), &fits);
        for (was, is) in both {
            self.differs(found, spot, tool, was, is);
        }
        let [says, says_no] = self.says;
        for was in gone {
            found.unset(self.went, spot, format!("`{tool}` {says_no} {}", was.quoted()), was.text());
        }
        for is in new {
            found.set(self.came, spot, format!("`{tool}` {says} {}", is.quoted()), is.text());
        }
    }

    /// One that took the place of another.
    fn differs(&self, found: &mut Found<'_>, spot: &Spot, tool: &str, was: &Demand, is: &Demand) {
        let names = |demand: &Demand| format!("`{}`", demand.of.join("`, `"));
        let lost = was.of.iter().any(|name| !is.of.contains(name));
        let gained = is.of.iter().any(|name| !was.of.contains(name));
        if lost || gained {
            let rule = if (self.gaining_is_stricter && gained) || (!self.gaining_is_stricter && lost) {
                self.stricter
            } else {
                self.milder
            };
            let message = format!("`{tool}` {} {}, where it was one of {}", self.says[0], names(is), names(was));
            found.changed(rule, spot, message, was.of.join(", "), is.of.join(", "));
        } else {
            texts::reason(found, spot, tool, (&was.because, &is.because));
        }
        if was.when != is.when {
            let rule = if was.when.is_empty() { &CONDITION_ADDED } else { &CONDITION_CHANGED };
            let on = |demand: &Demand| match demand.when.as_str() {
                "" => "in any case".to_owned(),
                when => format!("when `{when}`"),
            };
            let message = format!("`{tool}` {} {} {}, and did {}", self.says[0], names(is), on(is), on(was));
            found.changed(rule, spot, message, was.text(), is.text());
        }
    }
}

/// Where a scope is written: at the first request that names it. A tool that is asked for a value may need others.
fn scope_place(tool: &Tool, scope: &str) -> String {
    let named = tool.requests().iter().position(|request| request.scopes.iter().any(|other| other == scope));
    named.map_or_else(|| "scopes".to_owned(), |index| format!("{}.scope", requests::place(&tool.plan, index)))
}
