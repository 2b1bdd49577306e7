//! Prompts and resources: what is wrong with a request for one is an error of the protocol, with every fault at once.

use gong_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::host::{LineHost, Version};
use crate::server;

async fn host(sandbox: &Sandbox) -> LineHost {
    LineHost::new(server(sandbox, sandbox.base_url()), Version::Sessions, json!({})).await
}

fn error(answer: &Value) -> (i64, &str) {
    (answer["error"]["code"].as_i64().unwrap(), answer["error"]["message"].as_str().unwrap())
}

#[tokio::test]
async fn a_prompt_with_wrong_arguments_tells_all_that_is_wrong() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = host(&sandbox).await;
    let arguments = json!({"account": " ", "days": ["7"], "month": "May"});
    let answer = host.ask("prompts/get", json!({"name": "account_brief", "arguments": arguments})).await;
    assert_eq!(error(&answer), (-32602, "`account` must be given. `days` must be text. `month` is not known."));
    let answer = host.ask("prompts/get", json!({"name": "account_briefs"})).await;
    assert!(error(&answer).1.contains("there are account_brief, coaching_review"), "{answer}");
    let arguments = json!({"account": "Acme", "days": 14});
    let answer = host.ask("prompts/get", json!({"name": "account_brief", "arguments": arguments})).await;
    let text = answer["result"]["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(text.contains("Acme") && text.contains("the last 14 days"), "{text}");
}

#[tokio::test]
async fn a_resource_that_is_not_there_is_told_with_what_there_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = host(&sandbox).await;
    for uri in ["gong://calls/", "gong://calls/abc/transcript", "gong://users", "https://gong.io", "gong://calls/1"] {
        let answer = host.ask("resources/read", json!({"uri": uri})).await;
        let (code, told) = error(&answer);
        assert!(code == -32002 && told.contains(uri) && told.contains("gong://calls/ID/transcript"), "{told}");
    }
}

#[tokio::test]
async fn a_resource_that_fails_says_what_a_tool_would() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = host(&sandbox).await;
    sandbox.inject(Fault::refuse(403, "no").times(9));
    let answer = host.ask("resources/read", json!({"uri": "gong://calls/7782342274025937895"})).await;
    assert_eq!(answer["error"]["code"], -32603);
    let told = &answer["error"]["data"];
    assert_eq!((&told["error"], &told["message"]), (&json!("Forbidden"), &answer["error"]["message"]));
    assert!(told["what_to_do"].as_str().unwrap().contains("Tell the user"), "{told}");
}
