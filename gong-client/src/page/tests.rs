//! Streams against a server that answers as it is told.

use super::{Items, NewestFirst, Pages};
use crate::base::error::ErrorKind;
use serde_json::{Value, json};

use crate::client::invocation::Invocation;
use crate::testing::{LIST, List, Server, call_json, call_with, json_pages, reply};

fn page(ids: &[&str], cursor: Option<&str>) -> String {
    let things: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    reply(200, json!({"requestId": "r1", "things": things, "cursor": cursor}))
}

fn expired() -> String {
    reply(400, json!({"requestId": "r2", "errors": ["cursor has expired"]}))
}

fn list(server: &Server) -> Invocation<List> {
    Invocation::new(&server.client())
}

fn list_from(server: &Server, cursor: &str) -> Invocation<List> {
    call_with(&server.client(), List { cursor: Some(cursor.to_owned()), ..List::default() })
}

async fn ids(items: &mut Items<crate::testing::Thing>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id.to_string());
    }
    ids
}

/// Waits until so many requests came.
async fn came(server: &Server, count: usize) {
    while server.seen().len() < count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn one_page_is_asked_for_ahead_and_no_more() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2"], Some("b")), page(&["3"], None)]).await;
    let mut pages = list(&server).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().things[0].id.as_str(), "1");
    came(&server, 2).await;
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.seen().len(), 2);
    assert_eq!(pages.next().await.unwrap().unwrap().things[0].id.as_str(), "2");
    came(&server, 3).await;
}

#[tokio::test]
async fn one_by_one_no_page_is_asked_for_before_it_is_wanted() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2"], None)]).await;
    let mut pages = list(&server).pages().one_by_one();
    for asked in 1..=2 {
        pages.next().await.unwrap().unwrap();
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        assert_eq!(server.seen().len(), asked);
    }
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_limit_asks_for_no_page_that_it_does_not_need() {
    for (limit, expected, requests) in [(0, 0, 0), (1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2), (9, 5, 3)] {
        let replies = [page(&["1", "2"], Some("a")), page(&["3", "4"], Some("b")), page(&["5"], None)];
        let server = Server::new(replies).await;
        let mut items = list(&server).items().limit(limit);
        assert_eq!(ids(&mut items).await.len(), expected);
        assert_eq!(server.seen().len(), requests, "limit {limit}");
        assert_eq!(items.is_finished(), limit == 9);
    }
}

#[tokio::test]
async fn pages_say_where_they_stand() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2"], None)]).await;
    let mut pages = list(&server).pages();
    assert_eq!((pages.cursor(), pages.pages_read(), pages.is_finished()), (None, 0, false));
    pages.next().await;
    assert_eq!((pages.cursor(), pages.pages_read(), pages.is_finished()), (Some("a"), 1, false));
    pages.next().await;
    assert_eq!((pages.cursor(), pages.pages_read(), pages.is_finished()), (None, 2, true));
}

#[tokio::test]
async fn items_go_on_from_a_saved_cursor() {
    let replies = [page(&["1", "2"], Some("a")), page(&["3", "4"], Some("b")), page(&["3", "4"], Some("b"))];
    let server = Server::new(replies.into_iter().chain([page(&["5"], None)])).await;
    let mut items = list(&server).items().limit(3);
    assert_eq!(ids(&mut items).await, ["1", "2", "3"]);
    // In the middle of a page, the page itself: nothing is lost.
    assert_eq!((items.cursor(), items.in_hand(), items.items_read()), (Some("a"), 1, 3));
    let mut items = list_from(&server, "a").items();
    assert_eq!(ids(&mut items).await, ["3", "4", "5"]);
    let since = "since=2026-11-22T12:00:00Z";
    assert_eq!(server.asked()[2], format!("GET /things?{since}&cursor=a"));
    assert_eq!(server.asked()[3], format!("GET /things?{since}&cursor=b"));
}

#[tokio::test]
async fn an_expired_cursor_is_told_with_how_far_it_got() {
    let server = Server::new([page(&["1", "2"], Some("a")), page(&["3"], Some("b")), expired()]).await;
    let mut items = list(&server).items();
    for _ in 0..3 {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_expired_cursor());
    assert_eq!((items.cursor(), items.items_read(), items.pages_read()), (Some("b"), 3, 2));
    assert!(
        error.to_string().contains("It came after 2 pages with 3 items. A cursor is good for a while only"),
        "{error}"
    );
    assert!(items.next().await.is_none());
    assert!(!items.is_finished());

    let server = Server::new([expired()]).await;
    let error = list_from(&server, "old").pages().next().await.unwrap().unwrap_err();
    assert!(error.is_expired_cursor() && !error.to_string().contains("It came after"), "{error}");
}

