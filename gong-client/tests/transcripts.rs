//! Joining transcripts to the people who speak, and writing them for people to read.

#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::time::Duration;

use gong_client::transcripts::{Conversation, Participant};
use serde_json::{Value, json};

/// Two people, one of them unknown to Gong, and a sentence that nobody seems to have said.
fn renewal() -> Conversation {
    let details = json!({
        "metaData": {
            "id": "42",
            "url": "https://app.gong.io/call?id=42",
            "title": "Renewal with\nExample Foods",
            "started": "2026-11-20T16:00:00.25+01:00",
            "duration": 1820,
        },
        "parties": [
            {"name": "Sam Ode", "emailAddress": "sam@example.com", "affiliation": "Internal", "methods": ["Invitee"]},
            {"speakerId": "7", "name": "Kim Lee", "phoneNumber": "+1 555-0142", "affiliation": "External"},
            {"speakerId": "5", "userId": "9", "name": "Dana Ruiz", "emailAddress": "dana@example.com",
             "title": "Account Executive", "affiliation": "Internal"},
        ],
    });
    let transcript = json!([
        {"speakerId": "5", "topic": "Small Talk", "sentences": [
            {"start": 1200, "end": 2100, "text": "Hello Kim."},
            {"start": 2300, "end": 4000, "text": "How was the *big* launch?"},
        ]},
        {"speakerId": "7", "topic": "Small Talk", "sentences": [
            {"start": 4100, "end": 6400, "text": "Busy, but good."},
        ]},
        {"topic": null, "sentences": [{"start": 5000, "end": 5600, "text": "Mhm."}]},
        {"speakerId": "7", "topic": "Pricing", "sentences": [
            {"start": 61_000, "end": 75_000, "text": "We'd pay <$100 for [each] seat & not a cent more, because last \
             year's budget has been cut by a third and nobody knows yet what becomes of it."},
        ]},
        {"speakerId": "8", "topic": "Pricing", "sentences": [
            {"start": 3_661_000, "end": 3_663_000, "text": "Let me look into it --> tomorrow."},
        ]},
    ]);
    join(details, transcript)
}

fn join(details: Value, monologues: Value) -> Conversation {
    let details = serde_json::from_value(details).unwrap();
    Conversation::join("42", details, Some(transcript(monologues)))
}

fn transcript(monologues: Value) -> gong_client::models::Transcript {
    serde_json::from_value(json!({"callId": "42", "transcript": monologues})).unwrap()
}

/// The labels of these parties, who all speak, in their order.
fn labels(mut parties: Value) -> Vec<String> {
    let mut monologues = Vec::new();
    for (at, party) in parties.as_array_mut().unwrap().iter_mut().enumerate() {
        let id = at.to_string();
        party["speakerId"] = json!(id);
        monologues.push(json!({"speakerId": id, "sentences": [{"text": "Hello."}]}));
    }
    named(&join(json!({"parties": parties}), monologues.into()).speakers)
}

fn named(people: &[Participant]) -> Vec<String> {
    people.iter().map(|person| person.label.clone()).collect()
}

#[test]
fn as_text() {
    insta::assert_snapshot!(renewal().to_text());
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(renewal().to_markdown());
}

#[test]
fn as_webvtt() {
    insta::assert_snapshot!(renewal().to_webvtt());
}

#[test]
fn as_srt() {
    insta::assert_snapshot!(renewal().to_srt());
}

#[test]
fn speakers_come_in_the_order_in_which_they_first_speak_and_those_who_never_do_after_them() {
    let conversation = renewal();
    assert_eq!(named(&conversation.speakers), ["Dana Ruiz", "Kim Lee", "Speaker 1"]);
    assert_eq!(named(&conversation.others), ["Sam Ode"]);
}

#[test]
fn a_turn_leads_to_who_speaks() {
    let conversation = renewal();
    let [dana, .., nobody, _, unknown] = conversation.turns.as_slice() else { panic!("five turns") };
    assert_eq!(conversation.speaker(dana).unwrap().email.as_deref(), Some("dana@example.com"));
    assert_eq!(conversation.speaker(nobody), None);
    assert_eq!(conversation.label(nobody), "Unknown speaker");
    assert_eq!(conversation.label(unknown), "Speaker 1");
}

