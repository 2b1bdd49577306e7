//! For a comment on a pull request: the verdict first, the findings by tool, and the requests side by side.

use super::{counted, values};
use crate::{Audience, Finding, Level, Report, RequestChange, distinct};

/// The report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = format!("## What this does to the tools\n\n**{}**\n", escape(&report.verdict()));
    if report.findings.is_empty() {
        return out;
    }
    let levels = [Level::Breaking, Level::Dangerous, Level::Compatible];
    let counts = levels.map(|level| (report.count(level), level.to_string())).into_iter();
    let counts = counts.chain([(report.accepted(), "accepted".to_owned())]).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    out += &format!("\n{}: {}.\n", counted(report.findings.len(), "finding", "findings"), counts.join(", "));
    for subject in distinct(report.findings.iter().map(Finding::subject)) {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.subject() == subject).collect();
        out += &section(subject, &findings);
    }
    if !report.requests.is_empty() {
        out += "\n### Requests, before and after\n";
        report.requests.iter().for_each(|change| out += &side_by_side(change));
    }
    out
}

fn section(subject: &str, findings: &[&Finding]) -> String {
    let mut out = format!("\n### `{subject}`\n\n");
    let tools: Vec<String> = findings
        .iter()
        .flat_map(|finding| &finding.tools)
        .filter(|tool| *tool != subject)
        .map(|tool| format!("`{tool}`"))
        .collect();
    if let Some(first) = findings.first().filter(|_| !tools.is_empty()) {
        let tools: Vec<String> = first.tools.iter().map(|tool| format!("`{tool}`")).collect();
        out += &format!("Of {}.\n\n", tools.join(", "));
    }
    out += "| | what changed | where | Rust | by name | service |\n| --- | --- | --- | --- | --- | --- |\n";
    for finding in findings {
        let place =
            finding.head.as_ref().or(finding.base.as_ref()).map(|place| format!("`{place}`")).unwrap_or_default();
        let [rust, names, service] = Audience::ALL.map(|audience| finding.rule.level_for(audience));
        let mark = mark(finding);
        let values: String =
            values(finding).iter().map(|(word, value)| format!("<br>{word}: {}", cell(value))).collect();
        out += &format!(
            "| {mark} | {}{values} <br>`{}` | {place} | {rust} | {names} | {service} |\n",
            cell(&finding.message),
            finding.rule.id
        );
    }
    for finding in findings.iter().filter(|finding| finding.rule.level() >= Level::Dangerous) {
        out += &match &finding.accepted {
            Some(accepted) => {
                format!("\n- `{}`: accepted for {}. {}", finding.path, accepted.version, escape(&accepted.reason))
            }
            None => format!(
                "\n- `{}`: {} Instead: {} (`{}`)",
                finding.path, finding.rule.why, finding.rule.instead, finding.fingerprint
            ),
        };
    }
    if out.ends_with('\n') { out } else { out + "\n" }
}

fn mark(finding: &Finding) -> &'static str {
    match finding.rule.level() {
        _ if finding.accepted.is_some() => ":white_check_mark:",
        Level::Breaking => ":x:",
        Level::Dangerous => ":warning:",
        Level::None | Level::Compatible => "",
    }
}

fn side_by_side(change: &RequestChange) -> String {
    let block = |text: &str| format!("<pre>\n{}</pre>", html(text));
    format!(
        "\n<details><summary><code>{}</code></summary>\n\n<table>\n<tr><th>before</th><th>after</th></tr>\n\
         <tr valign=\"top\"><td>{}</td><td>{}</td></tr>\n</table>\n\n</details>\n",
        change.tool,
        block(&change.before),
        block(&change.after)
    )
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text that may stand in a table.
#[must_use]
pub fn cell(text: &str) -> String {
    escape(text).replace('|', "\\|").replace('\n', " ")
}

/// Angle brackets stand for themselves, but in code they do so anyway.
#[must_use]
pub fn escape(text: &str) -> String {
    let escaped =
        text.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { html(part) } else { part.to_owned() });
    escaped.collect::<Vec<_>>().join("`")
}
