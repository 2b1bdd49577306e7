//! A report in the form that its reader wants.

mod json;
mod markdown;
mod text;

use spec_diff::distinct;
use spec_diff::output::counted;

use super::finding::{Finding, Kind};
use super::report::{Part, Report, Share};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal: nothing where nothing differs
    Text,
    /// For an issue
    Markdown,
    /// For programs
    Json,
}

/// The report in this form, with the shares that the spec covers if they are wanted.
pub(super) fn print(report: &Report, format: Format, summary: bool) -> String {
    match format {
        Format::Text => text::text(report, summary),
        Format::Markdown => markdown::markdown(report),
        Format::Json => json::json(report),
    }
}

/// How many there are, and of which sorts.
fn count(report: &Report) -> String {
    let kinds = distinct(report.open().map(|finding| finding.kind));
    let number = |kind: Kind| report.open().filter(|finding| finding.kind == kind).count();
    let mut sorts: Vec<(&str, usize)> = kinds.into_iter().map(|kind| (kind.as_str(), number(kind))).collect();
    sorts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let open = report.open().count();
    let differences = counted(open, "difference", "differences");
    let excused = report.findings.len() - open;
    let excused = if excused == 0 { String::new() } else { format!("; {excused} more known as errata") };
    let sorts: Vec<String> = sorts.into_iter().map(|(word, count)| format!("{count} {word}")).collect();
    let sorts = if sorts.is_empty() { String::new() } else { format!(": {}", sorts.join(", ")) };
    format!("{differences}{sorts}{excused}")
}

fn shares(report: &Report) -> [(Part, Share, String); 3] {
    Part::ALL.map(|part| {
        let share = report.share(part);
        let excused =
            if share.excused == 0 { String::new() } else { format!(", without {} known as errata", share.excused) };
        (part, share, format!("{} of {} ({}){excused}", share.covered, share.all, share.percent()))
    })
}

/// The lines that excuse a finding, but for the reason.
fn erratum(finding: &Finding) -> [String; 3] {
    [format!("- at: {}", scalar(&finding.at)), format!("  kind: {}", finding.kind.as_str()), "  reason: ".to_owned()]
}

/// A place as YAML has it.
fn scalar(place: &str) -> String {
    let plain = place.starts_with(|first: char| first.is_ascii_alphabetic())
        && !place.contains(": ")
        && !place.contains(" #")
        && !place.ends_with(':')
        && !place.contains(char::is_control);
    if plain { place.to_owned() } else { serde_json::Value::from(place).to_string() }
}
