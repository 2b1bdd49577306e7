//! What holds for every operation: envelope, credentials, routes, paging, limits, faults.

mod common;

use std::time::Duration;

use common::{Gong, new_call};
use gong_sandbox::{Fault, MANAGER_EMAIL, RateLimit, Sandbox};
use serde_json::json;

#[tokio::test]
async fn every_answer_carries_its_request_id_and_another_one_for_its_trace() {
    let gong = Gong::new().await;
    for path in ["/v2/workspaces", "/v2/flows", "/v2/nothing"] {
        let response = gong.request("GET", path).send().await.unwrap();
        let headers = response.headers().clone();
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(headers["content-type"], "application/json;charset=UTF-8");
        assert_eq!(body["requestId"].as_str().unwrap().len(), 19);
        assert_ne!(headers["x-traceid"], body["requestId"].as_str().unwrap());
    }
}

#[tokio::test]
async fn a_request_without_good_credentials_gets_a_401() {
    let gong = Gong::new().await;
    let text = "Validate credentials failed. Please check your credentials and try again.";
    let bare = || gong.bare("GET", "/v2/workspaces");
    assert_eq!(Gong::send(bare()).await.refusal(), (401, text));
    assert_eq!(Gong::send(bare().basic_auth("who", Some("knows"))).await.refusal(), (401, text));
    let challenged = bare().send().await.unwrap();
    assert_eq!(challenged.headers()["www-authenticate"], "Basic realm=\"Gong.io API\"");
    let unknown = Gong::send(bare().bearer_auth("nonsense")).await;
    assert_eq!(unknown.refusal(), (401, "access token has been revoked"));
    let good = Gong::send(bare().bearer_auth(gong.sandbox.access_token())).await;
    assert_eq!(good.status, 200);
}

#[tokio::test]
async fn credentials_are_looked_at_before_the_route() {
    let gong = Gong::new().await;
    for (method, path) in [("GET", "/v2/elsewhere"), ("DELETE", "/v2/users"), ("GET", "/v2/crm/entities")] {
        assert_eq!(Gong::send(gong.bare(method, path)).await.status, 401, "{method} {path}");
        assert_ne!(Gong::send(gong.request(method, path)).await.status, 401, "{method} {path}");
    }
}

#[tokio::test]
async fn an_operation_that_the_sandbox_lacks_is_told_apart_from_one_that_finds_nothing() {
    let gong = Gong::new().await;
    let lacking = gong.get("/v2/nothing", &[]).await;
    let text = "the sandbox does not have GET /v2/nothing: if Gong does, try it with an account at Gong";
    assert_eq!(lacking.refusal(), (501, text));
    let token = gong.sandbox.issue_token(["api:users:read"]);
    let scopeless = Gong::send(gong.bare("POST", "/v2/nothing/7").bearer_auth(token)).await;
    assert_eq!(scopeless.status, 501, "whatever the scopes");
    assert_eq!(gong.get("/nothing", &[]).await.refusal(), (404, "Not Found"));
}

#[tokio::test]
async fn a_token_without_the_scope_gets_a_401_that_names_it() {
    let sandbox = Sandbox::builder().scopes(["api:users:read"]).start().await.unwrap();
    let gong = Gong::with(sandbox);
    let with_token = |path: &str| gong.bare("GET", path).bearer_auth(gong.sandbox.access_token());
    assert_eq!(Gong::send(with_token("/v2/users")).await.status, 200);
    let refused = Gong::send(with_token("/v2/workspaces")).await;
    let text = "You don't have permission to use 'api:workspaces:read' in your app.";
    assert_eq!(refused.refusal(), (401, text));
    assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200, "keys carry no scopes");
}

