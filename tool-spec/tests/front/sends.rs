//! Each kind of wrong request, and of what is done with its answer. Read the snapshots as somebody who made that slip.

use crate::check;

#[test]
fn requests() {
    check(
        "requests",
        "plain",
        &[
            &[("      get: /v2/calls\n", "      get: v2/calls\n")],
            &[("      get: /v2/calls\n", "      get: /v2/calls?all=true\n")],
            &[("      get: /v2/calls\n", "      get: /v2/calls\n      post: /v2/calls\n")],
            &[("      get: /v2/calls\n", "")],
            &[("      get: /v2/calls\n", "      get: /v2/calls/{cursor}/{id}\n")],
            &[("      get: /v2/calls\n", "      get: /v2/calls/{cursor\n")],
            &[("    request:\n", "    requests: []\n    reqest:\n")],
            &[(", cursor: $cursor}", "}")],
            &[
                ("      cursor: {type: string, about: Where the page before this one ended.}\n", ""),
                (", cursor: $cursor}", "}"),
            ],
            &[("fromDateTime: $from_date_time, ", "fromDateTime: {at: $from_date_time}, ")],
            &[("fromDateTime: $from_date_time, ", "fromDateTime: $from_date_time | dat, ")],
            &[("fromDateTime: $from_date_time, ", "fromDateTime: $from_date_time | until_today, ")],
            &[("fromDateTime: $from_date_time, ", "fromDateTime: $from-date-time, ")],
            &[("fromDateTime: $from_date_time, ", "fromDateTime: $from_date_time.day, ")],
            &[("    items: calls\n", "    keep: {title: A}\n")],
            &[("    request:\n", "    steps: []\n    request:\n")],
        ],
    );
}

#[test]
fn forms_and_files() {
    let form = "multipart: {mediaFile: $media_file, cover: $cover, tags: $tags, kind: {when: $cover, then: FILM}, \
                version: 2}";
    let file = "media_file: {type: file, required: true, max_bytes: 1500000000, formats: [mp3, wav], about";
    let cover = "cover: {type: file, about";
    let tags = "tags: {type: list<string>, about: Words of the recording.}";
    check(
        "forms_and_files",
        "behaviours",
        &[
            &[("put: /v2/calls/{call_id}/media", "get: /v2/calls/{call_id}/media")],
            &[("      multipart: {media", "      body: {tags: $tags}\n      multipart: {media")],
            &[(form, "body: {mediaFile: $media_file, cover: $cover, tags: $tags}")],
            &[(form, "multipart: {}\n      query: {tags: $tags}")],
            &[(form, "multipart: [$media_file, $cover, $tags]")],
            &[("mediaFile: $media_file, cover", "mediaFile: $media_fil, cover")],
            &[("mediaFile: $media_file, cover", "mediaFile!: $media_file, cover")],
            &[("mediaFile: $media_file, cover", "mediaFile: [$media_file], cover")],
            &[("mediaFile: $media_file, cover", "mediaFile: $media_file | date, cover")],
            &[("version: 2}", "version: {major: $tags}}")],
            &[(", cover: $cover", "")],
            &[(cover, "cover: {type: list<file>, about")],
            &[(cover, "cover: {type: file, default: no.png, about")],
            &[(cover, "cover: {type: string, max_bytes: 5, formats: [png], about")],
            &[(cover, "cover: {type: File, about")],
            &[(cover, "cover: {type: file, max_length: 5, about")],
            &[(file, "media_file: {type: file, required: true, max_bytes: 0, formats: [.MP3, '*.wav', a/b], about")],
            &[("media_file: call.mp3", "media_file: call.ogg")],
            &[("media_file: call.mp3", "media_file: [call.mp3]")],
            &[(tags, "tags: {type: list<string>, default: {hash: [cover]}, about: Words of the recording.}")],
            &[(
                "      put: /v2/calls/{call_id}/media",
                "      repeat_key: $cover\n      put: /v2/calls/{call_id}/media",
            )],
            &[("put: /v2/calls/{call_id}/media", "put: /v2/calls/{call_id}/{media_file}")],
            &[(
                "  about: Somebody who took part in a call.\n  fields:\n",
                "  about: Somebody.\n  fields:\n    photo: {type: file, about: A photo.}\n",
            )],
        ],
    );
}

