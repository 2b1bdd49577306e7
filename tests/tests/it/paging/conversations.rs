//! Transcripts with names, against the sandbox: what is asked of Gong, and what comes of its answers.

use gong_client::ids::CallId;
use gong_client::transcripts::Conversations;
use gong_client::{Client, ErrorKind};
use gong_sandbox::Fault;

use crate::support::World;

const DETAILS: &str = "/v2/calls/extensive";
const TRANSCRIPTS: &str = "/v2/calls/transcript";
const NOTHING: &str = "No calls found corresponding to the provided filters";

/// The ids of the company's first calls.
fn call_ids(world: &World, count: usize) -> Vec<CallId> {
    world.call_ids().into_iter().take(count).map(CallId::from).collect()
}

/// The paths of the requests that arrived.
fn paths(world: &World) -> Vec<String> {
    world.sandbox.requests().into_iter().map(|request| request.path).collect()
}

/// The ids of all the conversations that come.
async fn arrive(conversations: &mut Conversations) -> Vec<CallId> {
    let mut ids = Vec::new();
    while let Some(conversation) = conversations.next().await {
        ids.push(conversation.unwrap().call_id);
    }
    ids
}

#[tokio::test]
async fn a_conversation_is_two_requests_and_names_everyone_who_speaks() {
    let world = World::new().await;
    let call = world.company().calls[3].clone();
    let conversation = world.gong.conversation(&call.id).await.unwrap();

    assert_eq!(paths(&world), [TRANSCRIPTS, DETAILS]);
    assert_eq!(conversation.title, call.title);
    assert_eq!(conversation.note(), None);

    let said = world.company().transcript(&call);
    assert_eq!(conversation.turns.len(), said.len());
    for (turn, monologue) in conversation.turns.iter().zip(said) {
        let party = call.speaker(&monologue.speaker_id).unwrap();
        assert_eq!(conversation.speaker(turn).unwrap().name, party.name);
    }
}

#[tokio::test]
async fn a_conversation_of_the_sandbox_reads_well() {
    let world = World::new().await;
    let call = call_ids(&world, 1).remove(0);
    let text = world.gong.conversation(call).await.unwrap().to_text();
    let beginning: Vec<&str> = text.lines().take(28).collect();
    insta::assert_snapshot!(beginning.join("\n"));
}

#[tokio::test]
async fn many_come_in_the_order_asked_for_a_hundred_a_request() {
    let world = World::new().await;
    let mut ids = call_ids(&world, 250);
    ids.reverse();
    let mut conversations = world.gong.conversations(&ids);
    assert_eq!(arrive(&mut conversations).await, ids);
    assert_eq!(paths(&world), [TRANSCRIPTS, DETAILS].repeat(3));
}

#[tokio::test]
async fn pages_are_followed() {
    let world = World::paged(4).await;
    let ids = call_ids(&world, 10);
    assert_eq!(arrive(&mut world.gong.conversations(&ids)).await, ids);
    assert_eq!(paths(&world).len(), 6);
}

#[tokio::test]
async fn nothing_is_asked_before_it_is_wanted_nor_for_no_calls() {
    let world = World::new().await;
    let _untouched = world.gong.conversations(call_ids(&world, 5));
    assert!(world.gong.conversations(Vec::<CallId>::new()).next().await.is_none());
    assert!(paths(&world).is_empty());
}

#[tokio::test]
async fn calls_that_gong_does_not_know_are_listed_and_those_asked_for_twice_come_once() {
    let world = World::new().await;
    let known = call_ids(&world, 2);
    let asked = [known[0].clone(), "404".into(), known[1].clone(), known[0].clone(), "405".into()];
    let mut conversations = world.gong.conversations(asked);
    assert_eq!(arrive(&mut conversations).await, known);
    assert_eq!(conversations.missing(), ["404", "405"].map(CallId::from));
}

#[tokio::test]
async fn a_single_call_that_gong_does_not_know_is_an_error() {
    let world = World::new().await;
    let error = world.gong.conversation("404").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("call 404"), "{error}");
}

#[tokio::test]
async fn a_call_without_a_transcript_has_parties_and_says_so() {
    let world = World::new().await;
    let truth = world.company().calls[3].clone();
    world.sandbox.inject(Fault::refuse(404, NOTHING).on("POST", TRANSCRIPTS));
    let conversation = world.gong.conversation(&truth.id).await.unwrap();
    assert!(conversation.has_details && !conversation.has_transcript);
    assert_eq!(conversation.others.len(), truth.parties.len());
    assert!(conversation.turns.is_empty());
}

#[tokio::test]
async fn a_transcript_that_is_there_before_the_details_is_not_held_back() {
    let world = World::new().await;
    let call = call_ids(&world, 1).remove(0);
    world.sandbox.inject(Fault::refuse(404, NOTHING).on("POST", DETAILS));
    let conversation = world.gong.conversation(&call).await.unwrap();
    assert!(conversation.has_transcript && !conversation.has_details);
    assert_eq!(conversation.label(&conversation.turns[0]), "Speaker 1");
}

#[tokio::test]
async fn after_an_error_the_rest_can_be_asked_for() {
    let world = World::new().await;
    let ids = call_ids(&world, 150);
    let mut conversations = world.gong.conversations(&ids);
    for id in &ids[..100] {
        assert_eq!(&conversations.next().await.unwrap().unwrap().call_id, id);
    }
    world.sandbox.inject(Fault::refuse(403, "Forbidden").on("POST", DETAILS));
    assert_eq!(conversations.next().await.unwrap().unwrap_err().kind(), ErrorKind::Forbidden);
    assert!(conversations.next().await.is_none());

    let rest: Vec<CallId> = conversations.remaining().cloned().collect();
    assert_eq!(rest, ids[100..]);
    assert_eq!(arrive(&mut world.gong.conversations(rest)).await, ids[100..]);
}

#[tokio::test]
async fn without_the_scope_for_details_the_error_names_it() {
    let world = World::new().await;
    let gong = world.with_scopes(&["api:calls:read:transcript"]);
    let error = gong.conversation(&call_ids(&world, 1)[0]).await.unwrap_err();
    assert_eq!(error.missing_scope(), Some("api:calls:read:extensive"));
}

#[test]
fn both_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let gong = Client::builder().api_key("key", "secret").build().unwrap();
    is_send(&gong.conversation("42"));
    is_send(&gong.conversations(["42"]));
}
