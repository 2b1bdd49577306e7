//! The parameters of an operation that stand outside of its body.

use serde_json::Value;

use super::document::{Document, Found, Operation};
use super::json::{list, text};

/// What is wrong with a parameter, so that it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip<'d> {
    Nameless,
    /// It refers to nothing in this document.
    Lost(&'d str),
}

/// The parameters, those of the operation in the place of those of its path; and those that are none.
pub(crate) fn params<'d>(document: &'d Document, operation: &Operation<'d>) -> (Vec<&'d Value>, Vec<Slip<'d>>) {
    let (mut all, mut slips): (Vec<&'d Value>, Vec<Slip<'d>>) = (Vec::new(), Vec::new());
    let lists = [operation.item, operation.value].map(|at| list(at, "parameters"));
    for param in lists.into_iter().flatten() {
        match document.find(param) {
            Found::Here(param) if text(param, "name").is_some() => {
                let same = |other: &&mut &Value| ["name", "in"].iter().all(|key| other.get(*key) == param.get(*key));
                match all.iter_mut().find(same) {
                    Some(first) => *first = param,
                    None => all.push(param),
                }
            }
            Found::Here(_) => slips.push(Slip::Nameless),
            Found::Lost(reference) => slips.push(Slip::Lost(reference)),
        }
    }
    (all, slips)
}

/// The names in braces in a path.
pub(crate) fn holes(path: &str) -> Vec<&str> {
    let mut holes: Vec<&str> = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    holes.dedup();
    holes
}
