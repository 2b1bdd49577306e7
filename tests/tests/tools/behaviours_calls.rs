//! What makes the call tools work against Gong as it is: defaults, sections, another route, days instead of instants.

use gong_client::models::{CallSection, Party};
use gong_client::{DateTime, ErrorKind};
use gong_sandbox::{OWNER_EMAIL, Sandbox};
use serde_json::json;

use crate::support::{World, each};

fn instant(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_call_gets_a_fresh_id_no_direction_and_the_first_user_as_host() {
    let world = World::new().await;
    let owner = world.company.owner().unwrap().id.clone();
    let parties = json!([{"name": "Kim"}, {"userId": owner}, {"userId": "1"}]);
    world
        .gong
        .call("gong_calls_create", json!({"actual_start": "2026-11-19T10:00:00Z", "parties": parties}))
        .await
        .unwrap();
    let body = world.last_body();
    assert_eq!((&body["direction"], &body["primaryUser"]), (&json!("Unknown"), &json!(owner)));
    let first = body["clientUniqueId"].clone();
    assert_eq!(first.as_str().unwrap().len(), 36);

    world
        .gong
        .call("gong_calls_create", json!({"actual_start": "2026-11-19T10:00:00Z", "parties": parties}))
        .await
        .unwrap();
    assert_ne!(world.last_body()["clientUniqueId"], first);
}

#[tokio::test]
async fn a_call_without_a_host_or_parties_is_refused_before_the_wire() {
    let world = World::new().await;
    for parties in [json!([{"name": "Kim"}]), json!([]), json!(null)] {
        let input = json!({"actual_start": "2026-11-19T10:00:00Z", "parties": parties});
        let error = world.gong.call("gong_calls_create", input).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RefusedInput);
        assert!(error.to_string().contains("primary_user"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn what_gong_has_no_field_for_is_named_and_not_sent() {
    let world = World::new().await;
    let owner = world.company.owner().unwrap().id.clone();
    let parties = json!([{"userId": owner, "speakerId": "1", "affiliation": "Internal"}]);
    let input = json!({"actual_start": "2026-11-19T10:00:00Z", "parties": parties, "language": "de-DE"});
    let answer = world.gong.call("gong_calls_create", input).await.unwrap();
    let notices = answer.notices().join("\n");
    assert!(notices.contains("speakerId") && notices.contains("affiliation"), "{notices}");
    assert_eq!(world.last_body()["parties"], json!([{"userId": owner}]));
    assert_eq!(world.last_body()["languageCode"], "de-DE");
}

#[tokio::test]
async fn a_registered_call_is_in_the_list() {
    let world = World::new().await;
    let start = instant("2026-11-20T09:00:00-07:00");
    let host = Party::new().user_id(world.company.owner().unwrap().id.clone());
    let id = world.gong.calls().create(start).title("Lunch").parties([host]).send().await.unwrap().call_id.clone();
    let page = world.gong.calls().list().from_date_time(start).send().await.unwrap();
    assert!(page.calls.iter().any(|call| Some(&call.id) == id.as_ref() && call.title.as_deref() == Some("Lunch")));
}

#[tokio::test]
async fn a_call_is_asked_for_with_everything_unless_less_is_wanted() {
    let world = World::new().await;
    let id = world.company.calls[0].id.clone();
    world.gong.calls().get([id.as_str()]).send().await.unwrap();
    let everything = world.last_body();
    assert_eq!(everything["contentSelector"]["context"], "Extended");
    let fields = &everything["contentSelector"]["exposedFields"];
    for (part, names) in [
        (
            "content",
            &["topics", "trackers", "structure", "brief", "outline", "highlights", "callOutcome", "keyPoints"][..],
        ),
        ("interaction", &["speakers", "video", "personInteractionStats", "questions"]),
    ] {
        for name in names {
            assert_eq!(fields[part][name], true, "{part}.{name}");
        }
    }
    assert_eq!((&fields["parties"], &fields["media"]), (&json!(true), &json!(null)));

    world.gong.calls().get([id.as_str()]).include([CallSection::Brief]).send().await.unwrap();
    assert_eq!(world.last_body()["contentSelector"], json!({"exposedFields": {"content": {"brief": true}}}));
}

#[tokio::test]
async fn no_ids_are_refused_rather_than_every_call_read() {
    let world = World::new().await;
    for tool in ["gong_calls_get", "gong_calls_transcript_get"] {
        let error = world.gong.call(tool, json!({"call_ids": []})).await.unwrap_err();
        assert_eq!(error.violations()[0].path, "call_ids");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn the_list_of_calls_with_ids_answers_just_those() {
    let world = World::new().await;
    let ids: Vec<&str> = [11, 3].map(|index| world.company.calls[index].id.as_str()).into();
    let answer = world.gong.call("gong_calls_list", json!({"call_ids": ids.join(",")})).await.unwrap();
    assert_eq!(world.sent(), ["POST /v2/calls/extensive"]);
    let mut found = each(&answer["calls"], "id");
    found.sort_by_key(|id| ids.iter().position(|wanted| wanted == id));
    assert_eq!(found, ids);
    let title = world.company.calls[3].title.clone();
    assert!(answer["calls"].as_array().unwrap().iter().any(|call| call["title"] == json!(title)));
}

#[tokio::test]
async fn nothing_matched_is_an_empty_page_and_not_found_is_an_error() {
    let world = World::new().await;
    let future = json!({"from_date_time": "2030-01-01T00:00:00Z"});
    let answer = world.gong.call("gong_calls_list", future).await.unwrap();
    assert_eq!(answer["calls"], json!([]));

    let error = world.gong.call("gong_engage_prospects_bulk_assign_status", json!({"assignment_id": "12345"})).await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
    assert_eq!(error.messages(), ["Flow prospects bulk assignment 12345 not found"]);
}

#[tokio::test]
async fn a_range_of_days_includes_the_day_on_which_it_ends() {
    let world = World::new().await;
    for (from, to, days) in [
        ("2026-10-01T09:00:00-07:00", "2026-10-31T23:59:00-07:00", ("2026-10-01", "2026-11-01")),
        ("2026-10-01T00:00:00-07:00", "2026-11-01T00:00:00-07:00", ("2026-10-01", "2026-11-01")),
        ("2026-10-01T00:00:00+14:00", "2026-10-31T00:00:00.000001+14:00", ("2026-10-01", "2026-11-01")),
    ] {
        world.gong.stats().interaction(instant(from), instant(to)).send().await.unwrap();
        let filter = &world.last_body()["filter"];
        assert_eq!(
            (filter["fromDate"].as_str(), filter["toDate"].as_str()),
            (Some(days.0), Some(days.1)),
            "{from} {to}"
        );
    }
}

#[tokio::test]
async fn a_range_that_ends_after_today_ends_today_and_says_so() {
    let world = World::new().await;
    let (from, to) = (instant("2026-11-01T00:00:00-07:00"), instant("2026-12-24T00:00:00-07:00"));
    let answer = world.gong.stats().interaction(from, to).send().await.unwrap();
    assert_eq!(world.last_body()["filter"]["toDate"], "2026-11-20");
    assert!(answer.notices()[0].contains("to_date_time"), "{:?}", answer.notices());
}

#[tokio::test]
async fn interaction_figures_of_calls_come_from_the_calls() {
    let world = World::new().await;
    let call = &world.company.calls[300];
    let input = json!({"from_date_time": "2026-08-01T00:00:00Z", "to_date_time": "2026-11-20T00:00:00Z", "call_ids": [call.id]});
    let answer = world.gong.call("gong_stats_interaction", input).await.unwrap();
    assert_eq!(world.sent(), ["POST /v2/calls/extensive"]);
    let figures = &answer["peopleInteractionStats"][0];
    assert_eq!(figures["callId"], json!(call.id));
    assert!(figures["personInteractionStats"][0]["name"].is_string(), "{figures}");
}

#[tokio::test]
async fn user_actions_are_answered_scorecards_unless_activity_is_wanted() {
    let world = World::new().await;
    let (from, to) = (instant("2026-09-01T00:00:00-07:00"), instant("2026-11-20T00:00:00-07:00"));
    let scorecards = world.gong.stats().user_actions(from, to).send().await.unwrap();
    assert!(!scorecards.answered_scorecards.is_empty());
    let report = gong_client::models::UserReport::Aggregate;
    let activity = world.gong.stats().user_actions(from, to).report(report).send().await.unwrap();
    assert!(!activity.users_aggregate_activity_stats.is_empty());
    assert_eq!(world.sent(), ["POST /v2/stats/activity/scorecards", "POST /v2/stats/activity/aggregate"]);
}

#[tokio::test]
async fn coaching_looks_up_the_only_workspace_and_goes_through_the_managers_ten_a_page() {
    let world = World::small().await;
    let mut managers: Vec<String> = world.company.users.iter().filter_map(|user| user.manager_id.clone()).collect();
    managers.sort();
    managers.dedup();

    let mut pages = world.gong.coaching().get().pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.records.as_ref().unwrap().total_records, Some(i64::try_from(managers.len()).unwrap()));
    assert_eq!(world.sent().iter().filter(|sent| *sent == "GET /v2/coaching").count(), 10.min(managers.len()));
    let asked = |world: &World| -> Vec<String> {
        let requests = world.sandbox.requests();
        requests.iter().filter_map(|request| request.query_value("manager-id").map(str::to_owned)).collect()
    };
    assert_eq!(asked(&world), managers[..10.min(managers.len())]);
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(asked(&world), managers, "every manager once");
}

#[tokio::test]
async fn coaching_in_a_company_of_several_workspaces_asks_which() {
    let world = World::of(Sandbox::builder().workspaces(3)).await;
    let error = world.gong.coaching().get().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RefusedInput);
    let said = error.to_string();
    for workspace in &world.company.workspaces {
        assert!(said.contains(&workspace.id), "{said}");
    }
    assert!(said.contains("workspace_id"), "{said}");
}

#[tokio::test]
async fn engage_users_are_the_active_ones_and_their_owner_is_among_them() {
    let world = World::new().await;
    let mut users = world.gong.engage_people().users().items();
    let mut found = Vec::new();
    while let Some(user) = users.next().await {
        found.push(user.unwrap().id.to_string());
    }
    let active = world.company.users.iter().filter(|user| user.active && !user.avatar);
    let active: Vec<&String> = active.map(|user| &user.id).collect();
    assert_eq!(found.iter().collect::<Vec<_>>(), active);
    assert!(found.contains(&world.company.user_by_email(OWNER_EMAIL).unwrap().id));
}
