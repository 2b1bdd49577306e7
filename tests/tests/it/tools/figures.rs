//! What makes figures and coaching work against Gong as it is: days instead of instants, figures of calls, look-ups.

use gong_client::ErrorKind;
use gong_sandbox::Sandbox;
use serde_json::json;

use crate::support::{World, at, same};

#[tokio::test]
async fn a_range_is_the_days_as_they_are_written_and_includes_the_one_on_which_it_ends() {
    let world = World::new().await;
    for (from, to, days) in [
        ("2026-11-01T00:00:00+14:00", "2026-11-03T00:00:00+14:00", ["2026-11-01", "2026-11-03"]),
        ("2026-11-01T23:59:59-11:00", "2026-11-03T00:00:01-11:00", ["2026-11-01", "2026-11-04"]),
        ("2026-11-19T00:00:00Z", "2026-11-20T19:00:00Z", ["2026-11-19", "2026-11-20"]),
        ("2026-10-01T09:00:00-07:00", "2026-10-31T23:59:00-07:00", ["2026-10-01", "2026-11-01"]),
        ("2026-10-01T00:00:00-07:00", "2026-11-01T00:00:00-07:00", ["2026-10-01", "2026-11-01"]),
        ("2026-10-01T00:00:00+14:00", "2026-10-31T00:00:00.000001+14:00", ["2026-10-01", "2026-11-01"]),
    ] {
        let range = json!({"from_date_time": from, "to_date_time": to});
        let with_report = |report: &str| {
            let mut input = range.clone();
            input["report"] = json!(report);
            input
        };
        for (tool, input, names) in [
            ("gong_stats_interaction", range.clone(), ["fromDate", "toDate"]),
            ("gong_stats_user_actions", with_report("aggregate"), ["fromDate", "toDate"]),
            ("gong_stats_user_actions", with_report("scorecards"), ["callFromDate", "callToDate"]),
        ] {
            world.sandbox.clear_requests();
            world.gong.call(tool, input).await.unwrap();
            let filter = world.only_body()["filter"].clone();
            assert_eq!(names.map(|name| filter[name].as_str().unwrap().to_owned()), days, "{tool} {from} {to}");
        }
    }
}

#[tokio::test]
async fn a_range_that_ends_after_today_ends_today_and_says_so() {
    let world = World::new().await;
    let (from, to) = (at("2026-11-01T00:00:00-07:00"), at("2026-12-24T00:00:00-07:00"));
    let answer = world.gong.stats().interaction().from_date_time(from).to_date_time(to).send().await.unwrap();
    assert_eq!(world.last_body()["filter"]["toDate"], "2026-11-20");
    assert!(answer.notices()[0].contains("to_date_time"), "{:?}", answer.notices());
}

#[tokio::test]
async fn interaction_figures_of_calls_come_from_the_calls() {
    let world = World::new().await;
    let company = world.company();
    let call = &company.calls[300];
    let (from, to) = ("2026-08-01T00:00:00Z", "2026-11-20T00:00:00Z");
    let input = json!({"from_date_time": from, "to_date_time": to, "call_ids": [call.id]});
    let answer = world.gong.call("gong_stats_interaction", input).await.unwrap();
    assert_eq!(world.sent(), ["POST /v2/calls/extensive"]);
    let figures = &answer["peopleInteractionStats"][0];
    assert_eq!(figures["callId"], json!(call.id));
    assert!(figures["personInteractionStats"][0]["name"].is_string(), "{figures}");
}

#[tokio::test]
async fn coaching_looks_up_the_only_workspace_and_goes_through_the_managers_ten_a_page() {
    let world = World::of_one_workspace().await;
    let company = world.company();
    let mut managers: Vec<String> = company.users.iter().filter_map(|user| user.manager_id.clone()).collect();
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
    let mut told = first.coaching_data.clone();
    while let Some(page) = pages.next().await {
        told.extend(page.unwrap().coaching_data.clone());
    }
    assert_eq!(asked(&world), managers, "every manager once");
    same(told.iter().map(|one| one.manager.as_ref().unwrap().id.to_string()), managers);
    let looked_up = world.sent().into_iter().filter(|line| line == "GET /v2/users").count();
    assert_eq!(looked_up, 3, "the users are looked up once for all pages");
}

#[tokio::test]
async fn coaching_in_a_company_of_several_workspaces_asks_which() {
    let world = World::with(Sandbox::builder().workspaces(3)).await;
    let company = world.company();
    let error = world.gong.coaching().get().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let said = error.to_string();
    for workspace in &company.workspaces {
        assert!(said.contains(&workspace.id), "{said}");
    }
    assert!(said.contains("workspace_id"), "{said}");
}
