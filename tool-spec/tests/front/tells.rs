//! Each kind of wrong spec and its message. Read the snapshots as somebody who made that slip.

use tool_spec::SourceFile;

use crate::{check, edited, faults, fixture, told};

#[test]
fn files() {
    let mut files: Vec<SourceFile> =
        fixture("plain").into_iter().filter(|file| file.path != "spec/gong.yaml").collect();
    files.push(SourceFile { path: "spec/tool/users.yaml".to_owned(), text: String::new() });
    files.push(SourceFile { path: "spec/types/users.yaml".to_owned(), text: "# Nothing yet.\n".to_owned() });
    insta::assert_snapshot!("files", told(&files));
}

/// The service's file is known by what it says, whatever its name is.
#[test]
fn files_beside_the_service_s() {
    let with = |path: &str, text: &str| {
        let mut files = fixture("plain");
        files
            .iter_mut()
            .filter(|file| file.path == "spec/gong.yaml")
            .for_each(|file| file.path = "spec/us.yaml".into());
        files.push(SourceFile { path: path.to_owned(), text: text.to_owned() });
        files
    };
    let service = with("", "").into_iter().find(|file| file.path == "spec/us.yaml").unwrap().text;
    let plain = fixture("plain");
    let alone: Vec<SourceFile> = plain.into_iter().filter(|file| file.path == "spec/tools/calls.yaml").collect();
    let misplaced: Vec<SourceFile> =
        alone.into_iter().map(|file| SourceFile { path: "spec/calls.yaml".to_owned(), ..file }).collect();
    let wrong = [
        ("a second service", with("spec/them.yaml", &service)),
        ("a group beside the service", with("spec/calls.yaml", "about: Calls.\ntools: {}\n")),
        ("a service that ends otherwise", with("spec/us.yml", &service)),
        ("a group alone", misplaced),
        (
            "a service without what it must say",
            vec![SourceFile { path: "spec/us.yaml".into(), text: "about: Us.\n".into() }],
        ),
        ("a service with a name that is none", edited("plain", &[("service: gong\n", "service: Gong AI\n")])),
    ];
    let all: String = wrong.iter().map(|(what, files)| format!("## {what}\n{}\n", faults(files))).collect();
    insta::assert_snapshot!("files_beside_the_service_s", all);
}

#[test]
fn versions_of_the_language() {
    check(
        "versions_of_the_language",
        "plain",
        &[
            // Whatever else looks wrong is not reported: it may be right in that version.
            &[("language: 2\n", "language: 3\n"), ("    effect: read\n", "    effekt: read\n")],
            &[("language: 2\n", "language: 1\n"), ("    effect: read\n", "    effekt: read\n")],
            &[("language: 2\n", "")],
            &[("language: 2\n", "language: 0\n")],
            &[("language: 2\n", "language: latest\n")],
            &[("language: 2\n", "language:\n")],
        ],
    );
}

#[test]
fn sign_in() {
    let domains = "base_url: https://api.gong.io\n";
    check(
        "sign_in",
        "plain",
        &[
            &[(
                domains,
                "base_url: https://api.gong.io\ndomains: [https://gong.io, '*.gong.io', GONG.io, io, 10.0.0.1]\n",
            )],
            &[("scheme: basic, username: access_key,", "scheme: bearer, username: Access Key,")],
            &[("    base_url_field: api_base_url_for_customer\n", "    base_url_field: [a]\n    spend: used\n")],
        ],
    );
}

#[test]
fn details_of_errors() {
    let with = |errors: &'static str| [("{request_id: requestId, messages: errors}", errors)];
    check(
        "details_of_errors",
        "plain",
        &[
            &with("{request_id: requestId, messages: errors, details: [fixUrl, errors, fixUrl]}"),
            &with("{request_id: requestId, messages: errors, details: {fix: url}}"),
            &with("{request_id: requestId, messages: errors, details: []}"),
        ],
    );
}

#[test]
fn keys() {
    check(
        "keys",
        "plain",
        &[
            &[("    title: List calls\n", "    titel: List calls\n")],
            &[("      scope: api:calls:read\n", "      scopes: api:calls:read\n")],
            &[("about: Calls that started before this instant.", "about: Calls before this instant, or at it.")],
            &[("    effect: read\n", "    effect: reed\n")],
            &[("    about: Lists calls", "    about:\n    note: Lists calls")],
            &[("limits: {per_second: 3, per_day: 10000}", "limits: {per_second: 0, per_day: many}")],
            &[("scopes:\n  api:calls:read: Read calls.\n", "scopes: {}\n")],
            &[("scopes:\n  api:calls:read: Read calls.\n", "")],
            &[("base_url: https://api.gong.io", "base_url: http://api.gong.io")],
            &[("    params:\n", "    params: []\n    other:\n")],
            &[("always: true, about: The call's id.", "always: yes, about: The call's id.")],
        ],
    );
}

