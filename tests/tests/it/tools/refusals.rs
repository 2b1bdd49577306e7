//! The errors of a wrong input: every fault at once, each with its path and its remedy, and nothing is sent.

use gong_client::ErrorKind;
use serde_json::{Value, json};

use crate::support::World;

/// What a tool says of an input that it refuses.
async fn refused(tool: &str, input: Value) -> String {
    let world = World::new().await;
    let error = world.gong.call(tool, input).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(world.sent(), [] as [&str; 0]);
    assert!(!error.may_have_been_sent() && !error.is_retryable());
    error.to_string()
}

#[tokio::test]
async fn an_unknown_name_suggests_the_one_that_was_meant() {
    insta::assert_snapshot!(
        refused("gong_calls_list", json!({"fromDateTime": "2026-11-01T00:00:00Z", "curser": "x"})).await
    );
}

#[tokio::test]
async fn every_fault_is_told_at_once_with_its_path() {
    let input = json!({
        "actual_start": "yesterday",
        "duration": "long",
        "direction": "inbound",
        "parties": [{"mediaChannelId": 7}, {"emailAddress": "nobody", "userid": "5"}, "Kim"],
        "scheduled_start": "2026-11-01T10:00:00",
    });
    insta::assert_snapshot!(refused("gong_calls_create", input).await);
}

#[tokio::test]
async fn what_is_missing_is_named() {
    insta::assert_snapshot!(refused("gong_engage_prospects_assign", json!({"flow_id": ""})).await);
}

#[tokio::test]
async fn too_many_and_twice_the_same_are_refused() {
    let mut ids: Vec<String> = (0..201).map(|id| id.to_string()).collect();
    ids.push("0".to_owned());
    let input = json!({"crm_prospect_ids": ids, "flow_id": "1", "flow_instance_owner_email": "sam"});
    insta::assert_snapshot!(refused("gong_engage_prospects_assign", input).await);
}

#[tokio::test]
async fn a_range_that_ends_before_it_begins_is_refused() {
    let input = json!({"from_date_time": "2026-11-02T00:00:00Z", "to_date_time": "2026-11-01T00:00:00Z"});
    insta::assert_snapshot!(refused("gong_stats_interaction", input).await);
}

#[tokio::test]
async fn an_input_that_is_no_object_is_refused() {
    for input in [json!([]), json!("x"), json!(1)] {
        assert!(refused("gong_users_list", input).await.contains("object"));
    }
}

#[tokio::test]
async fn what_can_be_read_without_doubt_is_taken() {
    let world = World::new().await;
    let ids = world.call_ids().into_iter().filter(|id| id.parse::<u64>().is_ok());
    let ids: Vec<String> = ids.take(2).collect();
    let numbers: Vec<u64> = ids.iter().map(|id| id.parse().unwrap()).collect();
    for call_ids in [
        json!(numbers),
        json!(numbers.iter().map(u64::to_string).collect::<Vec<_>>()),
        json!(json!(numbers).to_string()),
    ] {
        world.gong.call("gong_calls_transcript_get", json!({"call_ids": call_ids})).await.unwrap();
        assert_eq!(world.last_body()["filter"]["callIds"], json!(ids), "{call_ids}");
    }
    world.gong.call("gong_users_list", json!({"include_avatars": "true", "cursor": null})).await.unwrap();
    assert_eq!(world.last().query_value("includeAvatars"), Some("true"));
}
