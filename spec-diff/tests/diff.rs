//! What the diff finds: each rule on its own example, and what is made of the findings.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod diff_fixture;
mod diff_renames;

use std::collections::BTreeSet;

use diff_fixture::{base, edited, files, read, side};
use serde_json::Value;
use spec_diff::{
    Level, Location, Places, Report, Rule, Step, Version, Versions, changelog, compare, docs, example, explain, output,
    rules,
};
use tool_spec::source::SourceFile;

fn report(diff: &str) -> Report {
    Report::of(base(), &side(&edited(diff)), None)
}

fn ids(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.id).collect()
}

/// What the rules of a group find in their examples; what an example is for is marked.
fn check(group: &str) {
    let of_group: Vec<&Rule> = rules().into_iter().filter(|rule| rule.group == group).collect();
    assert!(!of_group.is_empty(), "there is no group {group}");
    let mut out = String::new();
    for rule in of_group {
        let report = report(example(rule.id));
        assert!(ids(&report).contains(&rule.id), "{} does not find its example: {:?}", rule.id, ids(&report));
        for finding in &report.findings {
            let place = |place: &Option<Location>| place.as_ref().map_or("-".to_owned(), ToString::to_string);
            out += &format!(
                "{} {} {}: {}\n    {} -> {}\n",
                if finding.rule.id == rule.id { "*" } else { " " },
                finding.rule.id,
                finding.path,
                finding.message,
                place(&finding.base),
                place(&finding.head)
            );
        }
    }
    insta::assert_snapshot!(group.to_lowercase().replace(' ', "_"), out);
}

#[test]
fn tools() {
    check("Tools");
}

#[test]
fn parameters() {
    check("Parameters");
}

#[test]
fn types_of_what_callers_give() {
    check("Types of what callers give");
}

#[test]
fn limits() {
    check("Limits");
}

#[test]
fn demands_and_scopes() {
    check("Demands and scopes");
}

#[test]
fn requests() {
    check("Requests");
}

#[test]
fn what_is_sent_where() {
    check("What is sent where");
}

#[test]
fn models() {
    check("Models");
}

#[test]
fn enums() {
    check("Enums");
}

#[test]
fn answers() {
    check("Answers");
}

#[test]
fn the_service() {
    check("The service");
}

#[test]
fn texts() {
    check("Texts");
}

#[test]
fn a_spec_does_not_differ_from_itself() {
    let report = report("");
    assert!(report.findings.is_empty(), "{:?}", ids(&report));
    assert_eq!(report.step(), None);
    assert!(report.requests.is_empty());
}

#[test]
fn comments_and_layout_make_no_difference() {
    let commented = report(" about: People and their tasks.\n+# A word.\n+\n tools:\n");
    assert!(commented.findings.is_empty(), "{:?}", ids(&commented));
}

/// Every example read backwards is a change too, and finds something.
#[test]
fn every_example_is_found_backwards() {
    for rule in rules() {
        let found = compare(&side(&edited(example(rule.id))), base());
        assert!(!found.is_empty(), "{} backwards", rule.id);
    }
}

#[test]
fn rules_have_names_levels_and_words() {
    let rules = rules();
    assert!(rules.len() >= 60, "{}", rules.len());
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.id).collect();
    assert_eq!(names.len(), rules.len(), "two rules have the same name");
    let page = docs();
    for rule in rules {
        let fine = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        assert!(rule.id.chars().all(fine), "{}", rule.id);
        for text in [rule.about, rule.why, rule.instead] {
            assert!(text.ends_with('.'), "{}: {text}", rule.id);
        }
        let breaks_callers = rule.rust.max(rule.names) == Level::Breaking;
        assert_eq!(rule.step == Step::Major, breaks_callers, "{}", rule.id);
        assert!(rule.level() > Level::None, "{}", rule.id);
        assert!(page.contains(&format!("\n### {}\n", rule.id)), "{} is not in the docs", rule.id);
        assert!(explain(rule).contains(rule.why), "{}", rule.id);
    }
}

/// `cargo xtask diff --rules > docs/diff-rules.md` makes it so again.
#[test]
fn the_page_of_the_rules_is_what_they_say() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff-rules.md");
    let written = std::fs::read_to_string(page).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == docs(), "docs/diff-rules.md is stale: run `cargo xtask diff --rules > docs/diff-rules.md`");
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

/// The change that the outputs are shown with: something for every audience.
const MIXED: &str = r#"
-      title: {type: string, max_length: 100, about: What it is called.}
+      title: {type: string, required: true, max_length: 100, about: What it is called.}
@@
-        hosts: {user: $host, guest: $guest, mail: $host_email, boss: $boss}
+        hosts: {user: $host, mail: $host_email, boss: $boss}
+        guest: $guest
@@
       post: /v2/calls/hide
