//! Which field of a model of the base is which of the head.

use super::finding::Spot;
use super::names::{Names, Paired, pair};
use tool_spec::model::Field;

/// Where a field is that the sides may name differently.
pub(super) fn between(spot: &Spot, base: &Field, head: &Field) -> Spot {
    spot.between(&format!("fields.{}", base.name), &format!("fields.{}", head.name))
}

/// Pairs fields by their names. Those that are gone are paired with new ones of the same type, by what describes them
/// or else by where they stand.
pub(super) fn paired<'a>(base: &'a [Field], head: &'a [Field], names: &Names) -> Paired<&'a Field> {
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
