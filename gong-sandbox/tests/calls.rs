//! Calls: listing, reading, registering, transcripts.

mod common;

use std::{collections::HashSet, time::Duration};

use common::{Answer, Gong, new_call, strings};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

const NO_CALLS: &str = "No calls found corresponding to the provided filters";

#[tokio::test]
async fn calls_are_listed_oldest_first_within_a_range_that_excludes_its_end() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let (first, last) = (company.calls[10].started(), company.calls[40].started());
    let range = [("fromDateTime", first.as_str()), ("toDateTime", last.as_str())];
    let listed = strings(&gong.get_all("/v2/calls", &range, "calls").await, "id");
    let expected: Vec<String> = company
        .calls
        .iter()
        .filter(|call| call.started() >= first && call.started() < last)
        .map(|call| call.id.clone())
        .collect();
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn a_list_without_dates_gives_the_whole_history() {
    let gong = Gong::new().await;
    let all = gong.get_all("/v2/calls", &[], "calls").await;
    assert_eq!(all.len(), gong.sandbox.company().calls.len());
    let ids: HashSet<String> = strings(&all, "id").into_iter().collect();
    assert_eq!(ids.len(), all.len());
    assert!(ids.iter().any(|id| id.len() == 20), "some ids fit in no i64");
}

#[tokio::test]
async fn the_plain_list_does_not_tell_who_took_part() {
    let gong = Gong::new().await;
    let page = gong.get("/v2/calls", &[]).await.ok();
    assert!(page["calls"][0].get("parties").is_none());
    assert!(page["calls"][0]["duration"].is_i64());
}

#[tokio::test]
async fn a_date_time_needs_its_offset() {
    let gong = Gong::new().await;
    for bad in ["2026-11-13", "2026-11-13T00:00:00", "last week"] {
        assert_eq!(gong.get("/v2/calls", &[("fromDateTime", bad)]).await.status, 400);
        let filter = json!({"filter": {"fromDateTime": bad}});
        assert_eq!(gong.post("/v2/calls/extensive", filter).await.status, 400);
    }
}

#[tokio::test]
async fn nothing_matched_is_a_404_with_the_known_text() {
    let gong = Gong::new().await;
    let future = "2027-01-01T00:00:00Z";
    let listed = gong.get("/v2/calls", &[("fromDateTime", future)]).await;
    assert_eq!(listed.refusal(), (404, NO_CALLS));
    for path in ["/v2/calls/extensive", "/v2/calls/transcript"] {
        let none = gong.post(path, json!({"filter": {"callIds": ["1"]}})).await;
        assert_eq!(none.refusal(), (404, NO_CALLS));
    }
}

#[tokio::test]
async fn a_filter_is_needed_and_an_empty_list_of_ids_is_refused() {
    let gong = Gong::new().await;
    for path in ["/v2/calls/extensive", "/v2/calls/transcript"] {
        assert_eq!(gong.post(path, json!({})).await.status, 400);
        assert_eq!(gong.post(path, json!({"filter": {"callIds": []}})).await.status, 400);
    }
}

#[tokio::test]
async fn without_a_selector_only_the_basic_record_comes() {
    let gong = Gong::new().await;
    let page = gong.post("/v2/calls/extensive", json!({"filter": {}})).await.ok();
    let call = page["calls"][0].as_object().unwrap();
    assert_eq!(call.keys().collect::<Vec<_>>(), ["metaData"]);
}

fn everything() -> Value {
    json!({
        "context": "Extended",
        "exposedFields": {
            "parties": true,
            "content": {
                "topics": true, "trackers": true, "trackerOccurrences": true, "structure": true,
                "brief": true, "outline": true, "highlights": true, "callOutcome": true,
                "keyPoints": true,
            },
            "interaction": {
                "speakers": true, "video": true, "personInteractionStats": true, "questions": true,
            },
            "collaboration": {"publicComments": true},
            "media": true,
        },
    })
}

