use gong_client::catalog;

use super::*;
use crate::options::Options;

fn fit(options: &Options, room: usize) -> Fit<'_> {
    Fit { tool: catalog::tool("gong_users_list").unwrap(), options, room }
}

#[test]
fn what_stands_beside_the_items_of_any_page_is_kept_and_the_same_only_once() {
    let options = Options::default();
    let fit = fit(&options, 1_000);
    let mut all = Gathered::default();
    let first = r#"{"notices":["n"],"records":{"cursor":"a"},"users":[{"id":"1"}],"unreadable":[{"path":"users[1]"}]}"#;
    assert!(all.add(first.to_owned(), &fit));
    assert!(all.add(r#"{"records":{},"users":[{"id":"2"}],"notices":["n","m"]}"#.to_owned(), &fit));
    assert_eq!(
        all.text(&fit),
        r#"{"records":{},"users":[{"id":"1"},{"id":"2"}],"notices":["n","m"],"unreadable":[{"path":"users[1]"}]}"#
    );
}

#[test]
fn a_page_that_does_not_fit_changes_nothing() {
    let options = Options { skip: 1, ..Options::default() };
    let fit = fit(&options, 10);
    let mut all = Gathered { skip: 1, ..Gathered::default() };
    assert!(all.add(r#"{"records":{"cursor":"a"},"users":[]}"#.to_owned(), &fit));
    let before = format!("{all:?}");
    assert!(!all.add(r#"{"users":[{"id":"1"},{"id":"23456"}],"notices":["n"]}"#.to_owned(), &fit));
    assert_eq!(format!("{all:?}"), before);
    assert_eq!(all.text(&fit), r#"{"records":{"cursor":"a"},"users":[]}"#);
}