-      scope: api:calls:write
+      scope: [api:calls:write, api:calls:read]
@@
-    about: Lists the sites of the company.
+    about: Lists <all> sites | of the company.
@@
     Outbound: The company called.
+    Conference: Several called.
@@
-    minutes: {type: integer, about: How long it took.}
"#;

fn mixed() -> Report {
    let versions = Versions { base: version("0.1.0"), head: version("0.1.0") };
    let mut report = Report::of(base(), &side(&edited(MIXED.trim_start())), Some(versions));
    let removed = report.findings.iter().find(|finding| finding.rule.id == "output-field-removed").unwrap();
    let text = format!(
        "# Meant.\n- fingerprint: {}\n  rule: output-field-removed\n  reason: Gong no longer sends it.\n  \
         version: 0.2.0\n",
        removed.fingerprint
    );
    let file = SourceFile { path: "spec/accepted-breaks.yaml".to_owned(), text };
    report.accept(&file, None).unwrap();
    report
}

#[test]
fn as_text() {
    insta::assert_snapshot!(output::text(&mixed()));
}

#[test]
fn as_markdown() {
    let page = output::markdown(&mixed());
    let (findings, requests) = page.split_once("<table>").unwrap();
    assert!(requests.contains("      guest: $guest\n") && requests.contains("    guest: $guest\n"), "{requests}");
    insta::assert_snapshot!(findings);
}

#[test]
fn as_github_commands() {
    insta::assert_snapshot!(output::github(&mixed()));
}

/// One finding in full; of the others that they have the same keys.
#[test]
fn as_json() {
    let mut json: Value = serde_json::from_str(&output::json(&mixed())).unwrap();
    assert_eq!(json["requests"][0]["tool"], "gong_calls_create");
    let findings = json["findings"].take();
    for finding in findings.as_array().unwrap() {
        assert!(keys(finding).eq(keys(&findings[0])), "{finding}");
    }
    json["findings"] = Value::Array(vec![findings[0].clone()]);
    json["requests"] = Value::Array(keys(&json["requests"][0]).map(|key| key.as_str().into()).collect());
    insta::assert_snapshot!(format!("{json:#}"));
}

/// One result in full, which is accepted; of the others that they have the same keys, but for that.
#[test]
fn as_sarif() {
    let sarif: Value = serde_json::from_str(&output::sarif(&mixed())).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), rules().len());
    let results = &run["results"];
    for result in results.as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let accepted = |key: &&String| *key != "suppressions";
        assert!(keys(result).filter(accepted).eq(keys(&results[0]).filter(accepted)), "{result}");
    }
    insta::assert_snapshot!(format!("{:#}", results[0]));
}

fn keys(value: &Value) -> impl Iterator<Item = &String> {
    value.as_object().unwrap().keys()
}

#[test]
fn as_a_changelog_entry() {
    insta::assert_snapshot!(changelog(&mixed(), "0.2.0"));
}

#[test]
fn what_is_accepted_does_not_fail_and_still_breaks() {
    let diff = "-    minutes: {type: integer, about: How long it took.}\n";
    let mut report = report(diff);
    assert!(report.reaches(Level::Breaking));
    let print = report.findings[0].fingerprint.clone();
    let text = format!("- {{fingerprint: \"{print}\", reason: It was never sent., version: 0.2.0}}\n");
    report.accept(&list(&text), None).unwrap();
    assert!(!report.reaches(Level::Breaking));
    assert_eq!(report.step(), Some(Step::Major));
}

#[test]
fn a_fingerprint_survives_moved_lines_and_not_another_change() {
    let print = |diff: &str| report(diff).findings[0].fingerprint.clone();
    let line = |most: u32| format!("      title: {{type: string, max_length: {most}, about: What it is called.}}\n");
    let tighten = |most: u32| format!("-{}+{}", line(100), line(most));
    let moved = format!("{}@@\n about: Recorded calls.\n+# One line.\n+# Another.\n", tighten(80));
    assert_eq!(print(&moved), print(&tighten(80)));
    assert_ne!(print(&tighten(70)), print(&tighten(80)));
}

/// A file of accepted findings.
fn list(text: &str) -> SourceFile {
    SourceFile { path: "spec/accepted-breaks.yaml".to_owned(), text: text.to_owned() }
}

