//! Borrowed transcripts say what the models say, of the same bytes.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::borrowed::{self, Monologue, Page, Sentence, Text, Transcript};
use crate::error::ErrorKind;
use crate::models;
use crate::runtime::record::AnyAnswer;

/// The models of what was borrowed.
fn owned(page: &Page<'_>) -> models::TranscriptsPage {
    let text = |text: Text<'_>| text.to_str().into_owned();
    let sentence =
        |from: &Sentence<'_>| models::Sentence { start: from.start, end: from.end, text: from.text.map(text) };
    let monologue = |from: &Monologue<'_>| models::Monologue {
        speaker_id: from.speaker_id.map(|id| id.to_str().as_ref().into()),
        topic: from.topic.map(text),
        sentences: from.sentences.iter().map(sentence).collect(),
    };
    let transcript = |from: &Transcript<'_>| models::Transcript {
        call_id: from.call_id.to_str().as_ref().into(),
        transcript: from.transcript.iter().map(monologue).collect(),
    };
    models::TranscriptsPage {
        request_id: page.request_id.map(text),
        records: page.records.clone(),
        call_transcripts: page.call_transcripts.iter().map(transcript).collect(),
    }
}

/// What the models make of an answer of which every element can be read.
fn model(bytes: &[u8]) -> serde_json::Result<models::TranscriptsPage> {
    let mut model = models::TranscriptsPage::default();
    match model.read(bytes) {
        Err(cause) if !matches!(model.read_in_parts(bytes), Ok(unreadable) if unreadable.is_empty()) => Err(cause),
        _ => Ok(model),
    }
}

/// A string as JSON may write it: plainly where it can, or with every letter escaped.
fn any_text() -> impl Strategy<Value = String> {
    let escaped =
        |text: String| format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>());
    prop_oneof![
        3 => "[ -~é]{0,12}".prop_map(|text| json!(text).to_string()),
        1 => ".{0,12}".prop_map(|text| json!(text).to_string()),
        1 => ".{0,4}".prop_map(escaped),
    ]
}

fn any_id() -> impl Strategy<Value = String> {
    prop_oneof![any_text(), any::<u64>().prop_map(|id| id.to_string()), any::<i64>().prop_map(|id| id.to_string())]
}

fn any_time() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &["60.0", "1e3", "\" 7 \"", "-0", "9223372036854775807"];
    prop_oneof![(0..10_000_000_i64).prop_map(|time| time.to_string()), select(ODD).prop_map(str::to_owned)]
}

/// An object with some of these fields in any order, now and then null, twice or unknown.
fn any_object(fields: Vec<(&'static str, BoxedStrategy<String>)>) -> BoxedStrategy<String> {
    let member = |(name, value): (&'static str, BoxedStrategy<String>)| {
        prop_oneof![8 => value, 1 => Just("null".to_owned())]
            .prop_map(move |value| format!("\"{name}\": {value}"))
            .boxed()
    };
    let mut members: Vec<BoxedStrategy<String>> = fields.into_iter().map(member).collect();
    members.push(any_text().prop_map(|name| format!("{name}: [{{\"text\": 1}}, null]")).boxed());
    let members = proptest::strategy::Union::new(members);
    prop::collection::vec(members, 0..6).prop_map(|members| format!("{{{}}}", members.join(" ,\n"))).boxed()
}

fn any_list(of: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let item = prop_oneof![9 => of, 1 => Just("null".to_owned())];
    prop::collection::vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))).boxed()
}

