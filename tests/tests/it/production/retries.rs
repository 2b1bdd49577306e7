//! What is tried again, what is not, and that nothing is carried out twice.

use std::sync::Arc;
use std::time::Duration;

use gong_client::models::Party;
use gong_client::{Backoff, Client, Error, ErrorKind, FailedTry, Retry, RetryPolicy};
use gong_sandbox::{Fault, RateLimit, Sandbox};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{ask, over_the_limit};
use crate::support::{World, at, confirmed};

async fn limited() -> World {
    World::by_tokios_clock(Sandbox::builder().rate_limit(Some(RateLimit::GONG))).await
}

/// A success without a body.
fn empty() -> Fault {
    Fault::page(200, "application/json", "")
}

/// How many requests were carried out.
fn done(world: &World) -> usize {
    world.sandbox.requests().iter().filter(|request| request.carried_out).count()
}

/// The call that was added over the API.
fn added(world: &World) -> String {
    world.sandbox.company().registered_calls[0].id.clone()
}

/// Adds a call under this key.
async fn add_call(world: &World, key: &str) -> gong_client::Result<gong_client::Answer<Value>> {
    let host = &world.sandbox.company().owner().unwrap().id.clone();
    let input = json!({
        "actual_start": "2026-11-20T10:00:00Z",
        "client_unique_id": key,
        "parties": [{"userId": host}, {"emailAddress": "kim@example.com"}],
    });
    world.gong.call("gong_calls_create", input).await
}

/// Gives the owner's first task up, which no key makes safe to do twice.
async fn skip_task(world: &World, gong: &Client) -> gong_client::Result<gong_client::Answer<Value>> {
    let company = world.sandbox.company();
    let owner = company.owner().unwrap();
    let task = &company.open_tasks(&owner.id)[0].id;
    gong.call("gong_engage_task_skip", json!({"task_id": task, "user_id": owner.id})).await
}

