//! What goes wrong at Gong's end or on the way, and what the caller learns of it.

use std::time::Duration;

use gong_client::{Client, Error, ErrorKind};
use gong_sandbox::{Fault, OWNER_EMAIL, Sandbox};
use serde_json::json;

use crate::support::World;

/// More often than any client would try.
const ALWAYS: usize = 99;

/// What becomes of a read when this fault strikes every time.
async fn error_of(fault: Fault) -> Error {
    let world = World::new().await;
    world.sandbox.inject(fault.times(ALWAYS));
    let error = world.gong.users().list().send().await.unwrap_err();
    assert_eq!(error.tool(), Some("gong_users_list"));
    error
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named() {
    let world = World::new().await;
    let gong = world.with_scopes(&["api:calls:read:basic"]);
    gong.calls().list().send().await.unwrap();
    let error = gong.users().list().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::MissingScope, Some(401)));
    assert_eq!(error.missing_scope(), Some("api:users:read"));
    assert!(!error.is_retryable());
    let told = "gong_users_list: the credentials lack the scope `api:users:read`, which GET /v2/users needs";
    assert!(error.to_string().starts_with(told), "{error}");
}

#[tokio::test]
async fn a_scope_that_a_look_up_lacks_is_told_of_the_tool_that_was_called() {
    let world = World::new().await;
    let gong = world.with_scopes(&["api:tasks:read"]);
    let error = gong.engage_tasks().list().assignee_email(OWNER_EMAIL).send().await.unwrap_err();
    assert_eq!((error.tool(), error.missing_scope()), (Some("gong_engage_tasks_list"), Some("api:users:read")));
    assert!(error.to_string().contains("gong_users_list"), "{error}");
}

#[tokio::test]
async fn a_scope_beyond_the_tools_own_is_named() {
    let world = World::new().await;
    let gong = world.with_scopes(&["api:calls:read:extensive"]);
    let id = world.company().calls[0].id.clone();
    let media = json!({"call_ids": [id], "include": ["media"]});
    let error = gong.call("gong_calls_get", media).await.unwrap_err();
    assert_eq!(error.missing_scope(), Some("api:calls:read:media-url"));
}

#[tokio::test]
async fn what_gong_says_of_a_remedy_is_kept_and_shown_without_secrets() {
    let world = World::new().await;
    let secret = world.sandbox.access_key_secret();
    let said = json!({
        "requestId": "r-1",
        "errors": ["No consent page"],
        "userFacingError": "Ask your\n admin\u{1b}[31m.",
        "fixUrl": format!("https://app.gong.io/company?key={secret}"),
        "helpUrl": "https://help.gong.io/1",
        "other": "dropped",
    });
    world.sandbox.inject(Fault::page(409, "application/json", said.to_string()));
    let error = world.gong.call("gong_users_list", json!({})).await.unwrap_err();
    assert_eq!(error.detail("fixUrl"), Some("https://app.gong.io/company?key=<hidden>"));
    assert_eq!((error.details().len(), error.detail("other")), (3, None));
    assert_eq!(
        error.to_string().lines().skip(1).collect::<Vec<_>>(),
        [
            "  userFacingError: Ask your admin\u{fffd}[31m.",
            "  fixUrl: https://app.gong.io/company?key=<hidden>",
            "  helpUrl: https://help.gong.io/1",
        ]
    );
}

#[tokio::test]
async fn a_token_that_was_revoked_and_a_wrong_key_are_not_accepted() {
    let world = World::new().await;
    let token = world.sandbox.issue_token(["api:users:read"]);
    let gong = world.client().access_token(&token).build().unwrap();
    gong.users().list().send().await.unwrap();
    world.sandbox.revoke_token(&token);
    let key = world.client().api_key(world.sandbox.access_key(), "guessed").build().unwrap();
    for gong in [gong, key] {
        let error = gong.users().list().send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)));
        assert!(error.to_string().contains(world.sandbox.base_url()), "another host may be the account's: {error}");
        assert!(!error.is_retryable() && error.missing_scope().is_none());
    }
}

