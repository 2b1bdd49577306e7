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
#[must_use]
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
    pub(crate) fn whole() -> Self {
        Body { open: vec![Container { content: Content::Whole(None), ..Body::outermost() }] }
    }

    /// A member that a value fills; without a value there is no member.
    pub(crate) fn put(self, key: &str, value: &dyn ToJson) -> Self {
        self.hole(key, value.to_json())
    }

    /// A member that is always the same.
    pub(crate) fn constant(mut self, key: &str, json: &str) -> Self {
        if let Some(value) = constant(json) {
            self.insert(key, value);
        }
        self
    }

    /// Begins an object that goes when it has holes and none is filled.
    pub(crate) fn open(self, key: &str) -> Self {
        self.begin(key, Content::Object(Map::new()), false)
    }

    /// Begins an object that is sent in any case.
    pub(crate) fn open_always(self, key: &str) -> Self {
        self.begin(key, Content::Object(Map::new()), true)
    }

    /// Begins a list that goes when it has holes and none is filled.
    pub(crate) fn open_list(self, key: &str) -> Self {
        self.begin(key, Content::List(Vec::new()), false)
    }

    /// Begins an object in a list.
    pub(crate) fn item(self) -> Self {
        self.open("")
    }

    /// An element of a list that a value fills.
    pub(crate) fn element(self, value: &dyn ToJson) -> Self {
        self.hole("", value.to_json())
    }

    /// An element of a list that is always the same.
    pub(crate) fn element_constant(self, json: &str) -> Self {
        self.constant("", json)
    }

    /// Ends the object or list that was begun last.
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
    pub(crate) fn each<T>(self, key: &str, elements: &[T], add: impl FnMut(Body, &T) -> Body) -> Self {
        elements.iter().fold(self.open_list(key).with_hole(), add).close()
    }

    /// A list to which something is added for each entry of a map.
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
mod tests;
