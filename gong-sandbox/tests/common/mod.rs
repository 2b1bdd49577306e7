//! A small client for the tests: sends with the key pair and gives status and JSON back.
// Each test file uses a part of it, and a helper may fail a test as a test may.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use gong_sandbox::Sandbox;
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};

/// A sandbox with somebody to talk to it.
pub(crate) struct Gong {
    pub(crate) sandbox: Sandbox,
    http: Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    /// The payload of an answer that went well.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!(self.status < 300, "{} {}", self.status, self.body);
        self.body
    }

    /// Status and first error text of one that did not.
    #[track_caller]
    pub(crate) fn refusal(&self) -> (u16, &str) {
        let text = self.body["errors"][0].as_str();
        (self.status, text.expect("an error text"))
    }
}

impl Gong {
    pub(crate) async fn new() -> Self {
        Self::with(Sandbox::start().await.unwrap())
    }

    pub(crate) fn with(sandbox: Sandbox) -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { sandbox, http }
    }

    /// A request without credentials.
    pub(crate) fn bare(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().unwrap();
        let url = format!("{}{path}", self.sandbox.base_url());
        self.http.request(method, url)
    }

    /// A request with the key pair.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let (key, secret) = (self.sandbox.access_key(), self.sandbox.access_key_secret());
        self.bare(method, path).basic_auth(key, Some(secret))
    }

    pub(crate) async fn send(request: RequestBuilder) -> Answer {
        let response: Response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body = response.json().await.unwrap_or(Value::Null);
        Answer { status, body }
    }

    pub(crate) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        Self::send(self.request("GET", path).query(query)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        Self::send(self.request("POST", path).json(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        Self::send(self.request("PATCH", path).json(&body)).await
    }

    /// Follows the cursors of a GET to the end and gives every item.
    pub(crate) async fn get_all(&self, path: &str, query: &[(&str, &str)], key: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut query = query.to_vec();
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let page = self.get(path, &query).await.ok();
            items.extend(page[key].as_array().unwrap().iter().cloned());
            cursor = page["records"]["cursor"].as_str().map(str::to_string);
            if cursor.is_none() {
                return items;
            }
        }
    }

    /// Follows the cursors of a POST to the end and gives every item.
    pub(crate) async fn post_all(&self, path: &str, body: Value, key: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut body = body;
        loop {
            let page = self.post(path, body.clone()).await.ok();
            items.extend(page[key].as_array().unwrap().iter().cloned());
            match page["records"].get("cursor") {
                Some(cursor) => body["cursor"] = cursor.clone(),
                None => return items,
            }
        }
    }
}

/// The smallest body that registers a call.
pub(crate) fn new_call(host: &str, client_unique_id: &str) -> Value {
    json!({
        "clientUniqueId": client_unique_id,
        "actualStart": "2026-11-19T09:00:00Z",
        "direction": "Inbound",
        "primaryUser": host,
        "parties": [{"userId": host}, {"emailAddress": "guest@amberfoods.example", "name": "A Guest"}],
    })
}

pub(crate) fn strings(items: &[Value], key: &str) -> Vec<String> {
    items.iter().map(|item| item[key].as_str().unwrap().to_string()).collect()
}
