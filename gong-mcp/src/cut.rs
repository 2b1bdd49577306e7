//! Cutting: an answer that is too large for a model's context keeps its shape and loses whole elements of its lists,
//! and says where and how many.

use std::borrow::Cow;

use gong_client::Excerpt;

use crate::raw::{Parts, begin_member, separate, text_of};

/// The least that a value is given, so that a name and an id are never lost.
const LEAST: usize = 40;

/// An answer that was cut to size.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// What is left of it.
    pub(crate) text: String,
    /// What was left out, a clause each.
    pub(crate) left_out: Vec<String>,
    /// How many elements its first level of items has now, if some are missing.
    pub(crate) items_kept: Option<usize>,
}

/// Cuts a text of JSON to about so many bytes. `items` is the member whose elements are the answer's items, of which
/// some may have been left out already.
pub(crate) fn cut(excerpt: &Excerpt, bytes: usize, items: Option<&str>) -> Cut {
    let mut cutting = Cutting { items, left_out: excerpt.left_out, done: Cut::default() };
    cutting.value(&excerpt.text, bytes, "");
    cutting.done
}

struct Cutting<'i> {
    items: Option<&'i str>,
    left_out: usize,
    done: Cut,
}

impl Cutting<'_> {
    fn value(&mut self, text: &str, room: usize, path: &str) {
        if text.len() <= room.max(LEAST) {
            self.done.text.push_str(text);
            return;
        }
        match Parts::of(text) {
            Parts::Object(members) => self.object(&members, room, path),
            Parts::List(elements) => self.list(&elements, room, path),
            Parts::Plain if text.starts_with('"') => self.words(text, room, path),
            Parts::Plain => self.done.text.push_str(text),
        }
    }

    /// Small members stay whole, and the large ones share what is left.
    fn object(&mut self, members: &[(Cow<'_, str>, &str)], room: usize, path: &str) {
        let names: usize = members.iter().map(|(name, _)| name.len() + 4).sum();
        let sizes: Vec<usize> = members.iter().map(|(_, value)| value.len()).collect();
        let rooms = shares(&sizes, room.saturating_sub(names));
        self.done.text.push('{');
        for ((name, value), room) in members.iter().zip(rooms) {
            begin_member(&mut self.done.text, name);
            let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            self.value(value, room, &path);
        }
        self.done.text.push('}');
    }

    /// As many whole elements as there is room for. If there is not even room for the first, that one is cut.
    fn list(&mut self, elements: &[&str], room: usize, path: &str) {
        let mut left = room.saturating_sub(2);
        let fitting = elements.iter().take_while(|element| {
            let fits = element.len() < left;
            left = left.saturating_sub(element.len() + 1);
            fits
        });
        let kept = fitting.count().max(1).min(elements.len());
        self.done.text.push('[');
        for (index, element) in elements.iter().take(kept).enumerate() {
            separate(&mut self.done.text);
            self.value(element, room.saturating_sub(2), &format!("{path}[{index}]"));
        }
        self.done.text.push(']');
        let is_items = self.items == Some(path);
        let all = elements.len() + if is_items { self.left_out } else { 0 };
        if kept < all {
            self.done.left_out.push(less(path, kept, all));
            if is_items {
                self.done.items_kept = Some(kept);
            }
        }
    }

    /// The beginning of a long text.
    fn words(&mut self, text: &str, room: usize, path: &str) {
        let words: String = serde_json::from_str(text).unwrap_or_default();
        let beginning: String =
            words.char_indices().take_while(|(at, _)| *at < room.max(LEAST)).map(|(_, c)| c).collect();
        self.done.text.push_str(&text_of(&format!("{beginning}…")));
        let (kept, all) = (beginning.chars().count(), words.chars().count());
        self.done.left_out.push(format!("`{path}` has its first {kept} of {all} characters"));
    }
}

/// Says that a list lost elements.
pub(crate) fn less(path: &str, kept: usize, all: usize) -> String {
    format!("`{path}` has {kept} of {all}")
}

/// Room for each of these sizes: the small ones get what they need, and the others the same share of what is left.
fn shares(sizes: &[usize], room: usize) -> Vec<usize> {
    let mut by_size: Vec<usize> = sizes.to_vec();
    by_size.sort_unstable();
    let (mut left, mut share) = (room, 0);
    for (done, size) in by_size.iter().enumerate() {
        share = left / (by_size.len() - done);
        if *size > share {
            break;
        }
        left -= size;
        share = *size;
    }
    sizes.iter().map(|size| (*size).min(share)).collect()
}

#[cfg(test)]
mod tests;
