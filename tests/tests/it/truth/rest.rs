//! The library, what is set up, and statistics.

use std::collections::BTreeSet;

use crate::support::{Stage, at, same};

#[tokio::test]
async fn gong_library_folders_list() {
    let stage = Stage::new().await;
    let company = stage.company();
    let workspace = &company.workspaces[1].id;
    let answer = stage.gong.library().folders().workspace_id(workspace).send().await.unwrap();
    let truth = company.library_folders.iter().filter(|folder| folder.workspace_id == *workspace);
    let ours = answer.folders.iter().map(|folder| {
        (folder.id.as_str(), folder.name.as_deref().unwrap(), folder.parent_folder_id.as_ref().map(|id| id.as_str()))
    });
    same(ours, truth.map(|folder| (folder.id.as_str(), folder.name.as_str(), folder.parent_id.as_deref())));
}

#[tokio::test]
async fn gong_library_folder_content_get() {
    let stage = Stage::new().await;
    let company = stage.company();
    let truth = company.library_folders.iter().find(|folder| !folder.items.is_empty()).unwrap();
    let folder = stage.gong.library().folder_content(&truth.id).send().await.unwrap();
    assert_eq!(folder.name.as_deref(), Some(truth.name.as_str()));
    assert_eq!(folder.calls.len(), truth.items.len());
    for (ours, truth) in folder.calls.iter().zip(&truth.items) {
        assert_eq!(ours.id.as_str(), truth.call_id);
        assert_eq!(ours.note, truth.note);
        let snippet = ours.snippet.as_ref().and_then(|part| Some((part.from_sec?, part.to_sec?)));
        assert_eq!(snippet, truth.snippet);
    }
}

#[tokio::test]
async fn gong_scorecards_list() {
    let stage = Stage::new().await;
    let answer = stage.gong.settings().scorecards().send().await.unwrap();
    let company = stage.company();
    let ids = company.scorecards.iter().map(|card| card["scorecardId"].as_str().unwrap());
    same(answer.scorecards.iter().map(|card| card.scorecard_id.as_str()), ids);
    let question = &answer.scorecards[0].questions[0];
    assert_eq!((question.min_range, question.max_range), (Some(1), Some(5)), "Gong writes ranges as text");
    assert_eq!(answer.scorecards[0].questions[2].answer_options[1].text.as_deref(), Some("Who sends what"));
}

#[tokio::test]
async fn gong_trackers_list() {
    let stage = Stage::new().await;
    let company = stage.company();
    let ids = |of: Option<&str>| {
        let trackers = company.trackers.iter().filter(|tracker| of.is_none_or(|id| tracker["workspaceId"] == id));
        trackers.map(|tracker| tracker["trackerId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let every = stage.gong.settings().trackers().send().await.unwrap();
    same(every.keyword_trackers.iter().map(|tracker| tracker.tracker_id.to_string()), ids(None));
    let workspace = company.workspaces[0].id.as_str();
    let some = stage.gong.settings().trackers().workspace_id(workspace).send().await.unwrap();
    same(some.keyword_trackers.iter().map(|tracker| tracker.tracker_id.to_string()), ids(Some(workspace)));
    assert!(!some.keyword_trackers[0].language_keywords[0].keywords.is_empty());
}

#[tokio::test]
async fn gong_stats_interaction() {
    let stage = Stage::new().await;
    let (from, to) = ("2026-11-02T00:00:00-07:00", "2026-11-09T00:00:00-07:00");
    let page = stage.gong.stats().interaction(at(from), at(to)).send().await.unwrap();
    let company = stage.company();
    let calls = company.calls.iter().filter(|call| (from..to).contains(&call.started().as_str()));
    let hosts: BTreeSet<&str> = calls.map(|call| call.primary_user_id.as_str()).collect();
    same(page.people_interaction_stats.iter().map(|one| one.user_id.as_ref().unwrap().as_str()), hosts);
    let names = page.people_interaction_stats[0].person_interaction_stats.iter().map(|stat| stat.name.as_str());
    assert!(names.into_iter().any(|name| name == "Question Rate"));
    assert_eq!(page.time_zone.as_deref(), Some(company.time_zone));
    assert_eq!(page.to_date_time.as_ref().unwrap().as_str(), to);
}

#[tokio::test]
async fn gong_stats_user_actions() {
    let stage = Stage::new().await;
    let (from, to) = ("2026-10-01T00:00:00-07:00", "2026-11-01T00:00:00-07:00");
    let page = stage.gong.stats().user_actions(at(from), at(to)).send().await.unwrap();
    let company = stage.company();
    let truth = company.answered_scorecards.iter().filter(|card| {
        card.review_method == "MANUAL" && (from..to).contains(&card.wire["callStartTime"].as_str().unwrap())
    });
    same(
        page.answered_scorecards.iter().map(|card| card.answered_scorecard_id.as_str()),
        truth.map(|card| card.id.as_str()),
    );
    assert!(page.users_aggregate_activity_stats.is_empty());
    let answers = &page.answered_scorecards[0].answers;
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0].is_overall, Some(true));
}
