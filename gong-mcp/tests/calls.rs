//! Plain calls over HTTP.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use gong_client::Client;
use gong_mcp::http::{Access, Names, tools};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

struct Listening {
    url: String,
    http: reqwest::Client,
    _sandbox: Sandbox,
}

impl Listening {
    async fn start() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
        let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
        let offer = Offer::new(&Selection { read_only: true, ..Selection::default() }).unwrap();
        let server = Server::new(Toolbox::new(client, offer));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = tools(Access::Everybody(server), address, Names::default());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Listening { url: format!("http://{address}"), http: reqwest::Client::new(), _sandbox: sandbox }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        read(self.http.get(format!("{}{path}", self.url))).await
    }

    async fn post(&self, path: &str, body: &str) -> (u16, Value) {
        let (status, text) = read(self.http.post(format!("{}{path}", self.url)).body(body.to_owned())).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}

async fn read(request: reqwest::RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_tool_is_one_post_with_its_input() {
    let server = Listening::start().await;
    let (status, answer) = server.post("/tools/gong_users_list", "").await;
    assert_eq!((status, answer["users"].as_array().unwrap().len()), (200, 100));
    let (status, answer) = server.post("/tools/gong_users_list", r#"{"_fields": "id", "_skip": 98}"#).await;
    assert_eq!((status, answer["users"].as_array().unwrap().len()), (200, 2));
}

#[tokio::test]
async fn what_is_wrong_is_told_with_a_status_that_fits() {
    let server = Listening::start().await;
    let (status, told) = server.post("/tools/gong_calls_transcript_get", r#"{"call_id": 1}"#).await;
    assert_eq!((status, &told["error"]), (400, &json!("InvalidInput")));
    assert!(!told["faults"].as_array().unwrap().is_empty());
    let (status, told) = server.post("/tools/gong_users_list", "[1, 2").await;
    assert_eq!(status, 400);
    assert!(told["message"].as_str().unwrap().starts_with("the body is no JSON object"), "{told}");
    let (status, told) = server.post("/tools/gong_user_list", "{}").await;
    assert_eq!(status, 404);
    assert!(told["message"].as_str().unwrap().contains("gong_users_list"), "{told}");
    let (status, told) = server.post("/tools/gong_calls_create", "{}").await;
    assert_eq!((status, &told["message"]), (404, &json!("gong_calls_create is not offered here.")));
}

#[tokio::test]
async fn any_other_request_goes_to_gong_and_its_answer_comes_back_as_it_is() {
    let server = Listening::start().await;
    let (status, text) = server.get("/proxy/v2/workspaces").await;
    assert_eq!(status, 200);
    assert!(text.contains("\"workspaces\""), "{text}");
    let (status, text) = server.get("/proxy/v2/flows?cursor=x").await;
    assert!(status == 400 && text.contains("\"errors\""), "{status} {text}");
    let (status, told) = server.get("/proxy/../other").await;
    assert!((400..500).contains(&status), "{told}");
}

#[tokio::test]
async fn the_tools_are_listed_in_every_form_that_there_is() {
    let server = Listening::start().await;
    let (_, text) = server.get("/tools").await;
    let listed: Value = serde_json::from_str(&text).unwrap();
    assert!(listed["tools"].as_array().unwrap().iter().all(|tool| tool["effect"] == "read"));
    for form in ["openai", "anthropic", "gemini", "mcp", "openapi"] {
        assert_eq!(server.get(&format!("/tools?format={form}")).await.0, 200, "{form}");
    }
    assert_eq!(server.get("/tools?format=cohere").await.0, 400);
    let (_, document) = server.get("/openapi.json").await;
    assert!(document.contains("\"/tools/gong_users_list\""));
}

#[tokio::test]
async fn what_the_server_did_can_be_counted() {
    let server = Listening::start().await;
    server.post("/tools/gong_users_list", "{}").await;
    server.post("/tools/gong_users_list", r#"{"x": 1}"#).await;
    let (_, text) = server.get("/metrics").await;
    assert!(text.contains("gong_tool_calls_total{tool=\"gong_users_list\",outcome=\"Done\"} 1"), "{text}");
    assert!(text.contains("outcome=\"InvalidInput\"} 1"), "{text}");
    assert_eq!(server.get("/healthz").await, (200, "ok\n".to_owned()));
}

#[tokio::test]
async fn pages_of_other_origins_and_names_that_only_point_here_are_refused() {
    let server = Listening::start().await;
    for (header, value) in [("origin", "https://evil.example"), ("host", "evil.example")] {
        let request = server.http.get(format!("{}/tools", server.url)).header(header, value);
        assert_eq!(read(request).await.0, 403, "{header}");
    }
}

#[tokio::test]
async fn one_account_for_everybody_is_not_connected_or_forgotten_here() {
    let server = Listening::start().await;
    assert_eq!(server.get("/account").await.0, 404);
    assert_eq!(server.post("/account/link", "").await.0, 404);
}
