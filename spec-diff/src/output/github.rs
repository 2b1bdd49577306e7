//! Workflow commands: GitHub shows each beside the line it is about.

use crate::{Finding, Level, Report};

/// The report as workflow commands.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut out: String = report.findings.iter().map(command).collect();
    out += &format!("::notice title=spec diff::{}\n", data(&report.verdict()));
    out
}

fn command(finding: &Finding) -> String {
    let kind = match finding.rule.level() {
        _ if finding.accepted.is_some() => "notice",
        Level::Breaking => "error",
        Level::Dangerous => "warning",
        Level::None | Level::Compatible => "notice",
    };
    let place = finding
        .head
        .as_ref()
        .map(|place| format!("file={},line={},col={},", property(&place.file), place.line, place.column));
    let instead = match &finding.accepted {
        Some(accepted) => format!(" Accepted for {}: {}", accepted.version, accepted.reason),
        None if finding.rule.level() >= Level::Dangerous => format!(" Instead: {}", finding.rule.instead),
        None => String::new(),
    };
    let text = data(&format!("{}: {}. {}{instead}", finding.path, finding.message, finding.rule.why));
    format!("::{kind} {}title={}::{text}\n", place.unwrap_or_default(), property(finding.rule.id))
}

/// What a command's text may not hold as it is.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
