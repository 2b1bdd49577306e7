//! Questions about entities of the CRM, and briefs of them: what they are made of and what they cost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use gong_sandbox::{Company, Sandbox};
use serde_json::{Value, json};

use crate::common::{Answer, Gong, strings};

const ASK: &str = "/v2/entities/ask-entity";
const BRIEF: &str = "/v2/entities/get-brief";

type Query = Vec<(&'static str, String)>;

/// A question about the account of the last call, in the workspace of that call.
fn question(company: &Company) -> Query {
    let call = company.calls.iter().rev().find(|call| call.account_crm_id.is_some()).unwrap();
    vec![
        ("workspaceId", call.workspace_id.clone()),
        ("crmEntityType", "ACCOUNT".to_string()),
        ("crmEntityId", call.account_crm_id.clone().unwrap()),
        ("timePeriod", "ALL_CONVERSATIONS".to_string()),
        ("question", "Who decides?".to_string()),
    ]
}

fn with(mut query: Query, name: &'static str, value: impl Into<String>) -> Query {
    query.retain(|(known, _)| *known != name);
    query.push((name, value.into()));
    query
}

async fn ask(gong: &Gong, path: &str, query: &Query) -> Answer {
    Gong::send(gong.request("GET", path).query(query)).await
}

async fn searched(gong: &Gong, query: &Query) -> u64 {
    ask(gong, ASK, query).await.ok()["numOfCallsSearched"].as_u64().unwrap()
}

#[tokio::test]
async fn an_answer_goes_back_to_calls_of_the_entity() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let query = question(&company);
    let answer = ask(&gong, ASK, &query).await.ok();
    let part = &answer["answer"][0];
    let id = part["callFindings"][0]["call"]["id"].as_str().unwrap();
    assert_eq!(company.call(id).unwrap().account_crm_id.as_ref(), Some(&query[2].1));
    assert!(part["answerItems"][0].as_str().unwrap().contains("Who decides?"));
    assert!(part["emailFindings"][0]["emails"][0]["sentDateTime"].is_string());
    assert_eq!(answer["numOfEmailsSearched"], answer["numOfCallsSearched"]);
}

#[tokio::test]
async fn the_period_narrows_what_is_looked_at() {
    let gong = Gong::new().await;
    let query = question(&gong.sandbox.company());
    let all = searched(&gong, &query).await;
    for period in ["LAST_7DAYS", "LAST_30DAYS", "LAST_90DAYS", "THIS_WEEK", "THIS_MONTH", "THIS_QUARTER", "THIS_YEAR"] {
        assert!((1..=all).contains(&searched(&gong, &with(query.clone(), "timePeriod", period)).await), "{period}");
    }
    let custom = with(query, "timePeriod", "CUSTOM_RANGE");
    assert_eq!(ask(&gong, ASK, &custom).await.refusal(), (400, "fromDateTime parameter is missing"));
    let future = with(custom.clone(), "fromDateTime", "2026-12-01T00:00:00Z");
    assert_eq!(searched(&gong, &future).await, 0);
    let before = with(future, "toDateTime", "2026-11-01T00:00:00Z");
    assert_eq!(ask(&gong, ASK, &before).await.refusal(), (400, "toDateTime should be after fromDateTime"));
    let day = with(custom, "fromDateTime", "2026-11-01");
    let text = "fromDateTime: '2026-11-01' is not a valid ISO-8601 date-time";
    assert_eq!(ask(&gong, ASK, &day).await.refusal(), (400, text));
}

#[tokio::test]
async fn people_deals_and_uploaded_records_are_entities_too() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let query = question(&company);
    let call = company.calls.iter().rev().find(|call| call.account_crm_id.is_some()).unwrap();
    let person = call.parties.iter().find_map(|party| party.crm_id.clone()).unwrap();
    let kind = company.prospect(&person).unwrap().kind;
    let of_person = with(with(query.clone(), "crmEntityType", kind), "crmEntityId", person);
    assert!(searched(&gong, &of_person).await >= 1);
    let account = company.accounts.iter().find(|account| Some(&account.crm_id) == call.account_crm_id.as_ref());
    let deal = account.unwrap().opportunity_crm_id.clone();
    let of_deal = with(with(query.clone(), "crmEntityType", "DEAL"), "crmEntityId", deal);
    assert_eq!(searched(&gong, &of_deal).await, searched(&gong, &query).await);
    assert_eq!(searched(&gong, &with(query.clone(), "crmEntityId", "acc-amber")).await, 0);
    let unknown = ask(&gong, ASK, &with(query.clone(), "crmEntityType", "LEAD")).await;
    assert_eq!(unknown.status, 404, "the id is that of an account");
}

