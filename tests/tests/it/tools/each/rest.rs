//! The library, what is set up, and statistics.

use std::collections::BTreeSet;

use gong_client::models::UserReport;
use gong_sandbox::Company;
use serde_json::json;

use super::{both, both_in};
use crate::support::{World, at, same};

pub(super) async fn folders(name: &str) {
    let workspace = |company: &Company| company.workspaces[1].id.clone();
    let answer = both(
        name,
        |company| json!({"workspace_id": workspace(company)}),
        |gong, company| gong.library().folders().workspace_id(workspace(company)),
    );
    let answer = answer.await;
    let truth = answer.before.library_folders.iter().filter(|folder| folder.workspace_id == workspace(&answer.before));
    let ours = answer.folders.iter().map(|folder| {
        (folder.id.as_str(), folder.name.as_deref().unwrap(), folder.parent_folder_id.as_ref().map(|id| id.as_str()))
    });
    same(ours, truth.map(|folder| (folder.id.as_str(), folder.name.as_str(), folder.parent_id.as_deref())));

    let small = [World::of_one_workspace().await, World::of_one_workspace().await];
    let only = both_in(small, name, |_| json!({}), |gong, _| gong.library().folders()).await;
    assert!(!only.folders.is_empty(), "a company of one need not say which");
}

pub(super) async fn folder_content(name: &str) {
    let filled =
        |company: &Company| company.library_folders.iter().find(|folder| !folder.items.is_empty()).unwrap().clone();
    let folder = both(
        name,
        |company| json!({"folder_id": filled(company).id}),
        |gong, company| gong.library().folder_content().folder_id(filled(company).id),
    );
    let folder = folder.await;
    let truth = filled(&folder.before);
    assert_eq!(folder.id.as_ref().unwrap().as_str(), truth.id);
    assert_eq!(folder.name.as_deref(), Some(truth.name.as_str()));
    assert_eq!(folder.calls.len(), truth.items.len());
    for (ours, truth) in folder.calls.iter().zip(&truth.items) {
        assert_eq!(ours.id.as_str(), truth.call_id);
        assert_eq!(ours.note, truth.note);
        let snippet = ours.snippet.as_ref().and_then(|part| Some((part.from_sec?, part.to_sec?)));
        assert_eq!(snippet, truth.snippet);
    }
}

pub(super) async fn scorecards(name: &str) {
    let answer = both(name, |_| json!({}), |gong, _| gong.settings().scorecards()).await;
    let ids = answer.before.scorecards.iter().map(|card| card["scorecardId"].as_str().unwrap());
    same(answer.scorecards.iter().map(|card| card.scorecard_id.as_str()), ids);
    let question = &answer.scorecards[0].questions[0];
    assert_eq!((question.min_range, question.max_range), (Some(1), Some(5)), "Gong writes ranges as text");
    assert_eq!(answer.scorecards[0].questions[2].answer_options[1].text.as_deref(), Some("Who sends what"));
}

pub(super) async fn trackers(name: &str) {
    let every = both(name, |_| json!({}), |gong, _| gong.settings().trackers()).await;
    let company = &every.before;
    let ids = |of: Option<&str>| {
        let trackers = company.trackers.iter().filter(|tracker| of.is_none_or(|id| tracker["workspaceId"] == id));
        trackers.map(|tracker| tracker["trackerId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    same(every.keyword_trackers.iter().map(|tracker| tracker.tracker_id.to_string()), ids(None));
    let workspace = company.workspaces[0].id.as_str();
    let some = every.world.gong.settings().trackers().workspace_id(workspace).send().await.unwrap();
    same(some.keyword_trackers.iter().map(|tracker| tracker.tracker_id.to_string()), ids(Some(workspace)));
    assert!(!some.keyword_trackers[0].language_keywords[0].keywords.is_empty());
}

pub(super) async fn interaction(name: &str) {
    let (from, to) = ("2026-11-02T00:00:00-07:00", "2026-11-09T00:00:00-07:00");
    let input = json!({"from_date_time": from, "to_date_time": to});
    let page = both(
        name,
        |_| input.clone(),
        |gong, _| gong.stats().interaction().from_date_time(at(from)).to_date_time(at(to)),
    )
    .await;
    let calls = page.before.calls.iter().filter(|call| (from..to).contains(&call.started().as_str()));
    let hosts: BTreeSet<&str> = calls.map(|call| call.primary_user_id.as_str()).collect();
    same(page.people_interaction_stats.iter().map(|one| one.user_id.as_ref().unwrap().as_str()), hosts);
    let names = page.people_interaction_stats[0].person_interaction_stats.iter().map(|stat| stat.name.as_str());
    assert!(names.into_iter().any(|name| name == "Question Rate"));
    assert_eq!(page.time_zone.as_deref(), Some(page.before.time_zone));
    assert_eq!(page.to_date_time.as_ref().unwrap().as_str(), to);
}

pub(super) async fn user_actions(name: &str) {
    let (from, to) = ("2026-10-01T00:00:00-07:00", "2026-11-01T00:00:00-07:00");
    let input = json!({"from_date_time": from, "to_date_time": to, "report": "aggregate"});
    let activity = both(
        name,
        |_| input.clone(),
        |gong, _| {
            gong.stats().user_actions().from_date_time(at(from)).to_date_time(at(to)).report(UserReport::Aggregate)
        },
    );
    let activity = activity.await;
    assert!(!activity.users_aggregate_activity_stats.is_empty());

    let page =
        activity.world.gong.stats().user_actions().from_date_time(at(from)).to_date_time(at(to)).send().await.unwrap();
    let truth = activity.before.answered_scorecards.iter().filter(|card| {
        card.review_method == "MANUAL" && (from..to).contains(&card.wire["callStartTime"].as_str().unwrap())
    });
    same(
        page.answered_scorecards.iter().map(|card| card.answered_scorecard_id.as_str()),
        truth.map(|card| card.id.as_str()),
    );
    assert!(page.users_aggregate_activity_stats.is_empty(), "scorecards, unless activity is wanted");
    let answers = &page.answered_scorecards[0].answers;
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0].is_overall, Some(true));
    assert_eq!(activity.world.sent(), ["POST /v2/stats/activity/aggregate", "POST /v2/stats/activity/scorecards"]);
}
