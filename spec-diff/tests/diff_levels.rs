//! What a change is said to do to whom, where it is more than its rule's example: changes that come together, and
//! changes that look like another.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod diff_fixture;

use diff_fixture::{base, edited, side};
use spec_diff::{Report, Rule, output};

fn report(diff: &str) -> Report {
    Report::of(base(), &side(&edited(diff)), None)
}

/// The rules and levels that a change of the fixture's spec comes to, as `rule Rust/by name/Gong`.
fn levels(diff: &str) -> Vec<String> {
    let findings = report(diff).findings;
    let told = |rule: &Rule| format!("{} {}/{}/{}", rule.id, rule.rust, rule.names, rule.service);
    findings.iter().map(|finding| told(finding.rule)).collect()
}

#[test]
fn a_value_under_another_name_tells_gong_s_side_when_another_text_is_sent() {
    let guest = "-    GUEST: {sends: guest, about: Came to it.}\n";
    let renamed = format!("{guest}+    VISITOR: {{sends: guest, about: Came to it.}}\n");
    let sent_too = format!("{guest}+    VISITOR: Came to it.\n");
    assert_eq!(levels(&renamed), ["enum-value-renamed breaking/breaking/none"]);
    assert_eq!(
        levels(&sent_too),
        ["enum-value-renamed breaking/breaking/none", "enum-value-sent-differently dangerous/dangerous/dangerous"]
    );
    let print = |diff: &str| report(diff).findings[0].fingerprint.clone();
    assert_ne!(print(&renamed), print(&sent_too), "who accepts the one has not accepted the other");
}

#[test]
fn a_name_that_is_the_same_in_rust_breaks_callers_by_name_only() {
    let respelt = "-    Inbound: The customer called.\n+    INBOUND: Somebody called us.\n";
    assert_eq!(levels(respelt)[0], "enum-value-respelt none/breaking/none");
}

#[test]
fn a_new_value_with_its_place_in_a_request_is_a_new_value_and_no_more() {
    let value = "     crm: What the CRM knows of it.\n+    topics: What it was about.\n";
    let place = "@@\n-          contentSelector: {context: Extended, parties: $include has parties}\n\
                 +          contentSelector: {context: Extended, parties: $include has parties, \
                 topics: $include has topics}\n";
    let added = format!("{value}{place}");
    assert_eq!(levels(&added), ["input-enum-value-added compatible/compatible/compatible"]);
    let only_sent = "-          contentSelector: {context: Extended, parties: $include has parties}\n\
                     +          contentSelector: {context: Extended, parties: $include has parties, \
                     crm: $include has crm}\n";
    assert_eq!(levels(only_sent), ["request-part-changed dangerous/dangerous/dangerous"], "callers gave it already");
}

/// `Call` is in a page and in the details of a call.
#[test]
fn a_model_that_is_renamed_and_changed_is_compared_all_the_same() {
    let rename = |change: &str| {
        format!(
            "-    calls: {{type: list<Call>, about: The calls of this page.}}\n\
             +    calls: {{type: list<Recording>, about: The calls of this page.}}\n@@\n\
             -    metaData: {{type: Call, always: true, about: What a list tells of it too.}}\n\
             +    metaData: {{type: Recording, always: true, about: What a list tells of it too.}}\n@@\n\
             -Call:\n+Recording:\n{change}"
        )
    };
    let field = "@@\n-    minutes: {type: integer, about: How long it took.}\n\
                 +    length: {type: integer, about: How long it took.}\n";
    assert_eq!(
        levels(&rename(field)),
        ["model-renamed breaking/none/none", "output-field-renamed breaking/breaking/none"]
    );
    let more = "@@\n     due: {type: date, about: When it is due.}\n+    url: {type: url, about: Where it is.}\n";
    assert_eq!(
        levels(&rename(more)),
        ["model-renamed breaking/none/none", "output-field-added compatible/compatible/none"]
    );
}

#[test]
fn an_effect_that_is_milder_is_dangerous() {
    let softened = "     about: Removes calls for good.\n-    effect: destructive\n+    effect: write\n";
    assert_eq!(levels(softened), ["effect-softened dangerous/dangerous/dangerous"]);
}

#[test]
fn what_was_and_what_is_are_shown_where_the_message_does_not_say_them() {
    let diff = "-      minutes: {type: integer, min: 1, max: 600, default: 30, about: How long it took.}\n\
                +      minutes: {type: integer, min: 1, max: 600, default: 60, about: \"How long it took, \
                in minutes.\"}\n";
    let text = output::text(&report(diff));
    let markdown = output::markdown(&report(diff));
    for (was, is) in [("30", "60"), ("How long it took.", "How long it took, in minutes.")] {
        assert!(text.contains(&format!("  was  {was}\n  is   {is}\n")), "{text}");
        assert!(markdown.contains(&format!("<br>was: {was}<br>is: {is} <br>")), "{markdown}");
    }
}
