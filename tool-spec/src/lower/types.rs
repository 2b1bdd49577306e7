//! The models and enums.

use crate::load::decl::EnumValueDecl;
use crate::model::{EnumValue, Field, Type, TypeKind};
use crate::resolve::Resolved;
use crate::resolve::types::{Known, KnownField, KnownKind};

/// Every declared type.
pub(super) fn of(resolved: &Resolved<'_>) -> Option<Vec<Type>> {
    resolved.types.known().map(|known| lowered(known, resolved)).collect()
}

fn lowered(known: &Known<'_>, resolved: &Resolved<'_>) -> Option<Type> {
    let decl = known.decl;
    let kind = match known.kind.as_ref()? {
        KnownKind::Model { fields, .. } => TypeKind::Model(fields.iter().map(field).collect::<Option<_>>()?),
        KnownKind::Enum { values, .. } => TypeKind::Enum(values.iter().map(value).collect::<Option<_>>()?),
    };
    Some(Type {
        name: decl.name.value.clone(),
        about: decl.about.clone()?,
        source: decl.source.clone(),
        goes_in: resolved.reach.goes_in(decl.name.as_str()),
        comes_out: resolved.reach.comes_out(decl.name.as_str()),
        kind,
    })
}

fn field(known: &KnownField<'_>) -> Option<Field> {
    Some(Field {
        name: known.name.to_owned(),
        ty: known.ty.clone()?,
        about: known.decl.about.clone()?,
        always: known.always,
        required: known.required,
        limits: known.decl.limits.limits.clone(),
        notice: known.decl.notice.as_ref().map(|notice| notice.value.clone()),
    })
}

fn value(decl: &EnumValueDecl) -> Option<EnumValue> {
    Some(EnumValue {
        name: decl.name.value.clone(),
        sends: decl.sends.as_ref().map(|sends| sends.value.clone()),
        about: decl.about.clone()?,
    })
}