#[test]
fn kinds_of_ids() {
    let call = "  call: A call.\n";
    check(
        "kinds_of_ids",
        "plain",
        &[
            &[(call, "  call: {form: numbers, about: A call.}\n")],
            &[(call, "  call: {form: digits}\n")],
            &[(call, "  call: {form: digits, adress: /call, about: A call.}\n")],
            &[(call, "  call: {form: digits, address: call, about: A call.}\n")],
            &[(call, "  call: {address: /call, about: A call.}\n")],
            &[(call, "  call: [digits]\n")],
            &[(call, "  call: {form: digits, json: number, about: A call.}\n")],
            &[(call, "  call: {form: word, json: integer, about: A call.}\n")],
            &[(call, "  call: {json: integer, about: A call.}\n")],
        ],
    );
}

#[test]
fn sentences() {
    check(
        "sentences",
        "plain",
        &[
            &[("one page at a time.", "one page at a time")],
            &[("about: Its host.", "about: Its host")],
            &[(
                "      - Gong lists calls without their participants.",
                "      - Gong lists calls without participants",
            )],
            &[("api:calls:read: Read calls.", "api:calls:read: Read calls")],
        ],
    );
}

#[test]
fn names() {
    check(
        "names",
        "plain",
        &[
            &[("toDateTime: $to_date_time", "toDateTime: $to_datetime")],
            &[("      scope: api:calls:read\n", "      scope: api:call:read\n")],
            &[("answer: CallsPage", "answer: CallPage")],
            &[("items: calls", "items: call")],
            &[("type: list<Call>", "type: list<Cal>")],
            &[("{type: date-time, about: When it started.}", "{type: datetime, about: When it started.}")],
            &[("type: id<user>", "type: id<usr>")],
            &[("type: list<Call>", "type: liste<Call>")],
            &[("type: list<Call>", "type: list")],
            &[("type: list<Call>", "type: list<Call")],
            &[("type: list<Call>", "type: id<list<call>>")],
            &[("toDateTime: $to_date_time, ", "")],
            &[("Records:\n", "Unneeded:\n  about: Nothing.\n  fields: {a: {type: string, about: A.}}\nRecords:\n")],
        ],
    );
}

#[test]
fn clashes() {
    check(
        "clashes",
        "plain",
        &[
            &[("    title: {type: string, about: The call's title.}", "    ID: {type: string, about: Another id.}")],
            &[("Records:\n", "Call:\n  about: A call.\n  fields: {}\nRecords:\n")],
            &[("Records:\n", "CallId:\n  about: A call.\n  fields: {}\nRecords:\n")],
            &[("Records:\n", "Error:\n  about: A call.\n  fields: {}\nRecords:\n")],
            &[("Records:\n", "call_kind:\n  about: A kind.\n  enum: {a-b: One., a_b: Two., ++: Three.}\nRecords:\n")],
            &[("    method: list\n", "    method: type\n")],
            &[("    method: list\n", "    method: listCalls\n")],
            &[("      to_date_time: {", "      send: {"), ("$to_date_time", "$send")],
            &[("  gong_calls_list:\n", "  gong-calls-list:\n")],
        ],
    );
    let mut files = fixture("plain");
    let text = files[1].text.clone();
    files.push(SourceFile { path: "spec/tools/request.yaml".to_owned(), text });
    insta::assert_snapshot!("clashes_of_files", told(&files));
}

#[test]
fn params_and_rules() {
    check(
        "params_and_rules",
        "behaviours",
        &[
            &[("      why: {type: string, about: Why.}", "      why: {type: string, min: 1, about: Why.}")],
            &[("min_length: 1, max_length: 2048", "min_length: 9, max_length: 3")],
            &[("default: {fresh: uuid}", "default: short, min_items: 1")],
            &[("min: 0, max: 86400, default: 60", "min: 0, max: 30, default: 60")],
            &[("min: 0, max: 86400, default: 60", "default: \"60\"")],
            &[("default: each, about", "default: eech, about")],
            &[("default: [parties]", "default: [parties, parties]")],
            &[("event: {type: Event, required: true,", "event: {type: Event, required: true, default: EMAIL_OPENED,")],
            &[(
                "      why: {type: string, about: Why.}",
                "      why: {type: string, about: Why., notice: It is not sent.}",
            )],
            &[("need: [host, host_email]", "need: [event, hots]")],
            &[("need: [host, host_email]", "need: [$host]")],
            &[("need: [host, host_email]", "need: []")],
            &[
                ("need: [agreed]", "need: [agreed]"),
                ("example: {task_id: \"5\", agreed: true}", "example: {task_id: 5}"),
            ],
            &[("        because: Gong wants to know the host.\n", "")],
            &[("order: [from_date_time, to_date_time]", "order: [from_date_time]")],
            &[("order: [from_date_time, to_date_time]", "order: [from_date_time, cursor]")],
            &[("due: {from: $from_date, to: $to_date}", "due: {from: $from_date, until: $to_date}")],
            &[("due: {from: $from_date, to: $to_date}", "title: {from: $from_date, to: $comment}")],
            &[("title: Weekly", "title: 5")],
        ],
    );
}

