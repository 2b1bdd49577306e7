//! Lines that are no calls, and hosts that behave badly.

use gong_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::host::{self, Host, VERSIONS};

/// What a server makes of a line that is no message: nothing if it is no JSON at all, as there is nobody to answer;
/// else an error of the protocol.
#[tokio::test]
async fn a_line_that_is_no_message_is_an_error_or_passed_over_and_the_next_one_is_answered() {
    let nested = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":{nested}}}}}"#);
    let no_json: [&[u8]; 10] = [
        b"",
        b"{",
        b"nonsense",
        b"[1, 2",
        b"\xff\xfe\x00",
        b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"",
        br#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}"#,
        br#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"n":1e999}}}"#,
        nested.as_bytes(),
        deep.as_bytes(),
    ];
    let no_message = [
        "[]",
        "null",
        "1",
        "{}",
        r#"{"jsonrpc":"2.0"}"#,
        r#"{"jsonrpc":"1.0","id":1,"method":"tools/list"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"tools/list"}"#,
        r#"{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":7}"#,
    ];
    let sandbox = Sandbox::start().await.unwrap();
    for version in VERSIONS {
        let mut host = Host::meet(host::server(&sandbox), version, 1 << 20).await;
        // The newest version begins with the first request that is one.
        answer_to_a_list(&mut host).await;
        for line in no_json {
            host.say_bytes(line).await;
            assert_eq!(answers_until_a_list(&mut host).await, [] as [Value; 0], "{}", String::from_utf8_lossy(line));
        }
        for line in no_message {
            host.say(line).await;
            let answers = answers_until_a_list(&mut host).await;
            let codes: Vec<&Value> = answers.iter().map(|answer| &answer["error"]["code"]).collect();
            assert_eq!(codes, [&json!(-32600)], "{line}");
        }
    }
}

#[tokio::test]
async fn a_request_that_asks_for_what_is_not_there_is_an_error_of_the_protocol() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in VERSIONS {
        let mut host = Host::meet(host::server(&sandbox), version, 1 << 20).await;
        for (method, params, code) in [
            ("tools/lost", json!({}), -32601),
            ("", json!({}), -32601),
            ("tools/call", json!({}), -32602),
            ("tools/call", json!({"name": 7}), -32602),
            ("tools/call", json!({"name": "gong_users_list", "arguments": [1]}), -32602),
            ("tools/call", json!({"name": "gong_users_list", "arguments": "{}"}), -32602),
            ("tools/call", json!({"name": "gong_users_lst"}), -32602),
            ("prompts/get", json!({"name": "nothing"}), -32602),
            ("resources/read", json!({"uri": "file:///etc/passwd"}), if version.0 < "2026" { -32002 } else { -32602 }),
        ] {
            let request = host.request(json!(1), method, params);
            host.say(&request.to_string()).await;
            let answer = host.hear().await;
            host.accept(&answer);
            if answer["error"]["code"] != code {
                println!("WRONG {code}");
            }
        }
    }
}

/// A host must not do that. It could not tell which answer is which, so one is enough.
#[tokio::test]
async fn of_two_requests_with_one_id_one_is_answered_and_the_server_goes_on() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in VERSIONS {
        let mut host = Host::meet(host::server(&sandbox), version, 1 << 20).await;
        for tool in ["gong_users_list", "gong_engage_workspaces_list"] {
            let call = host.call(5, tool, json!({})).to_string();
            host.say(&call).await;
        }
        let answer = host.hear().await;
        assert_eq!(host.accept(&answer), 5);
        let others = answers_until_a_list(&mut host).await;
        assert!(others.iter().all(|other| host.accept(other) == 5), "{others:?}");
        let call = host.call(5, "gong_engage_workspaces_list", json!({})).to_string();
        host.say(&call).await;
        let answer = host.hear().await;
        assert!(answer["result"]["structuredContent"]["workspaces"].is_array(), "the id is free again: {answer}");
    }
}

#[tokio::test]
async fn a_host_that_goes_away_in_the_middle_of_an_answer_ends_its_server_and_no_other() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in VERSIONS {
        let mut other = Host::meet(host::server(&sandbox), version, 1 << 20).await;
        let mut host = Host::meet(host::server(&sandbox), version, 64).await;
        let call = host.call(1, "gong_users_list", json!({})).to_string();
        host.say(&call).await;
        let mut beginning = [0; 10];
        host.lines.get_mut().read_exact(&mut beginning).await.unwrap();
        let serving = host.serving;
        drop((host.lines, host.write));
        serving.await.unwrap();
        answer_to_a_list(&mut other).await;
    }
}

/// Asks for the tools, as a sign of life.
async fn answer_to_a_list(host: &mut Host) {
    assert_eq!(answers_until_a_list(host).await, [] as [Value; 0]);
}

/// What comes before the answer to a request for the tools.
async fn answers_until_a_list(host: &mut Host) -> Vec<Value> {
    let list = host.request(json!("list"), "tools/list", json!({}));
    host.say(&list.to_string()).await;
    let mut before = Vec::new();
    loop {
        let answer = host.hear().await;
        if answer["id"] == "list" {
            assert!(answer["result"]["tools"].is_array(), "{answer}");
            return before;
        }
        before.push(answer);
    }
}
