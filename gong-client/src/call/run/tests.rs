//! Tests of `run`.

use super::*;
use crate::base::environment::fake::Fake;
use crate::call::tool::TypedTool;
use crate::testing::Send;

fn client() -> Arc<Shared> {
    crate::Client::builder().access_token("t").environment(Arc::new(Fake::default())).build().unwrap().shared().clone()
}

#[test]
fn a_day_after_today_becomes_today_and_the_answer_says_so() {
    let client = client();
    let mut run = Run::new(&client, Send::TOOL, false);
    let day = |text: &str| text.parse::<Date>().ok();
    assert_eq!(run.until_today("to", day("2026-11-23"), Offset::UTC), day("2026-11-23"));
    assert_eq!(run.until_today("to", None, Offset::UTC), None);
    assert!(run.notices.is_empty());
    assert_eq!(run.until_today("to", day("2026-11-24"), Offset::UTC), day("2026-11-23"));
    assert_eq!(run.notices, ["`to` ends after today, which Gong refuses; 2026-11-23 was sent instead of 2026-11-24."]);
}

#[test]
fn pages_of_elements_are_sorted_and_go_on_after_the_cursor() {
    let client = client();
    let mut run = Run::new(&client, Send::TOOL, false);
    let mut page = |cursor: Option<&str>| {
        let elements = ["d", "b", "a", "c", "b", "e"].map(str::to_owned).to_vec();
        let page = run.page_of(elements, &cursor.map(str::to_owned), 2);
        assert_eq!(page.total, 5);
        (page.elements.concat(), page.next)
    };
    assert_eq!(page(None), ("ab".to_owned(), Some("b".to_owned())));
    assert_eq!(page(Some("b")), ("cd".to_owned(), Some("d".to_owned())));
    assert_eq!(page(Some("d")), ("e".to_owned(), None));
    assert_eq!(page(Some("bb")), ("cd".to_owned(), Some("d".to_owned())), "an element that is gone");
    assert_eq!(page(Some("z")), (String::new(), None));
}

#[test]
fn what_a_step_needs_is_there_or_stands_in_a_dry_run() {
    let client = client();
    let taken = |dry, value: Option<&str>| {
        Run::new(&client, Send::TOOL, dry)
            .take(value.map(str::to_owned), "flowId", "No flow.")
            .map_err(|e| e.to_string())
    };
    assert_eq!(taken(false, Some("1")), Ok("1".to_owned()));
    assert_eq!(taken(false, None), Err("No flow.".to_owned()));
    assert_eq!(taken(true, None), Ok("<value from flowId of the answer before>".to_owned()));
}

#[test]
fn a_notice_is_given_once() {
    let client = client();
    let mut run = Run::new(&client, Send::TOOL, false);
    run.notice_when(false, "not this");
    run.notice_when(true, "this");
    run.notice("this");
    assert_eq!(run.notices, ["this"]);
}
