//! For a terminal: each difference with its places and the lines that excuse it, and their number last, where the eye
//! is.

use super::{count, erratum, shares};
use crate::drift::finding::Finding;
use crate::drift::report::Report;

pub(super) fn text(report: &Report, summary: bool) -> String {
    let mut out: String = report.open().map(told).collect();
    if !out.is_empty() {
        out += &format!("{}\n", count(report));
    }
    if summary {
        for (part, _, words) in shares(report) {
            out += &format!("{:<14}  {words}\n", part.as_str());
        }
    }
    out
}

fn told(finding: &Finding) -> String {
    let mut out = format!("drift[{}]: {}\n  at       {}\n", finding.kind.as_str(), finding.message, finding.at);
    if let Some(place) = &finding.place {
        out += &format!("  in       {place}\n");
    }
    if !finding.tools.is_empty() {
        out += &format!("  tools    {}\n", finding.tools.join(", "));
    }
    out += &format!("  instead  {}\n", finding.instead);
    for (index, line) in erratum(finding).iter().enumerate() {
        out += format!("  {:<7}  {line}", if index == 0 { "excuse" } else { "" }).trim_end();
        out.push('\n');
    }
    out + "\n"
}
