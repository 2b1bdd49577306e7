//! Whether two trees say the same: the order of keys counts only where they are names of the author's own.

use crate::language::{Holds, Shape};
use crate::load::entries::json;
use crate::syntax::{Node, NodeKind};

/// Whether they say the same. `holds` is what stands there by the language.
pub(super) fn same(one: &Node, other: &Node, holds: Option<&Holds>) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Scalar { text: a, .. }, NodeKind::Scalar { text: b, .. }) => a == b && json(one) == json(other),
        (NodeKind::List(a), NodeKind::List(b)) => {
            let inner = holds.and_then(of_element);
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, inner))
        }
        (NodeKind::Map(a), NodeKind::Map(b)) if a.len() == b.len() => {
            let keys: Vec<&str> = a.iter().filter_map(|(key, _)| key.word()).collect();
            let free = holds.and_then(|holds| shape(holds, &keys)).is_some();
            a.iter().zip(b).all(|((key, value), in_order)| {
                let found = if free { b.iter().find(|(other, _)| other.word() == key.word()) } else { Some(in_order) };
                let inner = holds.and_then(|holds| of_key(holds, &keys, key.word().unwrap_or_default()));
                found.is_some_and(|(other, found)| same(key, other, None) && same(value, found, inner))
            })
        }
        _ => false,
    }
}

/// The shape of a map with these keys, where the language gives it one.
pub(super) fn shape(holds: &Holds, keys: &[&str]) -> Option<&'static Shape> {
    let shape = holds.shape()?;
    let constant = matches!(holds, Holds::Source(_)) && !shape.firsts().any(|key| keys.contains(&key));
    if constant { None } else { Some(shape) }
}

/// What stands at a key.
pub(super) fn of_key<'h>(holds: &'h Holds, keys: &[&str], key: &str) -> Option<&'h Holds> {
    match (holds, shape(holds, keys)) {
        (Holds::Map(inner), _) => Some(inner),
        (_, Some(shape)) => shape.key(key).map(|key| &key.holds),
        _ => None,
    }
}

/// What stands in a list.
pub(super) fn of_element(holds: &Holds) -> Option<&Holds> {
    match holds {
        Holds::List(inner) | Holds::OneOrMore(inner) => Some(inner),
        _ => None,
    }
}
