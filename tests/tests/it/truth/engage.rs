//! Engage: flows, prospects, tasks, events.

use gong_client::models::{EmailEvent, FlowOverrides, FlowVariable};
use gong_sandbox::company::FlowInstance;
use gong_sandbox::{Company, OWNER_EMAIL};

use crate::support::{Stage, at, same};

/// The CRM ids of this many prospects whom any flow takes.
fn free(company: &Company, count: usize) -> Vec<String> {
    company.free_prospects().iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

/// A flow of the company that keeps nobody from others.
fn flow(company: &Company) -> String {
    company.flows.iter().find(|flow| flow.owner_id.is_none() && !flow.exclusive).unwrap().id.clone()
}

fn open_instance(company: &Company) -> FlowInstance {
    company.flow_instances.iter().find(|instance| instance.is_open()).unwrap().clone()
}

#[tokio::test]
async fn gong_engage_flows_list() {
    let stage = Stage::new().await;
    let page = stage.gong.engage_flows().list(OWNER_EMAIL).send().await.unwrap();
    let company = stage.company();
    let owner = company.owner().unwrap();
    let truth = company.flows_seen_by(owner);
    let truth = truth.iter().map(|flow| (flow.id.as_str(), flow.visibility_to(&owner.id).unwrap()));
    same(page.flows.iter().map(|flow| (flow.id.as_str(), flow.visibility.as_ref().unwrap().as_str())), truth);
    let folder = company.flow_folders.iter().find(|folder| folder.owner_id.as_ref() == Some(&owner.id)).unwrap();
    let own = stage.gong.engage_flows().list(OWNER_EMAIL).folder_id(&folder.id).send().await.unwrap();
    assert_eq!(own.flows.len(), 1);
    assert_eq!(own.flows[0].folder_name.as_deref(), Some(folder.name.as_str()));
}

#[tokio::test]
async fn gong_engage_flow_folders_list() {
    let stage = Stage::new().await;
    let page = stage.gong.engage_flows().folders(OWNER_EMAIL).send().await.unwrap();
    let company = stage.company();
    let owner = company.owner().unwrap();
    let truth = company.flow_folders.iter().filter(|folder| folder.owner_id.as_ref().is_none_or(|id| *id == owner.id));
    let ours = page.flows_folders.iter().map(|folder| (folder.id.as_str(), folder.name.as_deref().unwrap()));
    same(ours, truth.map(|folder| (folder.id.as_str(), folder.name.as_str())));
    let top = page.flows_folders.iter().find(|folder| folder.id.as_str() == "100").unwrap();
    assert_eq!(top.parent_folder_id.as_ref().unwrap().as_str(), "null", "as Gong writes it");
}

#[tokio::test]
async fn gong_engage_flow_content_override() {
    let stage = Stage::new().await;
    let before = open_instance(&stage.company());
    let values = [("recipient.first_name", "Kim")];
    let restart = stage.gong.engage_flows().override_content(&before.id, values).restart_flow(true);
    let answer = restart.send().await.unwrap();
    let [started] = answer.prospects_assigned.as_slice() else { panic!("one instance: {answer:?}") };

    let company = stage.company();
    let ended = company.flow_instances.iter().find(|instance| instance.id == before.id).unwrap();
    assert!(!ended.is_open());
    let now: Vec<&FlowInstance> =
        company.open_instances(&before.crm_prospect_id).filter(|instance| instance.flow_id == before.flow_id).collect();
    assert_eq!(now.len(), 1);
    assert_eq!(started.flow_instance_id.as_ref().unwrap().as_str(), now[0].id);
    assert_eq!(now[0].owner_id, before.owner_id);
    assert_eq!(now[0].overrides.as_ref().unwrap()["flowInstanceVariables"][0]["value"], "Kim");
}

#[tokio::test]
async fn gong_engage_prospects_assign() {
    let stage = Stage::new().await;
    let company = stage.company();
    let (ids, flow) = (free(&company, 3), flow(&company));
    let overrides = FlowOverrides::new().flow_instance_variables([FlowVariable::new("recipient.first_name", "Kim")]);
    let assign = stage.gong.engage_prospects().assign(&ids, &flow, OWNER_EMAIL).overrides(overrides);
    let answer = assign.send().await.unwrap();
    let assigned = answer.prospects_assigned.iter().map(|one| one.crm_prospect_id.as_ref().unwrap().to_string());
    assert_eq!(assigned.collect::<Vec<_>>(), ids);
    assert!(answer.prospects_not_assigned.is_empty());

    let company = stage.company();
    for id in &ids {
        let instance = company.open_instances(id).find(|instance| instance.flow_id == flow).unwrap();
        assert_eq!(instance.owner_id, company.owner().unwrap().id);
        assert_eq!(instance.overrides.as_ref().unwrap()["flowInstanceVariables"][0]["name"], "recipient.first_name");
    }
}

#[tokio::test]
async fn gong_engage_prospects_assign_cool_off_override() {
    let stage = Stage::new().await;
    let company = stage.company();
    let (id, flow) = (company.cooling_prospects()[0].crm_id.clone(), flow(&company));
    let assign = stage.gong.engage_prospects().assign_cool_off_override([&id], &flow);
    let answer = assign.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(answer.prospects_assigned.len(), 1);
    assert!(stage.company().open_instances(&id).any(|instance| instance.flow_id == flow));
}

#[tokio::test]
async fn gong_engage_prospects_bulk_assign() {
    let stage = Stage::new().await;
    let company = stage.company();
    let bulk = stage.gong.engage_prospects().bulk_assign(free(&company, 4), flow(&company));
    let bulk = bulk.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(bulk.status.as_ref().unwrap().as_str(), "PENDING");
    assert_eq!((bulk.total_count, bulk.processed_count), (Some(4), Some(0)));
}

#[tokio::test]
async fn gong_engage_prospects_bulk_assign_status() {
    let stage = Stage::new().await;
    let company = stage.company();
    let (ids, flow) = (free(&company, 4), flow(&company));
    let prospects = stage.gong.engage_prospects();
    let bulk = prospects.bulk_assign(&ids, &flow).flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap();
    let half = prospects.bulk_assign_status(&bulk.id).send().await.unwrap();
    assert_eq!((half.status.as_ref().unwrap().as_str(), half.success_count), ("IN_PROGRESS", Some(2)));
    let done = prospects.bulk_assign_status(&bulk.id).send().await.unwrap();
    assert_eq!((done.status.as_ref().unwrap().as_str(), done.success_count), ("COMPLETED", Some(4)));
    let results = done.results.iter().map(|result| result.crm_id.as_ref().unwrap().to_string());
    assert_eq!(results.collect::<Vec<_>>(), ids);
    assert!(stage.company().open_instances(&ids[3]).any(|instance| instance.flow_id == flow));
}

#[tokio::test]
async fn gong_engage_prospects_flows_list() {
    let stage = Stage::new().await;
    let company = stage.company();
    let ids: Vec<&str> = company.flow_instances.iter().take(20).map(|one| one.crm_prospect_id.as_str()).collect();
    let answer = stage.gong.engage_prospects().flows(ids.iter().copied()).send().await.unwrap();
    let truth = ids.iter().flat_map(|id| company.open_instances(id)).map(|one| (one.id.as_str(), one.status));
    let ours = answer.prospects_assigned.iter().map(|one| {
        (one.flow_instance_id.as_ref().unwrap().as_str(), one.flow_instance_status.as_ref().unwrap().as_str())
    });
    same(ours, truth);
}

#[tokio::test]
async fn gong_engage_prospects_unassign() {
    let stage = Stage::new().await;
    let instance = open_instance(&stage.company());
    let prospects = stage.gong.engage_prospects();
    let answer = prospects.unassign([&instance.crm_prospect_id], &instance.flow_id).send().await.unwrap();
    let [outcome] = answer.outcomes.as_slice() else { panic!("one outcome: {answer:?}") };
    assert_eq!(outcome.crm_prospect_id.as_str(), instance.crm_prospect_id);
    assert_eq!(outcome.unassigned_flow_instance_ids[0].as_str(), instance.id);
    assert_eq!(outcome.error, None);
    assert_eq!(stage.company().open_instances(&instance.crm_prospect_id).count(), 0);
}

#[tokio::test]
async fn gong_engage_prospects_unassign_by_instance() {
    let stage = Stage::new().await;
    let instance = open_instance(&stage.company());
    let unassign = stage.gong.engage_prospects().unassign_by_instance([&instance.id]);
    let answer = unassign.unassigned_by_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(answer.unassigned_flow_instance_ids[0].as_str(), instance.id);
    assert_eq!(stage.only_body()["unassignedByUserEmail"], OWNER_EMAIL);
    assert_eq!(stage.company().open_instances(&instance.crm_prospect_id).count(), 0);
}

#[tokio::test]
async fn gong_engage_tasks_list() {
    let stage = Stage::new().await;
    let answer = stage.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    let company = stage.company();
    let truth = company.open_tasks(&company.owner().unwrap().id);
    assert_eq!(truth.len(), 8);
    let ours = answer.tasks.iter().map(|task| (task.id.as_str(), task.due_date.as_ref().unwrap().to_string()));
    same(ours, truth.iter().map(|task| (task.id.as_str(), task.due())));
    assert_eq!(answer.crm_type.as_ref().unwrap().as_str(), "SALESFORCE");
    let contacts = answer.tasks.iter().map(|task| task.contact.as_ref().unwrap().crm_id.as_ref().unwrap().as_str());
    same(contacts, truth.iter().map(|task| task.crm_prospect_id.as_str()));
}

#[tokio::test]
async fn gong_engage_task_complete() {
    let stage = Stage::new().await;
    let company = stage.company();
    let owner = &company.owner().unwrap().id;
    let task = company.open_tasks(owner)[0];
    let answer = stage.gong.engage_tasks().complete(&task.id).user_id(owner).send().await.unwrap();
    assert_eq!(answer.tasks[0].id.as_str(), task.id);
    assert_eq!(answer.tasks[0].status.as_ref().unwrap().as_str(), "DONE");
    assert!(!stage.company().open_tasks(owner).iter().any(|open| open.id == task.id));
}

#[tokio::test]
async fn gong_engage_task_skip() {
    let stage = Stage::new().await;
    let company = stage.company();
    let task = company.open_tasks(&company.owner().unwrap().id)[0];
    let answer = stage.gong.engage_tasks().skip(&task.id).user_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(answer.tasks[0].status.as_ref().unwrap().as_str(), "DISMISSED");
    let company = stage.company();
    assert_eq!(company.tasks.iter().find(|known| known.id == task.id).unwrap().status, "DISMISSED");
}

#[tokio::test]
async fn gong_engage_digital_interactions_create() {
    let stage = Stage::new().await;
    let event = stage.gong.engage_activity().create_digital_interaction("page viewed", at("2026-11-20T09:30:00Z"));
    let event = event.prospect_email("kim@example.com").url("https://www.example.com/pricing");
    let answer = event.send().await.unwrap();
    assert!(answer.request_id.is_some());
    let company = stage.company();
    let [event] = company.digital_interactions.as_slice() else { panic!("one event") };
    assert_eq!(event["eventType"], "page viewed");
    assert_eq!(event["timestamp"], "2026-11-20T09:30:00Z");
    assert_eq!(event["person"]["email"], "kim@example.com");
    assert_eq!(event["content"]["contentUrl"], "https://www.example.com/pricing");
}

#[tokio::test]
async fn gong_engage_email_activity_report() {
    let stage = Stage::new().await;
    let report = stage.gong.engage_activity().report_email_activity(
        "msg-42",
        EmailEvent::EmailBounced,
        at("2026-11-20T09:30:00Z"),
        "kim@example.com",
    );
    report.subject("Your renewal").send().await.unwrap();
    let company = stage.company();
    let [event] = company.digital_interactions.as_slice() else { panic!("one event") };
    assert_eq!(event["eventType"], "email bounced");
    assert_eq!(event["content"]["contentId"], "msg-42");
    assert_eq!(event["content"]["contentTitle"], "Your renewal");
    assert_eq!(event["person"]["email"], "kim@example.com");
}
