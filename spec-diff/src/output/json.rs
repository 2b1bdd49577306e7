//! For programs.

use serde_json::{Value, json};

use crate::{Acceptance, Finding, Level, Location, Report, Step};

/// The report as JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    let versions = report.versions.map(|versions| {
        json!({
            "base": versions.base.to_string(),
            "head": versions.head.to_string(),
            "needed": report.needed().map(|needed| needed.to_string()),
            "enough": report.version_is_enough(),
        })
    });
    let requests: Vec<Value> = report
        .requests
        .iter()
        .map(|change| json!({"tool": change.tool, "before": change.before, "after": change.after}))
        .collect();
    let whole = json!({
        "semver": report.step().map(Step::as_str),
        "verdict": report.verdict(),
        "version": versions,
        "counts": {
            "breaking": report.count(Level::Breaking),
            "dangerous": report.count(Level::Dangerous),
            "compatible": report.count(Level::Compatible),
            "accepted": report.accepted(),
        },
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "requests": requests,
    });
    format!("{whole:#}\n")
}

fn finding(finding: &Finding) -> Value {
    let rule = finding.rule;
    json!({
        "id": rule.id,
        "path": finding.path,
        "message": finding.message,
        "why": rule.why,
        "instead": rule.instead,
        "level": rule.level().as_str(),
        "levels": {"rust": rule.rust.as_str(), "names": rule.names.as_str(), "service": rule.service.as_str()},
        "semver": rule.step.as_str(),
        "was": finding.was,
        "is": finding.is,
        "base": finding.base.as_ref().map(place),
        "head": finding.head.as_ref().map(place),
        "tools": finding.tools,
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted.as_ref().map(acceptance),
    })
}

fn acceptance(accepted: &Acceptance) -> Value {
    json!({"reason": accepted.reason, "version": accepted.version})
}

fn place(place: &Location) -> Value {
    json!({"file": place.file, "line": place.line, "column": place.column})
}
