//! Odd calls, many of them: whatever an agent writes, each gets one answer of the protocol's form, and the server
//! lives.
//!
//! `GONG_ODD_CALLS` says how many; a hundred thousand take some minutes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use gong_client::{Client, catalog};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    fn name(&mut self) -> String {
        let tools = catalog::tools();
        match self.below(12) {
            0 => (*self.one(&["", "gong_", "gong_calls_lst", "tools/call", "💥", "gong_calls_list\u{0}"])).to_owned(),
            1 => "gong_conversation_read".to_owned(),
            _ => self.one(tools).name.to_owned(),
        }
    }

    /// Arguments that are near enough to a tool's to get past the first check now and then.
    fn arguments(&mut self, tool: &str) -> Value {
        let tool = catalog::tool(tool).ok();
        let mut given: Map<String, Value> = match (&tool, self.below(3)) {
            (Some(tool), 0 | 1) => serde_json::from_str(tool.example).unwrap(),
            _ => Map::new(),
        };
        for _ in 0..self.below(4) {
            let own = tool.map_or(&[][..], |tool| tool.params);
            let name = match (own.is_empty(), self.below(3)) {
                (false, 0 | 1) => self.one(own).name.to_owned(),
                _ => (*self.one(&["_fields", "_skip", "_max_tokens", "_confirm", "_x", "", "call_id", "speaker"]))
                    .to_owned(),
            };
            let value = self.value(4);
            given.insert(name, value);
        }
        match self.below(20) {
            0 => Value::Null,
            _ => Value::Object(given),
        }
    }

    fn value(&mut self, depth: u64) -> Value {
        let many = |chance: &mut Self| chance.below(4);
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => json!(self.below(1 << 40)),
            3 => json!(-1.5e300),
            4 => {
                (*self.one(&["", " ", "7782342274025937895", "2026-11-16", "2026-11-16T00:00:00Z", "a,b", "\u{202e}x"]))
                    .into()
            }
            5 => "x".repeat(usize::try_from(self.below(3_000)).unwrap()).into(),
            6 => (0..many(self)).map(|_| self.value(depth - 1)).collect(),
            _ => Value::Object((0..many(self)).map(|n| (format!("k{n}"), self.value(depth - 1))).collect()),
        }
    }
}

/// Whether an answer is of the form that the protocol gives to `tools/call`.
fn is_an_answer(answer: &Value) -> bool {
    let of_error = |error: &Value| error["code"].is_i64() && error["message"].is_string();
    let of_result = |result: &Value| {
        let content = result["content"].as_array().is_some_and(|blocks| {
            !blocks.is_empty() && blocks.iter().all(|block| block["type"] == "text" && block["text"].is_string())
        });
        content && result["isError"].is_boolean() && result.get("structuredContent").is_none_or(Value::is_object)
    };
    answer["jsonrpc"] == "2.0"
        && match (answer.get("result"), answer.get("error")) {
            (Some(result), None) => of_result(result),
            (None, Some(error)) => of_error(error),
            _ => false,
        }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_called_gets_one_answer_of_the_protocols_form() {
    let count: u64 = std::env::var("GONG_ODD_CALLS").ok().and_then(|count| count.parse().ok()).unwrap_or(1_500);
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    let everything = Selection { destructive: true, ..Selection::default() };
    let server = Server::new(Toolbox::new(client, Offer::new(&everything).unwrap()));
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(theirs);
    tokio::spawn(server.serve_lines(input, output));
    let (read, mut write) = tokio::io::split(ours);
    let mut lines = BufReader::new(read).lines();

    let hello = json!({"jsonrpc": "2.0", "id": "hello", "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "odd", "version": "1"}}});
    write.write_all(format!("{hello}\n").as_bytes()).await.unwrap();
    assert!(lines.next_line().await.unwrap().unwrap().contains("protocolVersion"));
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    write.write_all(format!("{ready}\n").as_bytes()).await.unwrap();

    let writing = tokio::spawn(async move {
        let mut chance = Chance(7);
        for id in 0..count {
            let name = chance.name();
            let arguments = chance.arguments(&name);
            let call = json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
                              "params": {"name": name, "arguments": arguments}});
            write.write_all(format!("{call}\n").as_bytes()).await.unwrap();
        }
        write
    });
    let (mut answered, mut outcomes) = (vec![false; usize::try_from(count).unwrap()], BTreeMap::<String, u32>::new());
    for _ in 0..count {
        let line = lines.next_line().await.unwrap().expect("the server lives");
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert!(is_an_answer(&answer), "{line}");
        let id = usize::try_from(answer["id"].as_u64().unwrap()).unwrap();
        assert!(!std::mem::replace(&mut answered[id], true), "call {id} is answered twice");
        let outcome = answer["result"]["structuredContent"]["error"].as_str().unwrap_or(match answer.get("error") {
            Some(_) => "of the protocol",
            None => "done",
        });
        *outcomes.entry(outcome.to_owned()).or_default() += 1;
    }
    println!("{count} odd calls: {outcomes:?}");
    drop(writing.await.unwrap());
    assert!(outcomes.len() > 3, "some calls succeed, and others fail in several ways");
}
