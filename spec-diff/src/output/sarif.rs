//! SARIF 2.1.0, which code scanning and editors read.

use serde_json::{Value, json};

use crate::{Finding, Level, Location, Report, Rule, rules};

/// The report as SARIF.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let rules = rules();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(finding, &rules)).collect();
    let driver = json!({
        "name": "cargo xtask diff",
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.about},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.instead},
        "defaultConfiguration": {"level": level(rule.level())},
        "properties": {
            "rust": rule.rust.to_string(),
            "names": rule.names.to_string(),
            "service": rule.service.to_string(),
            "semver": rule.step.to_string(),
        },
    })
}

fn result(finding: &Finding, rules: &[&Rule]) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rules.iter().position(|rule| rule.id == finding.rule.id),
        "level": level(finding.rule.level()),
        "message": {"text": format!("{}: {}.", finding.path, finding.message)},
        "partialFingerprints": {"specDiff/v1": finding.fingerprint},
    });
    // Results are about the head; what is gone from it has its place in the base as a related one.
    if let Some(member) = result.as_object_mut() {
        let locations: Vec<Value> = finding.head.iter().map(location).collect();
        let related: Vec<Value> = finding.base.iter().map(location).collect();
        member.insert("locations".to_owned(), Value::from(locations));
        member.insert("relatedLocations".to_owned(), Value::from(related));
        if let Some(accepted) = &finding.accepted {
            let suppression = json!([{"kind": "external", "status": "accepted", "justification": accepted.reason}]);
            member.insert("suppressions".to_owned(), suppression);
        }
    }
    result
}

fn location(place: &Location) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": place.file},
        "region": {"startLine": place.line, "startColumn": place.column},
    }})
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Compatible => "note",
        Level::Dangerous => "warning",
        Level::Breaking => "error",
    }
}
