//! A server over HTTP with two users, and what a host says to it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, dead_code)] // each test uses a part of it

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use gong_client::{BoxFuture, Client};
use gong_mcp::http::{Access, Names, Users, router};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

/// Two users, each with a company of their own.
pub(crate) struct Two {
    pub(crate) sandboxes: HashMap<String, Sandbox>,
    pub(crate) tokens: Mutex<HashMap<String, String>>,
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
pub(crate) struct Listening<U = Two> {
    pub(crate) url: String,
    pub(crate) users: Arc<U>,
    pub(crate) http: reqwest::Client,
}

impl Listening {
    pub(crate) async fn start() -> Self {
        let mut sandboxes = HashMap::new();
        for (user, seed) in [("ann", 1), ("bob", 2)] {
            sandboxes.insert(user.to_owned(), Sandbox::builder().seed(seed).start().await.unwrap());
        }
        let tokens =
            HashMap::from([("token-a".to_owned(), "ann".to_owned()), ("token-b".to_owned(), "bob".to_owned())]);
        Listening::to(Two { sandboxes, tokens: Mutex::new(tokens) }).await
    }
}

impl<U: Users> Listening<U> {
    /// Listens to these users.
    pub(crate) async fn to(users: U) -> Self {
        let users = Arc::new(users);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = router(Access::Tokens(users.clone()), address, Names::default());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Listening { url: format!("http://{address}/mcp"), users, http: reqwest::Client::new() }
    }

    pub(crate) fn post(&self, token: &str, body: &str) -> reqwest::RequestBuilder {
        let request = self.http.post(&self.url).header("accept", "application/json, text/event-stream");
        let request = request.header("content-type", "application/json").body(body.to_owned());
        if token.is_empty() { request } else { request.header("authorization", format!("Bearer {token}")) }
    }

    /// Begins a session, as hosts do up to the version of 2025-11-25, and gives its id.
    pub(crate) async fn session(&self, token: &str) -> String {
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}});
        let answer = self.post(token, &hello.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let id = answer.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        self.post(token, &ready.to_string()).header("mcp-session-id", &id).send().await.unwrap();
        id
    }

    pub(crate) async fn say(&self, token: &str, session: &str, message: &Value) -> (u16, Value) {
        let request = self.post(token, &message.to_string()).header("mcp-session-id", session);
        let answer = request.header("mcp-protocol-version", "2025-11-25").send().await.unwrap();
        let status = answer.status().as_u16();
        (status, message_in(&answer.text().await.unwrap()))
    }

    pub(crate) async fn call(&self, token: &str, session: &str, tool: &str, arguments: Value) -> Value {
        let call = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call",
                          "params": {"name": tool, "arguments": arguments}});
        let (status, answer) = self.say(token, session, &call).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// A request of the newest version, which needs no session.
    pub(crate) async fn ask(&self, token: &str, method: &str, mut params: Value) -> (u16, Value) {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {}});
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let request = self.post(token, &request.to_string()).header("mcp-protocol-version", "2026-07-28");
        let request = request.header("mcp-method", method);
        let answer = match params["name"].as_str() {
            Some(name) => request.header("mcp-name", name),
            None => request,
        };
        let answer = answer.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, message_in(&answer.text().await.unwrap()))
    }
}

/// The message of an answer, which is JSON or a stream of events with one.
pub(crate) fn message_in(text: &str) -> Value {
    let event = text.lines().filter_map(|line| line.strip_prefix("data:")).find(|data| data.contains("jsonrpc"));
    serde_json::from_str(event.unwrap_or(text)).unwrap_or(Value::Null)
}
