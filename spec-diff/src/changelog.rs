//! An entry of the changelog, by whom it concerns.

use super::Finding;
use super::report::Report;
use super::rule::{Audience, Level, Step};

/// The entry for a version: what the change does to each audience, the worst first.
#[must_use]
pub fn entry(report: &Report, title: &str) -> String {
    let mut out = format!("## {title}\n");
    let step = report.step().map_or("No change of the spec.".to_owned(), |step| match step {
        Step::Major => "Something that worked does so no more.".to_owned(),
        Step::Minor => "Nothing that worked stops working; something is new or does something else.".to_owned(),
        Step::Patch => "Words and other details.".to_owned(),
    });
    out += &format!("\n{step}\n");
    for audience in Audience::ALL {
        let concerned: Vec<&Finding> = report.for_audience(audience).collect();
        if !concerned.is_empty() {
            out += &format!("\n### {}\n\n", audience.title());
            for level in [Level::Breaking, Level::Dangerous, Level::Compatible] {
                concerned.iter().filter(|finding| finding.rule.level_for(audience) == level).for_each(|finding| {
                    out += &line(finding, level);
                });
            }
        }
    }
    out
}

fn line(finding: &Finding, level: Level) -> String {
    let mark = match level {
        Level::Breaking => "**Breaking:** ",
        Level::Dangerous => "*Careful:* ",
        Level::None | Level::Compatible => "",
    };
    let subject = finding.subject();
    let about =
        if finding.message.contains(&format!("`{subject}`")) { String::new() } else { format!("`{subject}`: ") };
    let reason = finding.accepted.as_ref().map(|acceptance| format!(" {}", acceptance.reason)).unwrap_or_default();
    format!("- {mark}{about}{}.{reason}\n", finding.message)
}