#[tokio::test]
async fn another_failure_says_where_to_go_on() {
    let server = Server::new([page(&["1"], Some("a")), reply(500, json!({"errors": ["No."]}))]).await;
    let mut pages = list(&server).pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(!error.is_expired_cursor());
    assert!(error.to_string().contains("It came after 1 page. The stream's cursor says where to go on."), "{error}");
    assert_eq!(pages.cursor(), Some("a"));
}

#[tokio::test]
async fn the_page_before_once_more_is_not_handed_out() {
    // With the cursor that was asked with, as a page that comes twice has it.
    let server = Server::new([page(&["1"], Some("a")), page(&["1"], Some("a")), page(&["2"], None)]).await;
    let mut items = list(&server).items();
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let cursor = items.cursor().unwrap().to_owned();
    assert_eq!(ids(&mut list_from(&server, &cursor).items()).await, ["2"]);
}

#[tokio::test]
async fn pages_that_stay_empty_end_and_say_where() {
    let empty = |from: usize, to: usize| (from..to).map(|number| page(&[], Some(&format!("c{number}"))));
    let endless = || empty(0, 60).collect::<Vec<_>>();
    let server = Server::new(endless()).await;
    let mut items = list(&server).items();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("20 pages in a row had nothing in them"), "{error}");
    assert!(error.to_string().contains("The stream's cursor says where to go on."), "{error}");
    assert_eq!((server.seen().len(), items.cursor(), items.is_finished()), (20, Some("c19"), false));
    assert!(items.next().await.is_none());

    let server = Server::new(endless()).await;
    let mut pages = json_pages(&server.client(), &LIST, &json!({}));
    let mut error = None;
    while let Some(page) = pages.next().await {
        error = page.err();
    }
    assert!(error.is_some() && pages.cursor() == Some("c19") && server.seen().len() == 20, "{error:?}");

    // Fewer are passed over, however often, and so are as many before a last one.
    let replies = empty(0, 19).chain([page(&["1"], Some("x"))]).chain(empty(20, 39)).chain([page(&[], None)]);
    let server = Server::new(replies).await;
    let mut items = list(&server).items();
    assert_eq!(ids(&mut items).await, ["1"]);
    assert!(items.is_finished());
}

#[tokio::test]
async fn the_cursor_that_one_began_with_counts_too() {
    let server = Server::new([page(&["1"], Some("b")), page(&["2"], Some("a")), page(&["3"], None)]).await;
    let mut pages = list_from(&server, "a").pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_unreadable_item_is_beside_the_others() {
    let broken = |cursor| {
        let things = [json!({"id": "1"}), json!({"id": "2", "size": [1]}), json!({"id": "3"})];
        reply(200, json!({"things": things, "cursor": cursor}))
    };
    let server = Server::new([broken(Some("a")), broken(None), broken(None), broken(None)]).await;
    let mut items = list(&server).items();
    assert_eq!(ids(&mut items).await, ["1", "3", "1", "3"]);
    assert_eq!(items.unreadable().len(), 2);
    assert_eq!(items.take_unreadable()[0].path(), "things[1].size");
    assert!(items.unreadable().is_empty());

    let page = list(&server).send().await.unwrap();
    assert_eq!((page.things.len(), page.unreadable()[0].json()), (2, r#"{"id":"2","size":[1]}"#));
    let page = call_json(&server.client(), &LIST, &json!({})).await.unwrap();
    assert_eq!(page["things"].as_array().unwrap().len(), 2);
    assert_eq!(page["unreadable"][0]["path"], "things[1].size");
    assert_eq!(page.unreadable().len(), 1);
}

#[tokio::test]
async fn what_a_write_did_is_known_as_a_whole_or_not_at_all() {
    let server = Server::new([reply(200, json!({"things": [{"id": "1"}, {"size": []}]}))]).await;
    let call = call_with(&server.client(), crate::testing::Send { ids: Some(vec!["1".into()]) });
    let error = call.send().await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("things[1].size")));
}

#[tokio::test]
async fn by_name_pages_say_where_they_stand() {
    let server = Server::new([page(&["1"], Some("a")), page(&["2"], None)]).await;
    let mut pages = json_pages(&server.client(), &LIST, &json!({}));
    pages.next().await.unwrap().unwrap();
    assert_eq!((pages.cursor(), pages.is_finished()), (Some("a"), false));
    let mut pages = json_pages(&server.client(), &LIST, &json!({"cursor": "a"}));
    assert_eq!(pages.cursor(), Some("a"));
    assert!(pages.next().await.unwrap().is_ok() || pages.cursor() == Some("a"));
}

#[test]
fn a_stream_can_go_to_another_thread() {
    fn check<T: Send + Unpin>() {}
    check::<Pages<Value>>();
    check::<Items<Value>>();
    check::<NewestFirst<Value>>();
}
