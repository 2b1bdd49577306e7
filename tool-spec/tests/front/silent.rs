//! What used to be accepted and to mean something else, or to be accepted and not to compile. Each is reported at its
//! place.

use crate::{check, edited, fixture, told};

const QUERY: &str = "fromDateTime: $from_date_time, ";

#[test]
fn texts_that_were_to_be_holes() {
    let with = |text: &'static str| [(QUERY, text)];
    check(
        "texts_that_were_to_be_holes",
        "plain",
        &[
            &with("fromDateTime: \"from=$from_date_time\", "),
            &with("fromDateTime: \"${from_date_time}\", "),
            &with("fromDateTime: \"{from_date_time}\", "),
            &with("fromDateTime: \"{{from_date_time}}\", "),
            &with("$from: $from_date_time, "),
        ],
    );
    assert_eq!(told(&edited("plain", &[(QUERY, "fromDateTime: $from_date_time, price: \"US$$ 5, $$$$\", ")])), RIGHT);
}

const RIGHT: &str = "nothing is wrong\n";

#[test]
fn words_that_other_readers_of_yaml_take_for_something_else() {
    let wrong = ["True", "FALSE", "yes", "No", "on", "Off", "NULL", "0x10", "1_000", "017", "+1", ".5", ""];
    for word in wrong {
        let told = told(&edited("plain", &[(QUERY, &format!("fromDateTime: $from_date_time, x: {word}, "))]));
        assert!(told.contains("would be sent as text") || told.contains("there is no value here"), "{word}: {told}");
        assert!(told.contains("spec/tools/calls.yaml:15:"), "{word}: {told}");
    }
    for word in ["true", "\"True\"", "'no'", "16", "1e3", "2026-11-23", "1.2.3", "y", "text"] {
        assert_eq!(told(&edited("plain", &[(QUERY, &format!("fromDateTime: $from_date_time, x: {word}, "))])), RIGHT);
    }
}

#[test]
fn paths_that_mean_something_else() {
    let wrong = [
        "/v2/users/:id",
        "/v2/../x",
        "/v2/./x",
        "/v2/%2E%2e/x",
        "/v2//x",
        "/v2/x%",
        "/v2/%zz",
        "/v2/$cursor",
        "/v2/<id>",
        "/v2/{one}{two}",
        "/v2/{{one}}",
        "/v2/${one}",
        "/v2/{}",
        "/v2/a}b",
        "/v2/{a",
        "/v2/ä",
        "/v2/a b",
        "/v2/x#y",
        "v2/x",
        "/v2/x?y=1",
    ];
    for path in wrong {
        let told = told(&edited("plain", &[("get: /v2/calls", &format!("get: \"{path}\""))]));
        assert!(
            told.contains("is no path") && told.contains("= help: ") && told.ends_with("1 fault in the spec\n"),
            "{told}"
        );
    }
    for path in ["/v2/calls/", "/v2/calls:batch", "/v2/a%20b", "/v2/calls.json", "/v2/it's"] {
        assert_eq!(told(&edited("plain", &[("get: /v2/calls", &format!("get: \"{path}\""))])), RIGHT, "{path}");
    }
}

#[test]
fn what_nothing_uses() {
    check(
        "what_nothing_uses",
        "plain",
        &[
            &[("  api:calls:read: Read calls.\n", "  api:calls:read: Read calls.\n  api:calls:write: Change calls.\n")],
            &[("  user: A user.\n", "  user: A user.\n  team: A team.\n")],
            // While something else is wrong, that may be why.
            &[("type: id<user>", "type: id<usr>")],
        ],
    );
}

