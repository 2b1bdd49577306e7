//! A call that nobody waits for any more breaks off its request to Gong, and sends no other.

use std::time::Duration;

use gong_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::gate::Gate;
use crate::host::{HttpHost, LineHost, Version, listening};
use crate::server;

const TOOL: &str = "gong_users_list";

/// A company of many pages, whose second page nobody gets.
struct Held {
    sandbox: Sandbox,
    gate: Gate,
}

impl Held {
    async fn new() -> Self {
        let sandbox = Sandbox::builder().page_size(10).start().await.unwrap();
        let gate = Gate::new(sandbox.base_url(), "cursor=").await;
        Held { sandbox, gate }
    }

    fn server(&self) -> gong_mcp::Server {
        server(&self.sandbox, &self.gate.url)
    }

    /// Waits until the call is given up, of which the first page is all that Gong saw.
    async fn is_given_up(&self) {
        self.gate.is_left().await;
        assert_eq!(self.sandbox.requests().len(), 1);
    }
}

fn all_pages() -> Value {
    json!({"_pages": "all", "_fields": "id"})
}

fn cancelled(id: u64) -> Value {
    json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id, "reason": "enough"}})
}

#[tokio::test]
async fn a_call_that_is_cancelled_over_standard_io_is_given_up_and_the_server_lives_on() {
    for version in Version::BOTH {
        let held = Held::new().await;
        let mut host = LineHost::new(held.server(), version, json!({})).await;
        let id = host.begin(TOOL, all_pages(), false).await;
        held.gate.holds().await;
        host.say(&cancelled(id)).await;
        held.is_given_up().await;
        let heard = host.call(TOOL, json!({}), false).await;
        assert!(
            heard.result()["users"].is_array(),
            "the cancelled call has no answer, and the next one has: {heard:?}"
        );
    }
}

#[tokio::test]
async fn a_host_that_ends_gives_up_its_calls() {
    let held = Held::new().await;
    let mut host = LineHost::new(held.server(), Version::Sessions, json!({})).await;
    host.begin(TOOL, all_pages(), false).await;
    held.gate.holds().await;
    // The server waits five seconds for answers that are nearly there; the request alone would be waited for far
    // longer. From here on the clock stands still, and goes on to the next end of a wait when nothing else is left to
    // do.
    tokio::time::pause();
    let began = Instant::now();
    drop(host);
    held.is_given_up().await;
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_call_that_is_cancelled_over_http_is_given_up() {
    let held = Held::new().await;
    let host = HttpHost::new(held.server(), Version::Sessions, json!({})).await;
    let call = tokio::spawn(host.request(TOOL, all_pages(), false).send());
    held.gate.holds().await;
    assert_eq!(host.post(&cancelled(7)).send().await.unwrap().status(), 202);
    held.is_given_up().await;
    drop(call);
}

#[tokio::test]
async fn in_the_newest_version_a_stream_that_is_closed_gives_up_its_call() {
    let held = Held::new().await;
    let host = HttpHost::new(held.server(), Version::Newest, json!({})).await;
    let call = tokio::spawn(host.request(TOOL, all_pages(), false).send());
    held.gate.holds().await;
    call.abort();
    held.is_given_up().await;
}

#[tokio::test]
async fn and_so_does_one_on_which_something_was_told_already() {
    let held = Held::new().await;
    let host = HttpHost::new(held.server(), Version::Newest, json!({})).await;
    let mut stream = host.request(TOOL, all_pages(), true).send().await.unwrap();
    let told = stream.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&told).contains("notifications/progress"), "{told:?}");
    held.gate.holds().await;
    drop(stream);
    held.is_given_up().await;
}

#[tokio::test]
async fn a_plain_call_whose_caller_hangs_up_is_given_up() {
    let held = Held::new().await;
    let url = listening(held.server()).await;
    let call = reqwest::Client::new().post(format!("{url}/tools/{TOOL}")).body(all_pages().to_string());
    let call = tokio::spawn(call.send());
    held.gate.holds().await;
    call.abort();
    held.is_given_up().await;
}