#[tokio::test]
async fn a_full_selector_brings_everything_in() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let call = company.calls.iter().find(|call| call.media == "Video" && call.scope == "External");
    let call = call.unwrap();
    let body = json!({"filter": {"callIds": [call.id]}, "contentSelector": everything()});
    let page = gong.post("/v2/calls/extensive", body).await.ok();
    let record = &page["calls"][0];
    assert_eq!(record["parties"].as_array().unwrap().len(), call.parties.len());
    for part in ["topics", "trackers", "structure", "outline", "highlights", "keyPoints"] {
        assert!(!record["content"][part].as_array().unwrap().is_empty(), "{part}");
    }
    let stats = strings(record["interaction"]["interactionStats"].as_array().unwrap(), "name");
    assert_eq!(stats[0], "Talk Ratio");
    assert!(record["interaction"].get("personInteractionStats").is_none());
    let object = &record["context"][0]["objects"][0];
    assert_eq!(object["timing"], "Now");
    assert!(!object["fields"].as_array().unwrap().is_empty());
    assert!(record["media"]["videoUrl"].is_string());
}

#[tokio::test]
async fn the_basic_context_links_objects_without_their_fields() {
    let gong = Gong::new().await;
    let ask = |context: &str| {
        let body = json!({"filter": {}, "contentSelector": {"context": context}});
        gong.post("/v2/calls/extensive", body)
    };
    let linked = |page: &Value| {
        let calls = page["calls"].as_array().unwrap().clone();
        calls.into_iter().find(|call| call["context"] != json!([])).unwrap()
    };
    let basic = linked(&ask("Basic").await.ok());
    assert_eq!(basic["context"][0]["objects"][0]["fields"], json!([]));
    assert!(ask("None").await.ok()["calls"][0].get("context").is_none());
    assert_eq!(ask("Everything").await.status, 400);
}

#[tokio::test]
async fn trackers_tell_where_they_came_up_only_when_asked() {
    let gong = Gong::new().await;
    let ask = |occurrences: bool| {
        let content = json!({"trackers": true, "trackerOccurrences": occurrences});
        let body = json!({"filter": {}, "contentSelector": {"exposedFields": {"content": content}}});
        gong.post("/v2/calls/extensive", body)
    };
    let with = |page: &Value, member: &str| -> usize {
        let calls = page["calls"].as_array().unwrap();
        let trackers = calls.iter().flat_map(|call| call["content"]["trackers"].as_array().unwrap());
        trackers.filter(|tracker| tracker.get(member).is_some()).count()
    };
    let (plain, detailed) = (ask(false).await.ok(), ask(true).await.ok());
    for member in ["occurrences", "phrases"] {
        assert_eq!(with(&plain, member), 0, "{member}");
        assert_eq!(with(&detailed, member), with(&detailed, "count"), "{member}");
    }
}

#[tokio::test]
async fn speakers_of_a_transcript_are_parties_of_the_call() {
    let gong = Gong::new().await;
    let ids: Vec<String> = gong.sandbox.company().calls.iter().take(20).map(|call| call.id.clone()).collect();
    let filter = json!({"callIds": ids});
    let transcripts = gong.post("/v2/calls/transcript", json!({"filter": filter})).await.ok();
    let exposed = json!({"exposedFields": {"parties": true}});
    let calls = gong.post("/v2/calls/extensive", json!({"filter": filter, "contentSelector": exposed}));
    let calls = calls.await.ok();
    for (transcript, call) in
        transcripts["callTranscripts"].as_array().unwrap().iter().zip(calls["calls"].as_array().unwrap())
    {
        assert_eq!(transcript["callId"], call["metaData"]["id"]);
        let parties = call["parties"].as_array().unwrap();
        let known: HashSet<&str> = parties.iter().filter_map(|party| party["speakerId"].as_str()).collect();
        let mut spoke = HashSet::new();
        let mut clock = 0;
        for monologue in transcript["transcript"].as_array().unwrap() {
            let speaker = monologue["speakerId"].as_str().unwrap();
            assert!(known.contains(speaker));
            spoke.insert(speaker);
            for sentence in monologue["sentences"].as_array().unwrap() {
                assert!(sentence["start"].as_i64().unwrap() >= clock);
                clock = sentence["end"].as_i64().unwrap();
            }
        }
        assert!(clock <= call["metaData"]["duration"].as_i64().unwrap() * 1000);
        assert_eq!(spoke, known, "everybody with a speaker id says something");
    }
}

