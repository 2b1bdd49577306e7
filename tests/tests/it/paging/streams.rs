//! Pages and items: whole, in order, and resumable anywhere.

use std::time::Duration;

use gong_client::ErrorKind;
use gong_sandbox::Fault;
use serde_json::json;

use crate::support::{World, all, at};

#[tokio::test]
async fn every_item_comes_once_and_in_order() {
    for page_size in [7, 100, 10_000] {
        let world = World::paged(page_size).await;
        let ids: Vec<String> =
            all(world.gong.calls().list().items()).await.into_iter().map(|call| call.id.to_string()).collect();
        let truth = world.call_ids();
        assert_eq!(ids, truth);
        assert_eq!(world.sandbox.requests().len(), truth.len().div_ceil(page_size));
    }
}

#[tokio::test]
async fn every_input_is_sent_with_every_page() {
    let world = World::paged(20).await;
    // In the query, in the body, and with defaults that go by the clock. A cursor counts with the same inputs only.
    let since = at("2026-10-01T00:00:00+02:00");
    assert!(all(world.gong.calls().list().from_date_time(since).items()).await.len() > 40);
    assert!(all(world.gong.calls().transcripts().call_ids(world.call_ids()).items()).await.len() > 40);
    assert!(all(world.gong.users().list().items()).await.len() > 40);
    let mut requests = world.sandbox.requests();
    requests.retain(|request| request.path == "/v2/calls");
    assert!(requests.iter().all(|request| request.query.iter().any(|(name, _)| name == "fromDateTime")));
}

#[tokio::test]
async fn a_stream_goes_on_from_wherever_it_was_left() {
    let world = World::paged(7).await;
    let truth = world.call_ids();
    for stop in [1, 6, 7, 8, 14, 100] {
        let mut first = world.gong.calls().list().items().limit(stop);
        let mut ids = Vec::new();
        while let Some(call) = first.next().await {
            ids.push(call.unwrap().id.to_string());
        }
        assert_eq!(ids.len(), stop);
        // The page in hand comes again; at its end nothing does.
        let again = (7 - first.in_hand()) % 7;
        ids.truncate(stop - again);
        let list = world.gong.calls().list();
        let rest = match first.cursor() {
            Some(cursor) => list.cursor(cursor).items(),
            None => list.items(),
        };
        ids.extend(all(rest).await.into_iter().map(|call| call.id.to_string()));
        assert_eq!(ids, truth, "stopped after {stop}");
    }
}

#[tokio::test]
async fn a_limit_asks_for_what_it_needs_and_no_more() {
    let world = World::paged(10).await;
    for (limit, requests) in [(0, 0), (1, 1), (10, 1), (11, 2), (20, 2)] {
        world.sandbox.clear_requests();
        let mut items = world.gong.users().list().items().limit(limit);
        let mut count = 0;
        while let Some(user) = items.next().await {
            user.unwrap();
            count += 1;
        }
        assert_eq!((count, world.sandbox.requests().len()), (limit, requests));
    }
}

#[tokio::test]
async fn requests_in_between_do_not_wait_for_the_page_ahead() {
    let world = World::paged(50).await;
    let mut calls = world.gong.calls().list().items();
    let mut outcomes = 0;
    while let Some(call) = calls.next().await {
        call.unwrap();
        if calls.in_hand() % 25 == 0 {
            outcomes += world.gong.calls().outcomes().send().await.unwrap().outcomes.len();
        }
    }
    assert_eq!(calls.items_read() as usize, world.call_ids().len());
    assert!(outcomes > 0);
}

#[tokio::test]
async fn an_old_cursor_is_told_and_a_new_stream_passes_over_what_is_there() {
    let world = World::paged(50).await;
    let mut calls = world.gong.calls().list().items();
    let mut ids = Vec::new();
    for _ in 0..50 {
        ids.push(calls.next().await.unwrap().unwrap().id.to_string());
    }
    // The page ahead may have come already, the one after it has not.
    world.sandbox.advance(Duration::from_secs(2 * 60 * 60));
    let error = loop {
        match calls.next().await.unwrap() {
            Ok(call) => ids.push(call.id.to_string()),
            Err(error) => break error,
        }
        world.sandbox.advance(Duration::from_secs(2 * 60 * 60));
    };
    assert!(error.is_expired_cursor(), "{error}");
    let told = format!("{} pages with {} items", calls.pages_read(), ids.len());
    assert!(error.to_string().contains(told.trim_start_matches("1 pages ")), "{error}");
    let rest = all(world.gong.calls().list().items()).await;
    ids.extend(rest.into_iter().skip(ids.len()).map(|call| call.id.to_string()));
    assert_eq!(ids, world.call_ids());
}

#[tokio::test]
async fn a_page_that_comes_twice_is_handed_out_once() {
    let world = World::paged(30).await;
    world.sandbox.inject(Fault::duplicate_page());
    let mut calls = world.gong.calls().list().items();
    let mut ids = Vec::new();
    let error = loop {
        match calls.next().await.unwrap() {
            Ok(call) => ids.push(call.id.to_string()),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("second time"), "{error}");
    assert!(calls.next().await.is_none(), "after an error there is no more");
    assert_eq!(ids.len(), 30);
    let rest = all(world.gong.calls().list().cursor(calls.cursor().unwrap()).items()).await;
    ids.extend(rest.into_iter().map(|call| call.id.to_string()));
    assert_eq!(ids, world.call_ids());
}

#[tokio::test]
async fn pages_that_would_never_end_end_with_an_error() {
    let world = World::new().await;
    world.sandbox.inject(Fault::duplicate_page().times(99));
    let mut pages = world.gong.users().list().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert!(pages.next().await.is_none(), "after an error there is no more");
}

#[tokio::test]
async fn pages_by_name_go_on_too() {
    let world = World::paged(100).await;
    let mut ids = Vec::new();
    let mut input = json!({});
    // One page at a time, each with the cursor of a stream that was dropped.
    loop {
        let mut pages = world.gong.pages("gong_calls_list", input).unwrap();
        let page = pages.next().await.unwrap().unwrap();
        ids.extend(page["calls"].as_array().unwrap().iter().map(|call| call["id"].as_str().unwrap().to_owned()));
        match pages.cursor() {
            Some(cursor) => input = json!({"cursor": cursor}),
            None => break assert!(pages.is_finished()),
        }
    }
    assert_eq!(ids, world.call_ids());
}
