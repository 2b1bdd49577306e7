//! For an issue: how many there are and how much is covered first, then the differences by operation.

use super::{count, erratum, shares};
use crate::drift::finding::Finding;
use crate::drift::report::Report;
use spec_diff::distinct;
use spec_diff::output::{cell, escape};

pub(super) fn markdown(report: &Report) -> String {
    let of = if report.title.is_empty() { String::new() } else { format!(" from {}", escape(&report.title)) };
    let mut out = format!("## How the spec differs{of}\n\n**{}**\n\n| | covered |\n| --- | --- |\n", count(report));
    for (part, _, words) in shares(report) {
        out += &format!("| {} | {words} |\n", part.as_str());
    }
    for name in distinct(report.open().map(operation)) {
        let findings: Vec<&Finding> = report.open().filter(|finding| operation(finding) == name).collect();
        out += &section(name, &findings);
    }
    if report.open().next().is_some() {
        out += "\n<details><summary>The lines of <code>spec/errata.yaml</code> that excuse them</summary>\n\n```yaml\n";
        report.open().flat_map(erratum).for_each(|line| out += &format!("{}\n", line.trim_end()));
        out += "```\n\n</details>\n";
    }
    out
}

fn operation(finding: &Finding) -> &str {
    finding.at.split(" > ").next().unwrap_or_default()
}

fn section(name: &str, findings: &[&Finding]) -> String {
    let mut out = format!("\n### `{name}`\n\n");
    if let Some(first) = findings.first().filter(|first| !first.tools.is_empty()) {
        let tools: Vec<String> = first.tools.iter().map(|tool| format!("`{tool}`")).collect();
        out += &format!("Sent by {}.\n\n", tools.join(", "));
    }
    out += "| kind | where | what differs | in the spec |\n| --- | --- | --- | --- |\n";
    for finding in findings {
        let within = finding.at.strip_prefix(name).unwrap_or_default().trim_start_matches(" > ");
        let within = if within.is_empty() { String::new() } else { cell(&format!("`{within}`")) };
        let place = finding.place.as_ref().map(|place| format!("`{place}`")).unwrap_or_default();
        let (message, instead) = (cell(&finding.message), cell(&finding.instead));
        out += &format!("| {} | {within} | {message} <br>{instead} | {place} |\n", finding.kind.as_str());
    }
    out
}