#[tokio::test]
async fn a_transcript_reads_like_a_conversation() {
    let company = Sandbox::start().await.unwrap().company();
    for call in company.calls.iter().take(50) {
        let transcript = company.transcript(call);
        for pair in transcript.windows(2) {
            assert_ne!(pair[0].speaker_id, pair[1].speaker_id, "nobody answers themselves");
        }
        let hello = &transcript[0].sentences[0].text;
        let name = call.speaker(&transcript[0].speaker_id).unwrap().name.as_ref();
        assert!(hello.contains(name.unwrap()));
    }
}

#[tokio::test]
async fn some_parties_never_spoke_and_some_have_no_address() {
    let company = Sandbox::start().await.unwrap().company();
    let mut parties = company.calls.iter().flat_map(|call| &call.parties);
    assert!(parties.clone().any(|party| party.speaker_id.is_none()));
    assert!(parties.clone().any(|party| party.email.is_none()));
    assert!(parties.any(|party| party.user_id.is_some()));
}

#[tokio::test]
async fn the_well_known_owner_hosted_calls_last_week_for_every_seed() {
    for seed in 0..20 {
        let company = Sandbox::builder().seed(seed).start().await.unwrap().company();
        let owner = company.owner().unwrap();
        assert!(owner.active);
        let recent = company
            .calls
            .iter()
            .filter(|call| call.primary_user_id == owner.id && call.started().as_str() >= "2026-11-13");
        assert!(recent.count() >= 2, "seed {seed}");
    }
}

#[tokio::test]
async fn whenever_now_is_there_was_a_week_before_it() {
    let weeks = [
        ("2026-11-22T00:10:00-07:00", "2026-11-15"),
        ("2027-01-01T12:00:00Z", "2026-12-25"),
        ("2026-03-02T03:00:00-07:00", "2026-02-23"),
    ];
    for (now, week_ago) in weeks {
        let gong = Gong::with(Sandbox::builder().now(now).start().await.unwrap());
        let company = gong.sandbox.company();
        let owner = company.owner().unwrap();
        let recent = company.calls.iter().filter(|call| call.started().as_str() >= week_ago);
        assert!(recent.filter(|call| call.primary_user_id == owner.id).count() >= 1, "{now}");
        assert!(company.calls.last().unwrap().started() < gong.sandbox.now());
    }
}

#[tokio::test]
async fn a_registered_call_is_nowhere_before_its_recording_is_processed() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let created = gong.post("/v2/calls", new_call(&host, "once")).await.ok();
    let id = created["callId"].as_str().unwrap();

    let filter = json!({"filter": {"callIds": [id]}, "contentSelector": everything()});
    let nowhere = async || {
        let listed = strings(&gong.get_all("/v2/calls", &[], "calls").await, "id");
        assert!(!listed.contains(&id.to_string()));
        let unknown = format!("Call ID {id} was not found");
        assert_eq!(gong.get(&format!("/v2/calls/{id}"), &[]).await.refusal(), (404, unknown.as_str()));
        for path in ["/v2/calls/extensive", "/v2/calls/transcript"] {
            assert_eq!(gong.post(path, filter.clone()).await.refusal(), (404, NO_CALLS));
        }
    };
    gong.sandbox.advance(Duration::from_secs(24 * 60 * 60));
    nowhere().await;

    let uploaded = upload(&gong, id).await;
    assert_eq!((uploaded.status, &uploaded.body["callId"]), (201, &json!(id)));
    assert!(uploaded.body["url"].is_string());
    nowhere().await;

    gong.sandbox.advance(Duration::from_secs(4 * 60));
    assert!(strings(&gong.get_all("/v2/calls", &[], "calls").await, "id").contains(&id.to_string()));
    let single = gong.get(&format!("/v2/calls/{id}"), &[]).await.ok();
    assert_eq!(single["call"]["clientUniqueId"], "once");
    assert_eq!(single["call"]["scheduled"], single["call"]["started"], "nothing else was said");
    let record = gong.post("/v2/calls/extensive", filter.clone()).await.ok();
    assert_eq!(record["calls"][0]["parties"].as_array().unwrap().len(), 2);
    let transcript = gong.post("/v2/calls/transcript", filter).await.ok();
    assert!(!transcript["callTranscripts"][0]["transcript"].as_array().unwrap().is_empty());
}

