//! Newest first: the list of calls, backwards.

use gong_client::ErrorKind;
use serde_json::json;

use crate::support::{World, at};

/// The ids of the company's calls, newest first.
fn backwards(world: &World) -> Vec<String> {
    world.call_ids().into_iter().rev().collect()
}

async fn ids(mut calls: gong_client::NewestFirst<gong_client::models::Call>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(call) = calls.next().await {
        ids.push(call.unwrap().id.to_string());
    }
    assert!(calls.is_finished());
    ids
}

#[tokio::test]
async fn it_is_the_whole_list_backwards_whatever_fits_on_a_page() {
    for page_size in [1, 3, 20, 100, 10_000] {
        let world = World::paged(page_size).await;
        assert_eq!(ids(world.gong.calls().list().newest_first()).await, backwards(&world), "{page_size} a page");
    }
}

#[tokio::test]
async fn a_limit_costs_a_few_requests_instead_of_all() {
    let world = World::paged(20).await;
    let mut latest = world.gong.calls().list().newest_first().limit(10);
    let mut ids = Vec::new();
    while let Some(call) = latest.next().await {
        ids.push(call.unwrap().id.to_string());
    }
    assert_eq!(ids, backwards(&world)[..10]);
    assert!(world.sandbox.requests().len() <= 4, "{}", world.sandbox.requests().len());
    assert!(!latest.is_finished());
}

#[tokio::test]
async fn a_range_is_kept_to_the_second() {
    let world = World::paged(5).await;
    let calls = world.company().calls;
    // From a call on, and up to one: the first is in, the second is not.
    let (from, to) = (&calls[40], &calls[200]);
    let expected: Vec<String> = calls
        .iter()
        .filter(|call| (at(&from.started())..at(&to.started())).contains(&at(&call.started())))
        .map(|call| call.id.clone())
        .rev()
        .collect();
    let list = world.gong.calls().list().from_date_time(at(&from.started())).to_date_time(at(&to.started()));
    assert_eq!(ids(list.newest_first()).await, expected);
    assert!(expected.len() > 100);
}

#[tokio::test]
async fn it_goes_on_down_from_where_it_was_left() {
    let world = World::paged(10).await;
    let mut first = world.gong.calls().list().newest_first().limit(57);
    let mut seen = Vec::new();
    while let Some(call) = first.next().await {
        seen.push(call.unwrap().id.to_string());
    }
    let reached = first.reached();
    let list = world.gong.calls().list();
    let rest = ids(reached.into_iter().fold(list, |list, to| list.to_date_time(to)).newest_first()).await;
    // Some may come again, none is lost.
    let again = seen.iter().position(|id| Some(id) == rest.first()).unwrap_or(seen.len());
    seen.truncate(again);
    seen.extend(rest);
    assert_eq!(seen, backwards(&world));
}

#[tokio::test]
async fn nothing_is_found_in_a_few_requests() {
    let world = World::paged(10).await;
    let before = at("2001-01-01T00:00:00Z");
    assert_eq!(ids(world.gong.calls().list().to_date_time(before).newest_first()).await, [""; 0]);
    assert_eq!(world.sandbox.requests().len(), 2);
    world.sandbox.clear_requests();
    // A range of thirty years with the calls at its end.
    let found = ids(world.gong.calls().list().from_date_time(at("1996-01-01T00:00:00Z")).newest_first()).await;
    assert_eq!(found, backwards(&world));
    assert!(world.sandbox.requests().len() < 120, "{}", world.sandbox.requests().len());
}

#[tokio::test]
async fn chosen_calls_come_newest_first_too() {
    let world = World::paged(4).await;
    let chosen: Vec<String> = world.call_ids().into_iter().step_by(9).collect();
    let expected: Vec<String> = chosen.iter().rev().cloned().collect();
    assert_eq!(ids(world.gong.calls().list().call_ids(&chosen).newest_first()).await, expected);
}

#[tokio::test]
async fn a_cursor_does_not_go_with_it_and_wrong_input_is_told() {
    let world = World::paged(10).await;
    let error = world.gong.calls().list().cursor("c").newest_first().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let (from, to) = (at("2026-11-02T00:00:00Z"), at("2026-11-01T00:00:00Z"));
    let mut wrong = world.gong.calls().list().from_date_time(from).to_date_time(to).newest_first();
    assert_eq!(wrong.next().await.unwrap().unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(wrong.next().await.is_none());
    assert_eq!(world.sandbox.requests().len(), 0);
}

#[tokio::test]
async fn by_name_it_is_the_same() {
    let world = World::paged(20).await;
    let mut calls = world.gong.newest_first("gong_calls_list", json!({})).unwrap();
    let mut found = Vec::new();
    while let Some(call) = calls.next().await {
        found.push(call.unwrap()["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(found, backwards(&world));
    assert!(calls.is_finished() && calls.items_read() == found.len() as u64);

    world.sandbox.clear_requests();
    let mut latest = world.gong.newest_first("gong_calls_list", json!({})).unwrap().limit(10);
    while let Some(call) = latest.next().await {
        call.unwrap();
    }
    assert!(!latest.is_finished());
    assert!(world.sandbox.requests().len() <= 4);
}

#[tokio::test]
async fn by_name_a_tool_that_cannot_names_those_that_can() {
    let world = World::paged(20).await;
    let error = world.gong.newest_first("gong_users_list", json!({})).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error.to_string().contains("its items cannot be had newest first; what can: `gong_calls_list`."),
        "{error}"
    );
    let mut wrong = world.gong.newest_first("gong_calls_list", json!({"from": 1})).unwrap();
    assert_eq!(wrong.next().await.unwrap().unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(world.sandbox.requests().len(), 0);
}
