//! What a schema says of a value beside its type: limits, a default, that it is deprecated.

use serde_json::Value;

use super::names::hidden;
use super::told::Place;
use crate::draft::parts::Facts;
use crate::openapi::Schema;
use tool_spec::model::{Limits, Ty};

/// Texts longer than this are no value that a sentence would name.
const LONGEST: usize = 40;

/// Limits that the language has no word for.
const UNKNOWN: [&str; 7] =
    ["pattern", "multipleOf", "contains", "minContains", "maxContains", "contentMediaType", "contentEncoding"];

/// The facts of a value. `wrapper` is where the schema is referred to, which may say more.
pub(super) fn facts(schema: &Schema<'_>, wrapper: Option<&Value>, ty: &Ty, place: &Place<'_>) -> Facts {
    let get = |key: &str| wrapper.and_then(|wrapper| wrapper.get(key)).or_else(|| schema.get(key));
    for key in UNKNOWN.into_iter().filter(|key| get(key).is_some()) {
        place.left_out(format!("`{key}`"));
    }
    let size = |key: &str| get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    let mut limits = Limits::default();
    match ty {
        Ty::Integer | Ty::Number => {
            limits.min = bound(&get, "minimum", "exclusiveMinimum", 1, ty, place);
            limits.max = bound(&get, "maximum", "exclusiveMaximum", -1, ty, place);
        }
        Ty::String | Ty::Email | Ty::Url | Ty::Id(_) => {
            limits.min_length = size("minLength");
            limits.max_length = size("maxLength");
        }
        Ty::List(_) | Ty::Csv(_) => {
            limits.min_items = size("minItems");
            limits.max_items = size("maxItems");
            limits.unique = get("uniqueItems") == Some(&Value::Bool(true));
            elements(schema, place);
        }
        Ty::Map(_) => {
            limits.min_items = size("minProperties");
            limits.max_items = size("maxProperties");
        }
        Ty::Boolean | Ty::DateTime | Ty::Date | Ty::Json | Ty::Model(_) | Ty::Enum(_) | Ty::File => {}
    }
    // None that says nothing.
    limits.min_length = limits.min_length.filter(|least| *least > 0);
    limits.min_items = limits.min_items.filter(|least| *least > 0);
    if holds_nothing(&limits) {
        place.left_out("its limits, which nothing can hold");
        limits = Limits::default();
    }
    let default = get("default").filter(|default| !default.is_null()).map(|default| match default {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let fits = |text: &str| {
        !text.is_empty() && text.chars().count() <= LONGEST && !text.contains('`') && !text.chars().any(hidden)
    };
    if let Some(default) = default.as_ref().filter(|text| !fits(text)) {
        let shown: String = default.chars().take(LONGEST).collect();
        place.left_out(format!("its default {shown:?}"));
    }
    Facts {
        limits,
        default: default.filter(|text| fits(text)),
        deprecated: get("deprecated") == Some(&Value::Bool(true)),
    }
}

/// A least or greatest number, as a whole one. `inward` is the step from one that is itself excluded.
fn bound<'v>(
    get: &impl Fn(&str) -> Option<&'v Value>,
    inclusive: &str,
    exclusive: &str,
    inward: i64,
    ty: &Ty,
    place: &Place<'_>,
) -> Option<i64> {
    let whole = |value: &Value| {
        // Written `1.0` it is as whole as `1`.
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a float without a fraction and within these bounds is that number"
        )]
        value.as_i64().or_else(|| value.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 9e15).map(|f| f as i64))
    };
    let (bound, excluded) = match (get(inclusive), get(exclusive)) {
        (_, Some(exclusive)) if exclusive.is_number() => (exclusive, true),
        (Some(inclusive), exclusive) => (inclusive, exclusive == Some(&Value::Bool(true))),
        _ => return None,
    };
    let found = match (whole(bound), excluded, ty) {
        (Some(bound), false, _) => Some(bound),
        (Some(bound), true, Ty::Integer) => bound.checked_add(inward),
        _ => None,
    };
    if found.is_none() {
        place.left_out(format!("its limit `{}: {bound}`", if excluded { exclusive } else { inclusive }));
    }
    found
}

/// Limits of a list's elements, for which there is no place.
fn elements(schema: &Schema<'_>, place: &Place<'_>) {
    let Some(items) = schema.get("items").and_then(Value::as_object) else { return };
    let limits = ["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern"];
    for key in limits.into_iter().filter(|key| items.contains_key(*key)) {
        place.left_out(format!("`{key}` of its elements"));
    }
}

fn holds_nothing(limits: &Limits) -> bool {
    let above =
        |least: Option<usize>, most: Option<usize>| matches!((least, most), (Some(least), Some(most)) if least > most);
    matches!((limits.min, limits.max), (Some(min), Some(max)) if min > max)
        || above(limits.min_length, limits.max_length)
        || above(limits.min_items, limits.max_items)
}
