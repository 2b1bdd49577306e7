//! The name that was most likely meant by one that nothing has.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::{Fault, listed};

/// So few names are listed where none of them is near.
const LISTED: usize = 12;
/// So many comparisons are made for one list of names. A spec in which more names are wrong than that allows for was
/// not mistyped, and comparing every name with every other would take longer than reading it.
const COMPARISONS: usize = 200_000;

/// Names that may be meant, made ready for comparing.
pub(crate) struct Known<'a> {
    names: Vec<Name<'a>>,
    set: BTreeSet<&'a str>,
    left: Cell<usize>,
}

struct Name<'a> {
    name: &'a str,
    simple: String,
}

impl<'a> Known<'a> {
    pub(crate) fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<Name<'a>> = names.into_iter().map(|name| Name { name, simple: simple(name) }).collect();
        let set = names.iter().map(|name| name.name).collect();
        Known { names, set, left: Cell::new(COMPARISONS) }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.set.contains(name)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The known name that a slip of the keyboard or of the case would turn into the written one.
    pub(crate) fn nearest(&self, written: &str) -> Option<&'a str> {
        self.left.set(self.left.get().checked_sub(self.names.len())?);
        let written = simple(written);
        let mut best: Option<(usize, &'a str)> = None;
        for Name { name, simple } in &self.names {
            let most = best.map_or(1 + name.chars().count() / 5, |(distance, _)| distance.saturating_sub(1));
            let Some(distance) = distance(&written, simple, most) else { continue };
            if distance <= 1 + name.chars().count() / 5 {
                best = Some((distance, name));
            }
            if distance == 0 {
                break;
            }
        }
        best.map(|(_, name)| name)
    }
}

/// The known name that a slip of the keyboard or of the case would turn into the written one.
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    Known::new(known.iter().copied()).nearest(written)
}

fn simple(name: &str) -> String {
    name.to_lowercase().replace(['-', '_', ' '], "")
}

/// How many letters differ, if they are not more than this. What both begin and end with is not compared letter by
/// letter.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if most == 0 {
        return (one == other).then_some(0);
    }
    let begin = |one: &str, other: &str| -> usize {
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let end = |one: &str, other: &str| -> usize {
        one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let same = begin(one, other);
    let (one, other) = (one.get(same..)?, other.get(same..)?);
    let same = end(one, other);
    let (one, other) = (one.get(..one.len() - same)?, other.get(..other.len() - same)?);
    if one.chars().count().abs_diff(other.chars().count()) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(one, other);
    (distance <= most).then_some(distance)
}

impl Fault {
    /// Suggests the known name nearest to the one that was written, or else lists a few known names.
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.did_you_mean_of(written, &Known::new(known))
    }

    /// As [`Fault::did_you_mean`], of names that are asked for again and again.
    pub(crate) fn did_you_mean_of(self, written: &str, known: &Known<'_>) -> Self {
        match known.nearest(written) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None if (1..=LISTED).contains(&known.names.len()) => {
                let names: Vec<&str> = known.names.iter().map(|name| name.name).collect();
                self.help(format!("there is {}", listed(&names)))
            }
            None => self,
        }
    }

    /// As [`Fault::did_you_mean`], where the message lists what there is.
    pub fn perhaps(self, written: &str, known: &[&str]) -> Self {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}
