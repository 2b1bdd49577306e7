//! What is told of a rule: on the terminal, and on the page of all rules.

use super::rule::{Audience, Rule};
use super::{Level, rules};

/// A change that each rule finds, under its name: shown in the docs, and made on the fixture in
/// `spec-diff/tests/fixtures/spec` by the tests.
const EXAMPLES: &str = include_str!("examples.diff");

/// The page of all rules, `docs/diff-rules.md`.
#[must_use]
pub fn docs() -> String {
    let rules = rules();
    let mut out = include_str!("intro.md").to_owned();
    out += &table(&rules);
    let mut group = "";
    for rule in rules {
        if rule.group != group {
            group = rule.group;
            out += &format!("\n## {group}\n");
        }
        out += &format!("\n### {}\n\n{}", rule.id, section(rule));
    }
    out
}

fn table(rules: &[&Rule]) -> String {
    let mut out = "| rule | Rust | by name | service | step |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for rule in rules {
        let [rust, names, service] = Audience::ALL.map(|audience| word(rule.level_for(audience)));
        out += &format!("| [{id}](#{id}) | {rust} | {names} | {service} | {} |\n", rule.step, id = rule.id);
    }
    out
}

fn word(level: Level) -> String {
    if level == Level::None { String::new() } else { level.to_string() }
}

fn section(rule: &Rule) -> String {
    let [rust, names, service] = Audience::ALL.map(|audience| rule.level_for(audience));
    format!(
        "{}\n\n{}\n\n**Rust:** {rust} · **by name:** {names} · **service:** {service} · **version:** {}\n\n\
         **Instead:** {}\n\n```diff\n{}\n```\n",
        rule.about,
        rule.why,
        rule.step,
        rule.instead,
        example(rule.id)
    )
}

/// A rule, for the terminal.
#[must_use]
pub fn explain(rule: &Rule) -> String {
    format!("{}\n\n{}", rule.id, section(rule))
}

/// The example of the rule of this name, as it is written: a diff whose hunks are divided by `@@`.
#[must_use]
pub fn example(id: &str) -> &'static str {
    let head = format!("=== {id}\n");
    let starts =
        EXAMPLES.strip_prefix(&head).or_else(|| EXAMPLES.split_once(&format!("\n{head}")).map(|(_, after)| after));
    starts.and_then(|after| after.split("\n=== ").next()).unwrap_or_default().trim_end_matches('\n')
}
