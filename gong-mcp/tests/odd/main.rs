//! Odd calls, many of them, and lines that are no calls: whatever comes, each request gets one answer that the
//! protocol's own schema allows, and the server lives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod chance;
mod host;
mod lines;

use std::collections::{BTreeMap, BTreeSet};

use chance::Chance;
use gong_client::catalog;
use gong_sandbox::Sandbox;
use host::{Host, VERSIONS};
use serde_json::Value;

/// How many calls are under way at once.
const AT_ONCE: usize = 32;

/// How calls ended, by a word.
type Ends = BTreeMap<String, usize>;

/// `GONG_ODD_CALLS` says how many; a hundred thousand take some minutes.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_called_gets_one_answer_of_the_protocols_form() {
    // A panic in a task of the server would else be a call without an answer, for which this would wait for ever.
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        told(panic);
        std::process::exit(101);
    }));
    let count = std::env::var("GONG_ODD_CALLS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let hosts = VERSIONS.into_iter().flat_map(|version| [(version, false), (version, true)]);
    let tasks: Vec<_> = hosts
        .zip(1..)
        .map(|((version, discovers), seed)| {
            tokio::spawn(async move {
                let sandbox = Sandbox::start().await.unwrap();
                let server = host::server(&sandbox);
                let server = if discovers { server.discovering() } else { server };
                let host = Host::meet(server, version, 1 << 16).await;
                let ends = ask(host, Chance(seed), discovers, count / 4).await;
                // Many calls must be right, else only the first check would be seen at work.
                let sent = sandbox.requests().len();
                println!("{} {discovers}: {} calls, {sent} requests to Gong: {ends:?}", version.0, count / 4);
                assert!(sent > count / 4 / 8, "{sent} requests");
                ends
            })
        })
        .collect();
    let mut ends = BTreeSet::new();
    for task in tasks {
        ends.extend(task.await.unwrap().into_keys());
    }
    for end in ["Done", "InvalidInput", "NotFound", "Unconfirmed", "of the protocol"] {
        assert!(ends.contains(end), "no call ended so: {end}");
    }
}

/// Asks so often, and says how the calls ended.
async fn ask(mut host: Host, mut chance: Chance, discovers: bool, count: usize) -> Ends {
    let (mut ends, mut called) = (Ends::new(), BTreeSet::new());
    let mut ids = 0..count;
    loop {
        let mut open = BTreeMap::new();
        for id in ids.by_ref().take(AT_ONCE) {
            let (name, arguments) = if discovers { chance.discovering(id) } else { chance.call(id) };
            let call = host.call(id, &name, arguments).to_string();
            host.say(&call).await;
            called.insert(name);
            open.insert(id, call);
        }
        if open.is_empty() {
            break;
        }
        while !open.is_empty() {
            let answer = host.hear().await;
            let id = host.accept(&answer);
            assert!(open.remove(&id).is_some(), "{id} was answered already, or never asked: {answer}");
            *ends.entry(end(&answer).to_owned()).or_default() += 1;
        }
    }
    assert!(discovers || count < 200 || catalog::tools().iter().all(|tool| called.contains(tool.name)));
    ends
}

/// How a call ended, in a word.
fn end(answer: &Value) -> &str {
    let failed = answer["result"]["structuredContent"]["error"].as_str();
    failed.unwrap_or(if answer.get("error").is_some() { "of the protocol" } else { "Done" })
}