#[test]
fn rules_on_conditions_and_exclusions() {
    let when = "        when: $event = EMAIL_OPENED";
    let need = "need: [ends]\n        when: $starts";
    let exclude = "exclude: [duration_text, starts]\n        because: Gong works one out from the other.";
    check(
        "rules_on_conditions_and_exclusions",
        "behaviours",
        &[
            &[(when, "        when: $evnt = EMAIL_OPENED")],
            &[(when, "        when: $event = EMAIL_OPENEDD")],
            &[(when, "        when: $starts = 2026-11-23")],
            &[(when, "        when: event is EMAIL_OPENED")],
            &[(when, "        when: $event")],
            &[(when, "        when: $duration")],
            &[(when, "        when: $owner")],
            &[(when, "        when: $duration_text")],
            &[("need: [host, host_email]", "need: [host, duration]")],
            &[("need: [host, host_email]", "need: [host, host]")],
            &[("order: [starts, ends]\n        when: $strict", "order: [starts, ends]\n        when: $ends")],
            &[(exclude, "exclude: [starts]\n        because: None.")],
            &[(exclude, "exclude: [starts, starts]\n        because: None.")],
            &[(exclude, "exclude: [event, starts]\n        because: None.")],
            &[(exclude, "exclude: [duration, key, starts]\n        because: None.")],
            &[(exclude, "exclude: [starts, ends]\n        because: None.")],
            &[(exclude, "exclude: [host, owner]\n        when: $strict\n        because: None.")],
            &[(exclude, "exclude: [host_email, strict]")],
            &[(need, "need: [duration_text, starts, ends]\n        when: $event = EMAIL_OPENED")],
            &[(exclude, "need: [host_email, host]\n        because: None.")],
            &[("duration_text: an hour", "duration_text: an hour\n      starts: \"2026-11-23\"")],
            &[("      duration_text: an hour\n", "")],
        ],
    );
}

#[test]
fn sources() {
    check(
        "sources",
        "behaviours",
        &[
            &[("default: {fresh: uuid}", "default: {fresh: number}")],
            &[("default: {fresh: uuid}", "default: {frish: uuid}")],
            &[(
                "managers: {given: $manager_id, every: managerId, in: gong_users}",
                "managers: {given: $manager_id, evry: managerId}",
            )],
            &[("hash: [event, key]", "hash: []")],
            &[("where: {emailAddress: $host_email}", "where: {}")],
            &[("default: {first: parties.userId}", "default: {first: parties}")],
            &[("default: {first: parties.userId}", "default: {first: parties.userid}")],
            &[("default: {first: parties.userId}", "default: {first: parties.emailAddress}")],
            &[("default: {same_as: $event}", "default: {same_as: event}")],
            &[("default: {same_as: $event}", "default: {same_as: $duration}")],
            &[("default: {same_as: $event}", "default: {same_as: $subject}")],
            &[("hash: [event, key]", "hash: [$event, kee]")],
            &[("          in: gong_users\n", "          in: gong_user\n")],
            &[("          in: gong_users\n", "          in: gong_chunks\n")],
            &[("where: {emailAddress: $host_email}", "where: {email: $host_email}")],
            &[("where: {emailAddress: $host_email}", "where: {emailAddress: $duration}")],
            &[("e-mail address {host_email}.", "e-mail address {email}.")],
            &[("          several: Say with workspace_id which workspace you mean.\n", "")],
            &[("given: $manager_id, every: managerId", "given: $since, every: manager")],
            &[("default: {days_ago: 30}", "default: {days_ago: -1}")],
            &[
                (
                    "    request:\n      get: /v2/users",
                    "    values:\n      key: {fresh: uuid}\n    request:\n      get: /v2/users",
                ),
                (
                    "query: {cursor: $cursor}\n    answer: UsersPage",
                    "query: {cursor: $cursor, key: $key}\n    answer: UsersPage",
                ),
            ],
            &[
                (
                    "    effect: read\n    params:\n      cursor: {type: string, \
                     about: Where the page before this one ended.}\n    request:\n      get: /v2/users",
                    "    effect: read\n    params:\n      cursor: {type: string, \
                     about: Where the page before this one ended.}\n      me: {type: id<user>, \
                     default: {only: managerId, in: gong_users, missing: No., several: No.}, \
                     about: Me.}\n    request:\n      get: /v2/users",
                ),
                (
                    "query: {cursor: $cursor}\n    answer: UsersPage",
                    "query: {cursor: $cursor, me: $me}\n    answer: UsersPage",
                ),
            ],
        ],
    );
}

