//! Calls.

use gong_client::models::{CallDirection, Party};
use gong_sandbox::Company;
use gong_sandbox::company::Call;
use serde_json::json;

use super::{both, owner_id};
use crate::support::at;

/// A call that somebody outside the company spoke in.
fn with_a_guest(company: &Company) -> Call {
    let talked = |call: &&Call| call.parties.iter().any(|party| party.user_id.is_none() && party.speaker_id.is_some());
    company.calls.iter().find(talked).unwrap().clone()
}

pub(super) async fn list(name: &str) {
    let (from, to) = ("2026-11-13T00:00:00-07:00", "2026-11-20T00:00:00-07:00");
    let input = json!({"from_date_time": from, "to_date_time": to});
    let week =
        both(name, |_| input.clone(), |gong, _| gong.calls().list().from_date_time(at(from)).to_date_time(at(to)));
    let week = week.await;
    let company = &week.before;
    let truth: Vec<&str> = company
        .calls
        .iter()
        .filter(|call| (from..to).contains(&call.started().as_str()))
        .map(|call| call.id.as_str())
        .collect();
    assert_eq!(week.calls.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), truth);

    let page = week.world.gong.calls().list().send().await.unwrap();
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

pub(super) async fn get(name: &str) {
    let id = |company: &Company| with_a_guest(company).id;
    let page = both(
        name,
        |company| json!({"call_ids": [id(company)]}),
        |gong, company| gong.calls().get().call_ids([id(company)]),
    );
    let page = page.await;
    let truth = with_a_guest(&page.before);
    let [call] = page.calls.as_slice() else { panic!("one call: {:?}", page.answer) };

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

pub(super) async fn create(name: &str) {
    let input = |company: &Company| {
        json!({
            "actual_start": "2026-11-19T15:00:00Z",
            "client_unique_id": "dialler-17",
            "direction": "Outbound",
            "duration": 1820,
            "parties": [{"userId": owner_id(company)}, {"emailAddress": "kim@acme.example", "name": "Kim Bauer"}],
            "title": "Renewal",
        })
    };
    let created = both(name, input, |gong, company| {
        let parties =
            [Party::new().user_id(owner_id(company)), Party::new().email_address("kim@acme.example").name("Kim Bauer")];
        let call = gong
            .calls()
            .create()
            .actual_start(at("2026-11-19T15:00:00Z"))
            .client_unique_id("dialler-17")
            .parties(parties);
        call.direction(CallDirection::Outbound).duration(1820).title("Renewal")
    });
    let created = created.await;
    assert!(created.notices()[0].contains("gong_calls_media_upload"), "{:?}", created.notices());

    let company = created.world.company();
    let id = created.call_id.as_ref().unwrap();
    let truth = company.registered_calls.iter().find(|call| call.id == id.as_str()).unwrap();
    assert_eq!(truth.title.as_deref(), Some("Renewal"));
    assert_eq!((truth.direction.as_str(), truth.duration), ("Outbound", 1820));
    assert_eq!(truth.primary_user_id, owner_id(&company));
    assert_eq!(truth.client_unique_id.as_deref(), Some("dialler-17"));
    assert_eq!(truth.started(), "2026-11-19T08:00:00-07:00");
    assert_eq!(truth.parties.len(), 2);
    let page = created.world.gong.calls().list().from_date_time(at("2026-11-19T15:00:00Z")).send().await.unwrap();
    assert!(!page.calls.iter().any(|call| call.id == *id), "it is listed when its recording is processed");
}

pub(super) async fn transcripts(name: &str) {
    let id = |company: &Company| with_a_guest(company).id;
    let page = both(
        name,
        |company| json!({"call_ids": [id(company)]}),
        |gong, company| gong.calls().transcripts().call_ids([id(company)]),
    );
    let page = page.await;
    let [transcript] = page.call_transcripts.as_slice() else { panic!("one transcript: {:?}", page.answer) };
    let call = with_a_guest(&page.before);
    let truth = page.before.transcript(&call);

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

pub(super) async fn outcomes(name: &str) {
    let answer = both(name, |_| json!({}), |gong, _| gong.calls().outcomes()).await;
    let names: Vec<&str> = answer.outcomes.iter().map(|outcome| outcome.call_outcome.as_str()).collect();
    let truth = answer.before.call_outcomes.iter().filter_map(|outcome| outcome["callOutcome"].as_str());
    assert_eq!(names, truth.collect::<Vec<_>>());
    assert_eq!(answer.outcomes[1].display_order, Some(2));
    assert_eq!(answer.outcomes[5].automation.as_ref().unwrap().as_str(), "MARK_AS_OPT_OUT");
}