#[tokio::test]
async fn media_urls_need_a_scope_of_their_own() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:calls:read:extensive"]);
    let ask = |media: bool| {
        let body = json!({"filter": {}, "contentSelector": {"exposedFields": {"media": media}}});
        Gong::send(gong.bare("POST", "/v2/calls/extensive").bearer_auth(&token).json(&body))
    };
    assert_eq!(ask(false).await.status, 200);
    assert!(ask(true).await.refusal().1.contains("'api:calls:read:media-url'"));
}

#[tokio::test]
async fn a_revoked_token_is_told_so() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    let ask = || Gong::send(gong.bare("GET", "/v2/users").bearer_auth(&token));
    assert_eq!(ask().await.status, 200);
    gong.sandbox.revoke_token(&token);
    assert_eq!(ask().await.refusal(), (401, "access token has been revoked"));
}

#[tokio::test]
async fn wrong_methods_and_wrong_types_are_refused_in_the_envelope() {
    let gong = Gong::new().await;
    let wrong = Gong::send(gong.request("DELETE", "/v2/calls")).await;
    assert_eq!(wrong.refusal(), (405, "Method Not Allowed"));
    let plain = gong.request("POST", "/v2/calls/extensive").body("{\"filter\":{}}");
    assert_eq!(Gong::send(plain).await.refusal(), (415, "Unsupported Media Type"));
    let broken = gong.request("POST", "/v2/calls/extensive");
    let broken = broken.header("content-type", "application/json").body("{");
    assert_eq!(Gong::send(broken).await.refusal(), (400, "Json parse error"));
}

#[tokio::test]
async fn pages_add_up_to_the_whole_list() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let users = gong.get_all("/v2/users", &[], "users").await;
    let expected: Vec<_> = company.users.iter().filter(|user| !user.avatar).collect();
    assert_eq!(users.len(), expected.len());
    assert!(users.iter().zip(expected).all(|(wire, user)| wire["id"] == user.id.as_str()));

    let first = gong.get("/v2/users", &[]).await.ok();
    assert_eq!(first["records"]["currentPageSize"], 100);
    assert_eq!(first["records"]["currentPageNumber"], 0);
    assert_eq!(first["records"]["totalRecords"], users.len());
    let calls = gong.post_all("/v2/calls/extensive", json!({"filter": {}}), "calls").await;
    assert_eq!(calls.len(), company.calls.len());
}

#[tokio::test]
async fn a_cursor_belongs_to_its_operation_and_inputs() {
    let gong = Gong::new().await;
    let page = gong.get("/v2/users", &[]).await.ok();
    let cursor = page["records"]["cursor"].as_str().unwrap();
    let other_input = gong.get("/v2/users", &[("cursor", cursor), ("includeAvatars", "true")]).await;
    assert_eq!(other_input.refusal(), (400, "failed to verify cursor"));
    let other_operation = gong.get("/v2/calls", &[("cursor", cursor)]).await;
    assert_eq!(other_operation.refusal(), (400, "failed to verify cursor"));
    assert_eq!(gong.get("/v2/users", &[("cursor", cursor)]).await.status, 200);
}

#[tokio::test]
async fn a_cursor_expires_on_the_companys_clock() {
    let gong = Gong::new().await;
    let page = gong.get("/v2/users", &[]).await.ok();
    let cursor = page["records"]["cursor"].as_str().unwrap();
    gong.sandbox.advance(Duration::from_secs(2 * 60 * 60));
    let late = gong.get("/v2/users", &[("cursor", cursor)]).await;
    assert_eq!(late.refusal(), (400, "cursor has expired"));
}