#[test]
fn cases_and_reshape() {
    check(
        "cases_and_reshape",
        "behaviours",
        &[
            &[("- when: $report = aggregate", "- when: $report = aggregated")],
            &[("- when: $report = aggregate", "- when: $call_ids = aggregate")],
            &[("- when: $today\n        get", "- get")],
            &[("- when: $today", "- when: today")],
            &[("- when: $today", "- when: $from_date_time")],
            &[(
                "          requestId: .requestId\n          records: .records\n          calls: {for",
                "          calls: {for",
            )],
            &[("as: $item.metaData}\n", "as: $item.metadata}\n")],
            &[("as: $item.metaData}\n", "as: $item.parties}\n")],
            &[("          calls: {for: .calls, as: $item.metaData}\n", "          calls: .calls.metaData\n")],
            &[("as: {id: $item.metaData.id, title", "as: {title")],
            &[("as: {id: $item.metaData.id, title", "as: {id: $item.metaData.title, titel")],
            &[("$include has crm then", "$include has crn then")],
            &[("$include has crm then Extended", "$call_ids has crm")],
            &[("$include has crm then Extended", "$include have crm")],
            &[
                ("    nothing_found: [No", "    nothing_found: [Na"),
                ("    answer: Workspaces\n    items: workspaces\n", "    answer: User\n"),
            ],
        ],
    );
}

#[test]
fn ids_that_are_expected_back() {
    let written = "    expects: {call_ids: id}\n";
    let with = |text: &'static str| [(written, text)];
    check(
        "ids_that_are_expected_back",
        "behaviours",
        &[
            &with("    expects: {cal_ids: id}\n"),
            &with("    expects: {call_ids: idd}\n"),
            &with("    expects: {call_ids: started}\n"),
            &with("    expects: {call_ids: id.value}\n"),
            &with("    expects: {from_date_time: id}\n"),
            &with("    expects: [call_ids]\n"),
            &[(
                "    items: calls\n    paging: $cursor\n    newest_first: {from: from_date_time, to: to_date_time, \
                 time: started}\n",
                "    paging: $cursor\n",
            )],
            &[(written, "    expects: {call_ids: id}\n    keep: {title: Weekly}\n")],
        ],
    );
}

#[test]
fn newest_first() {
    let written = "newest_first: {from: from_date_time, to: to_date_time, time: started}";
    let with = |text: &'static str| [(written, text)];
    check(
        "newest_first",
        "behaviours",
        &[
            &with("newest_first: {from: from_date_time, to: to_date_time}"),
            &with("newest_first: {from: from_date_time, to: to_date_time, time: begun}"),
            &with("newest_first: {from: from_date_time, to: to_date_time, time: due}"),
            &with("newest_first: {from: form_date_time, to: call_ids, time: started}"),
            &with("newest_first: from_date_time"),
            &[(
                written,
                "keep: {title: Weekly}\n    newest_first: {from: from_date_time, to: to_date_time, time: started}",
            )],
            &[(
                "    answer: Workspaces\n    items: workspaces\n",
                "    answer: Workspaces\n    items: workspaces\n    newest_first: {from: a, to: b, time: id}\n",
            )],
            &[
                ("    items: calls\n    paging: $cursor\n    newest_first", "    newest_first"),
                ("paging: {envelope: records, ", "paging: {"),
            ],
        ],
    );
}

#[test]
fn jobs_that_are_waited_for() {
    let written = "wait: {until: state, done: [DONE, PARTLY], failed: STOPPED}";
    let with = |text: &'static str| [(written, text)];
    check(
        "jobs_that_are_waited_for",
        "behaviours",
        &[
            &with("wait: {until: stat, done: DONE}"),
            &with("wait: {until: total, done: DONE}"),
            &with("wait: {until: $state, done: DONE}"),
            &with("wait: {until: state, done: [DON, PARTLY], failed: FAILED}"),
            &with("wait: {until: state, done: [DONE, DONE], failed: [STOPPED, DONE]}"),
            &with("wait: {until: state, done: []}"),
            &with("wait: {until: state, failed: STOPPED}"),
            &with("wait: state"),
            &[(
                "about: Tells how a job stands.\n    effect: read",
                "about: Tells how a job stands.\n    effect: write",
            )],
            &[(
                "    items: calls\n    paging: $cursor\n    newest_first",
                "    wait: {until: requestId, done: A}\n    items: calls\n    paging: $cursor\n    newest_first",
            )],
            &[(
                "    answer: CallList\n    items: calls\n    example: {call_ids: [\"1\", \"2\"]}",
                "    answer: CallList\n    items: calls\n    wait: {until: requestId, done: A}\n    example: {call_ids: [\"1\", \"2\"]}",
            )],
        ],
    );
}

