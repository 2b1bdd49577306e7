//! How a type reads in the signatures of the generated Rust: two types that read the same are the same to its callers.

use tool_spec::model::{Field, Ty, Type};
use tool_spec::names::camel;

/// Which way a value travels; some types read differently on either.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From the caller to the service.
    In,
    /// From the service to the caller, or both ways.
    Out,
}

impl Way {
    /// The way of a model's fields.
    pub(super) fn of(model: &Type) -> Self {
        if model.comes_out { Way::Out } else { Way::In }
    }
}

pub(super) fn ty(ty: &Ty, way: Way) -> String {
    match (ty, way) {
        (Ty::String | Ty::Email | Ty::Url, _) => "String".to_owned(),
        (Ty::Integer, _) => "i64".to_owned(),
        (Ty::Number, _) => "f64".to_owned(),
        (Ty::Boolean, _) => "bool".to_owned(),
        (Ty::DateTime, Way::In) => "DateTime".to_owned(),
        (Ty::DateTime, Way::Out) => "Timestamp".to_owned(),
        (Ty::Date, _) => "Date".to_owned(),
        (Ty::Json, _) => "Value".to_owned(),
        (Ty::File, _) => "Upload".to_owned(),
        (Ty::Id(kind), _) => format!("{}Id", camel(kind)),
        (Ty::Model(name) | Ty::Enum(name), _) => name.clone(),
        (Ty::List(of) | Ty::Csv(of), _) => format!("Vec<{}>", self::ty(of, way)),
        (Ty::Map(of), _) => format!("BTreeMap<String, {}>", self::ty(of, way)),
    }
}

pub(super) fn argument(ty: &Ty) -> String {
    self::ty(ty, Way::In)
}

/// Whether a type is a list or a map, which a field of an answer holds without an `Option`.
pub(super) fn is_many(ty: &Ty) -> bool {
    matches!(ty, Ty::List(_) | Ty::Csv(_) | Ty::Map(_))
}

/// The type of a field of a model. A date is never plain, as no date could stand for none.
pub(super) fn field(field: &Field, way: Way) -> String {
    let ty = ty(&field.ty, way);
    if way == Way::Out && (is_many(&field.ty) || field.always && field.ty != Ty::Date) {
        ty
    } else {
        format!("Option<{ty}>")
    }
}