#[tokio::test]
async fn a_cursor_in_the_query_of_a_post_is_ignored() {
    let gong = Gong::new().await;
    let body = json!({"filter": {}});
    let first = gong.post("/v2/users/extensive", body.clone()).await.ok();
    let cursor = first["records"]["cursor"].as_str().unwrap();
    let misplaced = gong.request("POST", "/v2/users/extensive");
    let again = Gong::send(misplaced.query(&[("cursor", cursor)]).json(&body)).await.ok();
    assert_eq!(again["records"]["currentPageNumber"], 0);
    assert_eq!(again["users"], first["users"]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_runs_goes_on_by_itself() {
    let gong = Gong::with(Sandbox::builder().running(true).start().await.unwrap());
    let still = Sandbox::start().await.unwrap();
    let page = gong.get("/v2/users", &[]).await.ok();
    tokio::time::advance(Duration::from_secs(61 * 60)).await;
    assert_eq!(gong.sandbox.now(), "2026-11-20T13:01:00-07:00");
    assert_eq!(still.now(), "2026-11-20T12:00:00-07:00");
    let late = gong.get("/v2/users", &[("cursor", page["records"]["cursor"].as_str().unwrap())]).await;
    assert_eq!(late.refusal(), (400, "cursor has expired"));
}

#[tokio::test]
async fn the_rate_limit_is_off_unless_asked_for() {
    let gong = Gong::new().await;
    for _ in 0..5 {
        assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_says_when_to_come_back_and_keeps_its_word() {
    let sandbox = Sandbox::builder().rate_limit(Some(RateLimit::GONG));
    let gong = Gong::with(sandbox.start().await.unwrap());
    for _ in 0..3 {
        assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200);
    }
    let refused = gong.request("GET", "/v2/workspaces").send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "1");
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200);
    gong.sandbox.advance(Duration::from_secs(1));
    assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200);
}

#[tokio::test]
async fn a_fault_strikes_the_request_it_is_meant_for_and_then_is_gone() {
    let gong = Gong::new().await;
    gong.sandbox.inject(Fault::too_many_requests(7).on("GET", "/v2/users").times(2));
    assert_eq!(gong.get("/v2/workspaces", &[]).await.status, 200);
    for _ in 0..2 {
        let struck = gong.request("GET", "/v2/users").send().await.unwrap();
        assert_eq!(struck.status(), 429);
        assert_eq!(struck.headers()["retry-after"], "7");
    }
    assert_eq!(gong.get("/v2/users", &[]).await.status, 200);
}

#[tokio::test]
async fn a_fault_may_be_meant_for_an_operation_with_any_id() {
    let gong = Gong::new().await;
    gong.sandbox.inject(Fault::internal_error().on("GET", "/v2/users/{id}"));
    assert_eq!(gong.get("/v2/users", &[]).await.status, 200);
    assert_eq!(gong.get("/v2/users/1", &[]).await.status, 500);
}

#[tokio::test]
async fn the_edge_answers_with_pages_and_redirects_outside_the_envelope() {
    let sandbox =
        Sandbox::builder().fault(Fault::edge_page(502)).fault(Fault::redirect("http://tenant.example/v2/users"));
    let gong = Gong::with(sandbox.start().await.unwrap());
    let page = gong.request("GET", "/v2/users").send().await.unwrap();
    assert_eq!(page.status(), 502);
    assert!(page.headers().get("x-traceid").is_none());
    assert!(page.text().await.unwrap().starts_with("<html>"));
    let redirect = gong.request("GET", "/v2/users").send().await.unwrap();
    assert_eq!(redirect.status(), 307);
    assert_eq!(redirect.headers()["location"], "http://tenant.example/v2/users");
}

#[tokio::test]
async fn an_answer_may_be_lost_after_the_work_was_done() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    gong.sandbox.inject(Fault::internal_error().after_the_work());
    let body = new_call(&host, "lost-answer");
    assert_eq!(gong.post("/v2/calls", body.clone()).await.status, 500);
    assert_eq!(gong.post("/v2/calls", body).await.status, 400, "the call is there already");
}

