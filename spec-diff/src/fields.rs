//! Which field of a model of the base is which of the head.

use super::finding::Spot;
use super::names::{Fits, Names, pair};
use tool_spec::model::Field;

/// Where a field is that the sides may name differently.
pub(super) fn between(spot: &Spot, base: &Field, head: &Field) -> Spot {
    spot.between(&format!("fields.{}", base.name), &format!("fields.{}", head.name))
}

/// The fields of a model that both sides have, be it under another name; those that are gone, and those that are new.
pub(super) type Paired<'a> = (Vec<(&'a Field, &'a Field)>, Vec<&'a Field>, Vec<&'a Field>);

/// Pairs fields by their names. Those that are gone are paired with new ones of the same type, by what describes them
/// or else by where they stand.
pub(super) fn paired<'a>(base: &'a [Field], head: &'a [Field], names: &Names) -> Paired<'a> {
    let named = |fields: &'a [Field], name: &str| fields.iter().find(|other| other.name == name);
    let mut both: Vec<(&Field, &Field)> =
        base.iter().filter_map(|field| Some((field, named(head, &field.name)?))).collect();
    let mut gone: Vec<&Field> = base.iter().filter(|field| named(head, &field.name).is_none()).collect();
    let mut new: Vec<&Field> = head.iter().filter(|field| named(base, &field.name).is_none()).collect();
    let same = |field: &Field, other: &Field| names.ty(&field.ty) == other.ty;
    let fits: [Fits<'_, &Field>; 2] =
        [&|field, other| same(field, other) && field.about == other.about, &|field, other| {
            same(field, other) && stand_alike((base, field), (head, other))
        }];
    both.extend(pair(&mut gone, &mut new, &fits));
    both.sort_by_key(|(field, _)| base.iter().position(|other| std::ptr::eq(other, *field)));
    (both, gone, new)
}

/// Whether two fields stand between the same ones that both models have, with no other new or lost one beside them.
fn stand_alike((base, field): (&[Field], &Field), (head, other): (&[Field], &Field)) -> bool {
    let around = |fields: &[Field], field: &Field| -> Option<(Option<String>, Option<String>)> {
        let at = fields.iter().position(|other| other.name == field.name)?;
        let name = |at: Option<usize>| Some(fields.get(at?)?.name.clone());
        Some((name(at.checked_sub(1)), name(at.checked_add(1))))
    };
    around(base, field) == around(head, other)
}
