//! The protocol's logging: what a call's requests to Gong went through, for a host that wants to read it.

use gong_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::host::{Heard, HttpHost, LineHost, Messages, Version};
use crate::server;

const TOOL: &str = "gong_users_list";

fn wish(level: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": "level", "method": "logging/setLevel", "params": {"level": level}})
}

/// The messages that were logged: how grave each is, and one of its fields.
fn logged<'h>(heard: &'h Heard, field: &str) -> Vec<(&'h str, Value)> {
    heard.log.iter().map(|one| (one["level"].as_str().unwrap(), one["data"][field].clone())).collect()
}

#[tokio::test]
async fn a_session_hears_as_much_as_it_wants() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Sessions, json!({})).await;
    assert!(host.call(TOOL, json!({}), false).await.log.is_empty(), "nothing unless it is asked for");
    for (level, expected) in [
        ("debug", vec![("notice", json!("trying again")), ("notice", Value::Null), ("debug", Value::Null)]),
        ("info", vec![("notice", json!("trying again")), ("notice", Value::Null)]),
        ("warning", vec![]),
        ("emergency", vec![]),
    ] {
        assert_eq!(host.ask("logging/setLevel", json!({"level": level})).await["result"], json!({}));
        sandbox.inject(Fault::unavailable());
        let mut heard = host.call(TOOL, json!({}), false).await;
        heard.log.extend(host.call(TOOL, json!({}), false).await.log);
        assert_eq!(logged(&heard, "message"), expected, "{level}");
        assert!(!format!("{:?}", heard.log).contains(sandbox.access_key_secret()));
    }
    sandbox.inject(Fault::refuse(403, "no"));
    assert_eq!(host.ask("logging/setLevel", json!({"level": "warning"})).await["result"], json!({}));
    let heard = host.call(TOOL, json!({}), false).await;
    let [one] = &heard.log[..] else { panic!("{heard:?}") };
    assert_eq!((&one["level"], &one["logger"]), (&json!("warning"), &json!("gong")));
    let data = &one["data"];
    assert_eq!((&data["tool"], &data["path"], &data["status"]), (&json!(TOOL), &json!("/v2/users"), &json!(403)));
}

#[tokio::test]
async fn in_the_newest_version_each_call_says_what_it_wants() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Newest, json!({})).await;
    let mut call = Version::Newest.call(70, TOOL, json!({}), false, &json!({}));
    call["params"]["_meta"]["io.modelcontextprotocol/logLevel"] = "debug".into();
    host.say(&call).await;
    assert_eq!(logged(&host.heard(70).await, "status"), [("debug", json!(200))]);
    assert!(host.call(TOOL, json!({}), false).await.log.is_empty());
}

#[tokio::test]
async fn what_one_session_wants_is_nothing_to_another() {
    let sandbox = Sandbox::start().await.unwrap();
    let one = HttpHost::new(server(&sandbox, sandbox.base_url()), Version::Sessions, json!({})).await;
    let other = one.another().await;
    let (mut of_one, mut of_other) = (Messages::of(one.listen()).await, Messages::of(other.listen()).await);
    assert_eq!(one.post(&wish("debug")).send().await.unwrap().status(), 200);
    other.call(TOOL, json!({}), false).await;
    one.call(TOOL, json!({}), false).await;
    assert_eq!(of_one.next().await["params"]["data"]["tool"], TOOL);
    assert_eq!(other.post(&wish("debug")).send().await.unwrap().status(), 200);
    other.call("gong_trackers_list", json!({}), false).await;
    assert_eq!(of_other.next().await["params"]["data"]["tool"], "gong_trackers_list", "the call before is not logged");
}
