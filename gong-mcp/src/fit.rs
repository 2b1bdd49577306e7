//! What is wanted of an answer, in so many bytes, and what to do for the rest.

use gong_client::catalog::Tool;
use gong_client::{Excerpt, Wanted};
use serde_json::Value;

use crate::cut::{Cut, cut, less};
use crate::fields::pick;
use crate::options::Options;
use crate::raw::{Parts, begin_member, separate};

/// How many of the places are told in which an answer was cut.
const TOLD: usize = 5;
/// How many bytes what stands beside the items of an answer usually has.
const BESIDE: usize = 250;

/// What an answer has to become.
pub(crate) struct Fit<'a> {
    pub(crate) tool: &'a Tool,
    pub(crate) options: &'a Options,
    /// How many bytes it may have.
    pub(crate) room: usize,
}

impl Fit<'_> {
    /// One answer, cut at whole items if it is too large.
    pub(crate) fn one(&self, answer: String) -> String {
        let Options { fields, skip, .. } = self.options;
        let text = match self.tool.items {
            Some(items) if *skip > 0 || !fields.is_all() => self.of_items(&answer, items),
            None if !fields.is_all() => {
                let mut picked = String::new();
                pick(fields, &answer, &mut picked);
                picked
            }
            _ => answer,
        };
        self.excerpt(Excerpt { text, ..Excerpt::default() })
    }

    /// What is wanted of an answer that nobody has seen yet.
    pub(crate) fn wanted(&self) -> Wanted {
        let bytes = self.room.saturating_sub(BESIDE);
        Wanted { fields: self.options.fields.clone(), skip: self.options.skip, bytes }
    }

    /// What was wanted of an answer, cut at whole items if it is still too large.
    pub(crate) fn excerpt(&self, excerpt: Excerpt) -> String {
        let is_small = excerpt.text.len() <= self.room;
        let Cut { mut text, left_out, items_kept } = match (is_small, excerpt.left_out) {
            (true, 0) => return excerpt.text,
            (true, more) => {
                let (items, kept) = (self.tool.items.unwrap_or_default(), excerpt.items);
                Cut { text: excerpt.text, left_out: vec![less(items, kept, kept + more)], items_kept: Some(kept) }
            }
            (false, _) => cut(&excerpt, self.room, self.tool.items),
        };
        add_left_out(&mut text, &self.way_on(&left_out, items_kept));
        text
    }

    /// The answer with the items that are wanted. What stands beside them stays: where the page goes on, and notices.
    fn of_items(&self, answer: &str, items: &str) -> String {
        let Parts::Object(members) = Parts::of(answer) else { return answer.to_owned() };
        let mut out = String::from("{");
        for (name, value) in members {
            begin_member(&mut out, &name);
            let list = if name == items { Parts::of(value) } else { Parts::Plain };
            let Parts::List(elements) = list else {
                out.push_str(value);
                continue;
            };
            out.push('[');
            for element in elements.into_iter().skip(self.options.skip) {
                separate(&mut out);
                self.item(element, &mut out);
            }
            out.push(']');
        }
        out.push('}');
        out
    }

    /// What is wanted of an item.
    pub(crate) fn item(&self, element: &str, out: &mut String) {
        pick(&self.options.fields, element, out);
    }

    fn way_on(&self, left_out: &[String], items_kept: Option<usize>) -> String {
        let mut said = "The answer was cut to size: ".to_owned();
        let told = left_out.get(..TOLD).unwrap_or(left_out);
        said.push_str(&told.join("; "));
        said.push_str(&match left_out.len() - told.len() {
            0 => ".".to_owned(),
            others => format!("; and {others} other places."),
        });
        if let Some(kept) = items_kept {
            said.push_str(&format!(" For the next ones call again with _skip {}", self.options.skip + kept));
            let is_paged = self.tool.paged;
            said.push_str(if is_paged { "; go to the next page's cursor only after all of these." } else { "." });
        }
        said + self.advice()
    }

    /// How more fits.
    pub(crate) fn advice(&self) -> &'static str {
        match self.options.fields.is_all() {
            true => " With _fields, a list of the fields that you need, more fits.",
            false => "",
        }
    }
}

/// Says in an answer what was left out of it.
pub(crate) fn add_left_out(answer: &mut String, left_out: &str) {
    // What loses a part is an object, which ends in a brace.
    if answer.pop() == Some('}') {
        begin_member(answer, "left_out");
        answer.push_str(&Value::from(left_out).to_string());
        answer.push('}');
    }
}
