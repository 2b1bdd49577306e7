//! Types that the spec has already and that are what the document describes.

use std::cell::Cell;

use super::settle::{Is, number_of};
use super::types::{Made, MadeField, MadeKind};
use tool_spec::model::{EnumValue, Field, Spec, Ty, TypeKind};

/// Comparing a type's fields with another's ends after so many steps.
const STEPS: usize = 2_000;
/// A model of fewer fields is too little to be known by them.
const FEWEST: usize = 2;

pub(super) struct Known<'a> {
    pub(super) spec: &'a Spec,
    pub(super) made: &'a [Made],
    pub(super) is: &'a [Is],
}

impl Known<'_> {
    /// The spec's type that a made one is: of the same name with all that it has, or of the same shape.
    pub(super) fn find(&self, index: usize, goes_in: bool, comes_out: bool) -> Option<String> {
        let made = self.made.get(index)?;
        let named = self.spec.types.iter().filter(|known| known.name == made.hint);
        let others = self.spec.types.iter().filter(|known| known.name != made.hint);
        let found = named.chain(others).find(|known| {
            let same_name = known.name == made.hint;
            match (&made.kind, &known.kind) {
                (MadeKind::Enum(values), TypeKind::Enum(known)) => {
                    let has = |value: &str| known.iter().any(|known| sent(known) == value);
                    let all = values.iter().all(|value| has(value.sends.as_deref().unwrap_or(&value.name)));
                    all && (values.len() == known.len() || same_name)
                }
                (MadeKind::Model(fields), TypeKind::Model(known)) => {
                    self.is_model(fields, known, same_name, goes_in, comes_out)
                }
                _ => false,
            }
        });
        found.map(|known| known.name.clone())
    }

    fn is_model(&self, fields: &[MadeField], known: &[Field], same_name: bool, goes_in: bool, comes_out: bool) -> bool {
        let enough = fields.len() == known.len() && fields.len() >= FEWEST;
        if fields.is_empty() || !(enough || same_name && fields.len() <= known.len()) {
            return false;
        }
        // What the document does not have must not be asked for, and is not to be counted on.
        let unknown = |field: &&Field| fields.iter().all(|made| made.name != field.name);
        if known.iter().filter(unknown).any(|field| goes_in && field.required || comes_out && field.always) {
            return false;
        }
        let steps = Cell::new(STEPS);
        self.all_fit(fields, known, &steps, &mut Vec::new())
    }

    fn all_fit(
        &self,
        fields: &[MadeField],
        known: &[Field],
        steps: &Cell<usize>,
        within: &mut Vec<(usize, String)>,
    ) -> bool {
        fields.iter().all(|made| {
            let Some(field) = known.iter().find(|field| field.name == made.name) else { return false };
            self.fits(&made.ty, &field.ty, steps, within)
        })
    }

    /// Whether a type of the document is one of the spec, which may know more of it: that a text is an id or an
    /// address.
    fn fits(&self, made: &Ty, known: &Ty, steps: &Cell<usize>, within: &mut Vec<(usize, String)>) -> bool {
        if steps.get() == 0 {
            return false;
        }
        steps.set(steps.get() - 1);
        match (made, known) {
            (Ty::Model(number), Ty::Model(name) | Ty::Enum(name)) => self.declared_fit(number, name, steps, within),
            (Ty::List(made) | Ty::Csv(made), Ty::List(known) | Ty::Csv(known)) | (Ty::Map(made), Ty::Map(known)) => {
                self.fits(made, known, steps, within)
            }
            (Ty::String, Ty::Id(_) | Ty::Email | Ty::Url | Ty::DateTime | Ty::Date | Ty::Enum(_))
            | (Ty::Id(_) | Ty::Email | Ty::Url, Ty::String)
            | (Ty::Integer, Ty::Number | Ty::Id(_)) => true,
            (made, known) => made == known,
        }
    }

    fn declared_fit(&self, number: &str, name: &str, steps: &Cell<usize>, within: &mut Vec<(usize, String)>) -> bool {
        let Some(index) = number_of(number) else { return false };
        let index = match self.is.get(index) {
            Some(Is::Known(is)) => return is == name,
            Some(Is::Made(index)) => *index,
            None => return false,
        };
        // They hold themselves as these do.
        if within.iter().any(|(one, other)| *one == index && other == name) {
            return true;
        }
        let (Some(made), Some(known)) = (self.made.get(index), self.spec.declared(name)) else { return false };
        match (&made.kind, &known.kind) {
            (MadeKind::Enum(values), TypeKind::Enum(known)) => values
                .iter()
                .all(|value| known.iter().any(|known| sent(known) == value.sends.as_deref().unwrap_or(&value.name))),
            (MadeKind::Model(fields), TypeKind::Model(known)) => {
                within.push((index, name.to_owned()));
                let fit = self.all_fit(fields, known, steps, within);
                within.pop();
                fit
            }
            _ => false,
        }
    }
}

fn sent(value: &EnumValue) -> &str {
    value.sends.as_deref().unwrap_or(&value.name)
}
