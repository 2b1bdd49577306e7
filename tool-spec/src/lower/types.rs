//! The models and enums.

use crate::load::decl::TypeKindDecl;
use crate::model::{EnumValue, Field, Type, TypeKind};
use crate::resolve::Resolved;
use crate::resolve::types::{Known, KnownKind};

/// Every declared type.
pub(super) fn of(resolved: &Resolved<'_>) -> Option<Vec<Type>> {
    resolved.types.known().map(|known| lowered(known, resolved)).collect()
}

fn lowered(known: &Known<'_>, resolved: &Resolved<'_>) -> Option<Type> {
    let decl = known.decl;
    let kind = match (decl.kind.as_ref()?, known.kind.as_ref()?) {
        (TypeKindDecl::Model(decls), KnownKind::Model { fields: known, .. }) => {
            let fields = decls.iter().zip(known).map(|(decl, known)| {
                Some(Field {
                    name: decl.name.value.clone(),
                    ty: known.ty.clone()?,
                    about: decl.about.clone()?,
                    always: known.always,
                    required: known.required,
                    limits: known.limits.clone(),
                    notice: decl.notice.as_ref().map(|notice| notice.value.clone()),
                })
            });
            TypeKind::Model(fields.collect::<Option<_>>()?)
        }
        (TypeKindDecl::Enum(values), _) => {
            let values = values.iter().map(|value| {
                Some(EnumValue {
                    name: value.name.value.clone(),
                    sends: value.sends.as_ref().map(|sends| sends.value.clone()),
                    about: value.about.clone()?,
                })
            });
            TypeKind::Enum(values.collect::<Option<_>>()?)
        }
        (TypeKindDecl::Model(_), KnownKind::Enum(_)) => return None,
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
