//! The JSON body of a request, written as it is sent: constants, and holes that take their key with them when they are
//! empty.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::input::json::ToJson;

/// A body as it is built, from the outside in.
///
/// An object or list that has holes and loses all of them goes too, with its constants. The outermost object and one
/// that is opened with [`Body::open_always`] cannot go, so they keep theirs.
#[derive(Debug)]
pub(crate) struct Body {
    /// The containers that are open, outermost first; never empty until the end.
    open: Vec<Container>,
}

#[derive(Debug)]
struct Container {
    key: String,
    content: Content,
    always: bool,
    /// It has holes, …
    holes: bool,
    /// … and one of them was filled.
    filled: bool,
}

#[derive(Debug)]
enum Content {
    Object(Map<String, Value>),
    List(Vec<Value>),
    Whole(Option<Value>),
}

impl Body {
    /// An object.
    #[must_use]
    pub(crate) fn object() -> Self {
        Body { open: vec![Body::outermost()] }
    }

    fn outermost() -> Container {
        Container {
            key: String::new(),
            content: Content::Object(Map::new()),
            always: true,
            holes: false,
            filled: false,
        }
    }

    /// A body that is no object: the one element that is added to it. Without one there is no body.
    #[must_use]
    pub(crate) fn whole() -> Self {
        Body { open: vec![Container { content: Content::Whole(None), ..Body::outermost() }] }
    }

    /// A member that a value fills; without a value there is no member.
    #[must_use]
    pub(crate) fn put(self, key: &str, value: &dyn ToJson) -> Self {
        self.hole(key, value.to_json())
    }

    /// A member that is always the same.
    #[must_use]
    pub(crate) fn constant(mut self, key: &str, json: &str) -> Self {
        if let Some(value) = constant(json) {
            self.insert(key, value);
        }
        self
    }

    /// Begins an object that goes when it has holes and none is filled.
    #[must_use]
    pub(crate) fn open(self, key: &str) -> Self {
        self.begin(key, Content::Object(Map::new()), false)
    }

    /// Begins an object that is sent in any case.
    #[must_use]
    pub(crate) fn open_always(self, key: &str) -> Self {
        self.begin(key, Content::Object(Map::new()), true)
    }

    /// Begins a list that goes when it has holes and none is filled.
    #[must_use]
    pub(crate) fn open_list(self, key: &str) -> Self {
        self.begin(key, Content::List(Vec::new()), false)
    }

    /// Begins an object in a list.
    #[must_use]
    pub(crate) fn item(self) -> Self {
        self.open("")
    }

    /// An element of a list that a value fills.
    #[must_use]
    pub(crate) fn element(self, value: &dyn ToJson) -> Self {
        self.hole("", value.to_json())
    }

    /// An element of a list that is always the same.
    #[must_use]
    pub(crate) fn element_constant(self, json: &str) -> Self {
        self.constant("", json)
    }

    /// Ends the object or list that was begun last.
    #[must_use]
    pub(crate) fn close(mut self) -> Self {
        if self.open.len() < 2 {
            return self;
        }
        if let Some(ended) = self.open.pop() {
            let stays = ended.always || ended.filled || !ended.holes;
            if let Some(parent) = self.open.last_mut() {
                parent.holes |= ended.holes || ended.always;
                parent.filled |= ended.filled || ended.always;
            }
            if let Some(value) = ended.content.into_json().filter(|_| stays) {
                self.insert(&ended.key, value);
            }
        }
        self
    }

    /// A list to which something is added for each element of another.
    #[must_use]
    pub(crate) fn each<T>(self, key: &str, elements: &[T], add: impl FnMut(Body, &T) -> Body) -> Self {
        elements.iter().fold(self.open_list(key).with_hole(), add).close()
    }

    /// A list to which something is added for each entry of a map.
    #[must_use]
    pub(crate) fn each_entry<T>(
        self,
        key: &str,
        entries: Option<&BTreeMap<String, T>>,
        mut add: impl FnMut(Body, &String, &T) -> Body,
    ) -> Self {
        let list = self.open_list(key).with_hole();
        entries.into_iter().flatten().fold(list, |body, (name, value)| add(body, name, value)).close()
    }

    /// What is sent while this holds; else it goes as a hole without a value does.
    #[must_use]
    pub(crate) fn when(self, holds: bool, then: impl FnOnce(Body) -> Body) -> Self {
        let body = self.with_hole();
        if holds { then(body) } else { body }
    }

    /// The whole, with everything closed.
    pub(crate) fn into_json(mut self) -> Option<Value> {
        while self.open.len() > 1 {
            self = self.close();
        }
        self.open.pop()?.content.into_json()
    }

    fn with_hole(mut self) -> Self {
        if let Some(container) = self.open.last_mut() {
            container.holes = true;
        }
        self
    }

    fn hole(mut self, key: &str, value: Option<Value>) -> Self {
        if let Some(container) = self.open.last_mut() {
            container.holes = true;
            container.filled |= value.is_some();
        }
        if let Some(value) = value {
            self.insert(key, value);
        }
        self
    }

    fn begin(mut self, key: &str, content: Content, always: bool) -> Self {
        self.open.push(Container { key: key.to_owned(), content, always, holes: false, filled: false });
        self
    }

    fn insert(&mut self, key: &str, value: Value) {
        match self.open.last_mut().map(|container| &mut container.content) {
            Some(Content::Object(object)) => {
                object.insert(key.to_owned(), value);
            }
            Some(Content::List(list)) => list.push(value),
            Some(Content::Whole(whole)) => *whole = Some(value),
            None => {}
        }
    }
}

impl Content {
    fn into_json(self) -> Option<Value> {
        match self {
            Content::Object(object) => Some(Value::Object(object)),
            Content::List(list) => Some(Value::Array(list)),
            Content::Whole(whole) => whole,
        }
    }
}

/// A constant of the spec. The generator has checked that it is JSON.
pub(crate) fn constant(json: &str) -> Option<Value> {
    let value = serde_json::from_str(json);
    debug_assert!(value.is_ok(), "{json} is not JSON");
    value.ok()
}

#[cfg(test)]
mod tests {
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
}
