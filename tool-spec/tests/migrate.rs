//! A spec of an older version of the language is brought to this one, text to text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use tool_spec::{SourceFile, load, migrate};

const SERVICE: &str = "\
# Gong, in short.
language: 1 # the first
service: gong
about: Gong records calls.
base_url: https://api.gong.io
auth:
  api_key: {scheme: basic, username: access_key, password: access_key_secret}
  oauth2: {authorize_url: 'https://a.gong.io/a', token_url: 'https://a.gong.io/t', base_url_field: base_url}
limits: {per_second: 3, per_day: 10000}
errors: {request_id: requestId, messages: errors}
paging: {envelope: records, cursor: cursor, total: totalRecords}
nothing_found: {status: 404, message: found}
ids: {call: A call.}
scopes: {read: Read calls.}
";

const TOOLS: &str = "\
about: Calls.
tools:
  gong_calls_list:
    method: list
    title: List calls
    about: Lists calls.
    effect: read
    params:
      # By this the next page is asked for.
      cursor: {type: string, about: Where the page begins.}
      names: {type: list<string>, about: These alone.}
    requests:
      - when: $names # rarely
        post: /v2/calls/wide
        scope: read
        body: {cursor: $cursor, names: $names, as: .csv, of: [0.5, \"..\"]}
        answer: Wide
        reshape:
          records: \"$records\" # whole
          calls: {for: $data.calls, as: {name: $item.item.name, kind: .hidden, cost: $$5}}
      # Otherwise all.
      - get: /v2/calls
        scope: read
        query: {cursor: $cursor}
    answer: Page # of calls
    items: calls # each
    example: {}

  gong_calls_drop: {method: drop, title: Drop, about: Drops., effect: destructive, steps: [{get: /v2/first, scope: read, answer: Wide, take: {name: $data.calls.item.name}, missing: None.}, {post: /v2/drop, scope: read, body: {name: $name, from: $cursor}}], answer: Page, params: {cursor: {type: string, about: It.}}, items: calls, example: {}}
";

const TYPES: &str = "\
Page:
  about: A page.
  fields:
    records: {type: Records, about: Where it is.}
    calls: {type: list<Call>, about: Calls.}
Call: {about: A call., fields: {id: {type: id<call>, about: Its id.}, name: {type: string, about: Its name.}, kind: {type: string, about: It., }, cost: {type: string, about: It.}}}
Wide: {about: More., fields: {records: {type: Records, about: Where it is.}, data: {type: Data, about: It.}}}
Data: {about: Data., fields: {calls: {type: list<Held>, about: Calls.}}}
Held: {about: A call in more., fields: {item: {type: Call, about: It.}}}
Records: {about: Where., fields: {cursor: {type: string, about: Where the next begins.}}}
";

fn files(service: &str) -> Vec<SourceFile> {
    let file = |path: &str, text: &str| SourceFile { path: format!("spec/{path}"), text: text.to_owned() };
    vec![file("gong.yaml", service), file("tools/calls.yaml", TOOLS), file("types/all.yaml", TYPES)]
}

/// The lines that are other than they were.
fn changed(before: &[SourceFile], after: &[SourceFile]) -> String {
    let lines = |files: &[SourceFile]| files.iter().flat_map(|file| file.text.lines()).map(str::to_owned).collect();
    let (before, after): (Vec<String>, Vec<String>) = (lines(before), lines(after));
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}\n"));
    let come = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}\n"));
    gone.chain(come).collect()
}

#[test]
fn what_has_other_words_now_is_written_in_them_and_the_rest_stays() {
    let before = files(SERVICE);
    let after = migrate(&before);
    insta::assert_snapshot!(changed(&before, &after));
    load(&after).unwrap_or_else(|faults| panic!("{}", faults.render(&after, false)));
    assert_eq!(changed(&after, &migrate(&after)), "");
}

#[test]
fn a_spec_that_says_no_version_is_of_the_first() {
    let after = migrate(&files(&SERVICE.replace("language: 1 # the first\n", "")));
    assert!(after[0].text.starts_with("# Gong, in short.\nlanguage: 2\nservice: gong\n"), "{}", after[0].text);
    assert!(after[1].text.contains("paging: $cursor"));
}

#[test]
fn a_spec_of_another_version_and_one_that_cannot_be_read_stay() {
    for service in [SERVICE.replace("language: 1", "language: 3"), "service: {".to_owned()] {
        let before = files(&service);
        assert_eq!(changed(&before, &migrate(&before)), "");
    }
}
