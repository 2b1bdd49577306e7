//! Types that the spec has already and that are what the document describes.

use super::made::{Field as Made, Is, Kind, Type, number_in};
use tool_spec::model::{EnumValue, Field, Spec, Ty, TypeKind};

/// Comparing a type's fields with another's ends after so many steps.
const STEPS: usize = 2_000;
/// A model of fewer fields is too little to be known by them.
const FEWEST: usize = 2;

/// The spec's type that a made one is: of the same name with all that it has, or of the same shape.
pub(super) fn find(
    wanted: &Type,
    made: &[Type],
    is: &[Is],
    spec: &Spec,
    goes_in: bool,
    comes_out: bool,
) -> Option<String> {
    let (named, others): (Vec<_>, Vec<_>) = spec.types.iter().partition(|known| known.name == wanted.name);
    let found = named.into_iter().chain(others).find(|known| {
        let same_name = known.name == wanted.name;
        match (&wanted.kind, &known.kind) {
            (Kind::Enum(values), TypeKind::Enum(known)) => {
                has_all(known, values) && (values.len() == known.len() || same_name)
            }
            (Kind::Model(fields), TypeKind::Model(known)) => {
                let enough = fields.len() == known.len() && fields.len() >= FEWEST;
                // What the document does not have must not be asked for, and is not to be counted on.
                let counts = |field: &Field| goes_in && field.required || comes_out && field.always;
                let unknown = |field: &&Field| fields.iter().all(|made| made.name != field.name);
                !fields.is_empty()
                    && (enough || same_name && fields.len() <= known.len())
                    && !known.iter().filter(unknown).any(counts)
                    && Comparison { spec, made, is, steps: STEPS, within: Vec::new() }.all_fit(fields, known)
            }
            _ => false,
        }
    });
    found.map(|known| known.name.clone())
}

struct Comparison<'a> {
    spec: &'a Spec,
    made: &'a [Type],
    is: &'a [Is],
    /// The steps that are left.
    steps: usize,
    /// The pairs of types whose fields are being compared.
    within: Vec<(usize, &'a str)>,
}

impl<'a> Comparison<'a> {
    fn all_fit(&mut self, fields: &[Made], known: &'a [Field]) -> bool {
        fields.iter().all(|made| {
            let field = known.iter().find(|field| field.name == made.name);
            field.is_some_and(|field| self.fits(&made.ty, &field.ty))
        })
    }

    /// Whether a type of the document is one of the spec, which may know more of it: that a text is an id or an
    /// address.
    fn fits(&mut self, made: &Ty, known: &'a Ty) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        match (made, known) {
            (Ty::Model(_), Ty::Model(name) | Ty::Enum(name)) => {
                number_in(made).is_some_and(|number| self.declared_fit(number, name))
            }
            (Ty::List(made) | Ty::Csv(made), Ty::List(known) | Ty::Csv(known)) | (Ty::Map(made), Ty::Map(known)) => {
                self.fits(made, known)
            }
            (Ty::String, Ty::Id(_) | Ty::Email | Ty::Url | Ty::DateTime | Ty::Date | Ty::Enum(_))
            | (Ty::Id(_) | Ty::Email | Ty::Url, Ty::String)
            | (Ty::Integer, Ty::Number | Ty::Id(_)) => true,
            (made, known) => made == known,
        }
    }

    fn declared_fit(&mut self, number: usize, name: &'a str) -> bool {
        let index = match self.is.get(number) {
            Some(Is::Known(is)) => return is == name,
            Some(Is::Made(index)) => *index,
            None => return false,
        };
        // They hold themselves as these do.
        if self.within.contains(&(index, name)) {
            return true;
        }
        let (Some(made), Some(known)) = (self.made.get(index), self.spec.declared(name)) else { return false };
        match (&made.kind, &known.kind) {
            (Kind::Enum(values), TypeKind::Enum(known)) => has_all(known, values),
            (Kind::Model(fields), TypeKind::Model(known)) => {
                self.within.push((index, name));
                let fit = self.all_fit(fields, known);
                self.within.pop();
                fit
            }
            _ => false,
        }
    }
}

/// Whether an enum of the spec has all these values.
fn has_all(known: &[EnumValue], values: &[EnumValue]) -> bool {
    values.iter().all(|value| known.iter().any(|known| known.sent() == value.sent()))
}
