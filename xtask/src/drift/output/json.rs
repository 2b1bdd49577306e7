//! For programs: every difference, the known ones too, and the shares.

use serde_json::{Map, Value, json};

use super::shares;
use crate::drift::finding::Finding;
use crate::drift::report::Report;
use spec_diff::output::place;

pub(super) fn json(report: &Report) -> String {
    let shares = shares(report).into_iter().map(|(part, share, _)| {
        let key = part.as_str().replace(' ', "_");
        (key, json!({"covered": share.covered, "all": share.all, "errata": share.excused}))
    });
    let whole = json!({
        "document": report.title,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "summary": Value::Object(shares.collect::<Map<String, Value>>()),
        "not_understood": report.wrong,
    });
    format!("{whole:#}\n")
}

fn finding(finding: &Finding) -> Value {
    json!({
        "kind": finding.kind.as_str(),
        "at": finding.at,
        "message": finding.message,
        "instead": finding.instead,
        "tools": finding.tools,
        "place": finding.place.as_ref().map(place),
        "erratum": finding.excused,
    })
}