#[tokio::test]
async fn what_gong_says_is_kept_whatever_the_status() {
    for (status, kind) in [
        (400, ErrorKind::BadRequest),
        (402, ErrorKind::Forbidden),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (405, ErrorKind::BadRequest),
        (409, ErrorKind::Conflict),
        (415, ErrorKind::BadRequest),
        (500, ErrorKind::Server),
        (503, ErrorKind::Server),
    ] {
        let error = error_of(Fault::refuse(status, "That won't do")).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert_eq!(error.messages(), ["That won't do"]);
        assert!(error.request_id().is_some() && error.to_string().contains("That won't do"), "{error}");
        assert!(error.answer().unwrap().text().contains("That won't do"));
    }
}

#[tokio::test]
async fn a_limit_says_when_to_come_back() {
    let error = error_of(Fault::too_many_requests(7200)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimited, Some(429)));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7200)));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_page_of_the_edge_is_told_apart_from_gongs_answers() {
    use ErrorKind::{Forbidden, ProxyPage, Unauthorized};
    for (status, kind) in [(200, ProxyPage), (401, Unauthorized), (403, Forbidden), (404, ProxyPage), (502, ProxyPage)]
    {
        let error = error_of(Fault::page(status, "text/html", "<html><title>Just a moment</title>…")).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert!(error.to_string().contains("Just a moment"), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_names_the_host_to_use() {
    let (world, elsewhere) = (World::new().await, Sandbox::start().await.unwrap());
    world.sandbox.inject(Fault::redirect(format!("{}/v2/users", elsewhere.base_url())));
    let error = world.gong.users().list().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains(elsewhere.base_url()), "{error}");
    assert_eq!(elsewhere.requests().len(), 0, "the credentials are for the account's own host");
}

#[tokio::test]
async fn an_answer_that_is_none_says_where_it_ceases_to_be_one() {
    for (body, place) in [
        (r#"{"users": [], "records": {"totalRecords": {}}}"#, "records.totalRecords"),
        (r#"{"records": {"totalRecords": "perhaps"}}"#, "records.totalRecords"),
        (r#"{"users": 7}"#, "users"),
        (r#"{"users": [{"id": "1", "settings": {"emailsImported": tru"#, "users[0].settings.emailsImported"),
    ] {
        let error = error_of(Fault::page(200, "application/json", body)).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{body}");
        assert_eq!(error.json_path(), Some(place), "{error}");
        assert_eq!(error.answer().unwrap().text(), body, "the answer is there to look at");
    }
}

#[tokio::test]
async fn bodies_that_no_json_is_in_are_errors() {
    for body in ["null", "[]", "\"users\"", "OK", "\u{feff}{}", &"[".repeat(10_000), &"{\"users\":".repeat(10_000)] {
        let error = error_of(Fault::page(200, "application/json", body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:.20}");
        assert!(error.to_string().len() < 1000, "{error}");
    }
}

#[tokio::test]
async fn connections_that_break_are_told_as_such() {
    for fault in [Fault::reset_before_the_work(), Fault::reset_after_the_work(), Fault::truncated_body()] {
        let name = fault.name();
        let error = error_of(fault).await;
        assert_eq!(error.kind(), ErrorKind::Connection, "{name}: {error}");
        assert!(error.may_have_been_sent() && error.is_retryable(), "{name}: a read does no harm");
    }
    let world = World::new().await;
    let nobody = Client::builder().access_token("t").base_url("http://127.0.0.1:9").environment(world.clock.clone());
    let error = nobody.build().unwrap().users().list().send().await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (ErrorKind::Connection, false));
}

#[tokio::test]
async fn a_cursor_that_gong_does_not_know_any_more_is_an_error() {
    let world = World::new().await;
    let page = world.gong.users().list().send().await.unwrap();
    let cursor = page.records.as_ref().unwrap().cursor.clone().unwrap();
    world.sandbox.advance(Duration::from_secs(2 * 60 * 60));
    let error = world.gong.users().list().cursor(cursor).send().await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::BadRequest, &["cursor has expired".to_owned()][..]));
    let error = world.gong.users().list().cursor("made up").send().await.unwrap_err();
    assert_eq!(error.messages(), ["failed to verify cursor"]);
}

#[tokio::test]
async fn a_company_without_engage_gets_gongs_500() {
    let world = World::with(Sandbox::builder().engage(false)).await;
    let error = world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(500)));
    let flows = world.gong.engage_flows().list().flow_owner_email(OWNER_EMAIL).send().await.unwrap();
    assert!(flows.flows.is_empty(), "and no flows, which is no error");
}
