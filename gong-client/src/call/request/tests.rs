//! Tests of `request`.

use super::*;

fn target(request: Request) -> Result<String> {
    request.prepare(None, true).map(|prepared| prepared.target)
}

#[test]
fn segments_and_queries_are_encoded() {
    let request = Request::get("/v2/tasks/{task_id}")
        .path("task_id", &"a/b?c#d%")
        .query("from", &"2026-01-01T00:00:00+01:00")
        .query("absent", &None::<String>)
        .query("ids", &vec!["1", "2&3"])
        .query("ü", &true);
    assert_eq!(
        target(request).unwrap(),
        "/v2/tasks/a%2Fb%3Fc%23d%25?from=2026-01-01T00:00:00%2B01:00&ids=1,2%263&%C3%BC=true"
    );
}

#[test]
fn no_segment_changes_the_path() {
    for bad in ["", ".", ".."] {
        assert!(target(Request::get("/v2/tasks/{id}").path("id", &bad)).is_err(), "{bad:?}");
    }
    assert_eq!(target(Request::get("/v2/tasks/{id}").path("id", &"../x")).unwrap(), "/v2/tasks/..%2Fx");
}