/// Adds a call's recording.
async fn upload(gong: &Gong, id: &str) -> Answer {
    let part = reqwest::multipart::Part::bytes(b"RIFF".to_vec()).file_name("call.wav");
    let form = reqwest::multipart::Form::new().part("mediaFile", part);
    Gong::send(gong.request("PUT", &format!("/v2/calls/{id}/media")).multipart(form)).await
}

#[tokio::test]
async fn what_was_registered_with_the_address_of_its_recording_is_processed_by_itself() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let mut body = new_call(&host, "fetched");
    body["downloadMediaUrl"] = json!("https://media.example/call.mp3");
    body["scheduledStart"] = json!("2026-11-19T08:45:00Z");
    let id = gong.post("/v2/calls", body.clone()).await.ok()["callId"].clone();
    let path = format!("/v2/calls/{}", id.as_str().unwrap());
    assert_eq!(gong.get(&path, &[]).await.status, 404);
    assert!(gong.post("/v2/calls", body).await.refusal().1.ends_with(id.as_str().unwrap()), "it is known all the same");
    gong.sandbox.advance(Duration::from_secs(4 * 60));
    let call = gong.get(&path, &[]).await.ok();
    assert_eq!(call["call"]["scheduled"], "2026-11-19T01:45:00-07:00");
    assert!(gong.sandbox.company().registered_calls.is_empty());
}

#[tokio::test]
async fn the_plain_list_takes_web_conferences_by_when_they_were_scheduled() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let range = [("fromDateTime", "2026-11-19T08:30:00Z"), ("toDateTime", "2026-11-19T09:00:00Z")];
    for (direction, is_listed) in [("Inbound", false), ("Conference", true)] {
        let mut body = new_call(&host, direction);
        body["direction"] = json!(direction);
        body["scheduledStart"] = json!("2026-11-19T08:45:00Z");
        body["downloadMediaUrl"] = json!("https://media.example/call.mp3");
        let id = gong.post("/v2/calls", body).await.ok()["callId"].clone();
        gong.sandbox.advance(Duration::from_secs(4 * 60));
        let page = gong.get("/v2/calls", &range).await.body;
        let listed = page["calls"].as_array().is_some_and(|calls| calls.iter().any(|call| call["id"] == id));
        assert_eq!(listed, is_listed, "{direction}: it began at nine");
        let filter = json!({"callIds": [id], "fromDateTime": range[0].1, "toDateTime": range[1].1});
        let transcript = gong.post("/v2/calls/transcript", json!({"filter": filter})).await;
        assert_eq!(transcript.refusal(), (404, NO_CALLS), "transcripts go by when it began");
    }
}

#[tokio::test]
async fn no_call_is_without_its_scheduled_start_and_its_address() {
    let gong = Gong::new().await;
    for call in gong.get_all("/v2/calls", &[], "calls").await {
        assert!(call["scheduled"].is_string() && call["meetingUrl"].is_string(), "{call}");
    }
}

