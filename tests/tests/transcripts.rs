//! Transcripts with names, against the sandbox: what is asked of Gong, and what comes of its answers.

#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use gong_client::ids::CallId;
use gong_client::models::Party;
use gong_client::transcripts::Conversations;
use gong_client::{Client, DateTime, ErrorKind};
use gong_sandbox::{Builder, Fault, Sandbox};

const DETAILS: &str = "/v2/calls/extensive";
const TRANSCRIPTS: &str = "/v2/calls/transcript";

async fn start(builder: Builder) -> (Sandbox, Client) {
    let sandbox = builder.strict(true).start().await.unwrap();
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    (sandbox, client)
}

/// The ids of the company's first calls.
fn call_ids(sandbox: &Sandbox, count: usize) -> Vec<CallId> {
    sandbox.company().calls.iter().take(count).map(|call| call.id.as_str().into()).collect()
}

/// The paths of the requests that arrived.
fn paths(sandbox: &Sandbox) -> Vec<String> {
    sandbox.requests().into_iter().map(|request| request.path).collect()
}

/// The ids of all the conversations that come.
async fn arrive(conversations: &mut Conversations) -> Vec<CallId> {
    let mut ids = Vec::new();
    while let Some(conversation) = conversations.next().await {
        ids.push(conversation.unwrap().call_id);
    }
    ids
}

/// A call that was added and has no recording yet.
async fn unrecorded(sandbox: &Sandbox, gong: &Client) -> CallId {
    let start: DateTime = "2026-11-19T09:00:00Z".parse().unwrap();
    let host = sandbox.company().users.first().unwrap().id.clone();
    let parties = [Party::new().user_id(host), Party::new().name("Kim Bauer")];
    gong.calls().create(start).parties(parties).send().await.unwrap().call_id.clone().unwrap()
}

#[tokio::test]
async fn a_conversation_is_two_requests_and_names_everyone_who_speaks() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let call = sandbox.company().calls[3].clone();
    let conversation = gong.conversation(&call.id).await.unwrap();

    assert_eq!(paths(&sandbox), [TRANSCRIPTS, DETAILS]);
    assert_eq!(sandbox.violations(), []);
    assert_eq!(conversation.title, call.title);
    assert_eq!(conversation.note(), None);

    let said = sandbox.company().transcript(&call);
    assert_eq!(conversation.turns.len(), said.len());
    for (turn, monologue) in conversation.turns.iter().zip(said) {
        let party = call.speaker(&monologue.speaker_id).unwrap();
        assert_eq!(conversation.speaker(turn).unwrap().name, party.name);
    }
}

#[tokio::test]
async fn a_conversation_of_the_sandbox_reads_well() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let call = call_ids(&sandbox, 1).remove(0);
    let text = gong.conversation(call).await.unwrap().to_text();
    let beginning: Vec<&str> = text.lines().take(28).collect();
    insta::assert_snapshot!(beginning.join("\n"));
}

#[tokio::test]
async fn many_come_in_the_order_asked_for_a_hundred_a_request() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let mut ids = call_ids(&sandbox, 250);
    ids.reverse();
    let mut conversations = gong.conversations(&ids);
    assert_eq!(arrive(&mut conversations).await, ids);
    assert_eq!(paths(&sandbox), [TRANSCRIPTS, DETAILS].repeat(3));
    assert_eq!(sandbox.violations(), []);
}

#[tokio::test]
async fn pages_are_followed() {
    let (sandbox, gong) = start(Sandbox::builder().page_size(4)).await;
    let ids = call_ids(&sandbox, 10);
    assert_eq!(arrive(&mut gong.conversations(&ids)).await, ids);
    assert_eq!(paths(&sandbox).len(), 6);
}

#[tokio::test]
async fn nothing_is_asked_before_it_is_wanted_nor_for_no_calls() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let _untouched = gong.conversations(call_ids(&sandbox, 5));
    assert!(gong.conversations(Vec::<CallId>::new()).next().await.is_none());
    assert!(paths(&sandbox).is_empty());
}

#[tokio::test]
async fn calls_that_gong_does_not_know_are_listed_and_those_asked_for_twice_come_once() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let known = call_ids(&sandbox, 2);
    let asked = [known[0].clone(), "404".into(), known[1].clone(), known[0].clone(), "405".into()];
    let mut conversations = gong.conversations(asked);
    assert_eq!(arrive(&mut conversations).await, known);
    assert_eq!(conversations.missing(), ["404", "405"].map(CallId::from));
}

#[tokio::test]
async fn a_single_call_that_gong_does_not_know_is_an_error() {
    let (_sandbox, gong) = start(Sandbox::builder()).await;
    let error = gong.conversation("404").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("call 404"), "{error}");
}

#[tokio::test]
async fn a_call_without_a_recording_has_parties_and_says_that_it_has_no_transcript() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let call = unrecorded(&sandbox, &gong).await;
    let conversation = gong.conversation(call).await.unwrap();
    assert!(conversation.has_details && !conversation.has_transcript);
    assert_eq!(conversation.others.len(), 2);
    assert!(conversation.turns.is_empty());
}

#[tokio::test]
async fn a_transcript_that_is_there_before_the_details_is_not_held_back() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let call = call_ids(&sandbox, 1).remove(0);
    let not_yet = "No calls found corresponding to the provided filters";
    sandbox.inject(Fault::refuse(404, not_yet).on("POST", DETAILS));
    let conversation = gong.conversation(&call).await.unwrap();
    assert!(conversation.has_transcript && !conversation.has_details);
    assert_eq!(conversation.label(&conversation.turns[0]), "Speaker 1");
}

#[tokio::test]
async fn after_an_error_the_rest_can_be_asked_for() {
    let (sandbox, gong) = start(Sandbox::builder()).await;
    let ids = call_ids(&sandbox, 150);
    let mut conversations = gong.conversations(&ids);
    for id in &ids[..100] {
        assert_eq!(&conversations.next().await.unwrap().unwrap().call_id, id);
    }
    sandbox.inject(Fault::refuse(403, "Forbidden").on("POST", DETAILS));
    assert_eq!(conversations.next().await.unwrap().unwrap_err().kind(), ErrorKind::Forbidden);
    assert!(conversations.next().await.is_none());

    let rest: Vec<CallId> = conversations.remaining().cloned().collect();
    assert_eq!(rest, ids[100..]);
    assert_eq!(arrive(&mut gong.conversations(rest)).await, ids[100..]);
}

#[tokio::test]
async fn without_the_scope_for_details_the_error_names_it() {
    let (sandbox, _) = start(Sandbox::builder()).await;
    let token = sandbox.issue_token(["api:calls:read:transcript"]);
    let gong = Client::builder().access_token(token).base_url(sandbox.base_url()).build().unwrap();
    let error = gong.conversation(&call_ids(&sandbox, 1)[0]).await.unwrap_err();
    assert_eq!(error.missing_scope(), Some("api:calls:read:extensive"));
}

#[test]
fn both_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let gong = Client::builder().api_key("key", "secret").build().unwrap();
    is_send(&gong.conversation("42"));
    is_send(&gong.conversations(["42"]));
}
