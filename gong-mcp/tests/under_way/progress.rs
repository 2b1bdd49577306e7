//! Several pages in one call and jobs that are waited for: what comes of it, and what a host is told on the way.

use gong_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::host::{Heard, HttpHost, LineHost, Version, listening};
use crate::server;

const USERS: &str = "gong_users_list";
const STATUS: &str = "gong_engage_prospects_bulk_assign_status";

async fn paged() -> Sandbox {
    Sandbox::builder().page_size(10).start().await.unwrap()
}

/// What every host hears of a call: over both transports, in both versions.
async fn heard_by_all(sandbox: &Sandbox, tool: &str, arguments: Value, told: bool) -> Vec<Heard> {
    let mut heard = Vec::new();
    for version in Version::BOTH {
        let mut lines = LineHost::new(server(sandbox, sandbox.base_url()), version, json!({})).await;
        heard.push(lines.call(tool, arguments.clone(), told).await);
        let http = HttpHost::new(server(sandbox, sandbox.base_url()), version, json!({})).await;
        heard.push(http.call(tool, arguments.clone(), told).await);
    }
    heard
}

fn ids(answer: &Value) -> Vec<String> {
    let users = answer["users"].as_array().unwrap_or_else(|| panic!("{answer}"));
    users.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of everybody, from one call after the other.
async fn everybody(host: &mut LineHost) -> Vec<String> {
    let (mut all, mut input) = (Vec::new(), json!({}));
    loop {
        let heard = host.call(USERS, input, false).await;
        all.extend(ids(heard.result()));
        match heard.result()["records"]["cursor"].as_str() {
            Some(cursor) => input = json!({"cursor": cursor}),
            None => return all,
        }
    }
}

#[tokio::test]
async fn several_pages_come_as_one_answer_and_each_is_told_of() {
    let sandbox = paged().await;
    for heard in heard_by_all(&sandbox, USERS, json!({"_pages": 3, "_fields": "id"}), true).await {
        let steps = [1.0, 2.0, 3.0].map(|page| (page, Some(3.0)));
        let steps: Vec<_> = steps.into_iter().zip(["10", "20", "30"]).collect();
        let told: Vec<_> = heard.steps().into_iter().map(|(page, of, words)| ((page, of), words)).collect();
        assert_eq!(told.len(), 3);
        for ((told, words), (step, items)) in told.into_iter().zip(steps) {
            assert_eq!(told, step);
            assert!(words.ends_with(&format!("items: {items}")), "{words}");
        }
        assert_eq!(ids(heard.result()).len(), 30);
        assert!(heard.result()["records"]["cursor"].is_string(), "where the next page begins: {heard:?}");
        assert!(heard.result().get("left_out").is_none());
    }
}

#[tokio::test]
async fn a_host_that_did_not_ask_is_told_nothing() {
    let sandbox = paged().await;
    for heard in heard_by_all(&sandbox, USERS, json!({"_pages": 2}), false).await {
        assert!(heard.progress.is_empty(), "{heard:?}");
    }
}

#[tokio::test]
async fn all_pages_come_as_far_as_they_fit_and_the_cursor_leads_on_without_asking_twice() {
    let sandbox = paged().await;
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Newest, json!({})).await;
    let everybody = everybody(&mut host).await;
    sandbox.clear_requests();
    let (mut all, mut calls) = (Vec::new(), 0);
    let mut input = json!({"_pages": "all", "_fields": "id", "_max_tokens": 450});
    loop {
        let heard = host.call(USERS, input.clone(), true).await;
        all.extend(ids(heard.result()));
        calls += 1;
        let Some(said) = heard.result()["left_out"].as_str() else { break };
        assert!(heard.steps().iter().all(|(_, total, _)| total.is_none()), "how many there are is not known");
        assert_eq!(heard.steps().len(), 3, "900 bytes hold three pages of ids: {heard:?}");
        let cursor = said.split('"').nth(1).unwrap_or_else(|| panic!("{said}"));
        assert_eq!(heard.result()["records"]["cursor"], cursor);
        input["cursor"] = cursor.into();
    }
    assert_eq!(all, everybody);
    assert_eq!(sandbox.requests().len(), everybody.len().div_ceil(10));
    assert_eq!(calls, everybody.len().div_ceil(30));
}

#[tokio::test]
async fn items_are_passed_over_across_pages() {
    let sandbox = paged().await;
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Sessions, json!({})).await;
    let everybody = everybody(&mut host).await;
    let heard = host.call(USERS, json!({"_pages": 3, "_skip": 15, "_fields": "id"}), false).await;
    assert_eq!(ids(heard.result()), everybody[15..30]);
}

#[tokio::test]
async fn a_first_page_that_is_too_large_is_cut_at_whole_items() {
    let sandbox = paged().await;
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Sessions, json!({})).await;
    let heard = host.call(USERS, json!({"_pages": "all", "_max_tokens": 600}), false).await;
    let kept = heard.result()["users"].as_array().unwrap().len();
    let said = heard.result()["left_out"].as_str().unwrap();
    assert!((1..10).contains(&kept) && said.contains(&format!("_skip {kept}")), "{said}");
}