#[tokio::test]
async fn parties_and_comments_leave_out_what_gong_leaves_out() {
    let gong = Gong::new().await;
    let body = json!({"filter": {}, "contentSelector": everything()});
    let calls = gong.post_all("/v2/calls/extensive", body, "calls").await;
    let parties: Vec<&Value> = calls.iter().flat_map(|call| call["parties"].as_array().unwrap()).collect();
    assert!(parties.iter().all(|party| party.get("speakerId").is_some()), "null where nobody spoke, and never absent");
    assert!(parties.iter().any(|party| party["speakerId"].is_null()));
    assert!(parties.iter().any(|party| party.get("name").is_none()), "not everybody has a name");
    assert!(calls.iter().any(|call| call["collaboration"] == json!({})), "asked for, and none there");
    assert!(calls.iter().any(|call| call["collaboration"]["publicComments"][0]["comment"].is_string()));
}

#[tokio::test]
async fn a_registered_call_keeps_its_links_to_the_crm() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let fields = json!([{"name": "Name", "value": "Amber Foods"}]);
    let object = json!({"objectType": "Account", "objectId": "001", "fields": fields});
    let mut body = new_call(&host, "linked");
    body["context"] = json!([{"system": "HubSpot", "objects": [object]}]);
    let created = gong.post("/v2/calls", body).await.ok();
    upload(&gong, created["callId"].as_str().unwrap()).await;
    gong.sandbox.advance(Duration::from_secs(4 * 60));
    let ask = |context: &str| {
        let filter = json!({"callIds": [created["callId"]]});
        gong.post("/v2/calls/extensive", json!({"filter": filter, "contentSelector": {"context": context}}))
    };
    let extended = ask("Extended").await.ok();
    let context = &extended["calls"][0]["context"][0];
    assert_eq!((&context["system"], &context["objects"][0]["fields"]), (&json!("HubSpot"), &fields));
    assert_eq!(ask("Basic").await.ok()["calls"][0]["context"][0]["objects"][0]["fields"], json!([]));
}

#[tokio::test]
async fn a_client_unique_id_registers_one_call_only() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let created = gong.post("/v2/calls", new_call(&host, "twice")).await.ok();
    let id = created["callId"].as_str().unwrap();
    let text = format!("A call with clientUniqueId 'twice' has already been posted for the call {id}");
    assert_eq!(gong.post("/v2/calls", new_call(&host, "twice")).await.refusal(), (400, text.as_str()));
}

#[tokio::test]
async fn a_call_of_somebody_who_is_not_recorded_is_a_conflict() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let gone = company.users.iter().find(|user| !user.active).unwrap();
    assert_eq!(gong.post("/v2/calls", new_call(&gone.id, "gone")).await.status, 409);
}

#[tokio::test]
async fn a_call_needs_what_gong_requires_of_it() {
    let gong = Gong::new().await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let bare = gong.post("/v2/calls", json!({})).await;
    assert_eq!(bare.body["errors"].as_array().unwrap().len(), 5);
    let mut body = new_call(&host, "incomplete");
    body["parties"] = Value::Null;
    assert_eq!(gong.post("/v2/calls", body).await.refusal(), (400, "parties: must not be null"));
    let mut body = new_call(&host, "sideways");
    body["direction"] = json!("Sideways");
    assert_eq!(gong.post("/v2/calls", body).await.refusal(), (400, "Json parse error"));
    let mut body = new_call(&host, "without host");
    body["parties"] = json!([{"emailAddress": "guest@amberfoods.example"}]);
    assert_eq!(gong.post("/v2/calls", body).await.status, 400);
    let mut body = new_call(&host, "local time");
    body["actualStart"] = json!("2026-11-19T09:00:00");
    assert_eq!(gong.post("/v2/calls", body).await.status, 400);
}

#[tokio::test]
async fn an_unknown_call_is_named_in_the_refusal() {
    let gong = Gong::new().await;
    let refused = gong.get("/v2/calls/894411314421502864", &[]).await;
    assert_eq!(refused.refusal(), (404, "Call ID 894411314421502864 was not found"));
}
