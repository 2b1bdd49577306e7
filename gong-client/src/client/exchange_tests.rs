//! Whole calls against a server on this machine: what is sent, and what becomes of every kind of answer.

use serde_json::json;

use crate::Client;
use crate::base::error::{Error, ErrorKind};
use crate::base::method::Method;
use crate::client::invocation::Invocation;
use crate::testing::{Drop, LIST, List, Move, SEND, Send, Server, call_json, call_with, json_pages, reply, reply_as};

fn page(ids: &[&str], cursor: Option<&str>) -> String {
    let things: Vec<_> = ids.iter().map(|id| json!({"id": id, "name": format!("thing {id}")})).collect();
    reply(200, json!({"requestId": "r1", "things": things, "cursor": cursor}))
}

fn list(client: &Client) -> Invocation<List> {
    Invocation::new(client)
}

fn send(client: &Client, ids: &[&str]) -> Invocation<Send> {
    call_with(client, Send { ids: Some(ids.iter().map(|id| (*id).into()).collect()) })
}

/// The error of a list whose request is answered like this.
async fn refused(reply: String) -> Error {
    let server = Server::new([reply]).await;
    list(&server.client()).send().await.unwrap_err()
}

/// The error of a write whose request is answered like this.
async fn write_refused(reply: String) -> Error {
    let server = Server::new([reply]).await;
    send(&server.client(), &["1"]).send().await.unwrap_err()
}

#[tokio::test]
async fn a_request_is_signed_and_its_answer_read() {
    let server = Server::new([page(&["1", "2"], None)]).await;
    let answer = list(&server.client()).send().await.unwrap();
    assert_eq!(answer.things.len(), 2);
    assert_eq!(answer.request_id(), Some("r1"));
    assert_eq!(answer.raw()[0].json().unwrap()["things"][1]["name"], "thing 2");
    let request = server.seen()[0].to_lowercase();
    assert!(request.starts_with("get /things?since=2026-11-22t12:00:00z http/1.1"), "{request}");
    assert!(request.contains("authorization: basic "));
    assert!(request.contains("accept: application/json"));
    assert!(request.contains("user-agent: gong-client/"));
}

#[tokio::test]
async fn nothing_found_is_an_empty_answer_and_other_404s_are_not() {
    let nothing = |text: &str| reply(404, json!({"requestId": "r9", "errors": [text]}));
    for text in ["Nothing here, sorry", "No calls found corresponding to the provided filters"] {
        let server = Server::new([nothing(text)]).await;
        let answer = list(&server.client()).send().await.unwrap();
        assert!(answer.things.is_empty());
        assert_eq!(answer.value.request_id.as_deref(), Some("r9"));
    }
    let error = refused(nothing("Workspace not found")).await;
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::NotFound, Some("r9")));
    assert_eq!(write_refused(nothing("Nothing here")).await.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn statuses_mean_what_gong_means_by_them() {
    let said = |text: &str| json!({"requestId": "r1", "errors": [text]});
    let missing = "You don't have permission to use 'api:stats:interaction' in your app.";
    for (status, text, kind) in [
        (400, "parties: must not be null", ErrorKind::BadRequest),
        (401, "access token has been revoked", ErrorKind::Unauthorized),
        (401, missing, ErrorKind::MissingScope),
        (402, "no credits", ErrorKind::Forbidden),
        (403, "Access denied", ErrorKind::Forbidden),
        (403, "No Engage licence is assigned", ErrorKind::MissingLicence),
        (405, "Method Not Allowed", ErrorKind::BadRequest),
        (409, "duplicate", ErrorKind::Conflict),
        (415, "Unsupported Media Type", ErrorKind::BadRequest),
        (429, "Too many requests", ErrorKind::RateLimited),
        (500, "Internal server error occurred", ErrorKind::Server),
        (503, "away", ErrorKind::Server),
    ] {
        let error = refused(reply(status, said(text))).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert_eq!(error.messages(), [text]);
        assert_eq!(error.tool(), Some("things_list"));
        assert!(!format!("{error} {error:?}").contains("the-secret"));
    }
    let error = refused(reply(401, said(missing))).await;
    assert_eq!(error.missing_scope(), Some("api:stats:interaction"));
    assert!(error.to_string().contains("`api:stats:interaction`"), "{error}");
}

#[tokio::test]
async fn only_what_is_read_is_tried_again() {
    let server_error = || reply(500, json!({"errors": ["Internal server error occurred"]}));
    assert!(refused(server_error()).await.is_retryable());
    let error = write_refused(server_error()).await;
    assert!(!error.is_retryable() && error.may_have_been_sent());
    let limit = reply_as(429, "retry-after: 7", "");
    let error = write_refused(limit).await;
    assert!(error.is_retryable());
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(7));
    let dated = reply_as(429, "Retry-After: Mon, 23 Nov 2026 12:01:00 GMT", "");
    assert_eq!(refused(dated).await.retry_after().map(|wait| wait.as_secs()), Some(60));
}

