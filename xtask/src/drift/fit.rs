//! Whether a value of the spec is one of those that the document allows.

use tool_spec::model::{Json, Ty};

use super::form::{Form, Is, Way};
use super::shape::{Shape, Sort};

/// Whether the form is of a type that is as good as the document's.
pub(super) fn fits(shape: &Shape<'_>, form: &Form<'_>, in_query: bool) -> bool {
    if shape.is_any() {
        return true;
    }
    let sorts = shape.sorts.iter().filter(|sort| !is_within(**sort, shape));
    let mut fits = sorts.map(|sort| is(*sort, shape, form, in_query));
    match form.origin.way {
        // What comes must be read whichever it is; what is sent is one of them.
        Way::Answered => fits.all(|fits| fits),
        Way::Sent => fits.any(|fits| fits),
    }
}

/// Whether another sort says this one too: a whole number is a number.
fn is_within(sort: Sort<'_>, shape: &Shape<'_>) -> bool {
    matches!(sort, Sort::Integer(_)) && shape.sorts.contains(&Sort::Number)
}

fn is(sort: Sort<'_>, shape: &Shape<'_>, form: &Form<'_>, in_query: bool) -> bool {
    match form.is {
        Is::Ty(ty) => is_of(sort, shape, ty, in_query),
        Is::Model(_) | Is::Object(_) | Is::Pairs(_) => sort == Sort::Object,
        Is::List(_) | Is::Each(_) => sort == Sort::List,
        Is::Constant(json) => match json {
            Json::Bool(_) => sort == Sort::Boolean,
            Json::Number(number) => matches!(sort, Sort::Integer(_)) && !number.is_f64() || sort == Sort::Number,
            Json::String(_) => matches!(sort, Sort::Text(_)),
            Json::Array(_) => sort == Sort::List,
            Json::Object(_) => sort == Sort::Object,
            Json::Null => false,
        },
    }
}

fn is_of(sort: Sort<'_>, shape: &Shape<'_>, ty: &Ty, in_query: bool) -> bool {
    let free = !shape.named && shape.rest.is_empty();
    // An id that the service writes as a number is longer than other numbers may be, and is kept as text.
    match (sort, ty) {
        // One value may be of several sorts, and the language has no other word for that.
        (_, Ty::Json) => shape.sorts.len() > 1 || sort == Sort::Object && free,
        (Sort::Text(format), _) => is_text(format, ty, in_query),
        (Sort::Integer(format), Ty::Id(_)) => format != Some("int32"),
        (Sort::Integer(_), Ty::Integer) | (Sort::Number, Ty::Number) | (Sort::Boolean, Ty::Boolean) => true,
        (Sort::List, Ty::List(_) | Ty::Csv(_)) => true,
        (Sort::Object, Ty::Map(_)) => !shape.named,
        _ => false,
    }
}

fn is_text(format: Option<&str>, ty: &Ty, in_query: bool) -> bool {
    match (format, ty) {
        (Some("date-time"), ty) => *ty == Ty::DateTime,
        (Some("date"), ty) => *ty == Ty::Date,
        (Some("binary"), ty) => *ty == Ty::File,
        (_, Ty::String | Ty::Email | Ty::Url | Ty::Id(_) | Ty::Enum(_) | Ty::DateTime | Ty::Date) => true,
        // Its values are joined by commas.
        (_, Ty::List(_) | Ty::Csv(_)) => in_query,
        _ => false,
    }
}