#[test]
fn fans_and_steps() {
    check(
        "fans_and_steps",
        "behaviours",
        &[
            &[("chunk: {of: $call_ids, size: 100}", "chunk: {of: $fields, size: 0}")],
            &[("chunk: {of: $call_ids, size: 100}", "chunk: {of: $fields, size: 5}")],
            &[("each: {of: $call_ids, as: one}", "each: {of: $call_ids, as: why}")],
            &[("body: {callId: $one, reason: $why}", "body: {reason: $why}")],
            &[("calls: {for: $call_ids, as: {id: $item}}", "calls: {for: $fields, as: {id: $item}}")],
            &[("calls: {for: $call_ids, as: {id: $item}}", "calls: {for: $call_ids, as: {id: $key}}")],
            &[
                (
                    "      fields: {type: map<string>, about: Values by name.}",
                    "      key: {type: map<string>, about: Values by name.}",
                ),
                ("{for: $fields,", "{for: $key,"),
            ],
            &[("calls: {for: $call_ids, as: {id: $item}}", "calls: {for: $call_ids, ass: {id: $item}}")],
            &[("each: {of: $call_ids, as: one}\n", "\n")],
            &[(
                "outcomes: {into: outcomes, item: callId, error: error}",
                "outcomes: {into: outcome, item: callId, error: error}",
            )],
            &[(
                "outcomes: {into: outcomes, item: callId, error: error}",
                "outcomes: {into: outcomes, item: call, error: callId}",
            )],
            &[("    items: figures\n", "")],
            &[("          owner: .tasks.ownerId\n", "          owner: .tasks.owner\n")],
            &[("        missing: Gong knows no task {task_id} with an owner.\n", "")],
            &[(
                "        missing: Gong knows no task {task_id} with an owner.\n",
                "        missing: Gong knows no task {task}.\n",
            )],
            &[("body: {ownerId: $owner, tags: [$tag]}", "body: {ownerId: $owner}")],
            &[("        answer: Accepted\n        failed", "        failed")],
        ],
    );
}

#[test]
fn confirmations() {
    let written = "    confirm: $task_id\n";
    let with = |text: &'static str| [(written, text)];
    check(
        "confirmations",
        "behaviours",
        &[
            &with("    confirm: task_id\n"),
            &with("    confirm: $task\n"),
            &with("    confirm: $agreed\n"),
            &[("effect: destructive\n    confirm", "effect: write\n    confirm")],
            &[(
                "about: Sends one request for each id and tells what came of each.\n    effect: destructive",
                "about: Sends each id.\n    effect: destructive\n    confirm: $call_ids",
            )],
            &[(
                "about: Sends one of three requests and brings each answer to the same shape.\n    effect: read",
                "about: Lists.\n    effect: destructive",
            )],
        ],
    );
}

#[test]
fn repeatable_requests() {
    let put = "put: /v2/calls\n      scope: api:calls:write\n      repeatable: true";
    let delete = "delete: /v2/calls\n      scope: api:calls:write\n      repeatable: true";
    check(
        "repeatable_requests",
        "behaviours",
        &[
            &[(put, "put: /v2/calls\n      scope: api:calls:write\n      repeatable: twice")],
            &[(put, "put: /v2/calls\n      scope: api:calls:write\n      repeatable: true\n      repeat_key: $fields")],
            &[(
                "about: Sends a hundred ids at a time and joins the answers.\n    effect: write",
                "about: Reads.\n    effect: read",
            )],
            &[(
                "      - get: /v2/tasks/{task_id}\n        scope: api:calls:read",
                "      - get: /v2/tasks/{task_id}\n        scope: api:calls:read\n        repeatable: true",
            )],
            &[(
                "      - delete: /v2/tasks/{task_id}\n        scope: api:calls:write",
                "      - delete: /v2/tasks/{task_id}\n        scope: api:calls:write\n        repeatable: true",
            )],
            &[(delete, "delete: /v2/calls\n      scope: api:calls:write\n      repeatable: true\n      answer: Call")],
        ],
    );
}

#[test]
fn repeat_keys() {
    check(
        "repeat_keys",
        "behaviours",
        &[
            &[("repeat_key: $event_id", "repeat_key: event_id")],
            &[("      repeat_key: $event_id\n", "")],
            &[("{status: 400, message: \"was", "{status: 503, message: \"was")],
            &[("status: 400, message", "message")],
            &[("status: 400, message", "status: 400, words")],
            &[("as {key}.", "as {keys}.")],
            &[("as {key}.", "as {key.")],
            &[("as {key}.", "as {key} or {late}.")],
            &[("as {key}.", "as {late}.")],
            &[("was reported already, as {key}.", "{key} was reported already.")],
            &[("repeat_key: $event_id", "repeat_key: $event_ids")],
            &[("repeat_key: $event_id", "repeat_key: $event_id | date")],
            &[(
                "about: Sends values that the caller may leave out.\n    effect: write",
                "about: Reads.\n    effect: read",
            )],
            &[(
                "requestId: {type: string, about: The id by which Gong's support finds the request.}\n\nRemovals",
                "requestId: {type: string, always: true, about: The request's id.}\n\nRemovals",
            )],
        ],
    );
}