#[tokio::test(start_paused = true)]
async fn a_read_comes_right_whatever_happens_on_the_way() {
    let world = limited().await;
    let truth = world.gong.call("gong_users_list", json!({})).await.unwrap().into_inner();
    let faults = Fault::on_the_way().into_iter().chain([Fault::edge_page(200), Fault::invalid_json(), empty()]);
    for fault in
        faults.chain([Fault::content_length_too_short(), Fault::too_many_requests_saying("99999999999999999999")])
    {
        let name = fault.name();
        world.sandbox.inject(fault);
        let answer = world.gong.call("gong_users_list", json!({})).await;
        let answer = answer.unwrap_or_else(|error| panic!("{name}: {error}")).into_inner();
        assert_eq!(answer["users"], truth["users"], "{name}");
    }
    assert_eq!(over_the_limit(&world), 0);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_kept_in_every_form_that_means_something() {
    for (fault, least, most) in [
        (Fault::too_many_requests(7), 7, 9),
        (Fault::too_many_requests_until(Duration::from_secs(30)), 29, 32),
        (Fault::too_many_requests(0), 0, 2),
        (Fault::too_many_requests_saying("soon"), 0, 2),
        (Fault::too_many_requests_saying("-5"), 0, 2),
        (Fault::too_many_requests_saying("99999999999999999999"), 0, 2),
        (Fault::too_many_requests_saying("Mon, 32 Foo 2026"), 0, 2),
    ] {
        let world = limited().await;
        world.sandbox.inject(fault.clone());
        let begun = Instant::now();
        ask(&world.gong).await.unwrap();
        let took = begun.elapsed().as_secs();
        assert!((least..=most).contains(&took), "{fault:?} took {took} s");
    }
}

#[tokio::test(start_paused = true)]
async fn tries_end_after_five_and_say_so() {
    let world = limited().await;
    world.sandbox.inject(Fault::unavailable().times(10));
    let error = ask(&world.gong).await.unwrap_err();
    assert_eq!((error.kind(), world.sandbox.requests().len()), (ErrorKind::Server, 5));
    assert!(error.to_string().contains("(It was tried 5 times.)"), "{error}");
    assert!(error.is_retryable(), "the caller may go on");
}

#[tokio::test(start_paused = true)]
async fn a_500_is_final() {
    let world = limited().await;
    world.sandbox.inject(Fault::internal_error());
    let error = ask(&world.gong).await.unwrap_err();
    assert_eq!((error.status(), world.sandbox.requests().len()), (Some(500), 1));
}

#[tokio::test(start_paused = true)]
async fn a_write_is_repeated_only_where_nothing_can_have_happened() {
    for (fault, repeated) in [
        (Fault::too_many_requests(1), true),
        (Fault::unavailable(), false),
        (Fault::edge_page(504).after_the_work(), false),
        (Fault::reset_before_reading(), false),
        (Fault::reset_before_the_work(), false),
        (Fault::reset_after_the_work(), false),
        (Fault::truncated_body(), false),
        (Fault::invalid_json(), false),
        (empty().after_the_work(), false),
    ] {
        let world = limited().await;
        world.sandbox.inject(fault.clone());
        let outcome = skip_task(&world, &world.gong).await;
        assert_eq!(outcome.is_ok(), repeated, "{fault:?}: {outcome:?}");
        assert_eq!(world.sandbox.requests().len(), if repeated { 2 } else { 1 }, "{fault:?}");
        if let Err(error) = outcome {
            assert!(error.may_have_been_sent() && !error.is_retryable(), "{fault:?}: {error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_with_a_key_is_repeated_and_carried_out_once() {
    for (fault, was_done) in [
        (Fault::too_many_requests(1), false),
        (Fault::unavailable(), false),
        (Fault::reset_before_the_work(), false),
        (Fault::edge_page(504).after_the_work(), true),
        (Fault::reset_after_the_work(), true),
        (Fault::truncated_body(), true),
        (Fault::invalid_json(), true),
        (Fault::content_length_too_short(), true),
        (empty().after_the_work(), true),
        (empty(), false),
        (Fault::edge_page(200), false),
    ] {
        let world = limited().await;
        world.sandbox.inject(fault.clone());
        let answer = add_call(&world, "mine").await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        assert_eq!(done(&world), 1, "{fault:?}");
        assert_eq!(answer["callId"], added(&world), "{fault:?}");
        assert_eq!(answer.notices().iter().any(|notice| notice.contains("at an earlier try")), was_done, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_has_nothing_to_say_may_be_empty() {
    let world = limited().await;
    world.sandbox.inject(empty().after_the_work());
    let event = json!({"event_name": "page viewed", "event_timestamp": "2026-11-20T09:30:00Z", "event_id": "mine",
        "prospect_email": "kim@example.com", "url": "https://www.example.com/pricing"});
    let answer = world.gong.call("gong_engage_digital_interactions_create", event).await.unwrap();
    assert_eq!((answer.raw()[0].bytes(), done(&world)), (&b""[..], 1));
}

#[tokio::test(start_paused = true)]
async fn a_conflict_at_the_first_try_is_one() {
    let world = limited().await;
    let added = add_call(&world, "mine").await.unwrap();
    world.sandbox.inject(Fault::too_many_requests(1));
    let error = add_call(&world, "mine").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict, "the 429 before it did nothing");
    assert!(error.to_string().contains(added["callId"].as_str().unwrap()), "{error}");
    assert_eq!(add_call(&world, "mine").await.unwrap_err().kind(), ErrorKind::Conflict);
}

#[tokio::test(start_paused = true)]
async fn only_the_refusal_that_says_so_means_that_it_was_done_before() {
    for refusal in [Fault::refuse(409, "Recording is not enabled for the primary user"), Fault::refuse(400, "No")] {
        let world = limited().await;
        world.sandbox.inject(Fault::edge_page(504));
        world.sandbox.inject(refusal.clone());
        let error = add_call(&world, "mine").await.unwrap_err();
        assert_eq!((error.status().unwrap() / 100, done(&world)), (4, 0), "{refusal:?}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_came_damaged_is_asked_for_again() {
    let world = limited().await;
    world.sandbox.inject(Fault::reset_after_the_work());
    world.sandbox.inject(Fault::content_length_too_short());
    let answer = add_call(&world, "mine").await.unwrap();
    assert_eq!(answer["callId"], added(&world));
    assert_eq!((done(&world), world.sandbox.requests().len()), (1, 3));

    world.sandbox.inject(Fault::content_length_too_short());
    let error = add_call(&world, "mine").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict, "the first try of this call did nothing");
}

#[tokio::test(start_paused = true)]
async fn a_typed_answer_of_what_was_done_before_has_the_id_of_it() {
    let world = limited().await;
    world.sandbox.inject(Fault::reset_after_the_work());
    let host = world.sandbox.company().owner().unwrap().id.clone();
    let answer = world
        .gong
        .calls()
        .create()
        .actual_start(at("2026-11-20T10:00:00Z"))
        .parties([Party::new().user_id(&host)])
        .send()
        .await
        .unwrap();
    assert_eq!(done(&world), 1);
    assert_eq!(answer.call_id.as_ref().map(|id| id.as_str()), Some(added(&world).as_str()));
}

#[tokio::test(start_paused = true)]
async fn a_write_that_does_the_same_twice_is_sent_again_whatever_was_lost() {
    for fault in [
        Fault::unavailable(),
        Fault::edge_page(504).after_the_work(),
        Fault::reset_after_the_work(),
        Fault::truncated_body(),
        Fault::invalid_json(),
    ] {
        let world = limited().await;
        world.sandbox.inject(fault.clone());
        let access = access(&world);
        world.gong.call("gong_call_users_access_add", access.clone()).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(world.sandbox.requests().len(), 2, "{fault:?}");
        let user = access["call_access_list"][0]["userIds"][0].as_str().unwrap();
        let given = &world.sandbox.company().calls[0].granted_users;
        assert_eq!(given.iter().filter(|id| *id == user).count(), 1, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_removal_that_is_sent_again_and_finds_nothing_is_done_and_says_so() {
    let gone = || Fault::refuse(404, "There is no such access");
    let world = limited().await;
    world.sandbox.inject(Fault::reset_after_the_work());
    world.sandbox.inject(gone());
    let taken = confirmed(&world.gong, "gong_call_users_access_remove", access(&world)).await.unwrap();
    assert_eq!(taken.notices().len(), 1);
    assert!(taken.notices()[0].starts_with("Gong finds nothing to remove any more"), "{taken:?}");

    world.sandbox.inject(gone());
    let error = confirmed(&world.gong, "gong_call_users_access_remove", access(&world)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "at the first try it was not there");
}

/// Access of a user who was not there to the first call.
fn access(world: &World) -> Value {
    let company = world.sandbox.company();
    let call = &company.calls[0];
    let stranger = |id: &str| call.parties.iter().all(|party| party.user_id.as_deref() != Some(id));
    let user = company.users.iter().find(|user| stranger(&user.id)).unwrap();
    json!({"call_access_list": [{"callId": call.id, "userIds": [user.id]}]})
}

/// Tries once more, and records each failed try.
#[derive(Debug)]
struct OnceMore;

impl RetryPolicy for OnceMore {
    fn after(&self, failed: &FailedTry<'_>) -> Retry {
        assert!(failed.error().is_retryable(), "it is only asked where a repetition does no harm");
        if failed.tries() < 2 { Retry::After(Duration::from_secs(40)) } else { Retry::No }
    }
}

#[tokio::test(start_paused = true)]
async fn the_policy_is_the_callers_and_safety_is_not() {
    let world = limited().await;
    let gong = world.keyed().retry(Arc::new(OnceMore)).build().unwrap();
    world.sandbox.inject(Fault::internal_error());
    let begun = Instant::now();
    ask(&gong).await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 40);
    world.sandbox.inject(Fault::unavailable());
    assert!(skip_task(&world, &gong).await.is_err());
    assert_eq!(world.sandbox.requests().len(), 3, "the write was sent once");
}

#[tokio::test(start_paused = true)]
async fn total_time_is_capped() {
    let world = limited().await;
    let hasty = Backoff::default().max_tries(100).max_total(Duration::from_secs(10));
    let gong = world.keyed().retry(Arc::new(hasty)).build().unwrap();
    world.sandbox.inject(Fault::unavailable().times(1000));
    let begun = Instant::now();
    let error: Error = ask(&gong).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Server);
    assert!(begun.elapsed() <= Duration::from_secs(11), "{:?}", begun.elapsed());
}