#[tokio::test]
async fn a_page_of_the_edge_is_shown_as_one() {
    let html = "<!DOCTYPE html><html><head><TITLE>\n 502: Bad\n gateway</TITLE></head></html>";
    let error = refused(reply_as(502, "content-type: text/html", html)).await;
    assert_eq!(error.kind(), ErrorKind::ProxyPage);
    assert!(error.to_string().contains("502: Bad gateway"), "{error}");
    assert!(error.is_retryable());
    assert_eq!(refused(reply_as(200, "content-type: text/html", "<p>hello")).await.kind(), ErrorKind::ProxyPage);
    let error = refused(reply_as(404, "x: y", "  <html>")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::ProxyPage, false));
}

#[tokio::test]
async fn a_page_that_turns_away_means_what_its_status_means() {
    let page = |status| refused(reply_as(status, "content-type: text/html", "<title>Sign in</title>"));
    let error = page(401).await;
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert!(error.to_string().ends_with("An HTML page says: Sign in."), "{error}");
    assert_eq!(page(403).await.kind(), ErrorKind::Forbidden);
    assert_eq!(page(429).await.kind(), ErrorKind::RateLimited);
    assert_eq!(refused(reply_as(401, "content-type: text/html", "")).await.kind(), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn json_is_json_whatever_it_is_called() {
    let server = Server::new([reply_as(200, "content-type: text/html", r#" {"things": [{"id": "1"}]}"#)]).await;
    assert_eq!(list(&server.client()).send().await.unwrap().things.len(), 1);
    let error = refused(reply_as(400, "content-type: text/html", r#"{"errors": ["no"]}"#)).await;
    assert_eq!((error.kind(), error.messages()), (ErrorKind::BadRequest, ["no".to_owned()].as_slice()));
}

#[tokio::test]
async fn redirects_are_told_and_not_followed() {
    let server = Server::new([]).await;
    let elsewhere = server.client().base_url().to_owned();
    let error = refused(reply_as(302, &format!("location: {elsewhere}/v2/users"), "")).await;
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains(&format!("set the base URL to {elsewhere}")), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_broken_answer_says_where() {
    let error = refused(reply(200, json!({"things": [{"id": "1"}], "cursor": {"no": 1}}))).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.json_path(), Some("cursor"));
    assert!(error.answer().is_some() && error.completed().is_empty());
    assert!(std::error::Error::source(&error).is_some());
    let error = refused(reply_as(200, "x: y", "{\"things\": [")).await;
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("things")));
}

#[tokio::test]
async fn a_success_that_says_nothing_of_what_was_asked_is_a_broken_answer() {
    for body in ["", " \r\n"] {
        let error = refused(reply_as(200, "x-traceid: t1", body)).await;
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Decode, true));
        assert_eq!(error.request_id(), Some("t1"));
        assert!(error.to_string().contains("the answer is empty"), "{error}");
        let error = write_refused(reply_as(202, "x: y", body)).await;
        assert!(error.may_have_been_sent() && !error.is_retryable(), "{error}");
    }
}

#[tokio::test]
async fn the_requests_id_is_the_bodys_and_not_the_traces() {
    let headers = "x-traceid: t1\r\ncontent-type: application/json";
    let error = refused(reply_as(400, headers, r#"{"requestId": "r1", "errors": ["No"]}"#)).await;
    assert_eq!(error.request_id(), Some("r1"));
    let error = refused(reply_as(200, headers, r#"{"things": 7, "requestId": "r1"}"#)).await;
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r1")));
    let server = Server::new([reply_as(200, headers, r#"{"things": [], "requestId": "r1"}"#)]).await;
    let answer = list(&server.client()).send().await.unwrap();
    assert_eq!(answer.request_id(), Some("r1"));
    for body in ["<html></html>", r#"{"errors": ["No"]}"#, r#"{"requestId": null, "errors": []}"#] {
        assert_eq!(refused(reply_as(400, headers, body)).await.request_id(), Some("t1"), "{body}");
    }
}

#[tokio::test]
async fn no_content_is_an_answer_without_fields() {
    let server = Server::new([reply_as(204, "x-traceid: t1", "")]).await;
    let answer = list(&server.client()).send().await.unwrap();
    assert_eq!((answer.things.len(), answer.request_id()), (0, Some("t1")));
}

#[tokio::test]
async fn a_broken_connection_may_have_done_it() {
    let server = Server::new([]).await;
    let error = send(&server.client(), &["1"]).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let nobody = Client::builder().access_token("t").base_url("http://127.0.0.1:1").build().unwrap();
    let error = send(&nobody, &["1"]).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!error.may_have_been_sent() && error.is_retryable());
}

#[tokio::test]
async fn an_answer_that_does_not_come_may_have_been_done() {
    let server = Server::new([crate::testing::NEVER.to_owned()]).await;
    let builder = Client::builder().access_token("the-token").base_url(server.client().base_url());
    let client = builder.timeout(std::time::Duration::from_millis(50)).build().unwrap();
    let error = send(&client, &["1"]).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_been_sent() && !error.is_retryable());
    assert!(server.seen()[0].to_lowercase().contains("authorization: bearer the-token"));
    assert!(!format!("{error} {error:?} {client:?}").contains("the-token"));
}

#[tokio::test]
async fn pages_follow_the_cursor_with_the_same_parameters() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2", "3"], Some("b")), page(&[], Some(""))]).await;
    let mut items = list(&server.client()).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id.to_string());
    }
    assert_eq!(ids, ["1", "2", "3"]);
    assert!(items.next().await.is_none());
    let since = "GET /things?since=2026-11-22T12:00:00Z";
    assert_eq!(server.asked(), [since.to_owned(), format!("{since}&cursor=a"), format!("{since}&cursor=b")]);
}

#[tokio::test]
async fn a_cursor_that_comes_twice_ends_the_pages() {
    let server = Server::new([page(&["1"], Some("a")), page(&["1"], Some("a")), page(&["1"], Some("a"))]).await;
    let mut pages = list(&server.client()).pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn pieces_that_were_done_are_told_when_a_later_one_fails() {
    let server = Server::new([page(&["1", "2"], None), reply(404, json!({"errors": ["Flow not found"]}))]).await;
    let error = send(&server.client(), &["1", "2", "3"]).send().await.unwrap_err();
    assert_eq!(server.asked(), [r#"POST /things {"ids":["1","2"]}"#, r#"POST /things {"ids":["3"]}"#]);
    assert_eq!(error.completed().len(), 1);
    assert!(error.to_string().contains("One request of this call had been answered before"), "{error}");
}

#[tokio::test]
async fn by_name_takes_json_and_gives_json_with_notices() {
    let server = Server::new([page(&["1"], None)]).await;
    let client = server.client();
    let call = async |input: serde_json::Value| call_json(&client, &SEND, &input).await;
    let answer = call(json!({"ids": "[1, 2]"})).await.unwrap();
    assert_eq!(answer["notices"], json!(["Things move slowly."]));
    assert_eq!(answer["things"][0]["id"], "1");
    let error = call(json!({"ids": ["", 1.5], "id": 1})).await.unwrap_err();
    assert_eq!(error.violations().len(), 3, "{error}");
    assert_eq!(call(json!([])).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(call(json!(null)).await.unwrap_err().to_string().contains("`ids` is required"));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn pages_by_name_go_through_all() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2"], None)]).await;
    let mut pages = json_pages(&server.client(), &LIST, &json!({}));
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap()["things"].as_array().unwrap().len();
    }
    assert_eq!(count, 2);
    let mut pages = json_pages(&server.client(), &LIST, &json!({"x": 1}));
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(pages.next().await.is_none());
}

fn dropping(client: &Client, ids: &[&str]) -> Invocation<Drop> {
    call_with(client, Drop { ids: Some(ids.iter().map(|id| (*id).into()).collect()) })
}

#[tokio::test]
async fn one_failure_does_not_hide_the_others() {
    let done = || reply(200, json!({"done": ["x"]}));
    let server = Server::new([done(), reply(404, json!({"errors": ["gone"]})), done()]).await;
    let outcomes = dropping(&server.client(), &["1", "2", "3"]).send().await.unwrap().into_inner().outcomes;
    assert_eq!(outcomes.iter().map(|outcome| outcome.done.len()).collect::<Vec<_>>(), [1, 0, 1]);
    assert!(outcomes[1].error.as_ref().unwrap().contains("gone"));
}

#[tokio::test]
async fn what_would_fail_for_all_ends_the_call_or_leaves_the_rest_untried() {
    let revoked = || reply(401, json!({"errors": ["access token has been revoked"]}));
    let server = Server::new([revoked()]).await;
    let error = dropping(&server.client(), &["1", "2"]).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    let server = Server::new([reply(200, json!({"done": ["x"]})), revoked()]).await;
    let outcomes = dropping(&server.client(), &["1", "2", "3"]).send().await.unwrap().into_inner().outcomes;
    assert!(outcomes[1].error.as_ref().unwrap().contains("revoked"));
    assert!(outcomes[2].error.as_ref().unwrap().starts_with("not tried: "));
    assert_eq!(server.seen().len(), 2);
}

fn moving(client: &Client, name: Option<&str>) -> Invocation<Move> {
    call_with(client, Move { name: name.map(str::to_owned) })
}

#[tokio::test]
async fn look_ups_go_through_all_pages_and_are_remembered_for_five_minutes() {
    let done = || page(&[], None);
    let pages = || [page(&["1"], Some("a")), page(&["2"], None)];
    let replies = pages().into_iter().chain([done(), done()]).chain(pages()).chain([done()]);
    let server = Server::new(replies).await;
    let client = server.client();
    moving(&client, Some("thing 2")).send().await.unwrap();
    server.world.advance(std::time::Duration::from_secs(299));
    moving(&client, Some("thing 1")).send().await.unwrap();
    assert_eq!(server.asked()[2..], [r#"PATCH /things/2 {"id":"2"}"#, r#"PATCH /things/1 {"id":"1"}"#]);
    server.world.advance(std::time::Duration::from_secs(1));
    moving(&client, Some("thing 1")).send().await.unwrap();
    assert_eq!(server.seen().len(), 7);
}

#[tokio::test]
async fn look_ups_say_what_is_missing_or_what_there_is() {
    let server = Server::new([page(&["1", "2"], None)]).await;
    let client = server.client();
    let error = moving(&client, Some("thing 9")).send().await.unwrap_err();
    assert_eq!(error.to_string(), "things_move: There is no thing 9.");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let error = moving(&client, None).send().await.unwrap_err();
    assert_eq!(error.to_string(), "things_move: There are several; set `name`. There are: 1 (thing 1); 2 (thing 2).");
    let twins = reply(200, json!({"things": [{"id": "1", "name": "a"}, {"id": "2", "name": "a"}]}));
    let server = Server::new([twins]).await;
    let error = moving(&server.client(), Some("a")).send().await.unwrap_err();
    assert_eq!(error.to_string(), "things_move: More than one matches: 1 (a); 2 (a).");
    let server = Server::new([reply(403, json!({"errors": ["no"]}))]).await;
    let error = moving(&server.client(), None).send().await.unwrap_err();
    assert_eq!((error.kind(), error.tool()), (ErrorKind::Forbidden, Some("things_move")));
    assert!(error.to_string().ends_with("(Asked things_list for what the call needs.)"), "{error}");
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_shows_everything_but_secrets() {
    let server = Server::new([]).await;
    let planned = moving(&server.client(), Some("thing 1")).dry_run().await.unwrap();
    assert_eq!(planned.len(), 2);
    assert_eq!(planned[0].purpose.as_deref(), Some("look-up with things_list"));
    assert_eq!((planned[1].method, planned[1].purpose.as_deref()), (Method::Patch, None));
    assert_eq!(planned[1].body, Some(json!({"id": "<thing id from things_list>"})));
    assert!(planned[1].headers.contains(&("authorization".to_owned(), "<hidden>".to_owned())));
    assert!(!format!("{planned:?} {:?}", server.client()).contains("the-"));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn requests_of_ones_own_are_signed_but_go_nowhere_else() {
    let server = Server::new([reply(200, json!({"ok": true}))]).await;
    let client = server.client();
    let request =
        client.request(Method::Post, "/v2/x?a=1").query("b", "2 3").header("x-note", "n").json(json!({"c": 4}));
    let answer = request.send().await.unwrap();
    assert_eq!((answer.status(), answer.json().unwrap()), (200, json!({"ok": true})));
    assert_eq!(server.asked(), [r#"POST /v2/x?a=1&b=2%203 {"c":4}"#]);
    assert!(server.seen()[0].to_lowercase().contains("x-note: n"));
    for bad in ["https://evil.example/", "//evil.example/", "/v2/%2e%2e/x", "@evil.example/"] {
        let error = client.request(Method::Get, bad).send().await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (ErrorKind::InvalidInput, false), "{bad}");
    }
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn futures_and_streams_may_change_threads() {
    fn moves<T: std::marker::Send>(_: T) {}
    let client = Client::builder().access_token("t").build().unwrap();
    moves(list(&client).send());
    moves(moving(&client, None).send());
    moves(list(&client).items());
    moves(client.call("x", json!({})).into_future());
    moves(client.call_text("x", "{}").into_future());
}
