//! Workspaces, scorecards, trackers, call outcomes, the library.

mod common;

use common::Gong;
use gong_sandbox::Sandbox;
use serde_json::Value;

#[tokio::test]
async fn a_company_has_as_many_workspaces_as_the_builder_says() {
    for count in [1, 2, 4] {
        let gong = Gong::with(Sandbox::builder().workspaces(count).start().await.unwrap());
        let answer = gong.get("/v2/workspaces", &[]).await.ok();
        assert_eq!(answer["workspaces"].as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn scorecards_write_ids_and_ranges_as_strings() {
    let gong = Gong::new().await;
    let answer = gong.get("/v2/settings/scorecards", &[]).await.ok();
    assert!(answer.get("records").is_none());
    let card = &answer["scorecards"][0];
    for id in ["scorecardId", "workspaceId", "updaterUserId"] {
        assert!(card[id].is_string(), "{id}");
    }
    let question = &card["questions"][0];
    assert_eq!((&question["minRange"], &question["maxRange"]), (&"1".into(), &"5".into()));
    assert!(card["questions"][1]["minRange"].is_null());
}

#[tokio::test]
async fn trackers_are_those_of_a_workspace_if_one_is_named() {
    let gong = Gong::new().await;
    let workspace = gong.sandbox.company().workspaces[1].id.clone();
    let all = gong.get("/v2/settings/trackers", &[]).await.ok();
    let some = gong.get("/v2/settings/trackers", &[("workspaceId", &workspace)]).await.ok();
    let count = |answer: &Value| answer["keywordTrackers"].as_array().unwrap().len();
    assert_eq!(count(&all), 2 * count(&some));
    let unknown = gong.get("/v2/settings/trackers", &[("workspaceId", "1")]).await;
    assert_eq!(unknown.refusal(), (404, "Workspace not found"));
}

#[tokio::test]
async fn call_outcomes_have_names_and_no_ids() {
    let gong = Gong::new().await;
    let answer = gong.get("/v2/call-outcomes", &[]).await.ok();
    let outcomes = answer["outcomes"].as_array().unwrap();
    assert!(outcomes.iter().all(|one| one["callOutcome"].is_string() && one.get("id").is_none()));
    assert!(outcomes.iter().any(|one| one["automation"].is_null()));
}

#[tokio::test]
async fn library_folders_want_a_workspace_only_where_there_are_several() {
    let gong = Gong::new().await;
    let path = "/v2/library/folders";
    assert_eq!(gong.get(path, &[]).await.status, 400);
    let workspace = gong.sandbox.company().workspaces[0].id.clone();
    let answer = gong.get(path, &[("workspaceId", &workspace)]).await.ok();
    assert_eq!(answer["folders"].as_array().unwrap().len(), 3);
    let single = Gong::with(Sandbox::builder().workspaces(1).start().await.unwrap());
    single.get(path, &[]).await.ok();
}

#[tokio::test]
async fn a_library_folder_holds_calls_and_snippets() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let folder = &company.library_folders[0];
    let path = "/v2/library/folder-content";
    let answer = gong.get(path, &[("folderId", &folder.id)]).await.ok();
    assert_eq!(answer["name"], folder.name.as_str());
    let calls = answer["calls"].as_array().unwrap();
    assert!(calls.iter().any(|call| call["snippet"]["fromSec"].is_i64()));
    assert!(calls.iter().any(|call| call["snippet"].is_null()));
    assert!(calls.iter().all(|call| company.call(call["id"].as_str().unwrap()).is_some()));
    assert_eq!(gong.get(path, &[("folderId", "1")]).await.status, 404);
    assert_eq!(gong.get(path, &[]).await.status, 400);
}
