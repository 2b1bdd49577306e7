//! How much memory the decoded form of an answer may take. A few bytes of JSON can mean many in memory, `{}` for one a
//! whole model, so the bytes of an answer alone bound nothing.
//!
//! The figures are estimates from above of what the allocator gives. The count is the thread's: decoding neither waits
//! nor changes threads, and a count that was handed down the walk would cost every value something, where this costs a
//! text or a longer list.

use std::cell::Cell;

use serde_json::Value;

/// What the smallest allocation costs beyond its bytes.
const ALLOCATION: usize = 24;

/// The entries of a map lie in nodes of eleven, of which about half are in use.
const NODE: usize = 11;

/// More than anybody has: nothing is counted.
const ENDLESS: usize = usize::MAX;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(ENDLESS) };
}

/// What came of work in a bounded room: its result and how much it took, or nothing if there was not enough.
pub(crate) fn within<R>(room: usize, work: impl FnOnce() -> R) -> Option<(R, usize)> {
    /// Puts back what was there, even if the work panics.
    struct Back(usize);
    impl Drop for Back {
        fn drop(&mut self) {
            LEFT.set(self.0);
        }
    }

    let room = room.min(ENDLESS - 1);
    let _back = Back(LEFT.replace(room));
    let result = work();
    (!is_full()).then(|| (result, room - LEFT.get()))
}

/// Whether there was not enough.
pub(crate) fn is_full() -> bool {
    LEFT.get() == 0
}

/// Takes `bytes` of what is left; `false` if there is not enough.
pub(crate) fn take(bytes: usize) -> bool {
    let left = LEFT.get();
    if left == ENDLESS {
        return true;
    }
    let rest = left.saturating_sub(bytes);
    LEFT.set(rest);
    rest > 0
}

/// For the text of a value.
#[inline]
pub(crate) fn for_text(text: &str) -> bool {
    take(text.len() + ALLOCATION)
}

/// For a list that is full with `full` elements of `size` bytes each, and doubles.
#[cold]
pub(crate) fn for_list(full: usize, size: usize) -> bool {
    take(full.max(4).saturating_mul(size))
}

/// For another entry in a map that has `length` of them.
pub(crate) fn for_entry(length: usize, key: &str, size: usize) -> bool {
    let node = if length.is_multiple_of(NODE / 2) { NODE * (size + size_of::<String>()) + ALLOCATION } else { 0 };
    take(node + key.len() + ALLOCATION)
}

/// For a copy of a value.
pub(crate) fn for_json(json: &Value) -> bool {
    match json {
        Value::String(text) => for_text(text),
        Value::Array(list) => take(list.len() * size_of::<Value>() + ALLOCATION) && list.iter().all(for_json),
        Value::Object(map) => {
            let mut entries = map.iter().enumerate();
            entries.all(|(at, (key, value))| for_entry(at, key, size_of::<Value>()) && for_json(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests;
