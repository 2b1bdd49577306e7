//! Ten tasks as people give them to an agent, done over the protocol: what the agent calls, step by step, and that no
//! call is wrong.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Listening;
use serde_json::{Value, json};

/// An agent at work: every call must succeed.
struct Agent {
    server: Listening,
    session: String,
}

impl Agent {
    async fn new() -> Self {
        let server = Listening::start().await;
        let session = server.session("token-a").await;
        Agent { server, session }
    }

    /// Calls a tool, and gives what came back as JSON.
    async fn call(&self, tool: &str, arguments: Value) -> Value {
        let answer = self.text(tool, arguments).await;
        serde_json::from_str(&answer).unwrap()
    }

    async fn text(&self, tool: &str, arguments: Value) -> String {
        let answer = self.server.call("token-a", &self.session, tool, arguments.clone()).await;
        let result = &answer["result"];
        assert_eq!(result["isError"], false, "{tool} {arguments}: {answer}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// The ids of calls of the sandbox's last week.
    async fn calls_of_the_week(&self) -> Vec<Value> {
        let range = json!({"from_date_time": "2026-11-16T00:00:00Z", "to_date_time": "2026-11-23T00:00:00Z",
                           "_fields": ["id", "title", "started", "primaryUserId"]});
        self.call("gong_calls_list", range).await["calls"].as_array().unwrap().clone()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn last_weeks_calls_with_a_customer_and_what_was_said() {
    let agent = Agent::new().await;
    let calls = agent.calls_of_the_week().await;
    let ids: Vec<&str> = calls.iter().take(5).map(|call| text(&call["id"])).collect();
    let details = json!({"call_ids": ids, "_fields": ["metaData.id", "parties.name", "parties.affiliation"]});
    let details = agent.call("gong_calls_get", details).await;
    let with_customer = details["calls"].as_array().unwrap().iter().find(|call| {
        call["parties"].as_array().is_some_and(|parties| parties.iter().any(|one| one["affiliation"] == "External"))
    });
    let id = text(&with_customer.unwrap()["metaData"]["id"]).to_owned();
    let said = agent.text("gong_conversation_read", json!({"call_id": id})).await;
    assert!(said.contains("Speakers"), "{said}");
}

#[tokio::test]
async fn who_spoke_most_in_a_conversation() {
    let agent = Agent::new().await;
    let calls = agent.calls_of_the_week().await;
    let id = text(&calls[0]["id"]);
    let whole = agent.text("gong_conversation_read", json!({"call_id": id})).await;
    let speaker = whole.lines().find_map(|line| line.strip_prefix("  ")).unwrap().split(',').next().unwrap();
    for tokens in [json!(300), json!("300")] {
        let cut = agent.text("gong_conversation_read", json!({"call_id": id, "_max_tokens": tokens})).await;
        assert!(cut.len() < whole.len(), "{cut}");
    }
    let one = agent.text("gong_conversation_read", json!({"call_id": id, "speaker": speaker})).await;
    assert!(one.len() < whole.len() && one.contains(speaker));
    let part = agent.text("gong_conversation_read", json!({"call_id": id, "from_minute": 0, "to_minute": 1})).await;
    assert!(part.len() <= whole.len());
}

#[tokio::test]
async fn prospects_are_put_into_a_flow_and_how_it_went_is_told() {
    let agent = Agent::new().await;
    let users = agent.call("gong_users_list", json!({"_fields": ["id", "emailAddress"]})).await;
    let owner = text(&users["users"][0]["emailAddress"]).to_owned();
    let flows = agent.call("gong_engage_flows_list", json!({"flow_owner_email": owner})).await;
    let flow = text(&flows["flows"][0]["id"]).to_owned();
    let tool = gong_client::catalog::tool("gong_engage_prospects_assign").unwrap();
    let mut input: Value = serde_json::from_str(tool.example).unwrap();
    input["flow_id"] = flow.into();
    input["flow_instance_owner_email"] = owner.into();
    let answer = agent.call(tool.name, input).await;
    let told = ["prospectsAssigned", "prospectsNotAssigned"].map(|list| answer[list].as_array().map_or(0, Vec::len));
    assert!(told.iter().sum::<usize>() > 0, "{answer}");
}

#[tokio::test]
async fn a_weeks_figures_of_the_team() {
    let agent = Agent::new().await;
    let range = json!({"from_date_time": "2026-11-09T00:00:00Z", "to_date_time": "2026-11-16T00:00:00Z"});
    let figures = agent.call("gong_stats_interaction", range).await;
    assert!(!figures["peopleInteractionStats"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_scorecards_that_a_coaching_talk_needs() {
    let agent = Agent::new().await;
    let scorecards = agent.call("gong_scorecards_list", json!({"_fields": "scorecardId,scorecardName"})).await;
    assert!(scorecards["scorecards"][0]["scorecardName"].is_string());
    let answered = json!({"from_date_time": "2026-10-01T00:00:00Z", "to_date_time": "2026-11-01T00:00:00Z",
                          "_max_tokens": 1000});
    let answered = agent.call("gong_stats_user_actions", answered).await;
    assert!(answered["answeredScorecards"].is_array());
}

#[tokio::test]
async fn a_task_that_is_due_is_done() {
    let agent = Agent::new().await;
    let users = agent.call("gong_users_list", json!({"_fields": ["emailAddress"]})).await;
    for user in users["users"].as_array().unwrap().iter().take(30) {
        let email = text(&user["emailAddress"]);
        let tasks = agent.call("gong_engage_tasks_list", json!({"assignee_email": email, "_fields": "id,title"})).await;
        if let Some(task) = tasks["tasks"].as_array().and_then(|tasks| tasks.first()) {
            let done = json!({"task_id": task["id"], "user_email": email});
            agent.call("gong_engage_task_complete", done).await;
            return;
        }
    }
    panic!("nobody has a task");
}

#[tokio::test]
async fn a_call_of_another_system_is_added() {
    let agent = Agent::new().await;
    let tool = gong_client::catalog::tool("gong_calls_create").unwrap();
    let added = agent.call(tool.name, serde_json::from_str(tool.example).unwrap()).await;
    assert!(added["callId"].is_string());
}

#[tokio::test]
async fn what_the_library_has_on_a_topic() {
    let agent = Agent::new().await;
    let folders = agent.call("gong_library_folders_list", json!({"workspace_id": workspace(&agent).await})).await;
    let folder = text(&folders["folders"][0]["id"]);
    let content = agent.call("gong_library_folder_content_get", json!({"folder_id": folder})).await;
    assert!(content["calls"].is_array());
}

async fn workspace(agent: &Agent) -> Value {
    agent.call("gong_engage_workspaces_list", json!({})).await["workspaces"][0]["id"].clone()
}

#[tokio::test]
async fn all_users_are_gone_through_page_after_page() {
    let agent = Agent::new().await;
    let (mut count, mut cursor) = (0, Value::Null);
    loop {
        let page = agent.call("gong_users_list", json!({"cursor": cursor, "_fields": ["id"]})).await;
        assert!(page.get("left_out").is_none(), "ids alone fit");
        count += page["users"].as_array().unwrap().len();
        cursor = page["records"]["cursor"].clone();
        if cursor.is_null() {
            assert_eq!(count, page["records"]["totalRecords"]);
            return;
        }
    }
}

#[tokio::test]
async fn trackers_and_outcomes_that_a_report_names() {
    let agent = Agent::new().await;
    let trackers = agent.call("gong_trackers_list", json!({"_fields": ["trackerName"]})).await;
    assert!(!trackers["keywordTrackers"].as_array().unwrap().is_empty());
    let outcomes = agent.call("gong_call_outcomes_list", json!({})).await;
    assert!(outcomes["outcomes"][0]["callOutcome"].is_string());
}
