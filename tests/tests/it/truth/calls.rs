//! Calls.

use gong_client::models::{CallDirection, Party};
use gong_sandbox::company::Call;

use crate::support::{Stage, at};

/// A call that somebody outside the company spoke in.
fn with_a_guest(stage: &Stage) -> Call {
    let company = stage.company();
    let talked = |call: &&Call| call.parties.iter().any(|party| party.user_id.is_none() && party.speaker_id.is_some());
    company.calls.iter().find(talked).unwrap().clone()
}

#[tokio::test]
async fn gong_calls_list() {
    let stage = Stage::new().await;
    let company = stage.company();
    let page = stage.gong.calls().list().send().await.unwrap();
    let truth: Vec<&str> = company.calls.iter().take(100).map(|call| call.id.as_str()).collect();
    assert_eq!(page.calls.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), truth);

    let (call, truth) = (&page.calls[7], &company.calls[7]);
    assert_eq!(call.title, truth.title);
    assert_eq!(call.started.as_ref().unwrap().as_str(), truth.started());
    assert_eq!(call.duration, Some(truth.duration));
    assert_eq!(call.primary_user_id.as_ref().unwrap().as_str(), truth.primary_user_id);
    assert_eq!(call.direction.as_ref().unwrap().as_str(), truth.direction);
    assert_eq!(call.is_private, Some(truth.is_private));
    assert_eq!(call.url.as_deref(), Some(truth.url().as_str()));
    assert_eq!(page.records.as_ref().unwrap().total_records, Some(company.calls.len() as i64));
    assert!(page.request_id().is_some());
}

#[tokio::test]
async fn gong_calls_get() {
    let stage = Stage::new().await;
    let truth = with_a_guest(&stage);
    let page = stage.gong.calls().get([&truth.id]).send().await.unwrap();
    let [call] = page.calls.as_slice() else { panic!("one call: {page:?}") };

    assert_eq!(call.meta_data.as_ref().unwrap().id.as_str(), truth.id);
    let names: Vec<Option<&str>> = call.parties.iter().map(|party| party.name.as_deref()).collect();
    assert_eq!(names, truth.parties.iter().map(|party| party.name.as_deref()).collect::<Vec<_>>());
    let content = call.content.as_ref().unwrap();
    assert!(!content.topics.is_empty() && !content.trackers.is_empty() && !content.outline.is_empty());
    assert!(!content.highlights.is_empty() && !content.key_points.is_empty() && content.brief.is_some());
    let interaction = call.interaction.as_ref().unwrap();
    assert!(interaction.interaction_stats.iter().any(|stat| stat.name == "Talk Ratio" && stat.value.is_some()));
    assert!(!interaction.speakers.is_empty() && interaction.questions.is_some());
    let account = call.context[0].objects[0].object_id.as_ref().unwrap();
    assert_eq!(Some(account.as_str()), truth.account_crm_id.as_deref());
    assert!(call.media.is_none(), "addresses of the recording come only when asked for");
}

#[tokio::test]
async fn gong_calls_create() {
    let stage = Stage::new().await;
    let host = stage.company().owner().unwrap().clone();
    let call = stage.gong.calls().create(at("2026-11-20T15:00:00Z"));
    let call = call
        .title("Renewal")
        .direction(CallDirection::Outbound)
        .duration(1820)
        .client_unique_id("dialer-1")
        .parties([Party::new().user_id(&host.id), Party::new().email_address("kim@example.com").name("Kim Lee")]);
    let created = call.send().await.unwrap();

    let company = stage.company();
    let truth =
        company.call(created.call_id.as_ref().expect("a new call has an id").as_str()).expect("the call is there now");
    assert_eq!(truth.title.as_deref(), Some("Renewal"));
    assert_eq!((truth.direction.as_str(), truth.duration), ("Outbound", 1820));
    assert_eq!(truth.primary_user_id, host.id);
    assert_eq!(truth.client_unique_id.as_deref(), Some("dialer-1"));
    assert_eq!(truth.started(), "2026-11-20T08:00:00-07:00");
    assert_eq!(truth.parties.len(), 2);
}

#[tokio::test]
async fn gong_calls_transcript_get() {
    let stage = Stage::new().await;
    let call = with_a_guest(&stage);
    let truth = stage.company().transcript(&call);
    let page = stage.gong.calls().transcripts([&call.id]).send().await.unwrap();
    let [transcript] = page.call_transcripts.as_slice() else { panic!("one transcript: {page:?}") };

    assert_eq!(transcript.call_id.as_str(), call.id);
    assert_eq!(transcript.transcript.len(), truth.len());
    for (ours, truth) in transcript.transcript.iter().zip(&truth) {
        assert_eq!(ours.speaker_id.as_ref().unwrap().as_str(), truth.speaker_id);
        assert_eq!(ours.topic.as_deref(), truth.topic);
        assert_eq!(ours.sentences.len(), truth.sentences.len());
        assert_eq!(ours.sentences[0].text.as_deref(), Some(truth.sentences[0].text.as_str()));
        assert_eq!(ours.sentences[0].start, Some(truth.sentences[0].start));
    }
}

#[tokio::test]
async fn gong_call_outcomes_list() {
    let stage = Stage::new().await;
    let answer = stage.gong.calls().outcomes().send().await.unwrap();
    let names: Vec<&str> = answer.outcomes.iter().map(|outcome| outcome.call_outcome.as_str()).collect();
    let company = stage.company();
    let truth: Vec<&str> = company.call_outcomes.iter().filter_map(|outcome| outcome["callOutcome"].as_str()).collect();
    assert_eq!(names, truth);
    assert_eq!(answer.outcomes[1].display_order, Some(2));
    assert_eq!(answer.outcomes[5].automation.as_ref().unwrap().as_str(), "MARK_AS_OPT_OUT");
}
