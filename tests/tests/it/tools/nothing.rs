//! When nothing is an answer: what matched nothing is an empty list, and what is not there is an error.

use gong_client::ErrorKind;
use gong_sandbox::{Fault, OWNER_EMAIL};
use serde_json::json;

use crate::support::World;

/// A tool, an input that matches nothing, and the list that is empty then.
const NOTHING: [(&str, &str, &str); 8] = [
    ("gong_calls_list", r#"{"from_date_time": "2030-01-01T00:00:00Z"}"#, "calls"),
    ("gong_calls_list", r#"{"to_date_time": "2001-01-01T00:00:00Z"}"#, "calls"),
    ("gong_calls_list", r#"{"call_ids": "1,2"}"#, "calls"),
    ("gong_calls_get", r#"{"call_ids": ["1"]}"#, "calls"),
    ("gong_calls_transcript_get", r#"{"call_ids": ["1"]}"#, "callTranscripts"),
    ("gong_users_get", r#"{"user_ids": ["1"]}"#, "users"),
    (
        "gong_stats_interaction",
        r#"{"from_date_time": "2001-01-01T00:00:00Z", "to_date_time": "2001-02-01T00:00:00Z"}"#,
        "peopleInteractionStats",
    ),
    (
        "gong_stats_user_actions",
        r#"{"from_date_time": "2001-01-01T00:00:00Z", "to_date_time": "2001-02-01T00:00:00Z"}"#,
        "answeredScorecards",
    ),
];

#[tokio::test]
async fn a_404_that_says_nothing_matched_is_an_empty_answer() {
    let world = World::new().await;
    for (tool, input, list) in NOTHING {
        let answer = world.gong.call(tool, serde_json::from_str(input).unwrap()).await.unwrap();
        assert_eq!(answer[list], json!([]), "{tool}");
        assert_eq!(answer.raw()[0].status(), 404, "{tool}");
        assert!(answer.request_id().is_some() && answer["requestId"].is_string(), "{tool}");
    }
}

#[tokio::test]
async fn the_same_requests_take_any_other_404_for_an_error() {
    let world = World::new().await;
    for (tool, input, _) in NOTHING {
        world.sandbox.inject(Fault::refuse(404, "Not Found"));
        let error = world.gong.call(tool, serde_json::from_str(input).unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{tool}");
    }
    for (tool, input) in [
        ("gong_trackers_list", json!({"workspace_id": "1"})),
        ("gong_engage_prospects_bulk_assign_status", json!({"assignment_id": "12345"})),
        ("gong_library_folder_content_get", json!({"folder_id": "1"})),
        (
            "gong_engage_prospects_assign",
            json!({"crm_prospect_ids": ["1"], "flow_id": "1", "flow_instance_owner_email": OWNER_EMAIL}),
        ),
    ] {
        let error = world.gong.call(tool, input).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)), "{tool}");
    }
}

#[tokio::test]
async fn folders_that_are_not_there_are_an_empty_list() {
    let world = World::new().await;
    let folders = world.gong.library().folders().workspace_id("1").send().await.unwrap();
    assert!(folders.folders.is_empty());
    let error = world.gong.library().folders().send().await.unwrap_err();
    assert_eq!(error.messages(), ["workspaceId parameter is missing"], "a company of two must say which");
}

#[tokio::test]
async fn an_id_stays_in_its_place_of_the_path() {
    let world = World::new().await;
    for (id, path) in [("a/b?c#d", "a%2Fb%3Fc%23d"), ("../../users", "..%2F..%2Fusers"), ("%2e%2e", "%252e%252e")] {
        world.sandbox.clear_requests();
        let error = world.gong.engage_prospects().bulk_assign_status().assignment_id(id).send().await.unwrap_err();
        assert_eq!(error.messages(), [format!("Flow prospects bulk assignment {id} not found")]);
        assert_eq!(world.sent(), [format!("GET /v2/flows/prospects/bulk-assignments/{path}")]);
    }
    world.sandbox.clear_requests();
    for id in ["..", ".", "", " "] {
        let error = world.gong.engage_prospects().bulk_assign_status().assignment_id(id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id:?}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn ids_that_were_asked_for_and_are_not_there_are_named() {
    let world = World::new().await;
    let company = world.company();
    let (call, user) = (&company.calls[0].id, &company.users[0].id);
    for (tool, input, lacking) in [
        ("gong_calls_get", json!({"call_ids": [call, "404", "405"]}), "404, 405 of `call_ids`"),
        ("gong_calls_transcript_get", json!({"call_ids": [call, "404"]}), "404 of `call_ids`"),
        ("gong_calls_list", json!({"call_ids": format!("{call},404")}), "404 of `call_ids`"),
        ("gong_users_get", json!({"user_ids": [user, "404"]}), "404 of `user_ids`"),
        ("gong_users_get", json!({"user_ids": ["404"]}), "404 of `user_ids`"),
    ] {
        let answer = world.gong.call(tool, input).await.unwrap();
        let told = answer.notices().join(" ");
        assert!(told.contains(&format!("Gong gave nothing for {lacking}: there is none")), "{tool}: {told}");
        assert!(!told.contains(call.as_str()) && !told.contains(user.as_str()), "{tool}: {told}");
    }
    let typed = world.gong.users().get().user_ids([user.clone(), "404".to_owned()]).send().await.unwrap();
    assert!(typed.notices()[0].contains("404 of `user_ids`"), "{:?}", typed.notices());
    let whole = world.gong.call("gong_calls_get", json!({"call_ids": [call]})).await.unwrap();
    assert_eq!(whole.notices(), [] as [&str; 0]);
}

#[tokio::test]
async fn of_a_page_with_more_behind_it_nothing_is_said_to_be_lacking() {
    let world = World::paged(2).await;
    let ids: Vec<String> = world.company().users.into_iter().take(5).map(|user| user.id).collect();
    let page = world.gong.call("gong_users_get", json!({"user_ids": ids})).await.unwrap();
    assert_eq!(page.notices(), [] as [&str; 0]);
}
