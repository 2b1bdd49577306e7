//! For a terminal: each finding with its places, the accepted ones after the others, and the verdict last, where the
//! eye is.

use super::{counted, levels, places, values};
use crate::{Finding, Level, Report};

/// The report as plain text.
#[must_use]
pub fn text(report: &Report) -> String {
    let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|finding| finding.accepted.is_some());
    let mut out: String = open.into_iter().chain(accepted).map(told).collect();
    if !report.findings.is_empty() {
        let [_, compatible, dangerous, breaking] = Level::ALL.map(|level| report.count(level));
        let all = counted(report.findings.len(), "finding", "findings");
        out += &format!("{all}: {breaking} breaking, {dangerous} dangerous, {compatible} compatible");
        out += &match report.accepted() {
            0 => "\n".to_owned(),
            accepted => format!(", {accepted} accepted\n"),
        };
    }
    out + &report.verdict() + "\n"
}

fn told(finding: &Finding) -> String {
    let (rule, level) = (finding.rule, finding.rule.level());
    let head = if finding.accepted.is_some() { "accepted".to_owned() } else { level.to_string() };
    let mut out = format!("{head}[{}]: {}\n  at   {}\n", rule.id, finding.message, finding.path);
    for (word, value) in values(finding) {
        out += &format!("  {word:<4} {value}\n");
    }
    out += &format!("  in   {}\n  for  {}\n", places(finding), levels(finding));
    if let Some(accepted) = &finding.accepted {
        out += &format!("  accepted for {}: {}\n", accepted.version, accepted.reason);
    } else if level >= Level::Dangerous {
        out += &format!("  why  {}\n  instead  {}\n", rule.why, rule.instead);
        out += &format!("  fingerprint  {}\n", finding.fingerprint);
    }
    out + "\n"
}
