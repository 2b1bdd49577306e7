//! The server over HTTP: who is let in, and that nothing of one user is seen by another.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Listening;
use serde_json::{Value, json};

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
    let (status, told) = server.ask("token-b", "tools/list", json!({})).await;
    assert_eq!(status, 200);
    assert!(told["result"]["tools"].is_array(), "{told}");
}

#[tokio::test]
async fn a_host_that_goes_away_in_the_middle_of_an_answer_leaves_the_server_to_the_others() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let call = json!({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "gong_users_list"}});
    for _ in 0..3 {
        let request = server.post("token-a", &call.to_string()).header("mcp-session-id", &session);
        let mut answer = request.send().await.unwrap();
        assert!(answer.chunk().await.unwrap().is_some());
        drop(answer);
    }
    let answer = server.call("token-a", &session, "gong_engage_workspaces_list", json!({})).await;
    assert!(answer["result"]["structuredContent"]["workspaces"].is_array(), "{answer}");
}

/// A host must not do that. Which answer is whose nobody could tell, and so one may have none.
#[tokio::test]
async fn of_two_requests_with_one_id_one_is_answered_and_the_session_goes_on() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let call = || server.call("token-a", &session, "gong_users_list", json!({}));
    let answer = tokio::select! { answer = call() => answer, answer = call() => answer };
    assert!(answer["result"]["structuredContent"]["users"].is_array(), "{answer}");
    let answer = server.call("token-a", &session, "gong_engage_workspaces_list", json!({})).await;
    assert!(answer["result"]["structuredContent"]["workspaces"].is_array(), "{answer}");
}

#[tokio::test]
async fn a_session_that_its_host_ends_is_gone() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let end = server.http.delete(&server.url).header("authorization", "Bearer token-a");
    let ended = end.header("mcp-session-id", &session).send().await.unwrap();
    assert_eq!(ended.status(), 204);
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    assert_eq!(server.say("token-a", &session, &list).await.0, 404);
}

#[tokio::test]
async fn nobody_meets_the_fixtures_of_the_conformance_suite_who_did_not_ask_for_them() {
    let server = Listening::start().await;
    let session = server.session("token-a").await;
    let ask = async |method: &str, params: Value| {
        let message = json!({"jsonrpc": "2.0", "id": 2, "method": method, "params": params});
        server.say("token-a", &session, &message).await.1
    };
    for list in ["tools/list", "prompts/list", "resources/list"] {
        let listed = ask(list, json!({})).await;
        assert!(listed["result"].is_object() && !listed.to_string().contains("A fixture"), "{listed}");
        assert!(!listed.to_string().contains("test:"), "{listed}");
    }
    let prompt = json!({"type": "ref/prompt", "name": "account_brief"});
    for (method, params, code) in [
        ("tools/call", json!({"name": "test_simple_text"}), -32602),
        ("prompts/get", json!({"name": "test_simple_prompt"}), -32602),
        ("resources/read", json!({"uri": "test://static-text"}), -32002),
        ("resources/subscribe", json!({"uri": "gong://quota"}), -32601),
        ("completion/complete", json!({"ref": prompt, "argument": {"name": "account", "value": "A"}}), -32601),
    ] {
        assert_eq!(ask(method, params).await["error"]["code"], code, "{method}");
    }
}
