//! What an entry says outright: by what its pages are asked for, which request is sent when no other is, and what of
//! one is.

use crate::{check, edited, told};

#[test]
fn how_the_next_page_is_asked_for() {
    let (written, cursor) = ("    paging: $cursor\n", "cursor: {type: string, about: Where the page");
    check(
        "paging",
        "plain",
        &[
            &[(written, "")],
            &[(written, "    paging: cursor\n")],
            &[(written, "    paging: $curser\n")],
            &[(written, "    paging: {cursor: $cursor}\n")],
            &[(written, "    paging: $from_date_time\n")],
            &[(cursor, "cursor: {type: string, default: first, about: Where the page")],
            &[(cursor, "cursor: {type: string, required: true, about: Where the page")],
            &[(", cursor: $cursor}", "}")],
            &[("    records: {type: Records, about: Where the page stands among all pages.}\n", "")],
            &[("paging: {envelope: records, cursor: cursor", "paging: {envelope: records, cursor: next")],
            &[("paging: {envelope: records, cursor: cursor", "paging: {envelope: calls, cursor: cursor")],
        ],
    );
}

#[test]
fn no_parameter_s_name_says_anything() {
    let renamed = edited(
        "plain",
        &[
            (
                "      cursor: {type: string, about: Where the page",
                "      go_on_at: {type: string, about: Where the page",
            ),
            (", cursor: $cursor}", ", cursor: $go_on_at}"),
            ("    paging: $cursor\n", "    paging: $go_on_at\n"),
        ],
    );
    let spec = tool_spec::load(&renamed).unwrap();
    assert_eq!(spec.groups[0].tools[0].pages_of_items(), Some("go_on_at"));
}

#[test]
fn which_request_is_sent_when_no_other_is() {
    let last = "      - else: true\n        get: /v2/calls\n";
    check(
        "else",
        "behaviours",
        &[
            &[(last, "      - get: /v2/calls\n")],
            &[(last, "      - else: $today\n        get: /v2/calls\n")],
            &[(last, "      - else:\n        get: /v2/calls\n")],
            &[(last, "      - when: $today\n        get: /v2/calls\n")],
            &[(last, "      - when: $today\n        else: true\n        get: /v2/calls\n")],
            &[("      - when: $today\n", "      - else: true\n")],
        ],
    );
}

#[test]
fn fields_of_an_answer_have_a_sign_of_their_own() {
    let owner = "          owner: .tasks.ownerId\n";
    check(
        "fields_of_an_answer",
        "behaviours",
        &[
            &[("calls: {for: .calls, as: $item.metaData}", "calls: {for: $calls, as: $item.metaData}")],
            &[("calls: {for: .calls, as: $item.metaData}", "calls: {for: .calls, as: .item.metaData}")],
            &[("calls: {for: .calls, as: $item.metaData}", "calls: {for: .calls, as: .}")],
            &[("calls: {for: .calls, as: $item.metaData}", "calls: $item.metaData")],
            &[(owner, "          owner: $tasks.ownerId\n")],
            &[(owner, "          owner: tasks.ownerId\n")],
            &[(owner, "          owner: .tasks.ownerId | date\n")],
            &[("kind: today", "kind: .today")],
        ],
    );
    let constants = edited("behaviours", &[("kind: today", "kind: ..today, share: 0.5")]);
    assert_eq!(told(&constants), "nothing is wrong\n");
    let spec = format!("{:?}", tool_spec::load(&constants).unwrap());
    assert!(spec.contains("Constant(String(\".today\"))"));
    assert!(told(&edited("behaviours", &[("kind: today", "kind: .5")])).contains("write `0.5`"));
}

#[test]
fn what_is_sent_on_a_condition() {
    let written = "mail: {when: $host_email, then: {address: $host_email, kind: HOST}}";
    let with = |text: &'static str| [(written, text)];
    check(
        "parts_on_a_condition",
        "behaviours",
        &[
            &with("mail: {when: $host_mail, then: {address: $host_email}}"),
            &with("mail: {when: host_email, then: 5}"),
            &with("mail: {when: $host_email, than: 5}"),
            &with("mail: {when: $host_email, then: 5, else: 6}"),
            &with("mail: {when: $event, then: 5}"),
            &with("mail: {when: $owner, then: 5}"),
            &with("mail: {when: $event_id, then: 5}"),
            &with("mail: {when: $event = EMAIL_OPEND, then: 5}"),
            &with("mail: {when: $subject = x, then: $nobody}"),
            &[("as: $item.metaData}\n", "as: {when: $today, then: $item.metaData}}\n")],
            &[(
                "        query: {cursor: $cursor, kind: today}\n",
                "        query: {cursor: $cursor, kind: {when: $today, then: [a]}}\n",
            )],
        ],
    );
    assert_eq!(
        told(&edited("behaviours", &with("mail: {when: $host_email, what: [{when: 5}]}"))),
        "nothing is wrong\n"
    );
}
