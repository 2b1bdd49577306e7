//! What a draft guesses and what it leaves out of the document, for the list that a person reviews.

use std::cell::RefCell;

use super::values::hidden;

/// A part of a draft, by which the list says where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Words.
    Words(String),
    /// A field of a drafted type, whose name is not settled yet.
    Field(usize, String),
}

impl Place {
    pub(super) fn words(words: impl Into<String>) -> Self {
        Place::Words(words.into())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Guessed,
    LeftOut,
}

/// Everything that is to be told, in the order in which it came up.
#[derive(Debug, Default)]
pub(super) struct Told(RefCell<Vec<(Sort, String, Place)>>);

impl Told {
    pub(super) fn guessed(&self, what: impl Into<String>, place: &Place) {
        self.0.borrow_mut().push((Sort::Guessed, what.into(), place.clone()));
    }

    pub(super) fn left_out(&self, what: impl Into<String>, place: &Place) {
        self.0.borrow_mut().push((Sort::LeftOut, what.into(), place.clone()));
    }

    /// The guesses and what was left out, each with all its places. `name` says what a drafted type is called in the end; of
    /// one that is not in the draft nothing is told.
    pub(super) fn lists(self, name: impl Fn(usize) -> Option<String>) -> (Vec<String>, Vec<String>) {
        let mut lines: Vec<(Sort, String, Vec<String>)> = Vec::new();
        for (sort, what, place) in self.0.into_inner() {
            let place = match place {
                Place::Words(words) => words,
                Place::Field(index, field) => match name(index) {
                    Some(name) if field.is_empty() => name,
                    Some(name) => format!("{name}, {field}"),
                    None => continue,
                },
            };
            match lines.iter_mut().find(|(other, said, _)| *other == sort && *said == what) {
                Some((.., places)) if places.contains(&place) => {}
                Some((.., places)) => places.push(place),
                None => lines.push((sort, what, vec![place])),
            }
        }
        let of = |wanted: Sort| -> Vec<String> {
            let lines = lines.iter().filter(|(sort, ..)| *sort == wanted);
            // A name may hold what a terminal would take for a command.
            let plain = |text: String| text.chars().map(|c| if hidden(c) { '?' } else { c }).collect();
            lines.map(|(_, what, places)| plain(format!("{}: {what}", places.join("; ")))).collect()
        };
        (of(Sort::Guessed), of(Sort::LeftOut))
    }
}
