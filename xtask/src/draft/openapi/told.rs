//! What a draft guesses and what it leaves out of the document, for the list that a person reviews.

use std::cell::RefCell;

use super::names::hidden;

/// Everything that is to be told, in the order in which it came up.
#[derive(Debug, Default)]
pub(super) struct Told(RefCell<Vec<(Sort, String, Part)>>);

/// A part of a draft, of which something can be told.
#[derive(Clone, Debug)]
pub(super) struct Place<'t> {
    told: &'t Told,
    part: Part,
}

#[derive(Clone, Debug)]
enum Part {
    Words(String),
    /// A field of a drafted type, whose name is not settled yet; of no name, the type as a whole.
    Field(usize, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Guessed,
    LeftOut,
}

impl Told {
    /// The part that these words name.
    pub(super) fn at(&self, words: impl Into<String>) -> Place<'_> {
        Place { told: self, part: Part::Words(words.into()) }
    }

    /// A field of the type of this number.
    pub(super) fn field(&self, index: usize, name: &str) -> Place<'_> {
        Place { told: self, part: Part::Field(index, name.to_owned()) }
    }

    /// The guesses and what was left out, each with all its places. `name` says what a drafted type is called in the
    /// end; of one that is not in the draft nothing is told.
    pub(super) fn lists(self, name: impl Fn(usize) -> Option<String>) -> (Vec<String>, Vec<String>) {
        let mut lines: Vec<Line> = Vec::new();
        for (sort, what, part) in self.0.into_inner() {
            let (whole, field) = match part {
                Part::Words(words) => (words, None),
                Part::Field(index, field) => match name(index) {
                    Some(name) => (name, Some(field).filter(|field| !field.is_empty())),
                    None => continue,
                },
            };
            match lines.iter_mut().find(|line| line.sort == sort && line.what == what) {
                Some(line) => line.add(whole, field),
                None => lines.push(Line { sort, what, places: vec![(whole, field.into_iter().collect())] }),
            }
        }
        let of = |wanted: Sort| lines.iter().filter(|line| line.sort == wanted).map(Line::shown).collect();
        (of(Sort::Guessed), of(Sort::LeftOut))
    }
}

impl Place<'_> {
    pub(super) fn guessed(&self, what: impl Into<String>) {
        self.told.0.borrow_mut().push((Sort::Guessed, what.into(), self.part.clone()));
    }

    pub(super) fn left_out(&self, what: impl Into<String>) {
        self.told.0.borrow_mut().push((Sort::LeftOut, what.into(), self.part.clone()));
    }

    /// A reference that leads out of the document.
    pub(super) fn lost(&self, reference: &str) {
        self.left_out(format!("what `{reference}` refers to is not in the document"));
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
