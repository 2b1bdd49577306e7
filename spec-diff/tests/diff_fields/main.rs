//! The diff looks at every field of the model: one that is added and forgotten there fails here.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy excepts test functions only.

#[allow(dead_code, reason = "this test wants the specs alone")]
#[path = "../../../codegen/tests/fixture/mod.rs"]
mod fixture;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use spec_diff::{Places, Side, compare};
use walk::{FIELDS, Walk};

/// Fields that the diff need not look at, and why.
const NEVER: &[(&str, &str)] = &[
    ("Fan::Each.element", "follows from the type of what it runs over"),
    ("Group.source", "where something is written makes no difference"),
    ("Hole.ty", "follows from the type of what fills it"),
    ("Hop.always", "follows from the field"),
    ("Hop.of", "follows from the field"),
    ("Hop.ty", "follows from the field"),
    ("Named.name", "of a scope, which counts where a request needs it"),
    ("Service.scopes", "a scope counts where a request needs it"),
    ("Service.source", "where something is written makes no difference"),
    ("Service.title", "a name in texts only"),
    ("Spec.types", "a model that is new is told where it is used, and one that is gone is told by the model"),
    ("Step.take", "what comes or goes is told where it is sent"),
    ("Take.name", "a name of the author's own"),
    ("Take.ty", "follows from the field"),
    ("Type.comes_out", "follows from what holds the model"),
    ("Type.goes_in", "follows from what holds the model"),
    ("Type.source", "where something is written makes no difference"),
    ("Value.name", "a name of the author's own"),
    ("Value.ty", "follows from the source"),
];

/// Fields that make no difference in places, and where.
const SOMETIMES: &[(&str, &str)] = &[
    ("Field.always", "in a model that is only given"),
    ("Field.required", "in a model that is only answered"),
    ("Limits.unique", "in a model that is only answered"),
    ("Tool.values", "what comes or goes is told where it is sent, unless it is asked of Gong"),
];

fn has(list: &[(&str, &str)], field: &str) -> bool {
    list.iter().any(|(name, _)| *name == field)
}

fn side(name: &str) -> Side {
    Side { spec: fixture::spec(name), places: Places::default() }
}

/// Where two texts part.
fn parting(one: &str, other: &str) -> String {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one.chars().skip(same.saturating_sub(90)).take(150).collect()
}

#[test]
fn a_change_of_any_field_is_found() {
    let (mut found, mut parts) = (BTreeSet::new(), BTreeSet::new());
    let mut missed: BTreeMap<&str, String> = BTreeMap::new();
    for name in ["behaviours", "models", "plain"] {
        let (base, mut head) = (side(name), side(name));
        let was = format!("{:?}", base.spec);
        for number in 0.. {
            let walk = Walk::change(&mut head.spec, number);
            let Some(field) = walk.field else {
                parts.extend(walk.parts);
                break;
            };
            let is = format!("{:?}", head.spec);
            if was != is && !has(NEVER, field) {
                if compare(&base, &head).is_empty() || compare(&head, &base).is_empty() {
                    missed.insert(field, parting(&was, &is));
                } else {
                    found.insert(field);
                }
            }
            walk.restore(&mut head.spec, number);
        }
        assert!(was == format!("{:?}", head.spec), "something was not changed back");
    }
    // A part that has fields is seen by these.
    let seen = |field: &str| found.contains(field) || parts.contains(field) || has(NEVER, field);
    let nowhere = FIELDS.iter().filter(|field| !seen(field));
    let not_everywhere = missed.keys().filter(|field| !has(SOMETIMES, field));
    let wrong: BTreeSet<&str> = nowhere.chain(not_everywhere).copied().collect();
    let told = |field: &&str| format!("{field}: …{}…\n", missed.get(field).map_or("in no fixture", String::as_str));
    assert!(wrong.is_empty(), "the diff does not look at\n{}", wrong.iter().map(told).collect::<String>());
}
