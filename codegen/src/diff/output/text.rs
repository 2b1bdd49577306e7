//! For a terminal: each finding with its places, and the verdict last, where the eye is.

use super::{counted, levels, places};
use crate::diff::{Level, Report};

pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out += &format!("{}[{}]: {}\n", finding.rule.level(), finding.rule.id, finding.message);
        out += &format!("  at   {}\n", finding.path);
        out += &format!("  in   {}\n", places(finding));
        out += &format!("  for  {}\n", levels(finding));
        if let Some(accepted) = &finding.accepted {
            out += &format!("  accepted for {}: {}\n", accepted.version, accepted.reason);
        } else if finding.rule.level() >= Level::Dangerous {
            out += &format!(
                "  why  {}\n  instead  {}\n  fingerprint  {}\n",
                finding.rule.why, finding.rule.instead, finding.fingerprint
            );
        }
        out.push('\n');
    }
    if !report.findings.is_empty() {
        let [_, compatible, dangerous, breaking] = Level::ALL.map(|level| report.count(level));
        let all = counted(report.findings.len(), "finding", "findings");
        out += &format!("{all}: {breaking} breaking, {dangerous} dangerous, {compatible} compatible\n");
    }
    out + &report.verdict() + "\n"
}
