//! Nothing that Gong answers is lost on the way to the caller, and whatever has pages gives each record once.

use std::collections::BTreeSet;

use gong_client::catalog;
use gong_sandbox::{Company, MANAGER_EMAIL, OWNER_EMAIL, Sandbox};
use serde_json::{Value, json};

use crate::support::{World, all, confirmed, lost, published};

/// Tools that shape or pick what Gong answers, so that it isn't to be found in the answer as it came.
const SHAPED: [&str; 2] = ["gong_engage_prospects_unassign", "gong_engage_users_list"];

/// What there is to ask this company, for every published tool and for whatever else somebody wrote an input for.
pub(crate) fn inputs(company: &Company) -> Vec<(&'static str, Value)> {
    [about_calls(company), about_people_and_figures(company), about_flows(company), about_tasks_and_events(company)]
        .concat()
}

const EVENT: &str = "2026-11-20T09:30:00Z";

fn about_calls(company: &Company) -> Vec<(&'static str, Value)> {
    let calls: Vec<&str> = company.calls.iter().rev().take(40).map(|call| call.id.as_str()).collect();
    let host = json!([{"userId": company.owner().unwrap().id}, {"emailAddress": "kim@example.com"}]);
    let folder = &company.library_folders.iter().find(|folder| !folder.items.is_empty()).unwrap().id;
    vec![
        ("gong_calls_list", json!({"from_date_time": "2026-10-01T00:00:00-07:00"})),
        ("gong_calls_get", json!({"call_ids": calls, "include": every_section()})),
        ("gong_calls_create", json!({"actual_start": EVENT, "parties": host})),
        ("gong_calls_transcript_get", json!({"call_ids": calls})),
        ("gong_call_outcomes_list", json!({})),
        ("gong_library_folders_list", json!({"workspace_id": company.workspaces[0].id})),
        ("gong_library_folder_content_get", json!({"folder_id": folder})),
        ("gong_scorecards_list", json!({})),
        ("gong_trackers_list", json!({})),
    ]
}

fn about_people_and_figures(company: &Company) -> Vec<(&'static str, Value)> {
    let manager = &company.user_by_email(MANAGER_EMAIL).unwrap().id;
    let (from, to) = ("2026-10-01T00:00:00-07:00", "2026-11-15T00:00:00-07:00");
    vec![
        ("gong_users_list", json!({"include_avatars": true})),
        ("gong_users_get", json!({"user_ids": [company.owner().unwrap().id, manager]})),
        ("gong_engage_users_list", json!({})),
        ("gong_engage_workspaces_list", json!({})),
        ("gong_coaching_get", json!({"manager_id": manager, "workspace_id": company.workspaces[0].id})),
        ("gong_stats_interaction", json!({"from_date_time": from, "to_date_time": to})),
        ("gong_stats_user_actions", json!({"from_date_time": from, "to_date_time": to, "report": "aggregate"})),
    ]
}

fn about_flows(company: &Company) -> Vec<(&'static str, Value)> {
    let flow = &company.flows.iter().find(|flow| flow.owner_id.is_none() && !flow.exclusive).unwrap().id;
    let open: Vec<_> = company.flow_instances.iter().filter(|instance| instance.is_open()).collect();
    let enrolled: Vec<&str> = open.iter().take(30).map(|instance| instance.crm_prospect_id.as_str()).collect();
    let free: Vec<&str> = company.free_prospects().iter().take(3).map(|one| one.crm_id.as_str()).collect();
    let cooling = company.cooling_prospects()[0].crm_id.as_str();
    let restart = json!({"flow_instance_id": open[0].id, "field_values": {"a": "b"}, "restart_flow": true});
    let assign =
        |ids: [&str; 2]| json!({"crm_prospect_ids": ids, "flow_id": flow, "flow_instance_owner_email": OWNER_EMAIL});
    vec![
        ("gong_engage_flows_list", json!({"flow_owner_email": OWNER_EMAIL})),
        ("gong_engage_flow_folders_list", json!({"flow_owner_email": OWNER_EMAIL})),
        ("gong_engage_flow_content_override", restart),
        ("gong_engage_prospects_flows_list", json!({"crm_prospect_ids": enrolled})),
        ("gong_engage_prospects_assign", assign([free[0], cooling])),
        ("gong_engage_prospects_assign_cool_off_override", assign([free[1], "no-such"])),
        ("gong_engage_prospects_bulk_assign", assign([free[2], cooling])),
        ("gong_engage_prospects_bulk_assign_status", Value::Null),
        ("gong_engage_prospects_unassign", json!({"crm_prospect_ids": enrolled[1..3], "flow_id": flow})),
        ("gong_engage_prospects_unassign_by_instance", json!({"flow_instance_ids": [open[4].id, open[5].id]})),
    ]
}

fn about_tasks_and_events(company: &Company) -> Vec<(&'static str, Value)> {
    let owner = &company.owner().unwrap().id;
    let tasks = company.open_tasks(owner);
    let kim = "kim@example.com";
    vec![
        ("gong_engage_tasks_list", json!({"assignee_email": OWNER_EMAIL})),
        ("gong_engage_task_complete", json!({"task_id": tasks[0].id, "user_id": owner})),
        ("gong_engage_task_skip", json!({"task_id": tasks[1].id, "user_id": owner})),
        (
            "gong_engage_digital_interactions_create",
            json!({"event_name": "seen", "event_timestamp": EVENT, "prospect_email": kim}),
        ),
        (
            "gong_engage_email_activity_report",
            json!({"email_id": "m", "event_type": "EMAIL_OPENED", "event_timestamp": EVENT, "prospect_email": kim}),
        ),
    ]
}