#[test]
fn what_is_wrong_with_accepted_findings_is_told_at_once() {
    let told = |text: &str| {
        let file = list(text);
        report("").accept(&file, None).unwrap_err().render(std::slice::from_ref(&file), false)
    };
    let texts = [
        "- fingerprint: abc\n  reasn: Meant.\n  version: next\n- just text\n",
        "- fingerprint: 0123456789abcdef\n  version: 0.2.0\n",
        "- {fingerprint: 0123456789abcdef, reason: Meant., version: 0.2.0}\n\
         - {fingerprint: 0123456789abcdef, reason: It is., version: 0.2.0}\n",
        "fingerprint: abc\n",
        "- fingerprint: [abc\n",
    ];
    insta::assert_snapshot!(texts.map(told).join("\n"));
    assert!(report("").accept(&list("# None yet.\n"), None).is_ok());
}

#[test]
fn an_entry_that_the_base_has_too_is_about_an_earlier_change() {
    let mut report = report("-    minutes: {type: integer, about: How long it took.}\n");
    let entry =
        |print: &str, version: &str| format!("- {{fingerprint: {print}, reason: Meant., version: {version}}}\n");
    let print = report.findings[0].fingerprint.clone();
    let (earlier, again) = (entry(&print, "0.2.0"), entry(&print, "0.5.0"));
    let base = list(&format!("# Moved.\n{}{earlier}", entry("0123456789abcdef", "0.1.0")));
    let head = list(&format!("{}{earlier}", entry("0123456789abcdef", "0.1.0")));
    report.accept(&head, Some(&base)).unwrap();
    assert!(report.reaches(Level::Breaking), "what was accepted once is not accepted for ever");
    report.accept(&list(&again), Some(&base)).unwrap();
    assert!(!report.reaches(Level::Breaking));
}

#[test]
fn the_version_is_held_against_the_change() {
    let verdict = |diff: &str, base: &str, head: &str| {
        let versions = Versions { base: version(base), head: version(head) };
        let report = Report::of(diff_fixture::base(), &side(&edited(diff)), Some(versions));
        (report.version_is_enough(), report.verdict())
    };
    let breaks = example("param-became-required");
    let adds = example("param-added-optional");
    let cases = [
        verdict(breaks, "1.4.0", "1.4.0"),
        verdict(breaks, "1.4.0", "1.5.0"),
        verdict(breaks, "1.4.0", "2.0.0"),
        verdict(breaks, "0.1.0", "0.2.0"),
        verdict(adds, "1.4.0", "1.5.0"),
        verdict(adds, "0.1.0", "0.1.0"),
        verdict("", "0.1.0", "0.1.0"),
    ];
    let enough: Vec<bool> = cases.iter().map(|(enough, _)| *enough).collect();
    assert_eq!(enough, [false, false, true, true, true, false, true]);
    insta::assert_snapshot!(cases.iter().map(|(_, verdict)| format!("{verdict}\n")).collect::<String>());
}

#[test]
fn places_are_those_of_keys_list_elements_and_what_holds_them() {
    let places = Places::of(&files());
    let at = |path: &str| places.find(path).map(ToString::to_string);
    let text = read("spec/tools/calls.yaml");
    let line = text.lines().position(|line| line.contains("      title: {type: string, max")).unwrap() + 1;
    assert_eq!(at("gong_calls_create.params.title"), Some(format!("spec/tools/calls.yaml:{line}:7")));
    assert_eq!(at("gong_calls_create.params.title.max_length"), Some(format!("spec/tools/calls.yaml:{line}:29")));
    assert_eq!(at("gong_calls_create.params.title.nothing.at.all"), at("gong_calls_create.params.title"));
    assert_eq!(at("service.base_url"), Some("spec/gong.yaml:4:1".to_owned()));
    assert_eq!(at("group.people.about"), Some("spec/tools/people.yaml:1:1".to_owned()));
    assert!(
        at("gong_calls_list.requests.1.get").is_some_and(|place| place != at("gong_calls_list.requests.0").unwrap())
    );
    assert!(at("gong_calls_list.requests.0.body.filter.callIds").is_some());
    assert_eq!(at("no_such_tool.params"), None);
}

/// What the maintainers try first: one change that breaks and one that does not.
#[test]
fn a_required_title_and_an_optional_parameter_are_two_findings() {
    let diff = format!("{}\n@@\n{}\n", example("param-became-required"), example("param-added-optional"));
    let report = report(&diff);
    assert_eq!(ids(&report), ["param-became-required", "param-added-optional"]);
    assert!(report.findings.iter().all(|finding| finding.base.is_some() && finding.head.is_some()));
    assert_eq!(report.step(), Some(Step::Major));
    assert!(report.reaches(Level::Breaking));
}