fn any_page() -> BoxedStrategy<String> {
    let sentence = any_object(vec![
        ("start", any_time().boxed()),
        ("end", any_time().boxed()),
        ("text", any_text().boxed()),
        ("text", any_text().boxed()),
    ]);
    let monologue = any_object(vec![
        ("speakerId", any_id().boxed()),
        ("topic", any_text().boxed()),
        ("sentences", any_list(sentence)),
    ]);
    let transcript = any_object(vec![("callId", any_id().boxed()), ("transcript", any_list(monologue))]);
    // It mostly has the id that it always should have.
    let with_id = (any_id(), transcript.clone())
        .prop_map(|(id, rest)| format!("{{\"callId\": {id}, {}", rest.trim_start_matches('{')).replace(", }", "}"));
    let transcript = prop_oneof![9 => with_id, 1 => transcript].boxed();
    let records = Just(r#"{"totalRecords": 1, "cursor": "c"}"#.to_owned());
    any_object(vec![
        ("requestId", any_text().boxed()),
        ("records", records.boxed()),
        ("callTranscripts", any_list(transcript)),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn field_for_field_as_the_models(json in any_page()) {
        let page = borrowed::read(json.as_bytes());
        prop_assert_eq!(page.as_ref().ok().map(owned), model(json.as_bytes()).ok());
    }

    #[test]
    fn what_the_models_refuse_is_refused(json in any_page(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = json.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        match (borrowed::read(&bytes), model(&bytes)) {
            (Ok(page), Ok(model)) => prop_assert_eq!(owned(&page), model),
            (Err(error), Err(_)) => prop_assert_eq!(error.kind(), ErrorKind::Decode),
            // Half of a surrogate pair, which is only looked at when the text is.
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("hex escape"), "{error}"),
            (Err(error), Ok(_)) => prop_assert!(false, "{error}"),
        }
    }
}

#[test]
fn an_error_says_where_and_what_is_around() {
    let told = |json: &[u8]| {
        let error = borrowed::read(json).unwrap_err();
        format!("{}: {error}", error.json_path().unwrap_or_default())
    };
    let faults = [
        told(br#"{"callTranscripts": [{"callId": "1", "transcript": [{"sentences": [{"text": []}]}]}]}"#),
        told(br#"{"callTranscripts": [{"transcript": []}]}"#),
        told(br#"{"callTranscripts": [{"callId": 1.5}]}"#),
        told(br#"{"callTranscripts": [{"callId": "1", "transcript": [{"sentences": [{"start": {}}]}]}]}"#),
        told(br#"{"callTranscripts": [{"callId": "1", "transcript": [{"sentences": [{"text": "\x"}]}]}]}"#),
        told(b"{\"callTranscripts\": [{\"callId\": \"1\", \"transcript\": [{\"topic\": \"\xff\"}]}]}"),
        told(br#"{"callTranscripts": [{"callId": "1""#),
        told(br#"[{"callId": "1"}]"#),
        told(b"{} {}"),
        told(b"null"),
    ];
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn a_number_where_text_should_be_is_text_as_it_is_written() {
    let json = br#"{"callTranscripts": [{"callId": 99999999999999999999, "transcript": [{"topic": 5000.10}]}]}"#;
    let page = borrowed::read(json).unwrap();
    let [transcript] = page.call_transcripts.as_slice() else { panic!("{page:?}") };
    assert_eq!(transcript.call_id, "99999999999999999999");
    assert_eq!(transcript.transcript[0].topic.unwrap(), "5000.10");
}

#[test]
fn an_answer_without_a_body_has_no_transcripts() {
    assert_eq!(borrowed::read(b" ").unwrap(), Page::default());
}

#[test]
fn half_of_a_surrogate_pair_is_shown_as_such() {
    let page = borrowed::read(br#"{"requestId": "a\ud800b"}"#).unwrap();
    assert_eq!(page.request_id.unwrap().to_str(), "a\u{fffd}\u{fffd}\u{fffd}b");
}

#[test]
fn text_is_only_copied_where_it_is_escaped() {
    let json = br#"{"callTranscripts": [{"callId": 42, "transcript": [{"topic": "a", "speakerId": "\u0061"}]}]}"#;
    let page = borrowed::read(json).unwrap();
    let [transcript] = page.call_transcripts.as_slice() else { panic!("{page:?}") };
    let [monologue] = transcript.transcript.as_slice() else { panic!("{page:?}") };
    let (topic, speaker) = (monologue.topic.unwrap(), monologue.speaker_id.unwrap());
    assert!(matches!(topic.to_str(), std::borrow::Cow::Borrowed("a")));
    assert_eq!((topic, topic.as_json(), speaker.as_json()), (speaker, "\"a\"", "\"\\u0061\""));
    assert_eq!(transcript.call_id, "42");
    assert_eq!(format!("{topic:>2} {speaker:?}"), " a \"a\"");
}