#[test]
fn characters_that_nobody_sees() {
    for (c, name) in [('\u{202e}', "U+202E"), ('\u{7}', "U+0007"), ('\u{200b}', "U+200B"), ('\u{2028}', "U+2028")] {
        let raw = told(&edited("plain", &[("one page at a time.", &format!("one page {c}at a time."))]));
        assert!(raw.contains(&format!("cannot be seen here: {name}")), "{raw}");
    }
    let escaped = told(&edited("plain", &[("about: A page of calls.", "about: \"A page \\u202Eof calls.\"")]));
    assert!(escaped.contains("cannot be seen here: U+202E") && escaped.contains("types/calls.yaml:2:10"), "{escaped}");
}

#[test]
fn bodies_and_reshapes_that_could_not_be_made() {
    let reshape = "          calls: {for: .calls, as: $item.metaData}\n";
    let constant = |text: &'static str| [(reshape, text)];
    check(
        "bodies_and_reshapes_that_could_not_be_made",
        "behaviours",
        &[
            &[("body: {callId: $one, reason: $why}", "body: $why")],
            &[("body: {callId: $one, reason: $why}", "body: {callId!: $one, reason: $why}")],
            &constant("          calls: {for: .calls, as: {id: $item.metaData.id, due: soon}}\n"),
            &constant("          calls: {for: .calls, as: {id: $item.metaData.id, title: 3}}\n"),
            &constant("          calls: {for: .calls, as: {id: $item.metaData.id, title: null}}\n"),
            &constant("          calls: {for: .calls, as: {id: $item.metaData.id, workspaceId: $item.parties}}\n"),
            &[("title: Weekly", "id: [a]")],
            &[("title: Weekly", "started: \"2026-11-16T00:00:00Z\"")],
            &[(
                "outcomes: {into: outcomes, item: callId, error: error}",
                "outcomes: {into: outcomes, item: error, error: error}",
            )],
            &[("          tag: .tasks.tags\n", "          tag: .tasks\n")],
            &[("default: {first: parties.userId}, about: The host.", "default: {same_as: $key}, about: The host.")],
            &[(
                "duration: {type: integer, min: 0, max: 86400, default: 60,",
                "duration: {type: date, default: {same_as: $key},",
            )],
        ],
    );
}

#[test]
fn lists_are_bodies_and_lie_in_lists() {
    for body in ["[$one]", "[[$one, {reason: $why}]]", "{ids: [[$one], $why]}", "{x: {for: $call_ids, as: $item}}"] {
        let text = format!("body: {{a: {body}, reason: $why, callId: $one}}");
        assert_eq!(told(&edited("behaviours", &[("body: {callId: $one, reason: $why}", &text)])), RIGHT, "{body}");
    }
    assert_eq!(told(&edited("behaviours", &[("body: {callId: $one, reason: $why}", "body: [$one, $why]")])), RIGHT);
}

#[test]
fn names_that_generated_code_has_too() {
    for name in ["Request", "Check", "Body", "Effect", "Option", "String", "BTreeMap", "Kind", "Calls", "ListParams"] {
        let edits = [("Records:\n", format!("{name}:\n")), ("type: Records,", format!("type: {name},"))];
        let edits: Vec<(&str, &str)> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
        assert_eq!(told(&edited("plain", &edits)), RIGHT, "{name}");
    }
    let mut files = fixture("plain");
    files[1].path = "spec/tools/models.yaml".to_owned();
    assert!(told(&files).contains("`models` is a module of the client"), "{}", told(&files));
    for name in ["send", "check", "into_future"] {
        let edits = [("      to_date_time: {", format!("      {name}: {{")), ("$to_date_time", format!("${name}"))];
        let edits: Vec<(&str, &str)> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
        assert!(told(&edited("plain", &edits)).contains("is a method of every call"), "{name}");
    }
}

#[test]
fn a_file_that_would_be_passed_over() {
    let mut files = fixture("plain");
    files[1].path = "spec/tools/calls.yml".to_owned();
    let told = told(&files);
    assert!(
        told.contains("`spec/tools/calls.yml` is no file of the spec")
            && told.contains("call it `spec/tools/calls.yaml`")
    );
}
