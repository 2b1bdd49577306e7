//! Tests of `body`.

use super::*;
use serde_json::json;

const NONE: Option<String> = None;

fn check(body: Body, json: Value) {
    assert_eq!(body.into_json(), Some(json));
}

#[test]
fn a_member_goes_with_its_value_and_an_object_with_its_members() {
    let body = |cursor: Option<&str>, id: Option<&str>| {
        Body::object()
            .put("cursor", &cursor)
            .open("filter")
            .put("id", &id)
            .constant("kind", "\"x\"")
            .open("deep")
            .put("none", &NONE)
            .close()
            .close()
    };
    check(body(None, None), json!({}));
    check(body(Some("c"), Some("1")), json!({"cursor": "c", "filter": {"id": "1", "kind": "x"}}));
}

#[test]
fn a_hole_deep_within_keeps_what_is_around_it() {
    let body = Body::object().open("a").constant("with", "1").open("b").put("c", &true).close().close();
    check(body, json!({"a": {"with": 1, "b": {"c": true}}}));
}

#[test]
fn constants_alone_stay() {
    let body = Body::object().open("selector").constant("context", "\"Extended\"").close().put("cursor", &NONE);
    check(body, json!({"selector": {"context": "Extended"}}));
}

#[test]
fn what_is_always_sent_is_sent_empty_if_need_be() {
    let body = Body::object().open("outer").put("x", &NONE).open_always("filter").put("id", &NONE).close().close();
    check(body, json!({"outer": {"filter": {}}}));
}

#[test]
fn what_is_not_sent_now_is_as_a_hole_without_a_value() {
    let body = |holds| {
        let who = Body::object().put("id", &"1").open("who").constant("kind", "\"x\"");
        who.when(holds, |body| body.open("of").put("id", &"2").constant("kind", "\"y\"").close()).close()
    };
    check(body(true), json!({"id": "1", "who": {"kind": "x", "of": {"id": "2", "kind": "y"}}}));
    check(body(false), json!({"id": "1"}));
}

#[test]
fn lists_have_objects_and_scalars() {
    let body = |id: Option<&str>| {
        Body::object()
            .open_list("contexts")
            .item()
            .put("id", &id)
            .constant("type", "\"T\"")
            .close()
            .element(&id)
            .element_constant("1")
            .close()
    };
    check(body(None), json!({}));
    check(body(Some("7")), json!({"contexts": [{"id": "7", "type": "T"}, "7", 1]}));
}

#[test]
fn a_list_for_each_goes_when_there_is_none() {
    let body = |ids: &[i64]| Body::object().each("ids", ids, |body, id| body.item().put("crmId", id).close());
    check(body(&[]), json!({}));
    check(body(&[1, 2]), json!({"ids": [{"crmId": 1}, {"crmId": 2}]}));
    let map = BTreeMap::from([("a".to_owned(), 1_i64)]);
    let body = Body::object()
        .each_entry("vars", Some(&map), |body, key, item| body.item().put("name", key).put("value", item).close());
    check(body, json!({"vars": [{"name": "a", "value": 1}]}));
}

#[test]
fn lists_lie_in_lists_and_elements_need_no_object() {
    let rows = [vec![1_i64, 2], vec![]];
    let body = Body::object()
        .each("rows", &rows, |body, row| body.each("", row, |body, cell| body.element(cell)))
        .open_list("pairs")
        .open_list("")
        .element(&1_i64)
        .close()
        .close();
    check(body, json!({"rows": [[1, 2]], "pairs": [[1]]}));
}

#[test]
fn a_body_may_be_no_object_and_none_at_all() {
    check(Body::whole().element(&vec![1_i64]), json!([1]));
    check(Body::whole().open_list("").element(&1_i64).element_constant("\"x\"").close(), json!([1, "x"]));
    assert_eq!(Body::whole().element(&NONE).into_json(), None);
}
