//! What the base calls what the head calls otherwise.

use std::collections::BTreeMap;

use super::finding::Spot;
use tool_spec::model::{Field, Ty};

/// Whether one thing may be another under its old name.
pub(super) type Fits<'a, T> = &'a dyn Fn(T, T) -> bool;

/// What both sides have, be it otherwise on one of them; what is gone, and what is new.
pub(super) struct Paired<T> {
    pub(super) both: Vec<(T, T)>,
    pub(super) gone: Vec<T>,
    pub(super) new: Vec<T>,
}

/// Pairs what the sides have: whatever the first of these fits, then the next. The pairs stand in the base's order.
pub(super) fn pair<T: Copy>(
    base: impl IntoIterator<Item = T>,
    head: impl IntoIterator<Item = T>,
    fits: &[Fits<'_, T>],
) -> Paired<T> {
    let mut gone: Vec<(usize, T)> = base.into_iter().enumerate().collect();
    let mut new: Vec<T> = head.into_iter().collect();
    let mut both = Vec::new();
    for fits in fits {
        gone.retain(|(at, old)| match new.iter().position(|new| fits(*old, *new)) {
            Some(index) => {
                both.push((*at, (*old, new.remove(index))));
                false
            }
            None => true,
        });
    }
    both.sort_by_key(|(at, _)| *at);
    let both = both.into_iter().map(|(_, pair)| pair).collect();
    Paired { both, gone: gone.into_iter().map(|(_, old)| old).collect(), new }
}

/// New names by old ones, of tools, of models and of one tool's parameters.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) tools: BTreeMap<String, String>,
    pub(super) types: BTreeMap<String, String>,
    pub(super) params: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn model<'a>(&'a self, name: &'a str) -> &'a str {
        self.types.get(name).map_or(name, String::as_str)
    }

    pub(super) fn param<'a>(&'a self, name: &'a str) -> &'a str {
        self.params.get(name).map_or(name, String::as_str)
    }

    /// A type of the base as the head would write it.
    pub(super) fn ty(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::List(of) => Ty::List(Box::new(self.ty(of))),
            Ty::Csv(of) => Ty::Csv(Box::new(self.ty(of))),
            Ty::Map(of) => Ty::Map(Box::new(self.ty(of))),
            Ty::Model(name) => Ty::Model(self.model(name).to_owned()),
            Ty::Enum(name) => Ty::Enum(self.model(name).to_owned()),
            other => other.clone(),
        }
    }

    /// A text of the base, such as a source in words, as the head would write it: each word that is an old name of a
    /// tool or a parameter is the new one.
    pub(super) fn text(&self, text: &str) -> String {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let parts = text.split_inclusive(|letter| !is_word(letter));
        parts
            .map(|part| {
                let (word, rest) = part.split_at(part.find(|letter| !is_word(letter)).unwrap_or(part.len()));
                self.tools.get(word).map_or_else(|| self.param(word), String::as_str).to_owned() + rest
            })
            .collect()
    }
}

/// Where a field is that the sides may name differently.
pub(super) fn between(spot: &Spot, base: &Field, head: &Field) -> Spot {
    spot.between(&format!("fields.{}", base.name), &format!("fields.{}", head.name))
}

/// Pairs fields by their names. Those that are gone are paired with new ones of the same type, by what describes them
/// or else by where they stand.
pub(super) fn fields<'a>(base: &'a [Field], head: &'a [Field], names: &Names) -> Paired<&'a Field> {
    let has = |fields: &[Field], name: &str| fields.iter().any(|other| other.name == name);
    let renamed = |field: &Field, other: &Field| {
        !has(head, &field.name) && !has(base, &other.name) && names.ty(&field.ty) == other.ty
    };
    pair(
        base,
        head,
        &[
            &|field, other| field.name == other.name,
            &|field, other| renamed(field, other) && field.about == other.about,
            &|field, other| renamed(field, other) && around(base, field) == around(head, other),
        ],
    )
}

/// The names of the fields before and after a field.
fn around<'a>(fields: &'a [Field], field: &Field) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let at = fields.iter().position(|other| other.name == field.name)?;
    let name = |at: Option<usize>| Some(fields.get(at?)?.name.as_str());
    Some((name(at.checked_sub(1)), name(at.checked_add(1))))
}
