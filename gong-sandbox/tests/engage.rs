//! Engage: flows and their prospects, tasks, reported events.

mod common;

use std::time::Duration;

use common::{Gong, strings};
use gong_sandbox::{OWNER_EMAIL, Sandbox};
use serde_json::{Value, json};

const ASSIGN: &str = "/v2/flows/prospects/assign";
const BULK: &str = "/v2/flows/prospects/bulk-assignments";

/// An ordinary flow of the company.
#[allow(clippy::unwrap_used)]
fn open_flow(gong: &Gong) -> String {
    let company = gong.sandbox.company();
    let flow = company.flows.iter().find(|flow| flow.owner_id.is_none() && !flow.exclusive);
    flow.unwrap().id.clone()
}

fn assignment(flow: &str, prospects: &[String]) -> Value {
    json!({"crmProspectsIds": prospects, "flowId": flow, "flowInstanceOwnerEmail": OWNER_EMAIL})
}

fn free(gong: &Gong, count: usize) -> Vec<String> {
    let company = gong.sandbox.company();
    let free = company.free_prospects();
    free.iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

#[tokio::test]
async fn flows_are_company_personal_or_shared_for_the_user_who_is_named() {
    let gong = Gong::new().await;
    let flows = gong.get_all("/v2/flows", &[("flowOwnerEmail", OWNER_EMAIL)], "flows").await;
    for kind in ["Company", "Personal", "Shared"] {
        assert!(flows.iter().any(|flow| flow["visibility"] == kind), "{kind}");
    }
    let company = gong.sandbox.company();
    let other = company.users.iter().find(|user| !user.active).unwrap();
    let seen = gong.get_all("/v2/flows", &[("flowOwnerEmail", &other.email)], "flows").await;
    assert!(seen.iter().all(|flow| flow["visibility"] == "Company"));
    let missing = gong.get("/v2/flows", &[("flowEmailOwner", OWNER_EMAIL)]).await;
    assert_eq!(missing.refusal(), (400, "flowOwnerEmail parameter is missing"));
}

#[tokio::test]
async fn no_flows_is_an_empty_page_and_not_a_404() {
    let gong = Gong::new().await;
    let answer = gong.get("/v2/flows", &[("flowOwnerEmail", "nobody@larkspur.example")]).await.ok();
    assert_eq!((&answer["records"]["totalRecords"], &answer["flows"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn flow_folders_come_under_their_own_key_and_spell_null_out() {
    let gong = Gong::new().await;
    let query = [("flowFolderOwnerEmail", OWNER_EMAIL)];
    let folders = gong.get_all("/v2/flows/folders", &query, "flowsFolders").await;
    let shared = folders.iter().find(|folder| folder["name"] == "Shared With You").unwrap();
    assert_eq!(shared["parentFolderId"], "null");
    assert_eq!(shared["createdById"], "null");
    let parent = folders.iter().find(|folder| folder["name"] == "Company flows").unwrap();
    let query = [("flowFolderOwnerEmail", OWNER_EMAIL), ("parentId", parent["id"].as_str().unwrap())];
    assert_eq!(gong.get_all("/v2/flows/folders", &query, "flowsFolders").await.len(), 2);
}

#[tokio::test]
async fn an_assigned_prospect_shows_in_its_flow() {
    let gong = Gong::new().await;
    let (flow, prospects) = (open_flow(&gong), free(&gong, 2));
    let answer = gong.post(ASSIGN, assignment(&flow, &prospects)).await.ok();
    assert_eq!(answer["prospectsNotAssigned"], json!([]));
    let assigned = answer["prospectsAssigned"].as_array().unwrap();
    assert_eq!(strings(assigned, "crmProspectId"), prospects);
    assert_eq!(assigned[0]["flowInstanceOwnerEmail"], OWNER_EMAIL);
    let found = gong.post("/v2/flows/prospects", json!({"crmProspectsIds": prospects})).await.ok();
    assert_eq!(found["prospectsAssigned"], answer["prospectsAssigned"]);
}

#[tokio::test]
async fn some_prospects_are_left_out_for_a_reason_each() {
    let gong = Gong::new().await;
    let flow = open_flow(&gong);
    let cooling = gong.sandbox.company().cooling_prospects()[0].crm_id.clone();
    let inside = free(&gong, 1).remove(0);
    gong.post(ASSIGN, assignment(&flow, std::slice::from_ref(&inside))).await.ok();
    let unknown = "not-a-crm-id".to_string();
    let answer = gong.post(ASSIGN, assignment(&flow, &[cooling.clone(), inside, unknown])).await.ok();
    assert_eq!(answer["prospectsAssigned"], json!([]));
    let codes = strings(answer["prospectsNotAssigned"].as_array().unwrap(), "errorCode");
    assert_eq!(codes, ["InvalidState", "InvalidState", "InvalidArgument"]);

    let mut despite = assignment(&flow, &[cooling]);
    despite["overrides"] = json!({"coolOffOverride": true});
    let answer = gong.post(ASSIGN, despite).await.ok();
    assert_eq!(answer["prospectsAssigned"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_deprecated_path_overrides_the_cool_off_and_time_ends_it() {
    let gong = Gong::new().await;
    let flow = open_flow(&gong);
    let company = gong.sandbox.company();
    let cooling: Vec<String> = company.cooling_prospects().iter().map(|one| one.crm_id.clone()).collect();
    let path = "/v2/flows/prospects/assign/cool-off-override";
    let answer = gong.post(path, assignment(&flow, &cooling[..1])).await.ok();
    assert_eq!(answer["prospectsAssigned"].as_array().unwrap().len(), 1);
    gong.sandbox.advance(Duration::from_secs(20 * 24 * 60 * 60));
    let answer = gong.post(ASSIGN, assignment(&flow, &cooling[1..2])).await.ok();
    assert_eq!(answer["prospectsAssigned"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_assignment_needs_prospects_a_flow_and_an_owner() {
    let gong = Gong::new().await;
    let (flow, prospects) = (open_flow(&gong), free(&gong, 1));
    let without = |name: &str| {
        let mut body = assignment(&flow, &prospects);
        body[name] = Value::Null;
        gong.post(ASSIGN, body)
    };
    assert_eq!(without("crmProspectsIds").await.refusal(), (400, "crmProspectsIds is empty"));
    assert_eq!(without("flowId").await.refusal(), (400, "flowId should be a valid Long"));
    let text = "flowInstanceOwnerEmail: null is not a valid email address";
    assert_eq!(without("flowInstanceOwnerEmail").await.refusal(), (400, text));
    let nowhere = gong.post(ASSIGN, assignment("1", &prospects)).await;
    assert_eq!(nowhere.refusal(), (404, "Flow not found"));
    let too_many = vec!["003".to_string(); 101];
    assert_eq!(gong.post(ASSIGN, assignment(&flow, &too_many)).await.status, 400);
}

#[tokio::test]
async fn a_prospect_in_an_exclusive_flow_goes_into_no_other() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let exclusive = company.flows.iter().find(|flow| flow.exclusive).unwrap();
    let prospects = free(&gong, 1);
    gong.post(ASSIGN, assignment(&exclusive.id, &prospects)).await.ok();
    let answer = gong.post(ASSIGN, assignment(&open_flow(&gong), &prospects)).await.ok();
    assert_eq!(answer["prospectsNotAssigned"][0]["errorCode"], "InvalidState");
}

#[tokio::test]
async fn unassigning_by_crm_id_ends_one_flow_or_without_it_all() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let flows: Vec<&str> = company
        .flows
        .iter()
        .filter(|flow| flow.owner_id.is_none() && !flow.exclusive)
        .map(|flow| flow.id.as_str())
        .take(3)
        .collect();
    let prospect = free(&gong, 1);
    for flow in &flows {
        gong.post(ASSIGN, assignment(flow, &prospect)).await.ok();
    }
    let path = "/v2/flows/prospects/unassign-flows-by-crm-id";
    let one = gong.post(path, json!({"crmProspectId": prospect[0], "flowId": flows[0]})).await.ok();
    assert_eq!(one["unassignedFlowInstanceIds"].as_array().unwrap().len(), 1);
    let rest = gong.post(path, json!({"crmProspectId": prospect[0]})).await.ok();
    assert_eq!(rest["unassignedFlowInstanceIds"].as_array().unwrap().len(), 2);
    let unknown = gong.post(path, json!({"crmProspectId": "003nobody"})).await.ok();
    assert_eq!(unknown["unassignedFlowInstanceIds"], json!([]));
    let open = gong.post("/v2/flows/prospects", json!({"crmProspectsIds": prospect})).await.ok();
    assert_eq!(open["prospectsAssigned"], json!([]));
    let by_instance = json!({"flowInstanceIds": rest["unassignedFlowInstanceIds"]});
    let ended = gong.post("/v2/flows/prospects", by_instance).await.ok();
    assert_eq!(ended["prospectsAssigned"].as_array().unwrap().len(), 2, "ids find ended ones too");
}

#[tokio::test]
async fn one_unknown_instance_fails_the_whole_unassignment() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let open = company.flow_instances.iter().find(|instance| instance.is_open()).unwrap();
    let path = "/v2/flows/prospects/unassign-flows-by-instance-id";
    let mixed = gong.post(path, json!({"flowInstanceIds": [open.id, "1"]})).await;
    let text = "One or more of the given flowInstanceIds does not exist";
    assert_eq!(mixed.refusal(), (400, text));
    let alone = gong.post(path, json!({"flowInstanceIds": [open.id]})).await.ok();
    assert_eq!(alone["unassignedFlowInstanceIds"], json!([open.id]));
    let too_many = vec!["1"; 201];
    assert_eq!(gong.post(path, json!({"flowInstanceIds": too_many})).await.status, 400);
}

#[tokio::test]
async fn a_bulk_assignment_is_pending_then_in_progress_then_completed() {
    let gong = Gong::new().await;
    let mut prospects: Vec<Value> = free(&gong, 3).iter().map(|id| json!({"crmId": id})).collect();
    prospects.push(json!({"firstName": "New", "lastName": "Person", "email": "new@ember.example"}));
    prospects.push(json!({"crmId": "not-a-crm-id"}));
    let body = json!({"flowId": open_flow(&gong), "flowInstanceOwnerEmail": OWNER_EMAIL, "prospects": prospects});
    let submitted = gong.post(BULK, body).await;
    assert_eq!(submitted.status, 202);
    let id = submitted.body["id"].as_str().unwrap();
    assert_eq!((id.len(), &submitted.body["status"]), (36, &json!("PENDING")));

    let path = format!("{BULK}/{id}");
    let halfway = gong.get(&path, &[]).await.ok();
    assert_eq!((&halfway["status"], &halfway["processedCount"]), (&json!("IN_PROGRESS"), &json!(2)));
    let done = gong.get(&path, &[]).await.ok();
    assert_eq!(done["status"], "COMPLETED");
    assert_eq!((&done["successCount"], &done["failedCount"]), (&json!(4), &json!(1)));
    assert_eq!(done["results"][4]["status"], "FLOW_ASSIGNMENT_FAILED");
    let again = gong.get(&path, &[]).await.ok();
    assert_eq!(again["results"], done["results"]);

    let company = gong.sandbox.company();
    let created = company.prospects.iter().find(|prospect| prospect.created_by_api).unwrap();
    assert_eq!(done["results"][3]["crmId"], created.crm_id.as_str());
    let unknown = gong.get(&format!("{BULK}/12345"), &[]).await;
    assert_eq!(unknown.refusal(), (404, "Flow prospects bulk assignment 12345 not found"));
}

#[tokio::test]
async fn a_bulk_assignment_takes_fifty_prospects_with_an_id_or_a_name() {
    let gong = Gong::new().await;
    let flow = open_flow(&gong);
    let submit = |prospects: Vec<Value>| {
        gong.post(BULK, json!({"flowId": flow, "flowInstanceOwnerEmail": OWNER_EMAIL, "prospects": prospects}))
    };
    assert_eq!(submit(vec![json!({"crmId": "003"}); 50]).await.status, 202);
    assert_eq!(submit(vec![json!({"crmId": "003"}); 51]).await.status, 400);
    assert_eq!(submit(vec![json!({"firstName": "Only"})]).await.status, 400);
    assert_eq!(submit(vec![]).await.status, 400);
}

#[tokio::test]
async fn steps_are_numbered_from_one() {
    let gong = Gong::new().await;
    let answer = gong.post("/v2/flows/steps", json!({"flowIds": [open_flow(&gong)]})).await.ok();
    let steps = answer["flows"][0]["steps"].as_array().unwrap();
    assert_eq!((&steps[0]["stepOrder"], &steps[1]["action"]), (&json!(1), &json!("CALL")));
    assert_eq!(gong.post("/v2/flows/steps", json!({"flowIds": vec!["1"; 21]})).await.status, 400);
    let unknown = gong.post("/v2/flows/steps", json!({"flowIds": [open_flow(&gong), "17".to_string()]})).await;
    assert_eq!(unknown.refusal(), (404, "Flow not found: flowId=17"));
}

fn tasks_of(user: &str, status: &str) -> Value {
    let filter = json!({"userId": user, "types": ["FLOW", "MANUAL"], "taskAction": ["CALL"], "status": [status]});
    json!({"filter": filter})
}

#[tokio::test]
async fn a_task_that_is_done_leaves_the_open_ones() {
    let gong = Gong::new().await;
    let owner = gong.sandbox.company().owner().unwrap().id.clone();
    let open = gong.post("/v2/tasks", tasks_of(&owner, "OPEN")).await.ok();
    let tasks = open["tasks"].as_array().unwrap();
    assert_eq!((tasks.len(), &open["crmType"]), (8, &json!("SALESFORCE")));
    assert!(tasks[0]["id"].is_i64(), "a number beyond 2^53");
    for (task, status) in tasks.iter().zip(["DONE", "DISMISSED"]) {
        let path = format!("/v2/tasks/{}", task["id"]);
        let updated = gong.patch(&path, json!({"userId": owner, "status": status})).await.ok();
        assert_eq!(updated["tasks"][0]["status"], status);
    }
    let left = gong.post("/v2/tasks", tasks_of(&owner, "OPEN")).await.ok();
    assert_eq!(left["tasks"].as_array().unwrap().len(), 6);
    let done = gong.post("/v2/tasks", tasks_of(&owner, "DISMISSED")).await.ok();
    assert_eq!(done["tasks"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_task_belongs_to_its_user() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let owner = company.owner().unwrap();
    let path = format!("/v2/tasks/{}", company.open_tasks(&owner.id)[0].id);
    let nobody = gong.patch(&path, json!({"status": "DONE"})).await;
    assert_eq!(nobody.refusal(), (400, "userId: must not be null"));
    let other = json!({"userId": company.users[0].id, "status": "DONE"});
    assert_eq!(gong.patch(&path, other).await.status, 403);
    let unknown = gong.patch("/v2/tasks/1", json!({"userId": owner.id, "status": "DONE"})).await;
    assert_eq!(unknown.refusal(), (404, "TaskId not found"));
    assert_eq!(gong.patch("/v2/tasks/one", json!({"userId": owner.id})).await.status, 400);
}

#[tokio::test]
async fn a_list_of_tasks_needs_its_whole_filter() {
    let gong = Gong::new().await;
    let missing = gong.post("/v2/tasks", json!({"filter": {"userId": "1"}})).await;
    assert_eq!(missing.body["errors"].as_array().unwrap().len(), 3);
    let mut wrong = tasks_of("1", "OPEN");
    wrong["filter"]["taskAction"] = json!(["EMAIL"]);
    assert_eq!(gong.post("/v2/tasks", wrong).await.refusal(), (400, "Json parse error"));
}

#[tokio::test]
async fn without_engage_flows_are_empty_and_tasks_break() {
    let gong = Gong::with(Sandbox::builder().engage(false).start().await.unwrap());
    let flows = gong.get("/v2/flows", &[("flowOwnerEmail", OWNER_EMAIL)]).await.ok();
    assert_eq!(flows["flows"], json!([]));
    let folders = gong.get("/v2/flows/folders", &[("flowFolderOwnerEmail", OWNER_EMAIL)]).await.ok();
    assert_eq!(folders["records"]["totalRecords"], 1);
    let tasks = gong.post("/v2/tasks", tasks_of("1", "OPEN")).await;
    assert_eq!(tasks.refusal(), (500, "Internal server error occurred"));
}

fn interaction(event: &str) -> Value {
    json!({
        "eventId": event,
        "timestamp": "2026-11-19T10:00:00Z",
        "eventType": "page viewed",
        "content": {"contentTitle": "Prices"},
        "person": {"email": "guest@amberfoods.example"},
    })
}

#[tokio::test]
async fn a_digital_interaction_is_reported_once() {
    let gong = Gong::new().await;
    let path = "/v2/digital-interaction";
    let answer = gong.post(path, interaction("first")).await.ok();
    assert_eq!(answer.as_object().unwrap().len(), 1, "only the request id");
    assert_eq!(gong.post(path, interaction("first")).await.status, 409);
    assert_eq!(gong.sandbox.company().digital_interactions, [interaction("first")]);

    let mut untitled = interaction("second");
    untitled["content"] = json!({"contentUrl": "https://larkspur.example"});
    let refused = gong.post(path, untitled).await;
    assert_eq!(refused.refusal(), (400, "content.contentTitle: must not be null"));
    let mut anonymous = interaction("third");
    anonymous["person"] = json!({});
    assert_eq!(gong.post(path, anonymous).await.status, 400);
}

#[tokio::test]
async fn an_engagement_action_is_reported_once() {
    let gong = Gong::new().await;
    let body = json!({"reportingSystem": "mailer", "eventTimestamp": "2026-11-19T10:00:00Z", "eventId": "e-1"});
    let report = || Gong::send(gong.request("PUT", "/v2/customer-engagement/action").json(&body));
    assert!(report().await.ok()["integrationId"].as_u64().unwrap() > 1 << 53);
    assert_eq!(report().await.status, 409);
}
