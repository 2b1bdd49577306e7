//! For programs.

use serde_json::{Value, json};

use crate::{Finding, Level, Location, Report};

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
        "semver": report.step().map(|step| step.to_string()),
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
        "level": rule.level().to_string(),
        "levels": {"rust": rule.rust.to_string(), "names": rule.names.to_string(), "service": rule.service.to_string()},
        "semver": rule.step.to_string(),
        "was": finding.was,
        "is": finding.is,
        "base": finding.base.as_ref().map(place),
        "head": finding.head.as_ref().map(place),
        "tools": finding.tools,
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted.as_ref().map(|it| json!({"reason": it.reason, "version": it.version})),
    })
}

/// A place, for programs.
#[must_use]
pub fn place(place: &Location) -> Value {
    json!({"file": place.file, "line": place.line, "column": place.column})
}
