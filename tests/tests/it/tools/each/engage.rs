//! Engage: flows, tasks, events.

use gong_client::models::EmailEvent;
use gong_sandbox::company::FlowInstance;
use gong_sandbox::{Company, OWNER_EMAIL};
use serde_json::json;

use super::{both, owner_id};
use crate::support::{at, open_instance, same};

pub(super) async fn flows(name: &str) {
    let input = json!({"flow_owner_email": OWNER_EMAIL});
    let page = both(name, |_| input.clone(), |gong, _| gong.engage_flows().list().flow_owner_email(OWNER_EMAIL)).await;
    let company = &page.before;
    let owner = company.owner().unwrap();
    let truth = company.flows_seen_by(owner);
    let truth: Vec<_> = truth.iter().map(|flow| (flow.id.as_str(), flow.visibility_to(&owner.id).unwrap())).collect();
    let ours = page.flows.iter().map(|flow| (flow.id.as_str(), flow.visibility.as_ref().unwrap().as_str()));
    assert_eq!(ours.collect::<Vec<_>>(), truth);
    let folder = company.flow_folders.iter().find(|folder| folder.owner_id.as_ref() == Some(&owner.id)).unwrap();
    let own =
        page.world.gong.engage_flows().list().flow_owner_email(OWNER_EMAIL).folder_id(&folder.id).send().await.unwrap();
    assert_eq!(own.flows.len(), 1);
    assert_eq!(own.flows[0].folder_name.as_deref(), Some(folder.name.as_str()));
}

pub(super) async fn flow_folders(name: &str) {
    let input = json!({"flow_owner_email": OWNER_EMAIL});
    let page =
        both(name, |_| input.clone(), |gong, _| gong.engage_flows().folders().flow_owner_email(OWNER_EMAIL)).await;
    let owner = page.before.owner().unwrap();
    let folders = page.before.flow_folders.iter();
    let truth = folders.filter(|folder| folder.owner_id.as_ref().is_none_or(|id| *id == owner.id));
    let ours = page.flows_folders.iter().map(|folder| (folder.id.as_str(), folder.name.as_deref().unwrap()));
    same(ours, truth.map(|folder| (folder.id.as_str(), folder.name.as_str())));
    let top = page.flows_folders.iter().find(|folder| folder.id.as_str() == "100").unwrap();
    assert_eq!(top.parent_folder_id.as_ref().unwrap().as_str(), "null", "as Gong writes it");
}

pub(super) async fn override_content(name: &str) {
    let input = |company: &Company| {
        let instance = open_instance(company).id;
        json!({"flow_instance_id": instance, "field_values": {"recipient.first_name": "Kim"}, "restart_flow": true})
    };
    let answer = both(name, input, |gong, company| {
        let values = [("recipient.first_name", "Kim")];
        gong.engage_flows()
            .override_content()
            .flow_instance_id(open_instance(company).id)
            .field_values(values)
            .restart_flow(true)
    });
    let answer = answer.await;
    let before = open_instance(&answer.before);
    let [started] = answer.prospects_assigned.as_slice() else { panic!("one instance: {:?}", answer.answer) };

    let company = answer.world.company();
    let ended = company.flow_instances.iter().find(|instance| instance.id == before.id).unwrap();
    assert!(!ended.is_open());
    let now: Vec<&FlowInstance> =
        company.open_instances(&before.crm_prospect_id).filter(|instance| instance.flow_id == before.flow_id).collect();
    assert_eq!(now.len(), 1);
    assert_eq!(started.flow_instance_id.as_ref().unwrap().as_str(), now[0].id);
    assert_eq!(started.crm_prospect_id.as_ref().unwrap().as_str(), before.crm_prospect_id);
    assert_eq!(now[0].owner_id, before.owner_id);
    assert_eq!(now[0].overrides.as_ref().unwrap()["flowInstanceVariables"][0]["value"], "Kim");
    assert_eq!(
        answer.world.sent(),
        [
            "POST /v2/flows/prospects",
            "POST /v2/flows/prospects/unassign-flows-by-instance-id",
            "POST /v2/flows/prospects/assign",
        ]
    );
    let overrides = &answer.world.last_body()["overrides"];
    assert_eq!(overrides["flowInstanceVariables"], json!([{"name": "recipient.first_name", "value": "Kim"}]));
    assert_eq!(overrides["coolOffOverride"], true);
}

pub(super) async fn tasks(name: &str) {
    let input = json!({"assignee_email": OWNER_EMAIL});
    let answer = both(name, |_| input.clone(), |gong, _| gong.engage_tasks().list().assignee_email(OWNER_EMAIL)).await;
    let truth = answer.before.open_tasks(&owner_id(&answer.before));
    assert_eq!(truth.len(), 8);
    let ours = answer.tasks.iter().map(|task| (task.id.as_str(), task.due_date.as_ref().unwrap().to_string()));
    assert_eq!(ours.collect::<Vec<_>>(), truth.iter().map(|task| (task.id.as_str(), task.due())).collect::<Vec<_>>());
    assert_eq!(answer.crm_type.as_ref().unwrap().as_str(), "SALESFORCE");
    let contacts = answer.tasks.iter().map(|task| task.contact.as_ref().unwrap().crm_id.as_ref().unwrap().as_str());
    same(contacts, truth.iter().map(|task| task.crm_prospect_id.as_str()));
}

