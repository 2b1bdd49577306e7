//! Streams while things go wrong: whatever happens, what comes in the end is what the company has.

use std::collections::BTreeSet;

use gong_client::{Client, Unreadable};
use gong_sandbox::{Chaos, Fault};
use serde_json::Value;

use crate::support::World;

/// What a caller does who wants every call whatever happens: goes on from the cursor, and begins again when that is too
/// old.
async fn every_call(gong: &Client) -> (Vec<String>, Vec<Unreadable>) {
    let (mut ids, mut unreadable) = (Vec::new(), Vec::new());
    let mut cursor: Option<String> = None;
    for _ in 0..1000 {
        let list = gong.calls().list();
        let mut pages = match &cursor {
            Some(cursor) => list.cursor(cursor).pages(),
            None => list.pages(),
        };
        loop {
            match pages.next().await {
                Some(Ok(page)) => {
                    unreadable.extend_from_slice(page.unreadable());
                    ids.extend(page.calls.iter().map(|call| call.id.to_string()));
                    cursor = pages.cursor().map(str::to_owned);
                }
                Some(Err(error)) if error.is_expired_cursor() => {
                    (cursor, ids, unreadable) = (None, Vec::new(), Vec::new());
                    break;
                }
                Some(Err(_)) => break,
                None => return (ids, unreadable),
            }
        }
    }
    panic!("this never ends");
}

/// The ids of the items that could not be read.
fn told(unreadable: &[Unreadable]) -> Vec<String> {
    let id = |item: &Unreadable| {
        let (_, rest) = item.json().split_once("\"id\"").unwrap();
        rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
    };
    unreadable.iter().map(id).collect()
}

#[tokio::test]
async fn mixed_faults_lose_nothing_and_give_nothing_twice() {
    for seed in 0..4 {
        let world = World::paged(5).await;
        // Tokens that are revoked stay so; the rest passes.
        let faults = Fault::every().into_iter().filter(|fault| !fault.name().contains("revoked"));
        world.sandbox.set_chaos(Some(Chaos::mixed(0.2, seed).among(faults)));
        let (ids, unreadable) = every_call(&world.gong).await;
        let truth = world.call_ids();
        let all: BTreeSet<String> = ids.iter().cloned().chain(told(&unreadable)).collect();
        assert_eq!(all, truth.iter().cloned().collect(), "seed {seed}");
        assert_eq!(ids.len() + unreadable.len(), truth.len(), "seed {seed}");
        assert!(ids.iter().is_sorted_by_key(|id| truth.iter().position(|other| other == id)), "seed {seed}");
    }
}

#[tokio::test]
async fn what_gong_may_change_at_any_time_loses_nothing() {
    for fault in [Fault::unknown_enum_value(), Fault::new_field(), Fault::unexpected_null()] {
        let world = World::paged(50).await;
        let name = fault.name();
        world.sandbox.inject(fault.times(1000));
        let (ids, unreadable) = every_call(&world.gong).await;
        assert_eq!(ids, world.call_ids(), "{name}");
        assert_eq!(unreadable, [], "{name}");
    }
}

#[tokio::test]
async fn an_unknown_value_is_kept_as_it_came() {
    let world = World::new().await;
    world.sandbox.inject(Fault::unknown_enum_value());
    let page = world.gong.calls().list().send().await.unwrap();
    let raw: Value = page.raw()[0].json().unwrap();
    let ours = serde_json::to_value(&*page).unwrap();
    assert_eq!(ours["calls"], raw["calls"].as_array().unwrap().iter().map(without_nulls).collect::<Value>());
    assert!(ours.to_string().contains("VALUE_OF_TOMORROW"));
}

fn without_nulls(value: &Value) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    Value::Object(members.iter().filter(|(_, value)| !value.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect())
}

#[tokio::test]
async fn a_damaged_item_that_stays_so_is_told_beside_the_others() {
    let world = World::paged(10).await;
    world.sandbox.inject(Fault::invalid_json().on("GET", "/v2/calls").times(1000));
    let mut calls = world.gong.calls().list().items();
    let mut ids = Vec::new();
    while let Some(call) = calls.next().await {
        ids.push(call.unwrap().id.to_string());
    }
    let unreadable = calls.take_unreadable();
    // One a page, unless the damage is within a text, such as a time.
    assert!(unreadable.len() > 10 && ids.len() + unreadable.len() == world.call_ids().len());
    let all: BTreeSet<String> = ids.into_iter().chain(told(&unreadable)).collect();
    assert_eq!(all, world.call_ids().into_iter().collect());
    assert!(unreadable.iter().all(|item| item.path().starts_with("calls[")), "{unreadable:?}");
}

#[tokio::test]
async fn a_look_up_does_not_make_do_with_less_than_all() {
    let world = World::paged(50).await;
    world.sandbox.inject(Fault::invalid_json().on("GET", "/v2/users").times(1000));
    let error = world.gong.engage_tasks().list().assignee_email(gong_sandbox::OWNER_EMAIL).send().await.unwrap_err();
    assert!(error.to_string().contains("users["), "{error}");
}
