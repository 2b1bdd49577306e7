//! How deep JSON may be nested: a text that is nested deeper is refused as it is read, and so is a value, which is
//! walked by functions that call each other.

use serde_json::Value;

use crate::base::error::Error;

const DEEPEST: usize = 128;

/// Refuses a value that is nested deeper than that, found out level by level.
pub(crate) fn check(json: &Value) -> Result<(), Error> {
    let mut level = vec![json];
    for _ in 0..=DEEPEST {
        level = level.into_iter().flat_map(children).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    Err(Error::refused_because(format!("The JSON is nested deeper than {DEEPEST} levels.")))
}

/// The objects and lists in a value.
fn children(json: &Value) -> impl Iterator<Item = &Value> {
    let of_list = json.as_array().into_iter().flatten();
    let of_object = json.as_object().into_iter().flat_map(|object| object.values());
    of_list.chain(of_object).filter(|child| child.is_array() || child.is_object())
}