#[tokio::test]
async fn a_question_needs_all_of_its_parameters() {
    let gong = Gong::new().await;
    let query = question(&gong.sandbox.company());
    for (name, _) in &query {
        let text = format!("{name} parameter is missing");
        assert_eq!(ask(&gong, ASK, &with(query.clone(), name, "")).await.refusal(), (400, text.as_str()));
    }
    let text = "workspaceId should be a valid Long";
    assert_eq!(ask(&gong, ASK, &with(query.clone(), "workspaceId", "one")).await.refusal(), (400, text));
    assert_eq!(ask(&gong, ASK, &with(query.clone(), "workspaceId", "1")).await.refusal(), (404, "Workspace not found"));
    for (name, value) in [("crmEntityType", "Account"), ("timePeriod", "LAST_7_DAYS")] {
        assert_eq!(ask(&gong, ASK, &with(query.clone(), name, value)).await.status, 400, "{name}");
    }
}

#[tokio::test]
async fn credits_are_used_up() {
    let gong = Gong::with(Sandbox::builder().ai_credits(100).start().await.unwrap());
    let query = question(&gong.sandbox.company());
    let calls = searched(&gong, &query).await;
    assert_eq!(gong.sandbox.company().ai_credits, 100 - 2 * calls);
    while gong.sandbox.company().ai_credits >= 2 * calls {
        searched(&gong, &query).await;
    }
    let left = gong.sandbox.company().ai_credits;
    assert_eq!(ask(&gong, ASK, &query).await.refusal(), (402, "Not enough credits"));
    assert_eq!(gong.sandbox.company().ai_credits, left);
    let wrong = ask(&gong, ASK, &with(query, "crmEntityId", "nobody")).await;
    assert_eq!(wrong.status, 404, "what is wrong is told all the same");
}

#[tokio::test]
async fn a_brief_has_the_sections_that_are_set_up() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let mut query = with(question(&company), "workspaceId", company.workspaces[0].id.clone());
    query.retain(|(name, _)| *name != "question");
    let named = |name: &str| with(query.clone(), "briefName", name);
    let brief = ask(&gong, BRIEF, &named("Account overview")).await.ok();
    let kinds = strings(brief["briefSections"].as_array().unwrap(), "briefSectionType");
    assert_eq!(kinds, ["Conversations", "Web", "CrmOrGongData", "McpConnection"]);
    assert_eq!(ask(&gong, BRIEF, &query).await.refusal(), (400, "briefName parameter is missing"));
    for name in ["Handover", "Partner check", "account overview"] {
        let text = format!("Brief {name} was not found");
        assert_eq!(ask(&gong, BRIEF, &named(name)).await.refusal(), (404, text.as_str()));
    }
}

#[tokio::test]
async fn briefs_are_listed_of_a_workspace_or_of_all() {
    let gong = Gong::new().await;
    let path = "/v2/settings/briefs";
    let all = gong.get(path, &[]).await.ok()["briefs"].clone();
    assert_eq!(all.as_array().unwrap().len(), 4);
    let second = gong.sandbox.company().workspaces[1].id.clone();
    let own = gong.get(path, &[("workspaceId", &second)]).await.ok()["briefs"].clone();
    assert_eq!(strings(own.as_array().unwrap(), "briefName"), ["Partner check"]);
    let statuses: Vec<&Value> = all.as_array().unwrap().iter().map(|brief| &brief["status"]).collect();
    assert_eq!(statuses, ["Published", "Published", "Not published", "Published"].map(|word| json!(word)).each_ref());
    assert_eq!(gong.get(path, &[("workspaceId", "1")]).await.refusal(), (404, "Workspace not found"));
}

#[tokio::test]
async fn each_operation_has_its_scope() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    for (path, scope) in
        [(ASK, "api:ai-ask:read"), (BRIEF, "api:ai-briefer:read"), ("/v2/settings/briefs", "api:ai-briefer:read")]
    {
        let answer = Gong::send(gong.bare("GET", path).bearer_auth(&token)).await;
        let text = format!("You don't have permission to use '{scope}' in your app.");
        assert_eq!(answer.refusal(), (401, text.as_str()));
    }
}
