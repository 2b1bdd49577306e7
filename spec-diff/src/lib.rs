//! How one spec differs from another, and what that does to whom.
//!
//! Two checked models are compared part by part; each part has a module with its rules and the code that finds them.
//! What comes out is a [`Report`]: findings, the step that the version needs, and the requests before and after.
//!
//! ```text
//! base: Side ─┐
//!             ├─ tools · params · inputs · limits · demands · requests · answers · models · enums · service · texts
//! head: Side ─┘        │
//!                      └─ findings ── report ── text · markdown · json · sarif · github · changelog
//! ```

mod accepted;
mod answers;
mod changelog;
mod demands;
mod docs;
mod enums;
mod finding;
mod inputs;
mod limits;
mod models;
mod names;
pub mod output;
mod params;
mod placement;
mod places;
mod reach;
mod report;
mod requests;
mod rule;
mod rust;
mod service;
mod texts;
mod tools;
mod version;
mod wire;
mod words;

pub use accepted::Acceptance;
pub use changelog::entry as changelog;
pub use docs::{docs, example, explain};
pub use finding::Finding;
pub use places::{Location, Places};
pub use report::{Report, RequestChange, Versions};
pub use requests::place;
pub use rule::{Audience, Level, Rule, Step};
pub use version::Version;
pub use wire::operation;
pub use words::distinct;

use finding::{Found, Spot};
use names::{Names, Paired};
use tool_spec::fault::Faults;
use tool_spec::model::Spec;
use tool_spec::source::SourceFile;

/// One state of the spec.
#[derive(Debug)]
pub struct Side {
    /// What it says.
    pub spec: Spec,
    /// Where it says so.
    pub places: Places,
}

impl Side {
    /// Reads a spec.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(files: &[SourceFile]) -> Result<Self, Faults> {
        Ok(Side { spec: tool_spec::load(files)?, places: Places::of(files) })
    }

    /// What there is, in a few words: all that can be said of a side whose other side cannot be read.
    #[must_use]
    pub fn summary(&self) -> String {
        let params: usize = self.spec.tools().map(|(_, tool)| tool.params.len()).sum();
        let (groups, tools, types) = (self.spec.groups.len(), self.spec.tools().count(), self.spec.types.len());
        format!("{groups} groups, {tools} tools, {params} parameters, {types} models")
    }
}

/// Every rule, group by group.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let groups = [
        tools::RULES,
        params::RULES,
        inputs::RULES,
        limits::RULES,
        demands::RULES,
        requests::RULES,
        placement::RULES,
        models::RULES,
        enums::RULES,
        answers::RULES,
        service::RULES,
        texts::RULES,
    ];
    groups.concat()
}

/// The rule of this name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.id == id)
}

/// Compares two states of the spec. The worst comes first; what is equally bad stands in the order of the head.
#[must_use]
pub fn compare(base: &Side, head: &Side) -> Vec<Finding> {
    let mut found = Found::new(base, head);
    let Paired { both, gone, new } = tools::paired(&base.spec, &head.spec);
    let types = models::renames(&base.spec, &head.spec);
    let names = Names { tools: tools::renames(&both), types, ..Names::default() };
    tools::alone(&mut found, &gone, &new);
    for (old, new) in both {
        tool(&mut found, old, new, &names);
    }
    models::compare(&mut found, &names);
    groups(&mut found);
    service::compare(&mut found);
    let mut list = found.list;
    list.sort_by(|one, other| {
        let key =
            |finding: &Finding| (std::cmp::Reverse((finding.rule.level(), finding.rule.step)), finding.path.clone());
        key(one).cmp(&key(other))
    });
    // A field of an answer may be reached in two ways; what is said twice is said once.
    list.dedup_by(|one, other| one.fingerprint == other.fingerprint);
    list
}

fn tool(found: &mut Found<'_>, base: tools::Entry<'_>, head: tools::Entry<'_>, names: &Names) {
    let spot = Spot::renamed(&base.1.name, &head.1.name);
    let names = Names { params: params::renames(base.1, head.1, names), ..names.clone() };
    tools::compare(found, &spot, base, head, &names);
    texts::of_tool(found, &spot, base.1, head.1, &names);
    params::compare(found, &spot, base.1, head.1, &names);
    demands::compare(found, &spot, base.1, head.1, &names);
    requests::compare(found, &spot, base.1, head.1, &names);
    answers::compare(found, &spot, base.1, head.1, &names);
    answers::sentences(found, &spot, base.1, head.1);
}

fn groups(found: &mut Found<'_>) {
    for group in &found.base.spec.groups {
        if let Some(other) = found.head.spec.groups.iter().find(|other| other.name == group.name) {
            let spot = Spot::new(format!("group.{}", group.name));
            texts::about(found, &texts::GROUP, &spot, &group.name, (&group.about, &other.about));
        }
    }
}