#[tokio::test]
async fn a_page_that_fails_does_not_lose_those_before_it() {
    let sandbox = paged().await;
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Sessions, json!({})).await;
    sandbox.inject(Fault::expired_cursor());
    let heard = host.call(USERS, json!({"_pages": "all", "_fields": "id"}), false).await;
    assert_eq!(ids(heard.result()).len(), 10);
    let said = heard.result()["left_out"].as_str().unwrap();
    assert!(said.contains("the next one could not be had") && said.contains("cursor has expired"), "{said}");
}

/// Begins a job, and gives its id.
async fn begun(host: &mut LineHost, sandbox: &Sandbox) -> String {
    let company = sandbox.company();
    let flows = host.call("gong_engage_flows_list", json!({"flow_owner_email": company.owner().unwrap().email}), false);
    let flow = flows.await.result()["flows"][0]["id"].clone();
    let input = json!({"crm_prospect_ids": [company.free_prospects()[0].crm_id], "flow_id": flow,
                       "flow_instance_owner_email": company.owner().unwrap().email});
    let heard = host.call("gong_engage_prospects_bulk_assign", input, false).await;
    heard.result()["id"].as_str().unwrap_or_else(|| panic!("{heard:?}")).to_owned()
}

#[tokio::test]
async fn a_job_is_waited_for_and_every_look_at_it_is_told_of() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in Version::BOTH {
        let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), version, json!({})).await;
        let id = begun(&mut host, &sandbox).await;
        let heard = host.call(STATUS, json!({"assignment_id": id, "_wait": true, "_fields": "status"}), true).await;
        assert_eq!(heard.result(), &json!({"status": "COMPLETED"}));
        assert_eq!(heard.steps(), [(1.0, None, "status: IN_PROGRESS"), (2.0, None, "status: COMPLETED")]);
        let id = begun(&mut host, &sandbox).await;
        let http = HttpHost::new(server(&sandbox, sandbox.base_url()), version, json!({})).await;
        let heard = http.call(STATUS, json!({"assignment_id": id, "_wait": 600}), true).await;
        assert_eq!((heard.result()["status"].as_str(), heard.steps().len()), (Some("COMPLETED"), 2));
    }
}

#[tokio::test]
async fn a_job_that_takes_longer_is_told_with_how_it_stands() {
    let sandbox = Sandbox::start().await.unwrap();
    let stands = json!({"requestId": "r", "id": "j", "status": "IN_PROGRESS", "results": []}).to_string();
    sandbox.inject(Fault::page(200, "application/json", stands).times(99));
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Newest, json!({})).await;
    let heard = host.call(STATUS, json!({"assignment_id": "j", "_wait": 5}), false).await;
    assert_eq!(heard.answer["result"]["isError"], true);
    let told = heard.result();
    assert_eq!((&told["error"], &told["what_to_do"]), (&json!("Timeout"), &json!("Call again in a moment.")));
    let message = told["message"].as_str().unwrap();
    assert!(message.contains("had not ended after 5 seconds: `status` was last IN_PROGRESS"), "{message}");
}

#[tokio::test]
async fn what_is_wrong_with_pages_and_waiting_is_told_before_anything_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut host = LineHost::new(server(&sandbox, sandbox.base_url()), Version::Newest, json!({})).await;
    for (tool, input, faults) in [
        (
            USERS,
            json!({"_pages": 0, "_wait": true}),
            ["`_pages` must be a whole number from 1 to 100", "`_wait` is for"],
        ),
        (STATUS, json!({"_pages": 2, "_wait": 601}), ["`_pages` is for tools with pages", "`_wait` must be true, or"]),
    ] {
        let heard = host.call(tool, input, false).await;
        let message = heard.result()["message"].as_str().unwrap();
        assert!(faults.iter().all(|fault| message.contains(fault)), "{message}");
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn the_tool_that_calls_the_others_reads_several_pages_too() {
    let sandbox = paged().await;
    let server = server(&sandbox, sandbox.base_url()).discovering();
    let mut host = LineHost::new(server, Version::Newest, json!({})).await;
    let input = json!({"tool": USERS, "input": {"_pages": 2}});
    let heard = host.call("gong_tool_call", input, true).await;
    assert_eq!((ids(heard.result()).len(), heard.steps().len()), (20, 2));
}

#[tokio::test]
async fn a_plain_call_gets_all_pages_at_once() {
    let sandbox = paged().await;
    let url = listening(server(&sandbox, sandbox.base_url())).await;
    let call = reqwest::Client::new().post(format!("{url}/tools/{USERS}")).body(r#"{"_pages": "all"}"#);
    let answer: Value = serde_json::from_str(&call.send().await.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(json!(ids(&answer).len()), answer["records"]["totalRecords"]);
    assert!(answer["records"].get("cursor").is_none() && answer.get("left_out").is_none(), "{answer}");
}