/// Every part of a call's details, those that cost more included.
fn every_section() -> Value {
    let schema: Value = serde_json::from_str(catalog::tool("gong_calls_get").unwrap().input_schema).unwrap();
    schema["properties"]["include"]["items"]["enum"].clone()
}

#[tokio::test]
async fn every_field_that_gong_answers_reaches_the_caller() {
    let world = World::new().await;
    let inputs = inputs(&world.company());
    let asked: BTreeSet<&str> = inputs.iter().map(|(name, _)| *name).collect();
    assert_eq!(published().difference(&asked).collect::<Vec<_>>(), [] as [&&str; 0]);
    let mut bulk = Value::Null;
    for (name, input) in inputs {
        let input = if input.is_null() { json!({"assignment_id": bulk}) } else { input };
        let answer = confirmed(&world.gong, name, input).await.unwrap_or_else(|error| panic!("{error}"));
        let gongs = answer.raw().last().unwrap().json().unwrap();
        if !SHAPED.contains(&name) {
            assert_eq!(lost(&gongs, &answer), [] as [&str; 0], "{name}");
        }
        if name == "gong_engage_prospects_bulk_assign" {
            bulk = answer["id"].clone();
        }
    }
}

#[tokio::test]
async fn answered_scorecards_and_figures_of_calls_reach_the_caller_too() {
    let world = World::new().await;
    let (from, to) = ("2026-10-01T00:00:00-07:00", "2026-11-15T00:00:00-07:00");
    let input = json!({"from_date_time": from, "to_date_time": to});
    let cards = world.gong.call("gong_stats_user_actions", input).await.unwrap();
    assert_eq!(lost(&cards.raw()[0].json().unwrap(), &cards), [] as [&str; 0]);

    let ids: Vec<String> = world.company().calls.iter().rev().take(5).map(|call| call.id.clone()).collect();
    let page = world.gong.call("gong_calls_list", json!({"call_ids": ids.join(",")})).await.unwrap();
    let gongs = page.raw()[0].json().unwrap();
    let basic: Vec<&Value> = gongs["calls"].as_array().unwrap().iter().map(|call| &call["metaData"]).collect();
    assert_eq!(lost(&json!(basic), &page["calls"]), [] as [&str; 0]);
}

#[tokio::test]
async fn fields_that_gong_has_yet_to_invent_do_no_harm() {
    let world = World::with(Sandbox::builder().unknown_fields(true)).await;
    let plain = World::new().await;
    for (name, input) in inputs(&world.company()) {
        if catalog::tool(name).unwrap().effect == catalog::Effect::Read && !input.is_null() {
            let mut known = plain.gong.call(name, input.clone()).await.unwrap().into_inner();
            let mut both = world.gong.call(name, input).await.unwrap().into_inner();
            for (answer, of) in [(&mut known, &plain), (&mut both, &world)] {
                forget_what_differs(answer, of);
            }
            assert_eq!(both, known, "{name}");
        }
    }
}

/// Cursors and ids of requests are new each time, and recordings lie at the sandbox itself.
fn forget_what_differs(answer: &mut Value, of: &World) {
    *answer = serde_json::from_str(&answer.to_string().replace(of.sandbox.base_url(), "")).unwrap();
    answer["requestId"] = Value::Null;
    answer["records"] = Value::Null;
    for manager in answer.get_mut("coachingData").and_then(Value::as_array_mut).into_iter().flatten() {
        for report in manager["directReportsMetrics"].as_array_mut().into_iter().flatten() {
            report["metrics"].as_object_mut().unwrap().remove("fieldOfTomorrow");
        }
    }
}

#[tokio::test]
async fn every_tool_with_pages_gives_each_record_once() {
    let world = World::paged(7).await;
    let inputs = inputs(&world.company());
    for (name, input) in &inputs {
        let tool = catalog::tool(name).unwrap();
        if !tool.paged || tool.name == "gong_engage_tasks_list" {
            continue;
        }
        let list = tool.items.unwrap_or("usersAggregateActivityStats");
        let mut pages = world.gong.pages(tool.name, input.clone()).unwrap();
        let (mut seen, mut count, mut total) = (BTreeSet::new(), 0, 0);
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let items = page[list].as_array().unwrap();
            assert!(items.len() <= 10, "{}", tool.name);
            count += items.len();
            seen.extend(items.iter().map(Value::to_string));
            total = page["records"]["totalRecords"].as_u64().unwrap();
        }
        assert_eq!(seen.len(), count, "{}: nothing twice", tool.name);
        let expected = match tool.name {
            "gong_engage_users_list" => world.company().users.iter().filter(|user| user.active && !user.avatar).count(),
            _ => usize::try_from(total).unwrap(),
        };
        assert_eq!(count, expected, "{}: everything", tool.name);
    }
}

#[tokio::test]
async fn users_of_engage_are_picked_from_every_page() {
    let world = World::paged(33).await;
    let active = all(world.gong.engage_people().users().items()).await;
    let company = world.company();
    let truth = company.users.iter().filter(|user| user.active && !user.avatar);
    assert_eq!(
        active.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(),
        truth.map(|user| user.id.as_str()).collect::<Vec<_>>()
    );
}
