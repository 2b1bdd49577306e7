//! The server over HTTP: who is let in, and that nothing of one user is seen by another.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use gong_client::{BoxFuture, Client};
use gong_mcp::http::{Access, Names, Users, router};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

/// Two users, each with a company of their own.
struct Two {
    sandboxes: HashMap<String, Sandbox>,
    tokens: Mutex<HashMap<String, String>>,
}

impl Users for Two {
    fn of_token(&self, token: &str) -> Option<String> {
        self.tokens.lock().unwrap().get(token).cloned()
    }

    fn server<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Option<Server>> {
        Box::pin(std::future::ready(self.of_token(token).map(|user| server(&self.sandboxes[&user]))))
    }
}

fn server(sandbox: &Sandbox) -> Server {
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    Server::new(Toolbox::new(client, Offer::new(&Selection::default()).unwrap()))
}

/// A server that listens, and what a host says to it.
struct Listening {
    url: String,
    users: Arc<Two>,
    http: reqwest::Client,
}

impl Listening {
    async fn start() -> Self {
        let mut sandboxes = HashMap::new();
        for (user, seed) in [("ann", 1), ("bob", 2)] {
            sandboxes.insert(user.to_owned(), Sandbox::builder().seed(seed).start().await.unwrap());
        }
        let tokens =
            HashMap::from([("token-a".to_owned(), "ann".to_owned()), ("token-b".to_owned(), "bob".to_owned())]);
        let users = Arc::new(Two { sandboxes, tokens: Mutex::new(tokens) });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = router(Access::Tokens(users.clone()), address, Names::default());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Listening { url: format!("http://{address}/mcp"), users, http: reqwest::Client::new() }
    }

    fn post(&self, token: &str, body: &str) -> reqwest::RequestBuilder {
        let request = self.http.post(&self.url).header("accept", "application/json, text/event-stream");
        let request = request.header("content-type", "application/json").body(body.to_owned());
        if token.is_empty() { request } else { request.header("authorization", format!("Bearer {token}")) }
    }

    /// Begins a session, as hosts do up to the version of 2025-11-25, and gives its id.
    async fn session(&self, token: &str) -> String {
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}});
        let answer = self.post(token, &hello.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let id = answer.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        self.post(token, &ready.to_string()).header("mcp-session-id", &id).send().await.unwrap();
        id
    }

    async fn say(&self, token: &str, session: &str, message: &Value) -> (u16, Value) {
        let request = self.post(token, &message.to_string()).header("mcp-session-id", session);
        let answer = request.header("mcp-protocol-version", "2025-11-25").send().await.unwrap();
        let status = answer.status().as_u16();
        (status, message_in(&answer.text().await.unwrap()))
    }

    async fn call(&self, token: &str, session: &str, tool: &str, arguments: Value) -> Value {
        let call = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call",
                          "params": {"name": tool, "arguments": arguments}});
        let (status, answer) = self.say(token, session, &call).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

/// The message of an answer, which is JSON or a stream of events with one.
fn message_in(text: &str) -> Value {
    let event = text.lines().filter_map(|line| line.strip_prefix("data:")).find(|data| data.contains("jsonrpc"));
    serde_json::from_str(event.unwrap_or(text)).unwrap_or(Value::Null)
}

#[tokio::test]
async fn nobody_gets_in_without_a_token_and_is_told_where_it_belongs() {
    let server = Listening::start().await;
    for token in ["", "token-c"] {
        let answer = server.post(token, "{}").send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let challenge = answer.headers()["www-authenticate"].to_str().unwrap().to_owned();
        let place = challenge.strip_prefix("Bearer resource_metadata=\"").unwrap().trim_end_matches('"').to_owned();
        let told = server.http.get(place).send().await.unwrap().text().await.unwrap();
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["resource"], server.url);
    }
}

#[tokio::test]
async fn each_user_acts_with_their_own_account() {
    let server = Listening::start().await;
    let mut companies = Vec::new();
    for token in ["token-a", "token-b"] {
        let session = server.session(token).await;
        let answer = server.call(token, &session, "gong_users_list", json!({"_fields": ["emailAddress"]})).await;
        companies.push(answer["result"]["structuredContent"]["users"].clone());
    }
    assert!(companies[0][0]["emailAddress"].is_string());
    assert_ne!(companies[0], companies[1]);
}

#[tokio::test]
async fn a_session_is_worth_nothing_with_another_users_token() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    assert_eq!(server.say("token-a", &session, &list).await.0, 200);
    let (status, answer) = server.say("token-b", &session, &list).await;
    assert_eq!((status, &answer["result"]), (404, &Value::Null));
    assert_eq!(server.say("", &session, &list).await.0, 401);
}

#[tokio::test]
async fn a_token_that_was_revoked_is_good_for_nothing_more() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    server.users.tokens.lock().unwrap().remove("token-a");
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    assert_eq!(server.say("token-a", &session, &list).await.0, 401);
}

#[tokio::test]
async fn a_page_of_another_origin_or_another_name_of_the_host_is_refused() {
    let server = Listening::start().await;
    for (header, value) in [("origin", "https://evil.example"), ("host", "evil.example")] {
        let answer = server.post("token-a", "{}").header(header, value).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{header}");
    }
}

#[tokio::test]
async fn a_tool_that_is_not_there_is_an_error_of_the_protocol_and_wrong_arguments_are_an_answer() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let unknown = server.call("token-a", &session, "gong_users_lst", json!({})).await;
    assert_eq!(unknown["error"]["code"], -32602);
    assert!(unknown["error"]["message"].as_str().unwrap().contains("gong_users_list"), "{unknown}");
    let wrong = server.call("token-a", &session, "gong_calls_list", json!({"cursor": 7, "from": "x"})).await;
    assert_eq!(wrong["result"]["isError"], true);
    assert_eq!(wrong["result"]["structuredContent"]["error"], "InvalidInput");
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_the_server_lives_on() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let nested = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    for body in ["", "{", "[]", "null", "{\"jsonrpc\":\"1.0\"}", &nested] {
        let answer = server.post("token-a", body).header("mcp-session-id", &session).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{} for {}", answer.status(), &body[..body.len().min(20)]);
    }
    let unknown = json!({"jsonrpc": "2.0", "id": 3, "method": "tools/lost"});
    assert_eq!(server.say("token-a", &session, &unknown).await.1["error"]["code"], -32601);
    let list = json!({"jsonrpc": "2.0", "id": 4, "method": "tools/list"});
    assert!(server.say("token-a", &session, &list).await.1["result"]["tools"].is_array());
}

#[tokio::test]
async fn the_newest_version_of_the_protocol_needs_no_session() {
    let server = Listening::start().await;
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}}});
    let request = server.post("token-b", &list.to_string()).header("mcp-protocol-version", "2026-07-28");
    let answer = request.header("mcp-method", "tools/list").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let told = message_in(&answer.text().await.unwrap());
    assert!(told["result"]["tools"].is_array(), "{told}");
}
