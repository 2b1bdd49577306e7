//! What makes tasks and events work against Gong as it is: look-ups by e-mail, days picked on our side, keys that
//! repeat.

use std::time::Duration;

use gong_client::{Date, ErrorKind};
use gong_sandbox::OWNER_EMAIL;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn tasks_are_found_by_e_mail_however_it_is_written() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap();
    let by_shouting = OWNER_EMAIL.to_uppercase();
    let tasks = world.gong.engage_tasks().list().assignee_email(by_shouting.as_str()).send().await.unwrap();
    assert_eq!(tasks.tasks.len(), company.open_tasks(&owner.id).len());
    assert_eq!(world.sent().last().unwrap(), "POST /v2/tasks");
    assert_eq!(world.last_body()["filter"]["userId"], json!(owner.id));

    let error = world.gong.engage_tasks().list().assignee_email("nobody@example.com").send().await.unwrap_err();
    assert!(error.to_string().contains("nobody@example.com"), "{error}");
}

#[tokio::test]
async fn a_look_up_is_remembered_for_five_minutes() {
    let world = World::new().await;
    let look_ups = || world.sent().into_iter().filter(|line| line == "GET /v2/users").count();
    world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(look_ups(), 3, "250 users are three pages");
    world.clock.advance(Duration::from_secs(4 * 60));
    world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL.to_uppercase()).send().await.unwrap();
    assert_eq!(look_ups(), 3);
    world.clock.advance(Duration::from_secs(60));
    world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(look_ups(), 6);
}

#[tokio::test]
async fn tasks_between_two_days_are_picked_from_the_answer() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap();
    let due = |task: &gong_sandbox::company::Task| task.due()[..10].to_owned();
    let mut days: Vec<String> = company.open_tasks(&owner.id).into_iter().map(due).collect();
    days.sort();
    let (first, last) = (days[1].clone(), days[days.len() - 2].clone());
    let within = days.iter().filter(|day| (first.as_str()..=last.as_str()).contains(&day.as_str())).count();
    let (from, to): (Date, Date) = (first.parse().unwrap(), last.parse().unwrap());
    let answer =
        world.gong.engage_tasks().list().assignee_email(OWNER_EMAIL).from_date(from).to_date(to).send().await.unwrap();
    assert_eq!(answer.tasks.len(), within);
    assert!(within < days.len());
}

#[tokio::test]
async fn whoever_does_a_task_must_be_said_and_its_notes_are_named() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap().id.clone();
    let task = company.open_tasks(&owner)[0].id.clone();
    let error = world.gong.engage_tasks().complete().task_id(task.as_str()).send().await.unwrap_err();
    assert!(error.to_string().contains("user_id") && error.to_string().contains("user_email"), "{error}");

    let input = json!({"task_id": task, "user_id": owner, "completion_notes": "Done!"});
    let done = world.gong.call("gong_engage_task_complete", input).await.unwrap();
    assert!(done.notices()[0].contains("completion_notes"));
    assert_eq!(world.last_body(), json!({"userId": owner, "status": "DONE"}));
}

#[tokio::test]
async fn a_task_of_somebody_else_or_of_nobody_is_an_error() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap();
    let task = company.open_tasks(&owner.id)[0];
    let other = &company.users[0].id;
    let error = world.gong.engage_tasks().complete().task_id(&task.id).user_id(other).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
    let error = world.gong.engage_tasks().skip().task_id("1").user_id(&owner.id).send().await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::NotFound, &["TaskId not found".to_owned()][..]));
    let error =
        world.gong.engage_tasks().skip().task_id("1").user_email("nobody@example.com").send().await.unwrap_err();
    assert!(error.to_string().contains("nobody@example.com"), "{error}");
}

#[tokio::test]
async fn a_page_of_tasks_that_gong_has_not_is_said_in_a_notice() {
    let world = World::new().await;
    let answer = world
        .gong
        .call("gong_engage_tasks_list", json!({"assignee_email": OWNER_EMAIL, "cursor": "abc"}))
        .await
        .unwrap();
    assert!(answer.notices()[0].contains("cursor"), "{:?}", answer.notices());
}

#[tokio::test]
async fn the_same_event_has_the_same_id_and_another_event_another() {
    let world = World::new().await;
    let at = "2026-11-19T10:00:00Z";
    let event = |name: &str| json!({"event_name": name, "event_timestamp": at, "prospect_email": "kim@acme.example"});
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
async fn the_same_e_mail_event_is_taken_once() {
    let world = World::new().await;
    let report = |link: &str| {
        world.gong.call(
            "gong_engage_email_activity_report",
            json!({
                "email_id": "m-1", "event_type": "EMAIL_LINK_CLICKED", "event_timestamp": "2026-11-20T09:30:00Z",
                "prospect_email": "kim@example.com", "link_url": link,
            }),
        )
    };
    report("https://example.com/a").await.unwrap();
    report("https://example.com/b").await.unwrap();
    let error = report("https://example.com/a").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(409)));
    assert_eq!(world.company().digital_interactions.len(), 2);
}