fn a_task(company: &Company) -> String {
    company.open_tasks(&owner_id(company))[0].id.clone()
}

pub(super) async fn complete_task(name: &str) {
    let input = |company: &Company| json!({"task_id": a_task(company), "user_email": OWNER_EMAIL});
    let answer = both(name, input, |gong, company| {
        gong.engage_tasks().complete().task_id(a_task(company)).user_email(OWNER_EMAIL)
    });
    let answer = answer.await;
    let task = a_task(&answer.before);
    assert_eq!(answer.tasks[0].id.as_str(), task);
    assert_eq!(answer.tasks[0].status.as_ref().unwrap().as_str(), "DONE");
    let company = answer.world.company();
    assert!(!company.open_tasks(&owner_id(&company)).iter().any(|open| open.id == task));
    let left = answer.world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL).send().await.unwrap();
    assert!(left.tasks.iter().all(|open| open.id.as_str() != task));
}

pub(super) async fn skip_task(name: &str) {
    let input = |company: &Company| json!({"task_id": a_task(company), "user_id": owner_id(company)});
    let answer = both(name, input, |gong, company| {
        gong.engage_tasks().skip().task_id(a_task(company)).user_id(owner_id(company))
    });
    let answer = answer.await;
    assert_eq!(answer.tasks[0].status.as_ref().unwrap().as_str(), "DISMISSED");
    assert_eq!(answer.notices(), [""; 0]);
    let (company, task) = (answer.world.company(), a_task(&answer.before));
    assert_eq!(company.tasks.iter().find(|known| known.id == task).unwrap().status, "DISMISSED");
    let next = a_task(&company);
    let by_email = answer.world.gong.engage_tasks().skip().task_id(&next).user_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(by_email.tasks[0].id.as_str(), next);
}

pub(super) async fn create_digital_interaction(name: &str) {
    let (when, url) = ("2026-11-20T09:30:00Z", "https://www.example.com/pricing");
    let input = json!({
        "event_name": "page viewed", "event_timestamp": when, "url": url, "prospect_email": "kim@example.com",
    });
    let answer = both(
        name,
        |_| input.clone(),
        |gong, _| {
            let event =
                gong.engage_activity().create_digital_interaction().event_name("page viewed").event_timestamp(at(when));
            event.prospect_email("kim@example.com").url(url)
        },
    );
    let answer = answer.await;
    assert!(answer.request_id.is_some());
    let company = answer.world.company();
    let [event] = company.digital_interactions.as_slice() else { panic!("one event") };
    assert_eq!(event["eventType"], "page viewed");
    assert_eq!(event["timestamp"], when);
    assert_eq!(event["person"]["email"], "kim@example.com");
    assert_eq!(event["content"]["contentUrl"], url);
}

pub(super) async fn report_email_activity(name: &str) {
    let when = "2026-11-20T09:30:00Z";
    let input = json!({
        "event_type": "EMAIL_LINK_CLICKED",
        "event_timestamp": when,
        "email_id": "mail-5",
        "link_url": "https://shop.example/offer",
        "prospect_email": "kim@example.com",
    });
    let clicked = both(
        name,
        |_| input.clone(),
        |gong, _| {
            let clicked = EmailEvent::EmailLinkClicked;
            let report = gong
                .engage_activity()
                .report_email_activity()
                .email_id("mail-5")
                .event_type(clicked)
                .event_timestamp(at(when))
                .prospect_email("kim@example.com");
            report.link_url("https://shop.example/offer")
        },
    );
    let clicked = clicked.await;
    assert!(!clicked.notices().is_empty());

    let activity = clicked.world.gong.engage_activity();
    let report = |event| {
        let report = activity.report_email_activity().email_id("msg-42").event_type(event);
        report.event_timestamp(when).prospect_email("kim@example.com")
    };
    report(EmailEvent::EmailOpened).send().await.unwrap();
    report(EmailEvent::EmailBounced).subject("Your renewal").send().await.unwrap();
    let told: Vec<[String; 4]> = clicked
        .world
        .company()
        .digital_interactions
        .iter()
        .map(|event| {
            let content = &event["content"];
            [&event["eventType"], &content["contentId"], &content["contentTitle"], &event["person"]["email"]]
                .map(|value| value.as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(
        told,
        [
            ["link clicked", "mail-5", "link clicked", "kim@example.com"],
            ["email opened", "msg-42", "email opened", "kim@example.com"],
            ["email bounced", "msg-42", "Your renewal", "kim@example.com"],
        ]
    );
}