#[tokio::test]
async fn requests_are_recorded_and_their_debug_form_keeps_the_secret() {
    let gong = Gong::new().await;
    gong.get("/v2/users", &[("includeAvatars", "true")]).await.ok();
    gong.post("/v2/calls/extensive", json!({"filter": {}})).await.ok();
    let requests = gong.sandbox.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].query_value("includeAvatars"), Some("true"));
    assert_eq!(requests[1].json(), Some(json!({"filter": {}})));
    let credentials = requests[0].header("authorization").unwrap();
    assert!(!format!("{requests:?}").contains(credentials));
    gong.sandbox.clear_requests();
    assert!(gong.sandbox.requests().is_empty());
}

#[tokio::test]
async fn strict_mode_notes_what_gong_ignores_and_answers_the_same() {
    // In the order of the alphabet, which JSON has with serde_json's `preserve_order` and without.
    let body = json!({"contentSelector": {"exposedFields": {"parties": "yes"}}, "filter": {"callId": "1"}});
    let lenient = Gong::new().await;
    let usual = lenient.post("/v2/calls/extensive", body.clone()).await.ok();
    assert!(lenient.sandbox.violations().is_empty());

    let strict = Gong::with(Sandbox::builder().strict(true).start().await.unwrap());
    let answer = strict.post("/v2/calls/extensive", body).await.ok();
    assert_eq!(answer, usual);
    strict.get("/v2/workspaces", &[("page", "2")]).await.ok();
    let with_body = strict.request("GET", "/v2/users").body("{}");
    Gong::send(with_body).await.ok();
    let violations = strict.sandbox.violations();
    let messages: Vec<&str> = violations.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "contentSelector.exposedFields.parties should be true or false",
            "unknown field filter.callId",
            "unknown query parameter page",
            "a GET takes no body",
        ]
    );
    assert_eq!(violations[0].request, "POST /v2/calls/extensive");
}

#[tokio::test]
async fn answers_may_carry_fields_that_nobody_knows() {
    let gong = Gong::with(Sandbox::builder().unknown_fields(true).start().await.unwrap());
    let answer = gong.get("/v2/users", &[]).await.ok();
    assert!(answer["fieldOfTomorrow"].is_array());
    assert!(answer["users"][0]["settings"]["fieldOfTomorrow"].is_array());
}

#[tokio::test]
async fn the_same_seed_makes_the_same_company_and_another_makes_another() {
    let company = async |seed| Sandbox::builder().seed(seed).start().await.unwrap().company();
    let (one, same, other) = (company(1).await, company(1).await, company(2).await);
    assert_eq!(one.users, same.users);
    assert_eq!(one.calls, same.calls);
    assert_eq!(one.tasks, same.tasks);
    assert_ne!(one.users, other.users);
    assert_ne!(one.calls, other.calls);
}

#[tokio::test]
async fn every_seed_has_what_a_story_needs() {
    for seed in 0..20 {
        let company = Sandbox::builder().seed(seed).start().await.unwrap().company();
        let owner = company.owner().unwrap();
        let flows = company.flows_seen_by(owner);
        let visibilities = flows.iter().filter_map(|flow| flow.visibility_to(&owner.id));
        let visibilities: std::collections::BTreeSet<_> = visibilities.collect();
        assert_eq!(visibilities.len(), 3, "company, personal and shared flows");
        assert_eq!(company.open_tasks(&owner.id).len(), 8);
        assert!(company.free_prospects().len() > 100);
        assert!(!company.cooling_prospects().is_empty());
        let manager = company.user_by_email(MANAGER_EMAIL).unwrap();
        assert_eq!(owner.manager_id.as_ref(), Some(&manager.id));
    }
}

#[tokio::test]
async fn a_dropped_sandbox_no_longer_answers() {
    let sandbox = Sandbox::start().await.unwrap();
    let url = format!("{}/v2/users", sandbox.base_url());
    let client = reqwest::Client::new();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 401);
    drop(sandbox);
    tokio::task::yield_now().await;
    assert!(client.get(&url).send().await.is_err());
}

#[tokio::test]
async fn a_now_without_an_offset_is_refused_at_the_start() {
    let error = Sandbox::builder().now("2026-11-20").start().await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}
