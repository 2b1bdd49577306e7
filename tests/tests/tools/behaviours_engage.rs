//! What makes the Engage tools work against Gong as it is: chunks, one request each, look-ups, steps, keys that repeat.

use gong_client::{Date, ErrorKind};
use gong_sandbox::company::Company;
use gong_sandbox::{Fault, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::support::{World, each};

fn free(company: &Company, count: usize) -> Vec<String> {
    company.free_prospects().iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

fn a_flow(company: &Company) -> String {
    company.flows_seen_by(company.owner().unwrap())[0].id.clone()
}

fn assign(company: &Company, count: usize) -> Value {
    json!({"crm_prospect_ids": free(company, count), "flow_id": a_flow(company), "flow_instance_owner_email": OWNER_EMAIL})
}

#[tokio::test]
async fn a_hundred_and_fifty_prospects_go_as_two_requests_and_come_back_as_one_answer() {
    let world = World::new().await;
    let answer = world.gong.call("gong_engage_prospects_assign", assign(&world.company, 150)).await.unwrap();
    let sizes: Vec<usize> = world
        .sandbox
        .requests()
        .iter()
        .map(|request| request.json().unwrap()["crmProspectsIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [100, 50]);
    let assigned = each(&answer["prospectsAssigned"], "crmProspectId");
    assert_eq!(assigned, free(&world.company, 150));
}

#[tokio::test]
async fn a_second_chunk_that_fails_says_what_the_first_had_done() {
    let world = World::new().await;
    let path = "/v2/flows/prospects/assign";
    // Faults strike one request each: a harmless one for the first, a refusal for the second.
    world.sandbox.inject(Fault::new_field().on("POST", path));
    world.sandbox.inject(Fault::refuse(400, "no more today").on("POST", path));
    let error = world.gong.call("gong_engage_prospects_assign", assign(&world.company, 150)).await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::BadRequest, &["no more today".to_owned()][..]));
    assert_eq!(error.completed().len(), 1);
    let first = error.completed()[0].json().unwrap();
    assert_eq!(each(&first["prospectsAssigned"], "crmProspectId"), free(&world.company, 100));
    assert!(error.to_string().contains("had been answered before"), "{error}");
}

#[tokio::test]
async fn prospects_cooling_off_are_refused_by_gong_unless_that_is_overridden() {
    let world = World::new().await;
    let cooling = world.company.cooling_prospects()[0].crm_id.clone();
    let flow = a_flow(&world.company);
    let answer =
        world.gong.engage_prospects().assign([cooling.as_str()], flow.as_str(), OWNER_EMAIL).send().await.unwrap();
    assert_eq!(answer.prospects_not_assigned.len(), 1);
    let over = world.gong.engage_prospects().assign_cool_off_override([cooling.as_str()], flow.as_str());
    let answer = over.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(answer.prospects_assigned.len(), 1);
    assert_eq!(world.sent(), ["POST /v2/flows/prospects/assign"; 2], "not the deprecated endpoint");
}

#[tokio::test]
async fn an_owner_that_gong_needs_and_the_contract_lacks_is_asked_for_before_the_wire() {
    let world = World::new().await;
    for tool in ["gong_engage_prospects_assign_cool_off_override", "gong_engage_prospects_bulk_assign"] {
        let input = json!({"crm_prospect_ids": free(&world.company, 1), "flow_id": a_flow(&world.company)});
        let error = world.gong.call(tool, input).await.unwrap_err();
        assert!(error.to_string().contains("flow_instance_owner_email"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn a_bulk_assignment_takes_fifty_and_can_be_followed() {
    let world = World::new().await;
    let error = world.gong.call("gong_engage_prospects_bulk_assign", assign(&world.company, 51)).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "crm_prospect_ids");

    let made = world.gong.call("gong_engage_prospects_bulk_assign", assign(&world.company, 2)).await.unwrap();
    let crm_ids = each(&world.last_body()["prospects"], "crmId").len();
    assert_eq!(crm_ids, 2);
    let status = json!({"assignment_id": made["id"]});
    let mut states = Vec::new();
    for _ in 0..2 {
        let answer = world.gong.call("gong_engage_prospects_bulk_assign_status", status.clone()).await.unwrap();
        states.push(answer["status"].as_str().unwrap().to_owned());
    }
    assert_eq!(states, ["IN_PROGRESS", "COMPLETED"]);
}

#[tokio::test]
async fn taking_prospects_out_is_a_request_each_and_an_outcome_each() {
    let world = World::new().await;
    let open: Vec<_> = world.company.flow_instances.iter().filter(|instance| instance.is_open()).collect();
    let flow = open[0].flow_id.clone();
    let ours: Vec<String> =
        open.iter().filter(|one| one.flow_id == flow).take(2).map(|one| one.crm_prospect_id.clone()).collect();
    let asked = json!([ours[0], "003Unknown0000000AAA", ours[1]]);
    let input = json!({"crm_prospect_ids": asked, "flow_id": flow});
    let answer = world.gong.call("gong_engage_prospects_unassign", input).await.unwrap();

    assert_eq!(world.sent(), ["POST /v2/flows/prospects/unassign-flows-by-crm-id"; 3]);
    for request in world.sandbox.requests() {
        assert_eq!(request.json().unwrap()["flowId"], json!(flow), "without it Gong would empty every flow");
    }
    let counts: Vec<usize> = answer["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| outcome["unassignedFlowInstanceIds"].as_array().unwrap().len())
        .collect();
    assert_eq!((each(&answer["outcomes"], "crmProspectId"), counts), (asked_ids(&asked), vec![1, 0, 1]));
}

fn asked_ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

#[tokio::test]
async fn one_prospect_that_fails_does_not_hide_the_others() {
    let world = World::new().await;
    world
        .sandbox
        .inject(Fault::refuse(400, "this one is stuck").on("POST", "/v2/flows/prospects/unassign-flows-by-crm-id"));
    let input =
        json!({"crm_prospect_ids": ["003A00000000001AAA", "003A00000000002AAA"], "flow_id": a_flow(&world.company)});
    let answer = world.gong.call("gong_engage_prospects_unassign", input).await.unwrap();
    let outcomes = answer["outcomes"].as_array().unwrap();
    assert!(outcomes[0]["error"].as_str().unwrap().contains("this one is stuck"));
    assert_eq!(outcomes[1].get("error"), None);
}

#[tokio::test]
async fn an_empty_flow_is_never_sent() {
    let world = World::new().await;
    for flow in [json!(""), json!(null)] {
        let input = json!({"crm_prospect_ids": ["003A00000000001AAA"], "flow_id": flow});
        let error = world.gong.call("gong_engage_prospects_unassign", input).await.unwrap_err();
        assert_eq!(error.violations()[0].path, "flow_id");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn tasks_are_found_by_e_mail_and_the_look_up_is_remembered() {
    let world = World::new().await;
    let owner = world.company.owner().unwrap();
    let by_shouting = OWNER_EMAIL.to_uppercase();
    let tasks = world.gong.engage_tasks().list(by_shouting.as_str()).send().await.unwrap();
    assert_eq!(tasks.tasks.len(), world.company.open_tasks(&owner.id).len());
    let first = world.sent();
    assert_eq!(first.last().unwrap(), "POST /v2/tasks");
    assert_eq!(world.last_body()["filter"]["userId"], json!(owner.id));
    world.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(world.sent().len(), first.len() + 1, "no second look-up");

    let error = world.gong.engage_tasks().list("nobody@example.com").send().await.unwrap_err();
    assert!(error.to_string().contains("nobody@example.com"), "{error}");
}

#[tokio::test]
async fn tasks_between_two_days_are_picked_from_the_answer() {
    let world = World::new().await;
    let owner = world.company.owner().unwrap();
    let due = |task: &gong_sandbox::company::Task| task.due()[..10].to_owned();
    let mut days: Vec<String> = world.company.open_tasks(&owner.id).into_iter().map(due).collect();
    days.sort();
    let (first, last) = (days[1].clone(), days[days.len() - 2].clone());
    let within = days.iter().filter(|day| (first.as_str()..=last.as_str()).contains(&day.as_str())).count();
    let (from, to): (Date, Date) = (first.parse().unwrap(), last.parse().unwrap());
    let answer = world.gong.engage_tasks().list(OWNER_EMAIL).from_date(from).to_date(to).send().await.unwrap();
    assert_eq!(answer.tasks.len(), within);
    assert!(within < days.len());
}

#[tokio::test]
async fn a_task_done_is_gone_from_the_open_ones_and_its_notes_are_named() {
    let world = World::new().await;
    let owner = world.company.owner().unwrap().id.clone();
    let task = world.company.open_tasks(&owner)[0].id.clone();
    let error = world.gong.engage_tasks().complete(task.as_str()).send().await.unwrap_err();
    assert!(error.to_string().contains("user_id") && error.to_string().contains("user_email"), "{error}");

    let done = world.gong.engage_tasks().complete(task.as_str()).user_id(owner.as_str()).completion_notes("Done!");
    let done = done.send().await.unwrap();
    assert!(done.notices()[0].contains("completion_notes"));
    assert_eq!(world.last_body(), json!({"userId": owner, "status": "DONE"}));
    let left = world.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    assert!(left.tasks.iter().all(|open| open.id.as_str() != task));
}

#[tokio::test]
async fn a_page_of_tasks_that_gong_has_not_is_said_in_a_notice() {
    let world = World::new().await;
    let answer = world.gong.engage_tasks().list(OWNER_EMAIL).cursor("abc").send().await.unwrap();
    assert!(answer.notices()[0].contains("cursor"), "{:?}", answer.notices());
}

#[tokio::test]
async fn the_same_event_has_the_same_id_and_another_event_another() {
    let world = World::new().await;
    let event = |name: &str| json!({"event_name": name, "event_timestamp": "2026-11-19T10:00:00Z", "prospect_email": "kim@acme.example"});
    let id = async |name: &str| {
        let planned = world.gong.dry_run("gong_engage_digital_interactions_create", event(name)).await.unwrap();
        planned[0].body.as_ref().unwrap()["eventId"].as_str().unwrap().to_owned()
    };
    assert_eq!(id("page viewed").await, id("page viewed").await);
    assert_ne!(id("page viewed").await, id("page left").await);

    world.gong.call("gong_engage_digital_interactions_create", event("page viewed")).await.unwrap();
    let again = world.gong.call("gong_engage_digital_interactions_create", event("page viewed")).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
}

#[tokio::test]
async fn e_mail_activity_is_told_as_a_digital_interaction() {
    let world = World::new().await;
    let input = json!({
        "email_id": "mail-5", "event_type": "EMAIL_OPENED", "event_timestamp": "2026-11-19T10:00:00Z",
        "prospect_email": "kim@acme.example",
    });
    let answer = world.gong.call("gong_engage_email_activity_report", input).await.unwrap();
    let body = world.last_body();
    assert_eq!(
        (&body["eventType"], &body["content"]["contentTitle"]),
        (&json!("email opened"), &json!("email opened"))
    );
    assert_eq!(
        (&body["content"]["contentId"], &body["person"]["email"]),
        (&json!("mail-5"), &json!("kim@acme.example"))
    );
    assert!(!answer["notices"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_flow_is_restarted_only_when_that_is_agreed_to() {
    let world = World::new().await;
    let instance = world.company.flow_instances.iter().find(|instance| instance.is_open()).unwrap();
    for agreed in [json!(null), json!(false)] {
        let input = json!({"flow_instance_id": instance.id, "field_values": {"a": "b"}, "restart_flow": agreed});
        let error = world.gong.call("gong_engage_flow_content_override", input).await.unwrap_err();
        assert!(error.to_string().contains("restart_flow"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);

    let input =
        json!({"flow_instance_id": instance.id, "field_values": {"recipient.first_name": "Kim"}, "restart_flow": true});
    world.gong.call("gong_engage_flow_content_override", input).await.unwrap();
    assert_eq!(
        world.sent(),
        [
            "POST /v2/flows/prospects",
            "POST /v2/flows/prospects/unassign-flows-by-instance-id",
            "POST /v2/flows/prospects/assign",
        ]
    );
    let overrides = &world.last_body()["overrides"];
    assert_eq!(overrides["flowInstanceVariables"], json!([{"name": "recipient.first_name", "value": "Kim"}]));
    assert_eq!(overrides["coolOffOverride"], true);
}

#[tokio::test]
async fn a_restart_that_fails_at_its_last_step_says_how_to_finish_the_job() {
    let world = World::new().await;
    let instance = world.company.flow_instances.iter().find(|instance| instance.is_open()).unwrap().clone();
    world.sandbox.inject(Fault::refuse(400, "no more today").on("POST", "/v2/flows/prospects/assign"));
    let input =
        json!({"flow_instance_id": instance.id, "field_values": {"recipient.first_name": "Kim"}, "restart_flow": true});
    let error = world.gong.call("gong_engage_flow_content_override", input).await.unwrap_err();
    let said = error.to_string();
    assert!(said.contains("no more today") && said.contains("in no instance of it now"), "{said}");

    // The input that the message gives is one that works.
    let start = said.find("{\"crm_prospect_ids\"").unwrap();
    let finish: Value =
        serde_json::Deserializer::from_str(&said[start..]).into_iter::<Value>().next().unwrap().unwrap();
    let answer = world.gong.call("gong_engage_prospects_assign_cool_off_override", finish).await.unwrap();
    assert_eq!(each(&answer["prospectsAssigned"], "crmProspectId"), [instance.crm_prospect_id.as_str()]);
    let variables = &world.last_body()["overrides"]["flowInstanceVariables"];
    assert_eq!(*variables, json!([{"name": "recipient.first_name", "value": "Kim"}]));
}

#[tokio::test]
async fn an_instance_that_gong_does_not_know_changes_nothing() {
    let world = World::new().await;
    let input = json!({"flow_instance_id": "1", "field_values": {"a": "b"}, "restart_flow": true});
    let error = world.gong.call("gong_engage_flow_content_override", input).await.unwrap_err();
    assert!(error.to_string().contains("flow instance 1"), "{error}");
    assert_eq!(world.sent(), ["POST /v2/flows/prospects"]);
}