#[test]
fn without_details_the_transcript_is_there_with_numbers_for_names() {
    let monologues = json!([
        {"speakerId": "b", "sentences": [{"start": 0, "end": 900, "text": "Hello?"}]},
        {"speakerId": "a", "sentences": [{"start": 900, "end": 1800, "text": "Hello."}]},
        {"speakerId": "b", "sentences": [{"start": 1800, "end": 2700, "text": "Ah."}]},
    ]);
    let conversation = Conversation::join("42", None, Some(transcript(monologues)));
    assert!(!conversation.has_details);
    insta::assert_snapshot!(conversation.to_text(), @r"
    Call 42
    Call 42
    Gong has no details of this call yet, so its speakers have no names.

    Speakers
      Speaker 1
      Speaker 2

    [00:00] Speaker 1
    Hello?

    [00:00] Speaker 2
    Hello.

    [00:01] Speaker 1
    Ah.
    ");
}

#[test]
fn without_a_transcript_the_parties_are_there() {
    let details =
        json!({"metaData": {"id": "42", "title": "Check-in"}, "parties": [{"speakerId": "1", "name": "Kim Lee"}]});
    let conversation = Conversation::join("42", serde_json::from_value(details).unwrap(), None);
    assert!(!conversation.has_transcript);
    insta::assert_snapshot!(conversation.to_text(), @r"
    Check-in
    Call 42
    Gong has no transcript of this call.

    Others
      Kim Lee
    ");
    assert_eq!(conversation.to_webvtt(), "WEBVTT\n\nNOTE Check-in\n\nNOTE Gong has no transcript of this call.\n");
    assert_eq!(conversation.to_srt(), "");
}

#[test]
fn who_has_no_name_goes_by_email_phone_or_number() {
    let parties = json!([
        {"emailAddress": "kim@example.com", "phoneNumber": "+1 555-0142"},
        {"name": " ", "phoneNumber": "+1 555-0143"},
        {"title": "Buyer"},
        {},
    ]);
    assert_eq!(labels(parties), ["kim@example.com", "+1 555-0143", "Speaker 1", "Speaker 2"]);
}

#[test]
fn a_number_is_passed_over_if_somebody_is_called_that() {
    assert_eq!(labels(json!([{}, {"name": "Speaker 1"}, {}])), ["Speaker 2", "Speaker 1", "Speaker 3"]);
}

#[test]
fn namesakes_are_told_apart_by_what_differs() {
    let by_email = json!([{"name": "Kim Lee", "emailAddress": "kim@example.com"}, {"name": "Kim Lee"}]);
    assert_eq!(labels(by_email), ["Kim Lee (kim@example.com)", "Kim Lee"]);

    let by_side =
        json!([{"name": "Kim Lee", "affiliation": "Internal"}, {"name": "Kim  Lee", "affiliation": "External"}]);
    assert_eq!(labels(by_side), ["Kim Lee (internal)", "Kim Lee (external)"]);

    let by_job = json!([{"name": "Kim Lee", "title": "Buyer"}, {"name": "Kim Lee", "title": "Cook"}, {"name": "Al"}]);
    assert_eq!(labels(by_job), ["Kim Lee (Buyer)", "Kim Lee (Cook)", "Al"]);

    let by_nothing = json!([{"name": "Kim Lee"}, {"name": "Kim Lee"}]);
    assert_eq!(labels(by_nothing), ["Kim Lee (1)", "Kim Lee (2)"]);
}

#[test]
fn a_person_who_joined_twice_is_one_person() {
    let twice = json!([
        {"name": "Kim Lee", "emailAddress": "kim@example.com"},
        {"name": "Kim Lee", "emailAddress": "Kim@Example.com", "phoneNumber": "+1 555-0142"},
    ]);
    assert_eq!(labels(twice), ["Kim Lee", "Kim Lee"]);
}

#[test]
fn of_two_parties_with_one_speaker_id_the_first_speaks_and_the_other_is_kept() {
    let parties = json!([{"speakerId": "1", "name": "Kim"}, {"speakerId": "1", "name": "Lee"}]);
    let conversation = join(json!({"parties": parties}), json!([{"speakerId": "1", "sentences": [{"text": "Hi."}]}]));
    assert_eq!((named(&conversation.speakers), named(&conversation.others)), (vec!["Kim".into()], vec!["Lee".into()]));
}

#[test]
fn times_that_are_absent_or_impossible_are_worked_out() {
    let sentences = json!([
        {"start": -500, "end": 1000, "text": "From before the call."},
        {"text": "Ten chars."},
        {"start": 5000, "end": 4000, "text": "Ten chars."},
        {"start": 3000, "end": 3500, "text": "Earlier than the last."},
    ]);
    let conversation = join(json!({}), json!([{"sentences": sentences}]));
    let turn = &conversation.turns[0];
    let times: Vec<_> = turn.sentences.iter().map(|one| (one.start.as_millis(), one.end.as_millis())).collect();
    assert_eq!(times, [(0, 1000), (1000, 1660), (5000, 5660), (3000, 3500)]);
    assert_eq!((turn.start, turn.end), (Duration::ZERO, Duration::from_millis(5660)));
}

#[test]
fn what_says_nothing_is_left_out() {
    let monologues = json!([
        {"speakerId": "1", "sentences": []},
        {"speakerId": "2", "sentences": [{"start": 0, "end": 10, "text": " \n"}, {"start": 0, "end": 10}]},
        {"speakerId": "", "sentences": [{"start": 0, "end": 10, "text": "A\u{0}\tB"}]},
    ]);
    let conversation = join(json!({}), monologues);
    assert!(conversation.speakers.is_empty());
    assert_eq!(conversation.turns.len(), 1);
    assert_eq!(conversation.turns[0].sentences[0].text, "A B");
}

#[test]
fn markdown_escapes_what_would_be_markup_and_nothing_else() {
    let text = r"R&D &amp; `a_b` # <i> 2 * 3 [x](y) ~~no~~ \ - 1. $5 | yes!";
    let conversation = join(json!({}), json!([{"sentences": [{"text": text}]}]));
    let escaped = r"R&D \&amp; \`a\_b\` \# \<i> 2 \* 3 \[x\](y) \~\~no\~\~ \\ - 1. $5 | yes!";
    assert_eq!(conversation.to_markdown().lines().last(), Some(&*format!("**Unknown speaker** (00:00): {escaped}")));
}

#[test]
fn markdown_links_only_to_addresses_that_are_safe_in_a_link() {
    for url in ["javascript:alert(1)", "https://x.example/a)b", "https://x.example/a b"] {
        let details = serde_json::from_value(json!({"metaData": {"id": "42", "url": url}})).unwrap();
        let markdown = Conversation::join("42", Some(details), None).to_markdown();
        assert!(markdown.contains("\nCall 42\n"), "{markdown}");
    }
}
