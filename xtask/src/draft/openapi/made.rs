//! Types of a document before their names are settled: a [`Ty`] names one by its number.

use crate::draft::parts::Facts;
use tool_spec::model::{EnumValue, Ty};

/// A type of the document.
#[derive(Debug)]
pub(super) struct Type {
    /// What it would best be called.
    pub(super) name: String,
    /// Whether the document itself calls it so.
    pub(super) named: bool,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Model(Vec<Field>),
    Enum(Vec<EnumValue>),
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: Ty,
    /// Whether the document requires it.
    pub(super) required: bool,
    pub(super) nullable: bool,
    /// It is not sent.
    pub(super) read_only: bool,
    /// It does not come back.
    pub(super) write_only: bool,
    pub(super) facts: Facts,
}

/// What a type of the document is in the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// The same as the type of this number.
    Made(usize),
    /// The spec's own.
    Known(String),
}

/// The number of the type that an expression leads to.
pub(super) fn number_in(ty: &Ty) -> Option<usize> {
    match ty.innermost() {
        Ty::Model(number) => number.parse().ok(),
        _ => None,
    }
}

/// The expression with another in the place of the type that it leads to.
pub(super) fn replaced(ty: &Ty, with: &impl Fn(usize) -> Ty) -> Ty {
    match ty {
        Ty::List(of) => Ty::List(Box::new(replaced(of, with))),
        Ty::Csv(of) => Ty::Csv(Box::new(replaced(of, with))),
        Ty::Map(of) => Ty::Map(Box::new(replaced(of, with))),
        Ty::Model(_) => number_in(ty).map_or(Ty::Json, with),
        other => other.clone(),
    }
}

/// The fields of the model of this number; none of anything else.
pub(super) fn fields(made: &[Type], number: usize) -> &[Field] {
    match made.get(number).map(|made| &made.kind) {
        Some(Kind::Model(fields)) => fields,
        _ => &[],
    }
}

/// As [`fields`], to be changed.
pub(super) fn fields_mut(made: &mut [Type], number: usize) -> &mut [Field] {
    match made.get_mut(number).map(|made| &mut made.kind) {
        Some(Kind::Model(fields)) => fields,
        _ => &mut [],
    }
}
