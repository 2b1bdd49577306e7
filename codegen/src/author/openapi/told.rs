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

    /// The guesses and what was left out, each with all its places. `name` says what a drafted type is called in the
    /// end; of one that is not in the draft nothing is told.
    pub(super) fn lists(self, name: impl Fn(usize) -> Option<String>) -> (Vec<String>, Vec<String>) {
        let mut lines: Vec<Line> = Vec::new();
        for (sort, what, place) in self.0.into_inner() {
            let (whole, field) = match place {
                Place::Words(words) => (words, None),
                Place::Field(index, field) => match name(index) {
                    Some(name) => (name, Some(field).filter(|field| !field.is_empty())),
                    None => continue,
                },
            };
            let at = lines.iter().position(|line| line.sort == sort && line.what == what);
            let at = at.unwrap_or_else(|| {
                lines.push(Line { sort, what, places: Vec::new() });
                lines.len() - 1
            });
            if let Some(line) = lines.get_mut(at) {
                line.add(whole, field);
            }
        }
        let of = |wanted: Sort| lines.iter().filter(|line| line.sort == wanted).map(Line::shown).collect();
        (of(Sort::Guessed), of(Sort::LeftOut))
    }
}

/// One thing that is told, with all its places: each a whole, and the fields of it if it is not all of it.
struct Line {
    sort: Sort,
    what: String,
    places: Vec<(String, Vec<String>)>,
}

impl Line {
    fn add(&mut self, whole: String, field: Option<String>) {
        match self.places.iter_mut().find(|(other, _)| *other == whole) {
            Some((_, fields)) => fields.extend(field.filter(|field| !fields.contains(field))),
            None => self.places.push((whole, field.into_iter().collect())),
        }
    }

    fn shown(&self) -> String {
        let place = |(whole, fields): &(String, Vec<String>)| -> String {
            std::iter::once(whole).chain(fields).cloned().collect::<Vec<_>>().join(", ")
        };
        let places: Vec<String> = self.places.iter().map(place).collect();
        // A name may hold what a terminal would take for a command.
        format!("{}: {}", places.join("; "), self.what).chars().map(|c| if hidden(c) { '?' } else { c }).collect()
    }
}
