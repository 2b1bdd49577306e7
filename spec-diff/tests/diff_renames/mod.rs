//! What was renamed or moved is recognized, and what changes with it is reported once.

use super::diff_fixture::{base, edited, files, side};
use super::{ids, mixed, report};
use spec_diff::{Audience, compare, example};
use tool_spec::source::SourceFile;

#[test]
fn several_renames_at_once_are_recognised() {
    let diff = ["param-renamed", "model-renamed", "tool-renamed"].map(example).join("\n@@\n");
    assert_eq!(ids(&report(&diff)), ["model-renamed", "tool-renamed", "param-renamed"]);
}

#[test]
fn each_audience_has_findings_of_its_own() {
    let report = mixed();
    for audience in Audience::ALL {
        assert!(report.for_audience(audience).count() > 0, "{}", audience.title());
    }
    assert!(report.for_audience(Audience::Service).all(|finding| finding.rule.id != "output-field-removed"));
}

#[test]
fn a_parameter_that_is_sent_in_the_same_place_is_the_same_whatever_else_changed() {
    let diff = "
-      seats: {type: integer, about: How many were asked.}
+      places: {type: string, about: The number of people invited to it.}
@@
-        seats: $seats
+        seats: $places
";
    let found = ["param-renamed", "param-type-changed", "param-description-rewritten"];
    assert_eq!(ids(&report(diff.trim_start())), found);
}

#[test]
fn a_parameter_that_is_not_sent_is_known_by_its_description() {
    let from = "-      comment: {type: string, about: Words about it., \
                notice: \"Gong takes no comment, so it was not sent.\"}\n";
    assert_eq!(
        ids(&report(&format!("{from}{}", from.replacen('-', "+", 1).replacen("comment", "remark", 1)))),
        ["param-renamed"]
    );
    let other = from.replacen('-', "+", 1).replacen("comment", "remark", 1).replacen("Words about", "Notes on", 1);
    assert_eq!(ids(&report(&format!("{from}{other}"))), ["param-removed", "param-added-optional"]);
}

#[test]
fn a_field_between_the_same_two_is_the_same_if_its_type_is() {
    let field = |name: &str, ty: &str| format!("    {name}: {{type: {ty}, about: Its number.}}\n");
    let diff = |name: &str, ty: &str| {
        format!("-    phone: {{type: string, max_length: 40, about: Their number.}}\n+{}", field(name, ty))
    };
    assert_eq!(ids(&report(&diff("mobile", "string, max_length: 40"))), ["input-field-renamed"]);
    assert_eq!(ids(&report(&diff("mobile", "integer"))), ["input-field-removed", "input-field-added-optional"]);
}

#[test]
fn a_tool_that_asks_for_the_same_is_the_same_though_it_takes_more() {
    let diff = "
-  gong_visits_list:
+  gong_views_list:
@@
       since: {type: date-time, required: true, about: Visits at or after this instant.}
+      user: {type: id<user>, about: This user's only.}
@@
-      get: /v2/visits
-      scope: api:users:read
-      query: {since: $since, until: $until, cursor: $cursor}
+      get: /v2/visits
+      scope: api:users:read
+      query: {since: $since, until: $until, user: $user, cursor: $cursor}
";
    assert_eq!(ids(&report(diff.trim_start())), ["tool-renamed", "param-added-optional"]);
}

/// Nobody outside of the entry sees these names.
#[test]
fn names_of_the_author_s_own_make_no_difference() {
    let diff = "
-      event_id: {hash: [title, key]}
+      event: {hash: [title, key]}
@@
-      repeat_key: $event_id
+      repeat_key: $event
@@
-        eventId: $event_id
+        eventId: $event
@@
-          owner: .tasks.ownerId
+          holder: .tasks.ownerId
@@
-        body: {was: $owner, becomes: $user_id}
-        failed: The task stayed with {owner}.
+        body: {was: $holder, becomes: $user_id}
+        failed: The task stayed with {holder}.
";
    assert_eq!(ids(&report(diff.trim_start())), Vec::<&str>::new());
}

#[test]
fn a_scope_that_another_request_of_the_tool_needs_too_is_told() {
    let diff = "
-        get: /v2/calls/total
-        scope: api:calls:read
+        get: /v2/calls/total
+        scope: [api:calls:read, api:calls:write]
@@
-        post: /v2/calls/extensive
-        scope: api:calls:read
+        post: /v2/calls/extensive
+        scope: [api:calls:read, api:calls:write]
";
    let both = edited(diff.trim_start());
    let one = edited(diff.trim_start().split("@@").next().unwrap());
    let of = |base: &[SourceFile], head: &[SourceFile]| {
        let findings = compare(&side(base), &side(head)).into_iter();
        findings.map(|finding| (finding.rule.id, finding.path)).collect::<Vec<_>>()
    };
    let path = |request: &str| format!("gong_calls_list.{request}.scope");
    assert_eq!(of(&files(), &both), [("scope-added", path("requests.0"))]);
    assert_eq!(of(&one, &both), [("scope-added", path("requests.0"))]);
    assert_eq!(of(&both, &one), [("scope-removed", path("requests.0"))]);
}

#[test]
fn a_look_up_that_comes_or_goes_is_told_beside_where_its_value_is_sent() {
    let diff = "
-      boss:
-        find: managerId
-        in: gong_users_list
-        where: {emailAddress: $host_email}
-        missing: Gong has no user with this address.
@@
-        hosts: {user: $host, guest: $guest, mail: $host_email, boss: $boss}
+        hosts: {user: $host, guest: $guest, mail: $host_email}
";
    let report = report(diff.trim_start());
    let found = ids(&report);
    assert!(found.contains(&"look-up-removed") && found.contains(&"param-no-longer-sent"), "{found:?}");
    let back = compare(&side(&edited(diff.trim_start())), base());
    assert!(back.iter().any(|finding| finding.rule.id == "look-up-added"));
}
