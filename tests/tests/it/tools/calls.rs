//! What makes the call tools work against Gong as it is: defaults, sections, another route.

use gong_client::ErrorKind;
use gong_client::models::CallSection;
use serde_json::json;

use crate::support::{World, each};

#[tokio::test]
async fn a_call_gets_a_fresh_id_no_direction_and_the_first_user_as_host() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap().id.clone();
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
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("primary_user"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn what_gong_has_no_field_for_is_named_and_not_sent() {
    let world = World::new().await;
    let company = world.company();
    let owner = company.owner().unwrap().id.clone();
    let parties = json!([{"userId": owner, "speakerId": "1", "affiliation": "Internal"}]);
    let input = json!({"actual_start": "2026-11-19T10:00:00Z", "parties": parties, "language": "de-DE"});
    let answer = world.gong.call("gong_calls_create", input).await.unwrap();
    let notices = answer.notices().join("\n");
    assert!(notices.contains("speakerId") && notices.contains("affiliation"), "{notices}");
    assert_eq!(world.last_body()["parties"], json!([{"userId": owner}]));
    assert_eq!(world.last_body()["languageCode"], "de-DE");
}

#[tokio::test]
async fn a_call_is_asked_for_with_everything_unless_less_is_wanted() {
    let world = World::new().await;
    let company = world.company();
    let id = company.calls[0].id.clone();
    world.gong.calls().get().call_ids([id.as_str()]).send().await.unwrap();
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

    world.gong.calls().get().call_ids([id.as_str()]).include([CallSection::Brief]).send().await.unwrap();
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
    let company = world.company();
    let ids: Vec<&str> = [11, 3].map(|index| company.calls[index].id.as_str()).into();
    let answer = world.gong.call("gong_calls_list", json!({"call_ids": ids.join(",")})).await.unwrap();
    assert_eq!(world.sent(), ["POST /v2/calls/extensive"]);
    let mut found = each(&answer["calls"], "id");
    found.sort_by_key(|id| ids.iter().position(|wanted| wanted == id));
    assert_eq!(found, ids);
    let title = company.calls[3].title.clone();
    assert!(answer["calls"].as_array().unwrap().iter().any(|call| call["title"] == json!(title)));
}