#[test]
fn models_and_examples() {
    check(
        "models_and_examples",
        "models",
        &[
            &[("type: SOME_KIND\n", "type: SOME_KINDS\n")],
            &[("size: 3,", "size: 30, sice: 3,")],
            &[("thing: {name: A, type", "thing: {type")],
            &[("      type: SOME_KIND\n      thing", "      tipe: SOME_KIND\n      thing")],
            &[("ratio: 0.5", "ratio: lots")],
            &[(
                "    made: {type: date-time, always: true,",
                "    made: {type: date-time, always: true, required: true, max: 3,",
            )],
            &[("thing: {type: Thing, about: The thing.}", "thing: {type: ThingAnswer, about: The thing.}")],
            &[("kinds: {type: csv<ThingType>", "kinds: {type: csv<Thing>")],
            &[("    plain: A plain kind.", "    plain: {sends: some kind, about: A plain kind.}")],
            &[("    other kind: Another kind.", "    other kind: {sends: OTHER}")],
        ],
    );
}

#[test]
fn paths_into_parameters_and_elements_in_paths() {
    let hole = "name: $thing.name,";
    let path = "/v2/things/{one}/parts/{part.of.name}";
    let to = |path: &'static str| [("/v2/things/{one}/parts/{part.of.name}", path)];
    check(
        "paths_into_parameters_and_elements_in_paths",
        "models",
        &[
            &[(hole, "name: $thing.nam,")],
            &[(hole, "name: $thing.name.first,")],
            &[(hole, "name: $thing.parts.name,")],
            &[(hole, "name: $type.name,")],
            &[(hole, "name: $things.name,")],
            &[(hole, "name: $thing.comment,")],
            &[(hole, "name: $thing.name | date,")],
            &[("weights: $item.weights", "weights: $item.wait")],
            &[("for: $thing.parts", "for: $thing.name")],
            &[("weights: $part.of.weights", "weights: $part.of")],
            &[("body: $part.of\n", "body: $part.since\n")],
            &to("/v2/things/{one}/parts/{part.of.nam}"),
            &to("/v2/things/{one}/parts/{part.of.weights}"),
            &to("/v2/things/{one}/parts/{part.since}"),
            &to("/v2/things/{one}/parts/{part}"),
            &to("/v2/things/{two}/parts/{part.of.name}"),
            &to("/v2/things/{one}/parts/{one}"),
            &to("/v2/things/{things}/parts/{one}"),
            &[(path, path), ("part: {type: Loss, required: true,", "part: {type: Loss,")],
        ],
    );
}

#[test]
fn one_fault_hides_no_other_and_makes_none() {
    let files = edited(
        "behaviours",
        &[
            ("      from_date: {type: date,", "      from_date: {type: dat,"),
            ("    scope: [api:calls:read, api:users:read]", "    scope: [api:calls:red, api:users:read]"),
            ("as: {id: $item.metaData.id, title", "as: {id: $item.metaData.ident, title"),
            (
                "    managerId: {type: id<user>, about: The user's manager.}",
                "    managerId: {type: id<usr>, about: The user's manager.}",
            ),
            (
                "      query: {manager-id: $manager, workspace-id: $workspace_id,",
                "      query: {manager-id: $manager, workspace-id: $workspace,",
            ),
        ],
    );
    insta::assert_snapshot!("many", told(&files));
}

#[test]
fn a_file_that_is_no_yaml_makes_no_other_fault() {
    for (there, instead) in [
        ("Records:\n", "Records: [\n"),
        ("about: Tools that write.\n", "about: 'Tools\n"),
        ("service: gong\n", "service: {gong\n"),
    ] {
        let files = edited("behaviours", &[(there, instead)]);
        let faults = tool_spec::load(&files).unwrap_err();
        assert_eq!(faults.len(), 1, "{}", faults.render(&files, false));
    }
}
